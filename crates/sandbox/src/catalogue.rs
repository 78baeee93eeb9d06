//! The connectors there are, as data.

use serde_json::{Value, json};

mod dropbox;
mod etsy;
mod instagram;
mod servicenow;

/// A connector to one third-party service.
pub(crate) struct Connector {
    pub(crate) id: u64,
    pub(crate) key: &'static str,
    pub(crate) name: &'static str,
    pub(crate) description: &'static str,
    pub(crate) image: Option<&'static str>,
    pub(crate) hub: &'static str,
    pub(crate) active: bool,
    /// `None`: basic authentication.
    pub(crate) oauth: Option<Oauth>,
    pub(crate) entries: &'static [Entry],
    pub(crate) resources: &'static [Resource],
}

/// The provider behind a connector, as its authorization server shows itself.
pub(crate) struct Oauth {
    pub(crate) provider: &'static str,
    /// The account that is signed in at the provider.
    pub(crate) account: &'static str,
    /// A scope, and what it lets an application do.
    pub(crate) scopes: &'static [(&'static str, &'static str)],
    pub(crate) protocol: Protocol,
}

pub(crate) enum Protocol {
    /// OAuth 1.0a (RFC 5849).
    Oauth1,
    /// OAuth 2.0 (RFC 6749).
    Oauth2 {
        /// Ends a redirect in `#_` and adds `error_reason` to a denial, as Instagram does.
        meta_redirects: bool,
    },
}

/// Path of a hub resource, and what it returns.
type Resource = (&'static str, fn() -> Value);

/// An entry of a connector's configuration.
pub(crate) struct Entry {
    key: &'static str,
    name: &'static str,
    kind: &'static str,
    required: bool,
    internal: bool,
    default: Option<&'static str>,
}

const fn required(key: &'static str, name: &'static str, kind: &'static str) -> Entry {
    Entry { key, name, kind, required: true, internal: false, default: None }
}

const fn optional(key: &'static str, name: &'static str, default: Option<&'static str>) -> Entry {
    Entry { key, name, kind: "TEXTFIELD_1000", required: false, internal: false, default }
}

/// Filled in by the platform.
const fn internal(key: &'static str, name: &'static str, default: Option<&'static str>) -> Entry {
    Entry { key, name, kind: "TEXTFIELD_1000", required: false, internal: true, default }
}

static CONNECTORS: [&Connector; 4] =
    [&instagram::CONNECTOR, &dropbox::CONNECTOR, &servicenow::CONNECTOR, &etsy::CONNECTOR];

/// Every connector, by ascending id.
pub(crate) fn connectors() -> impl Iterator<Item = &'static Connector> {
    CONNECTORS.into_iter()
}

/// The connector with this key, or with this id written as a number.
pub(crate) fn find(key_or_id: &str) -> Option<&'static Connector> {
    connectors().find(|connector| connector.key == key_or_id || connector.id.to_string() == key_or_id)
}

/// Whether a configuration entry is a secret, which is shown masked.
pub(crate) fn is_secret(key: &str) -> bool {
    key == "oauth.api.key" || ["password", "secret", "token"].iter().any(|end| key.ends_with(end))
}

/// Whether any connector has this configuration entry.
pub(crate) fn has_entry(key: &str) -> bool {
    connectors().any(|connector| connector.entry_id(key).is_some())
}

pub(crate) fn has_resource(path: &str) -> bool {
    connectors().any(|connector| connector.resource(path).is_some())
}

impl Connector {
    pub(crate) fn resource(&self, path: &str) -> Option<fn() -> Value> {
        self.resources.iter().find(|(name, _)| *name == path).map(|(_, resource)| *resource)
    }

    pub(crate) fn required_entries(&self) -> impl Iterator<Item = &'static str> {
        self.entries.iter().filter(|entry| entry.required).map(|entry| entry.key)
    }

    /// The configuration of an instance that has been given nothing: every entry that is not required.
    pub(crate) fn defaults(&self) -> impl Iterator<Item = (&'static str, Option<&'static str>)> {
        self.entries.iter().filter(|entry| !entry.required).map(|entry| (entry.key, entry.default))
    }

    pub(crate) fn authentication(&self) -> &'static str {
        match self.oauth.as_ref().map(|oauth| &oauth.protocol) {
            None => "basic",
            Some(Protocol::Oauth1) => "oauth1",
            Some(Protocol::Oauth2 { .. }) => "oauth2",
        }
    }

    /// Of the connector's entry and of that entry in every instance.
    pub(crate) fn entry_id(&self, key: &str) -> Option<u64> {
        self.numbered_entries().find(|(_, _, entry)| entry.key == key).map(|(id, ..)| id)
    }

    /// For the entries of an instance that the connector does not know.
    pub(crate) fn next_entry_id(&self) -> u64 {
        self.numbered_entries().map(|(id, ..)| id + 1).last().unwrap_or_default()
    }

    /// Each entry with its id and its place in a form.
    fn numbered_entries(&self) -> impl Iterator<Item = (u64, u64, &'static Entry)> {
        (1..).zip(self.entries).map(|(order, entry)| (self.id * 100 + order, order, entry))
    }

    pub(crate) fn scope(&self) -> String {
        let scopes = self.oauth.iter().flat_map(|oauth| oauth.scopes);
        scopes.map(|(scope, _)| *scope).collect::<Vec<_>>().join(" ")
    }

    pub(crate) fn to_json(&self) -> Value {
        json!({
            "id": self.id,
            "name": self.name,
            "key": self.key,
            "description": self.description,
            "image": self.image,
            "active": self.active,
            "deleted": false,
            // False for OAuth 2 connectors too, as the platform has it.
            "typeOauth": false,
            "trialAccount": false,
            "transformationsEnabled": true,
            "authentication": { "type": self.authentication() },
            "hub": self.hub,
            "parameters": [],
        })
    }

    /// `[{"id", "key", "required", …}]`, in the order in which a form would show the entries.
    pub(crate) fn configuration_json(&self) -> Value {
        let entry = |(id, order, entry): (u64, u64, &Entry)| {
            json!({
                "id": id,
                "name": entry.name,
                "key": entry.key,
                "description": entry.name,
                "defaultValue": entry.default,
                "type": entry.kind,
                "required": entry.required,
                "hideFromConsole": entry.internal,
                "internal": entry.internal,
                "active": true,
                "displayOrder": order,
                "groupControl": false,
            })
        };
        self.numbered_entries().map(entry).collect()
    }
}
