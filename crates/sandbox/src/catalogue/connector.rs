//! A connector to one third-party service, as its file describes it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::resource::Resource;
use crate::account::AccountId;

#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Connector {
    pub(crate) id: u64,
    pub(crate) key: String,
    pub(crate) name: String,
    pub(super) description: String,
    #[serde(default)]
    pub(super) image: Option<String>,
    pub(crate) hub: String,
    #[serde(default = "yes")]
    pub(crate) active: bool,
    pub(super) authentication: Authentication,
    #[serde(rename = "provider")]
    pub(crate) service: Service,
    #[serde(rename = "configuration")]
    pub(super) entries: Vec<Entry>,
    #[serde(default)]
    pub(super) resources: Vec<Resource>,
    /// Where it is described.
    #[serde(skip)]
    pub(super) file: String,
    /// The account that made it, and alone sees it.
    #[serde(skip)]
    pub(crate) owner: Option<AccountId>,
    /// The id of the connector at the beginning of a row of clones.
    #[serde(skip)]
    pub(crate) clone_of: Option<u64>,
}

#[derive(Clone, Copy, Debug, Deserialize, Serialize, PartialEq, Eq)]
#[serde(rename_all = "camelCase")]
pub(super) enum Authentication {
    Oauth2,
    Oauth1,
    Basic,
    ApiKey,
    Custom,
}

/// How a provider asks its user.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Protocol {
    /// OAuth 1.0a (RFC 5849).
    Oauth1,
    /// OAuth 2.0 (RFC 6749).
    Oauth2,
}

/// The service behind a connector, as it shows itself to its users.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Service {
    pub(crate) name: String,
    /// Ends a redirect in `#_` and adds `error_reason` to a denial, as Instagram does.
    #[serde(default, rename = "metaRedirects")]
    pub(crate) meta_redirects: bool,
    /// What it adds to the redirect of an account that allows it, such as the `realmId` of a company. As in a template,
    /// `{account}` is the account's name and `{n}` its number.
    #[serde(default, rename = "redirectParameters")]
    pub(crate) redirect_parameters: BTreeMap<String, String>,
    #[serde(default)]
    pub(crate) scopes: Vec<Scope>,
    /// Those who can sign in there.
    pub(crate) accounts: Vec<String>,
}

/// What an application may ask for.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Scope {
    pub(crate) name: String,
    pub(crate) permits: String,
}

/// An entry of a connector's configuration.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Entry {
    pub(super) key: String,
    pub(super) name: String,
    #[serde(default = "text", rename = "type")]
    pub(super) kind: String,
    #[serde(default)]
    pub(super) required: bool,
    /// Filled in by the platform.
    #[serde(default)]
    pub(super) internal: bool,
    #[serde(default)]
    pub(super) default: Option<String>,
    /// Whether it is shown masked, if its key does not tell.
    #[serde(default)]
    secret: Option<bool>,
}

fn yes() -> bool {
    true
}

fn text() -> String {
    "TEXTFIELD_1000".to_owned()
}

impl Connector {
    /// `None` if there is no consent to ask for.
    pub(crate) fn protocol(&self) -> Option<Protocol> {
        match self.authentication {
            Authentication::Oauth1 => Some(Protocol::Oauth1),
            Authentication::Oauth2 => Some(Protocol::Oauth2),
            Authentication::Basic | Authentication::ApiKey | Authentication::Custom => None,
        }
    }

    pub(crate) fn resources(&self) -> &[Resource] {
        &self.resources
    }

    /// The resource at `path`, and the id of an object in it if the path goes on to one.
    pub(crate) fn resource<'a>(&self, path: &[&'a str]) -> Option<(&Resource, Option<&'a str>)> {
        let at = |path: &[&str]| self.resources.iter().find(|it| it.segments().eq(path.iter().copied()));
        let object = || {
            let (id, collection) = path.split_last()?;
            Some((at(collection).filter(|it| !it.singleton)?, Some(*id)))
        };
        at(path).map(|it| (it, None)).or_else(object)
    }

    pub(crate) fn required_entries(&self) -> impl Iterator<Item = &str> {
        self.entries.iter().filter(|entry| entry.required).map(|entry| entry.key.as_str())
    }

    /// The configuration of an instance that has been given nothing: every entry that is not required.
    pub(crate) fn defaults(&self) -> impl Iterator<Item = (&str, Option<&str>)> {
        let optional = self.entries.iter().filter(|entry| !entry.required);
        optional.map(|entry| (entry.key.as_str(), entry.default.as_deref()))
    }

    /// Whether a configuration entry is a secret, which is shown masked.
    pub(crate) fn is_secret(&self, key: &str) -> bool {
        let by_rule =
            || key == "oauth.api.key" || ["password", "secret", "token"].iter().any(|end| key.ends_with(end));
        let entry = self.entries.iter().find(|entry| entry.key == key);
        entry.and_then(|entry| entry.secret).unwrap_or_else(by_rule)
    }

    pub(super) fn secret_entries(&self) -> impl Iterator<Item = &str> {
        self.entries.iter().map(|entry| entry.key.as_str()).filter(|key| self.is_secret(key))
    }

    /// Of the connector's entry and of that entry in every instance.
    pub(crate) fn entry_id(&self, key: &str) -> Option<u64> {
        self.numbered_entries().find(|(_, _, entry)| entry.key == key).map(|(id, ..)| id)
    }

    /// For the entries of an instance that the connector does not know.
    pub(crate) fn next_entry_id(&self) -> u64 {
        self.numbered_entries().map(|(id, ..)| id + 1).last().unwrap_or(self.id * 100 + 1)
    }

    /// Each entry with its id and its place in a form.
    pub(super) fn numbered_entries(&self) -> impl Iterator<Item = (u64, u64, &Entry)> {
        (1..).zip(&self.entries).map(|(order, entry)| (self.id * 100 + order, order, entry))
    }

    pub(crate) fn scope(&self) -> String {
        let scopes = self.service.scopes.iter().map(|scope| scope.name.as_str());
        scopes.collect::<Vec<_>>().join(" ")
    }
}

impl Authentication {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Oauth2 => "oauth2",
            Self::Oauth1 => "oauth1",
            Self::Basic => "basic",
            Self::ApiKey => "apiKey",
            Self::Custom => "custom",
        }
    }
}
