//! What a check found, also as a line of text for another process.

use std::fmt;

/// What a check found.
pub(crate) enum Finding {
    Passed,
    /// What was seen.
    Failed(String),
    /// Why the check cannot be made here.
    Skipped(String),
}

impl From<Result<(), String>> for Finding {
    fn from(result: Result<(), String>) -> Self {
        result.map_or_else(Self::Failed, |()| Self::Passed)
    }
}

impl Finding {
    /// Reads what [`Display`](fmt::Display) wrote.
    pub(crate) fn parse(line: &str) -> Option<Self> {
        let (word, text) = line.split_once(':')?;
        match word {
            "passed" => Some(Self::Passed),
            "failed" => Some(Self::Failed(text.to_owned())),
            "skipped" => Some(Self::Skipped(text.to_owned())),
            _ => None,
        }
    }
}

impl fmt::Display for Finding {
    /// In one line.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (word, text) = match self {
            Self::Passed => ("passed", ""),
            Self::Failed(text) => ("failed", text.as_str()),
            Self::Skipped(text) => ("skipped", text.as_str()),
        };
        write!(f, "{word}:{}", text.replace(['\n', '\r'], " "))
    }
}
