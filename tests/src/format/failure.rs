//! How things fail: one form for each stage.

use schemars::JsonSchema;
use serde::Serialize;
use your_moms_core::{
    BuildError, CallbackError, Delivery, ErrorClass, ResponseErrorKind, TransportErrorKind, UntrustedOauthUrl,
};

use super::document::Diagnostic;

/// What failed, by its stage. `says`, the words of an error, are an implementation's own, and may be left out.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(tag = "stage", rename_all = "kebab-case")]
pub enum Failure {
    /// The request was not built, and nothing was sent.
    Build(Build),
    /// There is no complete response.
    Transport(Transport),
    /// The response is not the one asked for.
    Response(Response),
    /// The OAuth URL is not one to send a user to.
    Untrusted(Untrusted),
    /// More than one instance carries the marker of a creation.
    Ambiguous(Ambiguous),
    /// The creation was sent before, and no instance of it shows.
    AlreadySent(AlreadySent),
    /// The redirect gives no code.
    Callback(Callback),
    /// Something is wrong with a document.
    Document(Document),
    /// What was stored cannot be read.
    Stored(Stored),
}

/// A request that was not built.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "BuildFailure")]
pub struct Build {
    /// Which error it is.
    #[schemars(extend("enum" = BuildError::NAMES))]
    pub kind: String,
    /// What is wrong with the value, where the kind says which value.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// The words of the error.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub says: Option<String>,
    /// The credential, parameter or header that cannot be used.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The word of the vocabulary that cannot be used.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub part: Option<String>,
    /// The path segment that cannot be used.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub segment: Option<String>,
    /// Required entries that are absent or empty.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub missing: Option<Vec<String>>,
    /// Members that still hold a sample's placeholder.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub placeholders: Option<Vec<String>>,
}

/// No complete response.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "TransportFailure")]
pub struct Transport {
    /// What went wrong.
    #[schemars(extend("enum" = TransportErrorKind::NAMES))]
    pub kind: String,
    /// How much of the call may have reached the platform.
    #[schemars(extend("enum" = Delivery::NAMES))]
    pub delivery: String,
    /// What it means to a program.
    #[schemars(extend("enum" = ErrorClass::NAMES))]
    pub class: String,
    /// Whether the platform may have done what was asked.
    pub may_have_happened: bool,
    /// The status of the head that came.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 100, max = 999))]
    pub status: Option<u16>,
    /// What arrived of the body: after a creation, the token may be in it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub partial_body: Option<String>,
    /// The words of the error.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub says: Option<String>,
}

/// A response that is not the one asked for.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "ResponseFailure")]
pub struct Response {
    /// Which error it is.
    #[schemars(extend("enum" = ResponseErrorKind::NAMES))]
    pub kind: String,
    /// The status.
    #[schemars(range(min = 100, max = 999))]
    pub status: u16,
    /// What it means to a program.
    #[schemars(extend("enum" = ErrorClass::NAMES))]
    pub class: String,
    /// Whether the platform may have done what was asked.
    pub may_have_happened: bool,
    /// How long the platform asks to wait, in seconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retry_after: Option<u64>,
    /// The words of the error.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub says: Option<String>,
    /// What the platform says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// What the provider says, as the platform tells it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub provider_message: Option<String>,
    /// The name under which the platform's support finds the request.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request_id: Option<String>,
    /// The line of a body that cannot be read, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<usize>,
    /// The column, in bytes, from 1; 0 where the mistake has no place.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<usize>,
}

/// An OAuth URL that is not one to send a user to.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "UntrustedFailure")]
pub struct Untrusted {
    /// Which error it is.
    #[schemars(extend("enum" = UntrustedOauthUrl::NAMES))]
    pub kind: String,
    /// What is wrong with the URL.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// The words of the error.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub says: Option<String>,
}

/// More than one instance carries the marker of a creation.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "AmbiguousFailure")]
pub struct Ambiguous {
    /// The numbers of these instances.
    pub ids: Vec<u64>,
    /// Whether the platform may have done what was asked.
    pub may_have_happened: bool,
    /// The words of the error.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub says: Option<String>,
}

/// A creation that was sent before, and of which no instance shows.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "AlreadySentFailure")]
pub struct AlreadySent {
    /// Whether the platform may have done what was asked.
    pub may_have_happened: bool,
    /// The words of the error.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub says: Option<String>,
}

/// A redirect that gives no code.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "CallbackFailure")]
pub struct Callback {
    /// Which error it is.
    #[schemars(extend("enum" = CallbackError::NAMES))]
    pub kind: String,
    /// What makes it unreadable.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// The words of the error.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub says: Option<String>,
    /// The parameter that is missing, or there twice.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parameter: Option<String>,
    /// The provider's `error`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
    /// Whether the user refused.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by_user: Option<bool>,
    /// The provider's description.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The provider's reason.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// The page that says more.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub uri: Option<String>,
}

/// What is wrong with a document.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "DocumentFailure")]
pub struct Document {
    /// In the order of the text.
    #[schemars(length(min = 1))]
    pub diagnostics: Vec<Diagnostic>,
}

/// A stored form that cannot be read.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "StoredFailure")]
pub struct Stored {
    /// The words of the error.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub says: Option<String>,
}
