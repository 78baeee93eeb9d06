//! One golden file.

use std::fmt;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::Question;

/// What a case is about; the folder it is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Group {
    /// What is sent for an operation.
    Request,
    /// What an answer comes to.
    Response,
    /// What a provider's redirect comes to.
    Callback,
    /// What a JSON document written by a person comes to.
    Document,
    /// Whether a failed try is made again, and when.
    Retry,
}

impl Group {
    /// All groups.
    pub const ALL: [Self; 5] = [Self::Request, Self::Response, Self::Callback, Self::Document, Self::Retry];

    /// The name of its folder.
    pub fn name(self) -> &'static str {
        match self {
            Self::Request => "request",
            Self::Response => "response",
            Self::Callback => "callback",
            Self::Document => "document",
            Self::Retry => "retry",
        }
    }
}

impl fmt::Display for Group {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// One case: a file, and what it says.
#[derive(Clone, Debug)]
pub struct Case {
    /// Group and file name without its extension: `request/oauth-url.documented`.
    pub name: String,
    /// The folder it is in.
    pub group: Group,
    /// Where it is.
    pub file: PathBuf,
    /// What it says.
    pub content: Content,
}

impl Case {
    /// What an implementation is asked.
    pub fn question(&self) -> Question {
        Question { case: self.name.clone(), group: self.group, input: self.content.input.clone() }
    }

    /// Whether `filter` is a part of its name or one of its flags.
    pub fn is_chosen_by(&self, filter: &str) -> bool {
        self.name.contains(filter) || self.content.flags.iter().any(|flag| flag == filter)
    }
}

/// The content of a golden file. The schema says more; this is what it comes to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Content {
    /// What breaks for a user if this fails.
    pub why: String,
    /// Where the rule comes from, quoted.
    pub source: Vec<String>,
    /// What kind of rule it is.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub flags: Vec<String>,
    /// What the implementation is given.
    pub input: Value,
    /// What must come of it.
    pub expect: Value,
    /// Texts that nothing made in the case may print.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub never_prints: Vec<String>,
}
