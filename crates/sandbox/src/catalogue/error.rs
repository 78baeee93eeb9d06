//! What is wrong with the file of a connector, and how to put it right.

use std::fmt;

use super::connector::Connector;

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

/// The text of a deserializer, with what to do about it.
pub(super) fn with_fix(text: &str) -> String {
    let member_after = |start: &str| text.strip_prefix(start).and_then(|rest| rest.strip_suffix('`'));
    if let Some(member) = member_after("missing field `") {
        return format!("`{member}` is missing: add {member:?}: {}", example(member));
    }
    if let Some(member) = member_after("duplicate field `") {
        return format!("`{member}` is there twice: remove one");
    }
    if let Some((member, known)) =
        text.strip_prefix("unknown field ").and_then(|rest| rest.split_once(", expected "))
    {
        return format!("{member} is no member here: remove it, or use {known}");
    }
    text.to_owned()
}

fn example(member: &str) -> &'static str {
    match member {
        "id" => "900",
        "key" => "\"mine\"",
        "hub" => "\"crm\"",
        "authentication" => "\"basic\"",
        "provider" => r#"{ "name": "My service", "accounts": ["anna", "ben"] }"#,
        "accounts" => r#"["anna", "ben"]"#,
        "configuration" => r#"[{ "key": "username", "name": "User name", "required": true }]"#,
        "path" => "\"contacts\"",
        "permits" => "\"See your contacts\"",
        "template" => r#"[{ "id": 1, "owner": "{account}" }]"#,
        _ => "\"…\"",
    }
}
