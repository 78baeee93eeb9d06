//! Where the platform is and who calls.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The platform of a case.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Platform {
    /// Its base URL.
    pub base_url: String,
    /// What it calls its connectors.
    pub vocabulary: Vocabulary,
    /// The user secret.
    pub user_secret: String,
    /// The organization secret.
    pub organization_secret: String,
    /// Who is calling, as it stands in front of the library's own name in `User-Agent`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user_agent: Option<String>,
}

/// What a deployment calls its connectors.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Vocabulary {
    /// One of the known ones.
    Known(Known),
    /// Words of its own.
    Own(Words),
}

/// A known vocabulary.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Known {
    /// `your_mom`, `/your_moms`, `Your_mom`.
    YourMoms,
    /// `element`, `/elements`, `Element`.
    Elements,
}

/// The words of a deployment.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Words {
    /// The member of a body.
    pub noun: String,
    /// The segment of a path.
    pub nouns: String,
    /// The word of the `Authorization` header.
    pub header_word: String,
}
