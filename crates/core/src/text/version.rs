//! The version of a stored form.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The member `version` of a stored form: two processes may run two releases, and an older one must not misread what a newer
/// one has stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Version<const N: u32>;

impl<const N: u32> Serialize for Version<N> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u32(N)
    }
}

impl<'de, const N: u32> Deserialize<'de> for Version<N> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match u32::deserialize(deserializer)? {
            version if version == N => Ok(Self),
            version => Err(serde::de::Error::custom(format_args!(
                "this was stored in version {version} of its form, and this release reads version {N}; use the release that stored it"
            ))),
        }
    }
}
