//! What is wrong with the file of a connector, and how to put it right.

use std::fmt;

use super::connector::Connector;
use super::fix::with_fix;

/// A file of the catalogue with a mistake in it: where, and what to do.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{file}{place}: {message}")]
pub struct CatalogueError {
    file: String,
    place: Place,
    message: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Place {
    Position { line: usize, column: usize },
    Member(String),
}

impl CatalogueError {
    /// The name of the file, as it was given.
    pub fn file(&self) -> &str {
        &self.file
    }

    pub(super) fn unreadable(file: &str, error: &serde_json::Error) -> Self {
        let (line, column) = (error.line(), error.column());
        let text = error.to_string();
        let text = text.strip_suffix(&format!(" at line {line} column {column}")).unwrap_or(&text);
        Self { file: file.to_owned(), place: Place::Position { line, column }, message: with_fix(text) }
    }
}

impl CatalogueError {
    /// Without the file, for a description that was in none.
    pub(super) fn in_short(&self) -> String {
        let place = self.place.to_string();
        format!("{}: {}", place.trim_start_matches([':', ',', ' ']), self.message)
    }
}

impl Connector {
    pub(super) fn mistake(&self, member: impl Into<String>, message: impl Into<String>) -> CatalogueError {
        CatalogueError {
            file: self.file.clone(),
            place: Place::Member(member.into()),
            message: message.into(),
        }
    }

    pub(super) fn taken(&self, member: &str, value: &str, other: &Self) -> CatalogueError {
        self.mistake(member, format!("{value} is the {member} in {} too: choose another", other.file))
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Position { line, column } => write!(f, ", line {line}, column {column}"),
            Self::Member(member) => write!(f, ": `{member}`"),
        }
    }
}
