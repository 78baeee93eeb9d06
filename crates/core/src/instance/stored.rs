//! The form in which an application keeps an instance: `{"version": 1, "instance": {…}}`.

use std::fmt;

use serde::ser::SerializeStruct as _;
use serde::{Serialize, Serializer};

use super::unreadable::Unreadable;
use super::{Instance, Json, members};

/// Another version than this is written by another release, and may mean something else.
const VERSION: u64 = 1;

/// An [`Instance`] that is about to be stored: serialized, it holds the token and every member as it came.
///
/// [`Instance`] itself cannot be serialized, so that it is not sent to a browser by accident.
#[derive(Clone, Copy)]
pub struct ExposedInstance<'a>(&'a Json);

impl Instance {
    /// The instance with its token, to be serialized as JSON and kept where secrets are kept. `Instance::deserialize`
    /// reads it back.
    pub fn expose(&self) -> ExposedInstance<'_> {
        ExposedInstance(self.json())
    }
}

impl Serialize for ExposedInstance<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut stored = serializer.serialize_struct("Instance", 2)?;
        stored.serialize_field("version", &VERSION)?;
        stored.serialize_field("instance", self.0)?;
        stored.end()
    }
}

impl fmt::Debug for ExposedInstance<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ExposedInstance(…)")
    }
}

/// The text of the instance in `stored`; `None` if that is not the stored form. The platform's own objects have a
/// token, and may have a `version` as well.
pub(super) fn open(stored: &str) -> Option<Result<&str, Unreadable>> {
    let (mut version, mut instance, mut token) = (None, None, None);
    for (member, value) in members::of(stored) {
        match member.as_ref() {
            "version" => version = Some(value),
            "instance" => instance = Some(value),
            "token" => token = Some(value),
            _ => {}
        }
    }
    let version = version.filter(|_| token.is_none())?;
    let what = match (version.parse::<u64>(), instance) {
        (Ok(VERSION), Some(instance)) => return Some(Ok(instance)),
        (Ok(VERSION), None) => "the stored form has no `instance`".into(),
        (Ok(version), _) => {
            format!("the stored instance has version {version}, and this release reads version {VERSION}")
        }
        (Err(_), _) => {
            format!("the stored instance has an unknown version, and this release reads version {VERSION}")
        }
    };
    Some(Err(Unreadable::whole(what, stored)))
}
