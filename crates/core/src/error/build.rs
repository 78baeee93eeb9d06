//! The request could not be built.

use thiserror::Error;

/// A request was not built, so nothing was sent. Each text says what is wrong and how to mend it.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum BuildError {
    /// The platform's base URL cannot be used.
    #[error("the base URL {fault}")]
    BaseUrl {
        /// What is wrong with it.
        fault: &'static str,
    },
    /// A word of the [`Vocabulary`](crate::Vocabulary) cannot be used.
    #[error("the vocabulary's {part} {fault}")]
    Vocabulary {
        /// `noun`, `plural` or `header word`.
        part: &'static str,
        /// What is wrong with it.
        fault: &'static str,
    },
    /// A secret or key of the caller's cannot be used.
    #[error("the {name} {fault}")]
    Credential {
        /// Which one, for example `user secret`.
        name: &'static str,
        /// What is wrong with it.
        fault: &'static str,
    },
    /// The callback URL cannot be used.
    #[error("the callback URL {fault}")]
    CallbackUrl {
        /// What is wrong with it.
        fault: &'static str,
    },
    /// The `state` cannot be used.
    #[error("the state {fault}")]
    State {
        /// What is wrong with it.
        fault: &'static str,
    },
    /// The path of the call, or the connector's key in it, cannot be used.
    #[error("the path segment `{segment}` {fault}")]
    Path {
        /// The segment that cannot be used, as the caller gave it.
        segment: String,
        /// What is wrong with it.
        fault: &'static str,
    },
    /// A query parameter or a member of the body cannot be used.
    #[error("the parameter `{name}` {fault}")]
    Parameter {
        /// Its name.
        name: String,
        /// What is wrong with it.
        fault: &'static str,
    },
    /// The caller's values are not complete. Everything that is wanting is named at once.
    #[error("{}", incomplete(missing, placeholders))]
    Incomplete {
        /// Required configuration entries that are absent or empty.
        missing: Vec<String>,
        /// Members that still hold a published sample's placeholder, such as `<INSERT_USER_SECRET>`.
        placeholders: Vec<String>,
    },
    /// What began on one platform is about to be sent to another.
    #[error(
        "the connection was begun on another platform; finish it with the base URL and the noun it was begun with"
    )]
    OtherPlatform,
    /// The body could not be written as JSON.
    #[error("the body cannot be written as JSON; its map keys must be strings and its numbers finite")]
    Body,
}

impl BuildError {
    /// The name of every kind of error, so that a test can see whether it covers them all.
    pub const NAMES: [&'static str; 10] = [
        "base-url",
        "vocabulary",
        "credential",
        "callback-url",
        "state",
        "path",
        "parameter",
        "incomplete",
        "other-platform",
        "body",
    ];

    /// The kind of error's name, one of [`NAMES`](Self::NAMES): stable, for logs and for comparing.
    pub fn name(&self) -> &'static str {
        // Taken apart and used up, so that neither a variant nor a name can be without the other.
        let [
            base_url,
            vocabulary,
            credential,
            callback_url,
            state,
            path,
            parameter,
            incomplete,
            other_platform,
            body,
        ] = Self::NAMES;
        match self {
            Self::BaseUrl { .. } => base_url,
            Self::Vocabulary { .. } => vocabulary,
            Self::Credential { .. } => credential,
            Self::CallbackUrl { .. } => callback_url,
            Self::State { .. } => state,
            Self::Path { .. } => path,
            Self::Parameter { .. } => parameter,
            Self::Incomplete { .. } => incomplete,
            Self::OtherPlatform => other_platform,
            Self::Body => body,
        }
    }
}

fn incomplete(missing: &[String], placeholders: &[String]) -> String {
    let mut parts = Vec::new();
    if !missing.is_empty() {
        parts.push(format!("required configuration entries are missing: {}", missing.join(", ")));
    }
    if !placeholders.is_empty() {
        parts.push(format!("put your own values in place of the sample's in: {}", placeholders.join(", ")));
    }
    parts.join("; ")
}
