//! One connected account.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::OnceLock;

use serde::de::{DeserializeOwned, Error as _};
use serde::{Deserialize, Deserializer};

use super::connector::find_by_shape;
use super::known::Known;
use super::unreadable::Unreadable;
use super::{ConfigurationValue, Connector, InstanceToken, Json, members, stored};

/// One connected account, as the platform describes it.
///
/// Responses differ by deployment and over the years, and a response that cannot be read may cost the only copy of a
/// token. So little is required (`id` and `token`), known members that are null or of an odd type count as absent, and
/// the whole object is kept as it came, whether we know its members or not.
///
/// ```
/// use your_moms_core::Instance;
///
/// let response = r#"{"id": 123, "name": "Test", "token": "5MOr3Sl/E4k=", "your_mom": {"key": "instagram"}, "new": [1]}"#;
/// let instance: Instance = serde_json::from_str(response)?;
/// assert_eq!(instance.connector().and_then(|connector| connector.key()), Some("instagram"));
/// assert_eq!(instance.token().expose(), "5MOr3Sl/E4k=");
/// assert_eq!(instance.field::<Vec<u8>>("new"), Some(vec![1]));
///
/// let kept = serde_json::to_string(&instance.expose())?; // holds the token
/// assert_eq!(serde_json::from_str::<Instance>(&kept)?, instance);
/// # Ok::<(), serde_json::Error>(())
/// ```
///
/// It cannot be serialized by accident, in a web application's response for example: storing it is
/// [`expose`](Self::expose).
///
/// ```compile_fail,E0277
/// # let instance: your_moms_core::Instance = serde_json::from_str(r#"{"id": 1, "token": "t"}"#)?;
/// let sent_to_a_browser = serde_json::to_string(&instance)?;
/// # Ok::<(), serde_json::Error>(())
/// ```
///
/// `Debug` shows its number and its connector's. Two are equal if their JSON is the same text. The memory is wiped
/// on drop. It is read from JSON only, and not below `#[serde(flatten)]` or in an untagged enum, which are read by way
/// of a copy that is not JSON.
#[derive(Clone)]
pub struct Instance {
    known: Known,
    /// The noun and the connector, once they have been asked for.
    connector: OnceLock<Option<(Cow<'static, str>, Connector)>>,
    json: Json,
}

impl Instance {
    /// The instance's number on the platform.
    pub fn id(&self) -> u64 {
        self.known.id
    }

    /// The token for every request through this account.
    pub fn token(&self) -> &InstanceToken {
        &self.known.token
    }

    /// The name it was created with; the platform may have made it safe for HTML.
    pub fn name(&self) -> Option<&str> {
        self.known.name.as_deref()
    }

    /// The connector it is an instance of.
    pub fn connector(&self) -> Option<&Connector> {
        self.noun_and_connector().map(|(_, connector)| connector)
    }

    /// The name of the member that holds the connector, which is the deployment's noun: `your_mom`, `element`.
    pub fn noun(&self) -> Option<&str> {
        self.noun_and_connector().map(|(noun, _)| noun.as_ref())
    }

    fn noun_and_connector(&self) -> Option<&(Cow<'static, str>, Connector)> {
        self.connector.get_or_init(|| self.find_connector()).as_ref()
    }

    fn find_connector(&self) -> Option<(Cow<'static, str>, Connector)> {
        let text = self.json.text();
        let (noun, connector) = if let Some((noun, place)) = &self.known.connector {
            (Cow::Borrowed(*noun), text.get(place.clone())?)
        } else {
            let (noun, connector) = find_by_shape(text)?;
            (Cow::Owned(noun), connector)
        };
        let certain = matches!(noun, Cow::Borrowed(_));
        Some((noun, Connector::from_json(Json::from_text(connector), certain)))
    }

    /// The configuration; empty where the response has none. It can hold the provider's own tokens. It is read anew
    /// each time: few applications need it.
    pub fn configuration(&self) -> BTreeMap<String, ConfigurationValue> {
        let configuration = members::last(self.json.text(), "configuration").unwrap_or_default();
        members::of(configuration)
            .map(|(key, value)| (key.into_owned(), ConfigurationValue::from_text(value)))
            .collect()
    }

    /// The tags. Some deployments send objects `{id, name}`: then their names.
    pub fn tags(&self) -> &[String] {
        &self.known.tags
    }

    /// Whether the platform considers the account's authorization valid.
    pub fn is_valid(&self) -> Option<bool> {
        self.known.valid
    }

    /// Whether requests through it are refused.
    pub fn is_disabled(&self) -> Option<bool> {
        self.known.disabled
    }

    /// Any member, read from the text it came as; `None` if it is absent or not a `T`.
    pub fn field<T: DeserializeOwned>(&self, name: &str) -> Option<T> {
        serde_json::from_str(members::last(self.json.text(), name)?).ok()
    }

    /// Reads an entry of a list, and gives it back if it is not an instance.
    pub(crate) fn from_json(json: Json) -> Result<Self, Json> {
        Self::read(json).map_err(|(json, _)| json)
    }

    fn new(known: Known, json: Json) -> Self {
        Self { known, connector: OnceLock::new(), json }
    }

    fn read(json: Json) -> Result<Self, (Json, Unreadable)> {
        let unreadable = match Known::read(json.text()) {
            Ok(known) => return Ok(Self::new(known, json)),
            Err(unreadable) => unreadable,
        };
        let opened = match stored::open(json.text()) {
            None => Err(unreadable),
            Some(opened) => {
                opened.and_then(|instance| Ok(Self::new(Known::read(instance)?, Json::from_text(instance))))
            }
        };
        opened.map_err(|unreadable| (json, unreadable))
    }

    pub(super) fn json(&self) -> &Json {
        &self.json
    }
}

impl PartialEq for Instance {
    fn eq(&self, other: &Self) -> bool {
        self.json == other.json
    }
}

impl fmt::Debug for Instance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Instance")
            .field("id", &self.id())
            .field("connector", &self.connector().and_then(Connector::shown_key))
            .finish_non_exhaustive()
    }
}

/// Reads the platform's object and the stored form. Positions of errors count from where the object begins.
impl<'de> Deserialize<'de> for Instance {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::read(Json::deserialize(deserializer)?).map_err(|(_, unreadable)| D::Error::custom(unreadable))
    }
}
