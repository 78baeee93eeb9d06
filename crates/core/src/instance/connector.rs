//! The service that an instance connects to.

use std::fmt;

use serde::de::{DeserializeOwned, Error as _};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::unreadable::Unreadable;
use super::{Json, members};
use crate::text::noun;

/// A third-party service that the platform connects to, as an instance or the catalogue describes it.
///
/// Every member is kept as it came. It holds no secret, so it can be serialized as it is; `Debug` shows its number and
/// its key.
#[derive(Clone, PartialEq)]
pub struct Connector {
    id: Option<u64>,
    key: Option<String>,
    name: Option<String>,
    hub: Option<String>,
    authentication: Option<String>,
    /// Whether it is one for certain, and not by its shape.
    certain: bool,
    json: Json,
}

impl Connector {
    /// Its number on the platform.
    pub fn id(&self) -> Option<u64> {
        self.id
    }

    /// Its key: `instagram`.
    pub fn key(&self) -> Option<&str> {
        self.key.as_deref()
    }

    /// Its name for a person.
    pub fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    /// The hub whose resources it has: `social`.
    pub fn hub(&self) -> Option<&str> {
        self.hub.as_deref()
    }

    /// How accounts are authorized: `oauth2`, `oauth1`, `basic`, `apiKey`, `custom`. `typeOauth` says false for
    /// connectors that use OAuth, so it is not asked.
    pub fn authentication(&self) -> Option<&str> {
        self.authentication.as_deref()
    }

    /// Any member; `None` if it is absent or not a `T`.
    pub fn field<T: DeserializeOwned>(&self, name: &str) -> Option<T> {
        serde_json::from_str(members::last(self.json.text(), name)?).ok()
    }

    /// The connector that the object `json` describes.
    pub(super) fn from_json(json: Json, certain: bool) -> Self {
        let (mut id, mut key, mut name, mut hub, mut authentication) = (None, None, None, None, None);
        for (member, value) in members::of(json.text()) {
            match member.as_ref() {
                "id" => id = Some(value),
                "key" => key = Some(value),
                "name" => name = Some(value),
                "hub" => hub = Some(value),
                "authentication" => authentication = Some(value),
                _ => {}
            }
        }
        let text = |value| members::string(value).map(String::from);
        Self {
            id: id.and_then(|id| id.parse().ok()),
            key: key.and_then(text),
            name: name.and_then(text),
            hub: hub.and_then(text),
            authentication: authentication.and_then(|object| text(members::last(object, "type")?)),
            certain,
            json,
        }
    }

    /// The key for `Debug`: if it looks like one, and this is a connector for certain. Under a noun that nobody knows it may
    /// be another object with a `key`.
    pub(super) fn shown_key(&self) -> Option<&str> {
        let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
        // The shortest secrets in use, such as Instagram's, have 32 digits.
        let plain = |key: &&str| (1..32).contains(&key.len()) && key.bytes().all(allowed);
        self.key().filter(|_| self.certain).filter(plain)
    }
}

/// The noun and the text of the connector in `instance`, which has none under a known noun: the first member with a `key`
/// that is nothing else.
pub(super) fn find_by_shape(instance: &str) -> Option<(String, &str)> {
    let mut found: Option<(String, &str)> = None;
    for (name, value) in members::of(instance) {
        // Of a name that comes twice the last counts, so the one that was found is looked at again.
        if found.as_ref().is_none_or(|(before, _)| *before == name) {
            let has_key = members::last(value, "key").is_some_and(|key| key.starts_with('"'));
            let fits = has_key && noun::find(std::iter::once((name.as_ref(), true))).is_some();
            found = fits.then(|| (name.into_owned(), value));
        }
    }
    found
}

impl fmt::Debug for Connector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Connector")
            .field("id", &self.id)
            .field("key", &self.shown_key())
            .finish_non_exhaustive()
    }
}

impl Serialize for Connector {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.json.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Connector {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let json = Json::deserialize(deserializer)?;
        if members::is_object(json.text()) {
            Ok(Self::from_json(json, true))
        } else {
            Err(D::Error::custom(Unreadable::no_object("a connector is an object", json.text())))
        }
    }
}
