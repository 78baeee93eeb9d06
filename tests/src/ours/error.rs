//! Errors as the member `error` of an outcome.

use serde_json::{Map, Value, json};
use your_moms_core::{
    BuildError, CallbackError, Delivery, Error, ResponseError, ResponseErrorKind, TransportError,
};
use your_moms_diagnosis::{Diagnostic, DocumentError};

use super::prints::Prints;

/// The members of an error.
struct Members(Map<String, Value>);

impl Members {
    fn new(stage: &str, error: &dyn std::error::Error) -> Self {
        Self(Map::new()).with("stage", stage).with("says", error.to_string())
    }

    fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.0.insert(name.to_owned(), value.into());
        self
    }

    /// What an answer may leave out.
    fn with_told<const N: usize>(self, told: [(&str, Option<&str>); N]) -> Self {
        told.into_iter().fold(self, |this, (name, text)| match text {
            Some(text) => this.with(name, text),
            None => this,
        })
    }

    fn done(self) -> Value {
        Value::Object(self.0)
    }
}

/// A request that was not built.
pub(super) fn build(error: &BuildError, prints: &mut Prints) -> Value {
    prints.error(error);
    prints.error(&Error::from(error.clone()));
    let members = Members::new("build", error).with("kind", error.name());
    match error {
        BuildError::Vocabulary { part, .. } => members.with("part", *part),
        BuildError::Credential { name, .. } => members.with("name", *name),
        BuildError::Parameter { name, .. } => members.with("name", name.as_str()),
        BuildError::Path { segment, .. } => members.with("segment", segment.as_str()),
        BuildError::Incomplete { missing, placeholders } => {
            members.with("missing", missing.clone()).with("placeholders", placeholders.clone())
        }
        _ => members,
    }
    .done()
}

/// An answer that is not the one asked for.
pub(super) fn response(error: ResponseError, prints: &mut Prints) -> Value {
    prints.error(&error);
    let members = Members::new("response", &error)
        .with("kind", error.kind().name())
        .with("status", error.status().as_u16())
        .with_told([
            ("message", error.message()),
            ("provider_message", error.provider_message()),
            ("request_id", error.request_id()),
        ]);
    let members = match error.kind() {
        ResponseErrorKind::Unreadable { line, column } => members.with("line", *line).with("column", *column),
        _ => members,
    };
    settled(members, &error.into(), prints)
}

/// No complete answer.
pub(super) fn transport(error: TransportError, prints: &mut Prints) -> Value {
    prints.error(&error);
    let members = Members::new("transport", &error)
        .with("delivery", error.delivery().name())
        .with("cause", error.cause().name());
    let members = match error.delivery() {
        Delivery::Answered { status } => members.with("status", status.as_u16()),
        _ => members,
    };
    settled(members, &error.into(), prints)
}

/// What the caller of a request that cannot be made twice has to know.
fn settled(members: Members, error: &Error, prints: &mut Prints) -> Value {
    prints.error(error);
    members.with("may_have_happened", error.may_have_happened()).done()
}

/// A redirect that gives no code.
pub(super) fn callback(error: &CallbackError, prints: &mut Prints) -> Value {
    prints.error(error);
    let members = Members::new("callback", error).with("kind", error.name());
    match error {
        CallbackError::Missing(parameter) | CallbackError::Duplicate(parameter) => {
            members.with("parameter", *parameter)
        }
        CallbackError::Denied(denial) => {
            members.with("error", denial.error()).with("by_user", denial.is_by_user()).with_told([
                ("description", denial.description()),
                ("reason", denial.reason()),
                ("uri", denial.uri()),
            ])
        }
        _ => members,
    }
    .done()
}

/// A document that cannot be read. What a fault says is followed by how to mend it.
pub(super) fn document(error: &DocumentError, text: &str, prints: &mut Prints) -> Value {
    prints.error(error);
    let faults = error.diagnostics().iter().map(|Diagnostic { kind, span, message, help, .. }| {
        json!({
            "kind": kind.name(),
            "line": span.start.line,
            "column": span.start.column,
            "marked": text.get(span.bytes.clone()),
            "says": format!("{message}; {}", help.as_deref().unwrap_or_default()),
        })
    });
    json!({ "stage": "document", "faults": faults.collect::<Value>() })
}
