//! The instances, with whose account each is.

use maud::{Markup, html};

use crate::sandbox::Sandbox;

pub(super) fn page(sandbox: &Sandbox) -> Markup {
    let instances = sandbox.instances();
    html! {
        h1 { "Instances" }
        @if instances.is_empty() {
            p.empty { "Nothing is connected yet. " a href="/" { "Point a client here" } "." }
        } @else {
            table {
                thead {
                    tr {
                        th scope="col" { "Id" }
                        th scope="col" { "Name" }
                        th.wide scope="col" { "Connector" }
                        th.wide scope="col" { "Account" }
                        th.wide scope="col" { "Tags" }
                        th scope="col" { "Requests" }
                    }
                }
                tbody {
                    @for instance in instances.iter().rev() {
                        tr {
                            td { (instance.id) }
                            th scope="row" {
                                (instance.name)
                                div.narrow.quiet { code { (instance.connector) } " · " (instance.account) }
                            }
                            td.wide { code { (instance.connector) } }
                            td.wide { (instance.account) }
                            td.wide { @for tag in &instance.tags { span.tag { (tag) } " " } }
                            td {
                                a href=(format!("/inspector/journal?instance={}", instance.id)) {
                                    "Journal" span.hidden { " of instance " (instance.id) }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
