//! One golden file.

use std::fmt;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::Question;
use crate::format::Content;

/// What a case is about; the folder it is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Group {
    /// What is sent for an operation.
    Request,
    /// What a response comes to.
    Response,
    /// What a provider's redirect comes to.
    Callback,
    /// What a JSON document written by a person comes to.
    Document,
    /// The conversation that a call leads, with its retries and searches.
    Retry,
    /// What an application kept comes to.
    Stored,
}

impl Group {
    /// All groups.
    pub const ALL: [Self; 6] =
        [Self::Request, Self::Response, Self::Callback, Self::Document, Self::Retry, Self::Stored];

    /// The name of its folder.
    pub fn name(self) -> &'static str {
        match self {
            Self::Request => "request",
            Self::Response => "response",
            Self::Callback => "callback",
            Self::Document => "document",
            Self::Retry => "retry",
            Self::Stored => "stored",
        }
    }

    /// What its cases are about.
    pub(crate) fn description(self) -> &'static str {
        match self {
            Self::Request => "What is sent for an operation.",
            Self::Response => "What a response comes to.",
            Self::Callback => "What a provider's redirect comes to.",
            Self::Document => "What a text written by a person comes to.",
            Self::Retry => "What is sent, what comes back and how long is waited, until a call ends.",
            Self::Stored => "What reading a stored form gives, so that two releases can be compared.",
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
        self.name.contains(filter) || self.content.flags.iter().any(|flag| flag.name() == filter)
    }
}
