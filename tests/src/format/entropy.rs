//! Random bytes that are not random, so that requests can be compared.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What random bytes are drawn: in a test they are known.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Entropy {
    /// A source that cannot be used.
    Source(Source),
    /// 48 bytes in hexadecimal digits. The first 32, as base64url without padding, are the state; `ym-` and the other 16, in
    /// hexadecimal digits, are the marker.
    Hex(#[schemars(regex(pattern = "^([0-9a-f]{2})*$"))] String),
}

/// A source of random bytes that cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(rename = "RandomSource")]
pub enum Source {
    /// It returns the same bytes each time.
    Constant,
    /// It fails.
    Fails,
}

/// The state `state-Sentinel-6-is-what-comes-back-in-cas0` and the marker `ym-9f86d081884c7d659a2feaa0c55ad015`.
impl Default for Entropy {
    fn default() -> Self {
        Self::Hex(DEFAULT.to_owned())
    }
}

const DEFAULT: &str =
    "b2d6ad7be49e9ed8a77a5fbafa2b3ec216adf9ca267acf9b69c93e8a7f9c6acd9f86d081884c7d659a2feaa0c55ad015";

impl Entropy {
    /// Whether it need not be written.
    pub(crate) fn is_default(&self) -> bool {
        *self == Self::default()
    }
}
