//! What a text written by a person comes to.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use your_moms_diagnosis::DiagnosticKind;

use super::instance::Instance;
use super::platform::Known;

/// A text.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "DocumentInput")]
pub struct Input {
    /// All of it.
    pub text: String,
    /// The connector's key in the path of the first step.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// The callback URL of the first step.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub callback_url: Option<String>,
    /// The vocabulary of the deployment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vocabulary: Option<Known>,
}

/// What it is.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
#[schemars(rename = "DocumentOutput")]
pub enum Output {
    /// The body of the request that creates an instance, as it was written.
    Create(Map<String, Value>),
    /// The body of a request that changes an instance, as it was written.
    Update(Map<String, Value>),
    /// The body of another request, of which only the syntax is known.
    Request(Value),
    /// An instance, as the platform sends it.
    Instance(Box<Instance>),
    /// A curl command in which nothing is wrong.
    Command(bool),
}

/// One mistake.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Diagnostic {
    /// Which of the known mistakes it is.
    #[schemars(extend("enum" = DiagnosticKind::NAMES))]
    pub kind: String,
    /// Where it is; empty where something is missing.
    pub span: Span,
    /// What is wrong. The words are an implementation's own, and may be left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub says: Option<String>,
    /// What to do about it, in an implementation's own words; null if there is nothing to say.
    pub help: Option<String>,
    /// A change of the text that does it; null where the text alone does not say which.
    pub edit: Option<Edit>,
    /// Another change that does it, instead of the first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub alternative: Option<Edit>,
}

/// A change of the text.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Edit {
    /// What is replaced; empty where text is inserted.
    pub span: Span,
    /// What takes its place; empty where text is removed.
    pub replacement: String,
}

/// A part of the text: line and column of its first character, and of the one that follows it. Both count from 1; columns
/// are characters. `4:12-4:15` is three characters of line 4.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(transparent)]
pub struct Span(#[schemars(regex(pattern = "^[1-9][0-9]*:[1-9][0-9]*-[1-9][0-9]*:[1-9][0-9]*$"))] pub String);
