//! What creating an instance brings: the account's token, and what the platform says of it (the source document, Step 2).
//!
//! Answers differ by deployment and over the years, and an answer that cannot be read may cost the only copy of a token.
//! So little is required, members that are absent, null or of an odd type are accepted, and every member survives being
//! read and written again, whether we know it or not. Numbers of more than 64 bits lose digits.

mod lenient;

use std::collections::BTreeMap;
use std::fmt;

use serde::de::{DeserializeOwned, Error as _, MapAccess, Visitor};
use serde::ser::SerializeMap as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::{Map, Value};

use crate::{ConfigurationValue, Secret, noun};
use lenient::ObjectOr;

/// The token of one connected account. It is opaque: do not take it apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InstanceToken(Secret);

impl InstanceToken {
    /// The token itself.
    pub fn expose(&self) -> &str {
        self.0.expose()
    }
}

impl From<String> for InstanceToken {
    fn from(text: String) -> Self {
        Self(Secret::from(text))
    }
}

impl From<&str> for InstanceToken {
    fn from(text: &str) -> Self {
        Self(Secret::from(text))
    }
}

/// One connected account.
///
/// Keep it: serialized, it holds the token and every member of the platform's answer. `Debug` shows neither the token
/// nor any value of the configuration.
///
/// ```
/// use your_moms_core::Instance;
///
/// let answer = r#"{"id": 123, "name": "Test", "token": "5MOr3Sl/E4k=", "your_mom": {"key": "instagram"}, "new": [1]}"#;
/// let instance: Instance = serde_json::from_str(answer)?;
/// assert_eq!(instance.connector().and_then(|connector| connector.key()), Some("instagram"));
/// assert_eq!(instance.token().expose(), "5MOr3Sl/E4k=");
/// assert_eq!(instance.field::<Vec<u8>>("new"), Some(vec![1]));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, PartialEq)]
pub struct Instance {
    id: u64,
    token: InstanceToken,
    name: Option<String>,
    /// The deployment's noun, and what stands under it.
    connector: Option<(String, Connector)>,
    configuration: Option<BTreeMap<String, ConfigurationValue>>,
    rest: Map<String, Value>,
}

impl Instance {
    /// The instance's number on the platform.
    pub fn id(&self) -> u64 {
        self.id
    }

    /// The token for every later call through this account.
    pub fn token(&self) -> &InstanceToken {
        &self.token
    }

    /// The name it was created with; the platform may have made it safe for HTML.
    pub fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    /// The connector it is an instance of.
    pub fn connector(&self) -> Option<&Connector> {
        self.connector.as_ref().map(|(_, connector)| connector)
    }

    /// The configuration, sorted by key; empty where the answer has none. It can hold the provider's own tokens.
    pub fn configuration(&self) -> impl Iterator<Item = (&str, &ConfigurationValue)> {
        self.configuration.iter().flatten().map(|(key, value)| (key.as_str(), value))
    }

    /// The tags. Some deployments answer with objects `{id, name}`: then their names.
    pub fn tags(&self) -> Vec<&str> {
        let tags = self.rest.get("tags").and_then(Value::as_array);
        tags.into_iter()
            .flatten()
            .filter_map(|tag| tag.as_str().or_else(|| tag.get("name")?.as_str()))
            .collect()
    }

    /// Whether the platform holds the account's authorization for valid.
    pub fn is_valid(&self) -> Option<bool> {
        self.field("valid")
    }

    /// Whether calls through it are refused.
    pub fn is_disabled(&self) -> Option<bool> {
        self.field("disabled")
    }

    /// Any other member of the answer; `None` if it is absent or not a `T`.
    pub fn field<T: DeserializeOwned>(&self, name: &str) -> Option<T> {
        T::deserialize(self.rest.get(name)?).ok()
    }
}

impl fmt::Debug for Instance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Instance")
            .field("id", &self.id)
            .field("token", &self.token)
            .field("connector", &self.connector().and_then(Connector::key))
            .field("configuration", &self.configuration)
            .field("rest", &self.rest.keys().collect::<Vec<_>>())
            .finish_non_exhaustive()
    }
}

impl Serialize for Instance {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut members = serializer.serialize_map(None)?;
        members.serialize_entry("id", &self.id)?;
        if let Some(name) = &self.name {
            members.serialize_entry("name", name)?;
        }
        members.serialize_entry("token", self.token.expose())?;
        if let Some((noun, connector)) = &self.connector {
            members.serialize_entry(noun, connector)?;
        }
        if let Some(configuration) = &self.configuration {
            members.serialize_entry("configuration", configuration)?;
        }
        for (name, value) in &self.rest {
            members.serialize_entry(name, value)?;
        }
        members.end()
    }
}

impl<'de> Deserialize<'de> for Instance {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(InstanceVisitor)
    }
}

struct InstanceVisitor;

impl<'de> Visitor<'de> for InstanceVisitor {
    type Value = Instance;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an instance: an object with `id` and `token`")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Instance, A::Error> {
        let (mut id, mut token, mut name, mut connector, mut configuration) = (None, None, None, None, None);
        let mut rest = Map::new();
        while let Some(member) = members.next_key::<String>()? {
            let mut odd = None;
            match member.as_str() {
                "id" => id = Some(members.next_value()?),
                "token" => token = Some(members.next_value::<String>()?),
                "name" => (name, odd) = text_or_odd(members.next_value()?),
                "configuration" => (configuration, odd) = object_or_odd(members.next_value()?),
                noun if is_connector(noun, connector.as_ref()) => {
                    let object;
                    (object, odd) = object_or_odd(members.next_value()?);
                    connector = object.map(|object| (member.clone(), object));
                }
                _ => odd = Some(members.next_value()?),
            }
            // Of a member that comes twice the last one counts, as for most readers of JSON.
            match odd {
                Some(value) => drop(rest.insert(member, value)),
                None => drop(rest.remove(&member)),
            }
        }
        Ok(Instance {
            id: id.ok_or_else(|| A::Error::missing_field("id"))?,
            token: InstanceToken::from(
                token.filter(|token| !token.is_empty()).ok_or_else(|| A::Error::missing_field("token"))?,
            ),
            name,
            connector: connector.or_else(|| take_connector(&mut rest)),
            configuration,
            rest,
        })
    }
}

fn text_or_odd(value: Value) -> (Option<String>, Option<Value>) {
    match value {
        Value::String(text) => (Some(text), None),
        odd => (None, Some(odd)),
    }
}

fn object_or_odd<T>(value: ObjectOr<T>) -> (Option<T>, Option<Value>) {
    match value {
        ObjectOr::Object(object) => (Some(object), None),
        ObjectOr::Other(odd) => (None, Some(odd)),
    }
}

/// A known noun, unless the other one was there before.
fn is_connector(member: &str, before: Option<&(String, Connector)>) -> bool {
    noun::KNOWN.contains(&member) && before.is_none_or(|(noun, _)| noun == member)
}

/// The connector of a deployment with a noun of its own.
fn take_connector(rest: &mut Map<String, Value>) -> Option<(String, Connector)> {
    let members =
        rest.iter().map(|(name, value)| (name.as_str(), value.get("key").is_some_and(Value::is_string)));
    let noun = noun::find(members)?.to_owned();
    let connector = Connector::deserialize(rest.get(&noun)?).ok()?;
    rest.remove(&noun);
    Some((noun, connector))
}

/// A third-party service that the platform connects to, as an instance or the catalogue describes it.
#[derive(Clone, PartialEq)]
pub struct Connector {
    id: Option<u64>,
    key: Option<String>,
    name: Option<String>,
    rest: Map<String, Value>,
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
        self.rest.get("hub")?.as_str()
    }

    /// How accounts are authorized: `oauth2`, `oauth1`, `basic`, `apiKey`, `custom`. `typeOauth` says false for
    /// connectors that use OAuth, so it is not asked.
    pub fn authentication(&self) -> Option<&str> {
        self.rest.get("authentication")?.get("type")?.as_str()
    }

    /// Any other member; `None` if it is absent or not a `T`.
    pub fn field<T: DeserializeOwned>(&self, name: &str) -> Option<T> {
        T::deserialize(self.rest.get(name)?).ok()
    }
}

impl fmt::Debug for Connector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Connector")
            .field("id", &self.id)
            .field("key", &self.key)
            .field("rest", &self.rest.keys().collect::<Vec<_>>())
            .finish_non_exhaustive()
    }
}

impl Serialize for Connector {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut members = serializer.serialize_map(None)?;
        if let Some(id) = self.id {
            members.serialize_entry("id", &id)?;
        }
        for (member, text) in [("name", &self.name), ("key", &self.key)] {
            if let Some(text) = text {
                members.serialize_entry(member, text)?;
            }
        }
        for (member, value) in &self.rest {
            members.serialize_entry(member, value)?;
        }
        members.end()
    }
}

impl<'de> Deserialize<'de> for Connector {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut rest = Map::deserialize(deserializer)?;
        let id = rest.get("id").and_then(Value::as_u64);
        if id.is_some() {
            rest.remove("id");
        }
        let mut text = |member| match rest.remove(member)? {
            Value::String(text) => Some(text),
            odd => {
                rest.insert(String::from(member), odd);
                None
            }
        };
        let (key, name) = (text("key"), text("name"));
        Ok(Self { id, key, name, rest })
    }
}
