//! What the job reads, as far as it needs it.

use serde::{Deserialize, Serialize};

/// One photo or video. The platform passes the provider's members through; those that are not named here are ignored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Media {
    /// The provider's own identifier.
    pub id: String,
    /// Where it is shown.
    pub link: Option<String>,
    /// What its author wrote under it.
    pub caption: Option<Caption>,
    /// How many people liked it.
    #[serde(default)]
    pub likes: Count,
}

/// A caption.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Caption {
    /// The text.
    pub text: String,
}

/// A number of something.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Count {
    /// The number.
    pub count: u64,
}
