//! Errors of core and diagnosis as failures of the cases.

use your_moms_core::{
    BuildError, CallbackError, Delivery, Error, ResponseError, ResponseErrorKind, TransportError,
};
use your_moms_diagnosis::DocumentError;

use super::prints::Prints;
use crate::format::document::{Diagnostic, Edit, Span};
use crate::format::failure::{Build, Callback, Document, Failure, Response, Stored, Transport};

/// A request that was not built.
pub(super) fn build(error: &BuildError, prints: &mut Prints) -> Failure {
    prints.error(error);
    prints.error(&Error::from(error.clone()));
    let mut failure =
        Build { kind: error.name().to_owned(), says: Some(error.to_string()), ..Build::default() };
    match error {
        BuildError::Vocabulary { part, .. } => failure.part = Some((*part).to_owned()),
        BuildError::Credential { name, .. } => failure.name = Some((*name).to_owned()),
        BuildError::Parameter { name, .. } => failure.name = Some(name.clone()),
        BuildError::Path { segment, .. } => failure.segment = Some(segment.clone()),
        BuildError::Incomplete { missing, placeholders } => {
            failure.missing = Some(missing.clone());
            failure.placeholders = Some(placeholders.clone());
        }
        _ => {}
    }
    Failure::Build(failure)
}

/// A response that is not the one asked for.
pub(super) fn response(error: ResponseError, prints: &mut Prints) -> Failure {
    prints.error(&error);
    let (line, column) = match error.kind() {
        ResponseErrorKind::Unreadable { line, column } => (Some(*line), Some(*column)),
        _ => (None, None),
    };
    Failure::Response(Response {
        kind: error.kind().name().to_owned(),
        status: error.status().as_u16(),
        says: Some(error.to_string()),
        message: error.message().map(str::to_owned),
        provider_message: error.provider_message().map(str::to_owned),
        request_id: error.request_id().map(str::to_owned),
        line,
        column,
        may_have_happened: may_have_happened(error.into(), prints),
    })
}

/// No complete response.
pub(super) fn transport(error: TransportError, prints: &mut Prints) -> Failure {
    prints.error(&error);
    let status = match error.delivery() {
        Delivery::Answered { status } => Some(status.as_u16()),
        _ => None,
    };
    Failure::Transport(Transport {
        delivery: error.delivery().name().to_owned(),
        cause: error.cause().name().to_owned(),
        status,
        says: Some(error.to_string()),
        may_have_happened: may_have_happened(error.into(), prints),
    })
}

/// What the caller of a request that cannot be made twice has to know.
#[expect(clippy::needless_pass_by_value, reason = "both stages convert into it")]
fn may_have_happened(error: Error, prints: &mut Prints) -> bool {
    prints.error(&error);
    error.may_have_happened()
}

/// A redirect that gives no code.
pub(super) fn callback(error: &CallbackError, prints: &mut Prints) -> Failure {
    prints.error(error);
    let mut failure =
        Callback { kind: error.name().to_owned(), says: Some(error.to_string()), ..Callback::default() };
    match error {
        CallbackError::Missing(parameter) | CallbackError::Duplicate(parameter) => {
            failure.parameter = Some((*parameter).to_owned());
        }
        CallbackError::Denied(denial) => {
            failure.error = Some(denial.error().to_owned());
            failure.by_user = Some(denial.is_by_user());
            failure.description = denial.description().map(str::to_owned);
            failure.reason = denial.reason().map(str::to_owned);
            failure.uri = denial.uri().map(str::to_owned);
        }
        _ => {}
    }
    Failure::Callback(failure)
}

/// A document in which something is wrong.
pub(super) fn document(error: &DocumentError, prints: &mut Prints) -> Failure {
    prints.error(error);
    let diagnostics = error.diagnostics().iter().map(|diagnostic| Diagnostic {
        kind: diagnostic.kind.name().to_owned(),
        span: Span(diagnostic.span.to_string()),
        says: Some(diagnostic.message.clone()),
        help: diagnostic.help.clone(),
        edit: diagnostic
            .edit
            .as_ref()
            .map(|edit| Edit { span: Span(edit.span.to_string()), replacement: edit.replacement.clone() }),
    });
    Failure::Document(Document { diagnostics: diagnostics.collect() })
}

/// A stored form that cannot be read. serde's words are its own, and say where.
pub(super) fn stored(error: &serde_json::Error, prints: &mut Prints) -> Failure {
    prints.error(error);
    Failure::Stored(Stored { says: Some(error.to_string()) })
}
