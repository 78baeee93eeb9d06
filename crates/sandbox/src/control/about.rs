//! `GET /_sandbox`, `/_sandbox/connectors` and `/_sandbox/instances`: what a client has to know, and what there is.

use std::time::SystemTime;

use serde_json::{Value, json};

use crate::connectors::ConnectorSummary;
use crate::console::Decision;
use crate::fault::Fault;
use crate::instance::{InstanceSummary, timestamp};
use crate::noun::Noun;
use crate::route::Call;
use crate::sandbox::Sandbox;

impl Sandbox {
    pub(super) fn about(&self, now: SystemTime) -> Value {
        let credentials = self.credentials();
        let forms = Fault::FORMS.map(|(form, meaning)| json!({ "fault": form, "meaning": meaning }));
        json!({
            "version": env!("CARGO_PKG_VERSION"),
            "inspector": format!("{}/", self.origin()),
            "base_urls": {
                Noun::YourMom.plural(): self.base_url(Noun::YourMom),
                Noun::Element.plural(): self.base_url(Noun::Element),
            },
            "credentials": {
                "user_secret": credentials.user_secret,
                "organization_secret": credentials.organization_secret,
            },
            "connectors": self.shown_connectors(),
            "now": timestamp(now),
            "next_decision": self.next_decision().map(Decision::name),
            "calls": Call::ALL.map(Call::name).as_slice(),
            "faults": forms,
        })
    }

    /// With the client at the provider, where there is one.
    pub(super) fn shown_connectors(&self) -> Value {
        let shown = |connector: ConnectorSummary| {
            let client = self.client(&connector.key);
            json!({
                "id": connector.id,
                "key": connector.key,
                "name": connector.name,
                "hub": connector.hub,
                "authentication": connector.authentication,
                "accounts": self.provider_accounts(&connector.key),
                "api_key": client.map(|client| &client.api_key),
                "api_secret": client.map(|client| &client.api_secret),
            })
        };
        self.connectors().into_iter().map(shown).collect()
    }

    /// Without tokens.
    pub(super) fn shown_instances(&self) -> Value {
        let shown = |instance: InstanceSummary| {
            json!({
                "id": instance.id,
                "name": instance.name,
                "connector": instance.connector,
                "account": instance.account,
                "tags": instance.tags,
            })
        };
        self.instances().into_iter().map(shown).collect()
    }
}
