//! One request and its response, with their secrets masked.

use maud::{Markup, html};

use super::frame;
use crate::instance::timestamp;
use crate::journal::{Message, Record};
use crate::route::Call;

/// `newest` is the number of the last request there is.
pub(super) fn page(record: &Record, newest: u64) -> Markup {
    html! {
        p.crumbs { a href="/inspector/journal" { "Journal" } " / " (record.number) }
        h1.path { span.method { (record.method) } " " (frame::path(&record.path)) " " (frame::status(record.status)) }
        dl.facts {
            dt { "Time" } dd { (timestamp(record.at)) }
            @if let Some(took) = record.took() { dt { "Took" } dd { (took) } }
            dt { "Operation" } dd { (record.call.map_or("none", Call::name)) }
            @if let Some(id) = record.instance {
                dt { "Instance" }
                dd {
                    a href=(format!("/inspector/journal?instance={id}")) { (id) }
                    @if let Some(account) = &record.account { " (" (account) ")" }
                }
            }
            @if let Some(fault) = &record.fault { dt { "Fault" } dd { span.tag.fault { (fault) } } }
            @if !record.behaviours.is_empty() { dt { "Habits" } dd { (record.behaviours.join(", ")) } }
        }
        h2 { "Request" }
        (message(&record.request))
        h2 { "Response" }
        @match &record.response {
            Some(response) => (message(response)),
            None => p.empty { "Nothing arrived: the connection was reset." },
        }
        p.hint { "Secrets read …, as in every part of the journal." }
        p.crumbs {
            @if record.number > 1 {
                a href=(format!("/inspector/journal/{}", record.number - 1)) { "← Older" } " "
            }
            @if record.number < newest {
                a href=(format!("/inspector/journal/{}", record.number + 1)) { "Newer →" }
            }
        }
    }
}

fn message(message: &Message) -> Markup {
    html! {
        pre tabindex="0" {
            code {
                strong { (message.start) } "\n"
                @for (name, value) in &message.fields { span.field { (name) ":" } " " (value) "\n" }
                @if !message.body.is_empty() { "\n" (pretty(&message.body)) }
            }
        }
    }
}

/// JSON with indents, anything else as it is.
fn pretty(body: &str) -> String {
    let value = serde_json::from_str::<serde_json::Value>(body).ok();
    value.and_then(|value| serde_json::to_string_pretty(&value).ok()).unwrap_or_else(|| body.to_owned())
}
