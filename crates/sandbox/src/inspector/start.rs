//! The start page: how to point a client here.

use maud::{Markup, html};

use super::frame::copied;
use crate::connectors::ConnectorSummary;
use crate::noun::Noun;
use crate::sandbox::Sandbox;

pub(super) fn page(sandbox: &Sandbox) -> Markup {
    let credentials = sandbox.credentials();
    let (user, organization) = (&credentials.user_secret, &credentials.organization_secret);
    let base = sandbox.base_url(Noun::YourMom);
    let curl =
        format!("curl -H 'Authorization: User {user}, Organization {organization}' \\\n  {base}/your_moms");
    let environment = format!(
        "export YOUR_MOMS_USER_SECRET='{user}'\nexport YOUR_MOMS_ORGANIZATION_SECRET='{organization}'"
    );
    html! {
        h1 { "Point a client here" }
        p.lead { "This is the whole platform on your own computer. Click a value to select all of it." }
        dl.facts {
            dt { "Base URL" } dd { (copied(&base)) }
            dt { "The same with elements" } dd { (copied(&sandbox.base_url(Noun::Element))) }
            dt { "User secret" } dd { (copied(user)) }
            dt { "Organization secret" } dd { (copied(organization)) }
            dt { "Redirect URI" } dd {
                (copied("http://127.0.0.1/callback"))
                p.hint { "With any port. Register others with " code { "--redirect-uri" } "." }
            }
        }
        h2 { "Try it" }
        pre.copy tabindex="0" { code { (curl) } }
        h2 { "For a shell" }
        pre.copy tabindex="0" { code { (environment) } }
        h2 { "Connectors" }
        @for connector in sandbox.connectors() { (one(sandbox, &connector, &base)) }
        h2 { "For tests in any language" }
        p { "Everything these pages do is JSON as well: " a href="/_sandbox" { "/_sandbox" } "." }
    }
}

fn one(sandbox: &Sandbox, connector: &ConnectorSummary, base: &str) -> Markup {
    let key = &connector.key;
    html! {
        details {
            summary {
                strong { (connector.name) } " " code { (key) }
                span.quiet { (connector.hub) " · " (connector.authentication) }
            }
            @match sandbox.client(key) {
                Some(client) => {
                    dl.facts {
                        dt { "apiKey" } dd { (copied(&client.api_key)) }
                        dt { "apiSecret" } dd { (copied(&client.api_secret)) }
                    }
                    pre.copy tabindex="0" {
                        code {
                            "export YOUR_MOMS_API_KEY='" (client.api_key) "'\n"
                            "export YOUR_MOMS_API_SECRET='" (client.api_secret) "'\n"
                            "your-moms connect " (key) " --base-url " (base)
                        }
                    }
                }
                None => p { "No provider: an instance needs its credentials in " code { "configuration" } "." },
            }
        }
    }
}
