//! Errors of core and diagnosis as failures of the cases.

use your_moms_core::{
    BuildError, CallbackError, Delivery, Error, ErrorClass, ResponseError, ResponseErrorKind, TransportError,
    UntrustedOauthUrl,
};
use your_moms_diagnosis::DocumentError;

use super::prints::Prints;
use super::problem::Failed;
use crate::format::document::{Diagnostic, Edit, Span};
use crate::format::failure::{
    AlreadySent, Ambiguous, Build, Callback, Document, Failure, Response, Stored, Transport, Untrusted,
};

/// How it failed, and what was printed of it.
pub(super) fn failure(failed: &Failed, prints: &mut Prints) -> Failure {
    match failed {
        Failed::Call(error) => {
            prints.error(error);
            call(error)
        }
        Failed::Callback(error) => {
            prints.error(error);
            Failure::Callback(callback(error))
        }
        Failed::Document(error) => {
            prints.error(error);
            Failure::Document(document(error))
        }
        Failed::Stored(error) => {
            prints.error(error);
            // serde's words are its own, and say where.
            Failure::Stored(Stored { says: Some(error.to_string()) })
        }
    }
}

fn call(error: &Error) -> Failure {
    let (class, may_have_happened) = (error.class(), error.may_have_happened());
    match error {
        Error::Build(error) => Failure::Build(build(error)),
        Error::Transport(error) => Failure::Transport(transport(error, class, may_have_happened)),
        Error::Response(error) => Failure::Response(response(error, class, may_have_happened)),
        Error::Untrusted(error) => Failure::Untrusted(untrusted(*error)),
        Error::Ambiguous { ids } => Failure::Ambiguous(Ambiguous {
            ids: ids.clone(),
            may_have_happened,
            says: Some(error.to_string()),
        }),
        _ => Failure::AlreadySent(AlreadySent { may_have_happened, says: Some(error.to_string()) }),
    }
}

fn build(error: &BuildError) -> Build {
    let mut failure =
        Build { kind: error.name().to_owned(), says: Some(error.to_string()), ..Build::default() };
    let (detail, name) = match error {
        BuildError::BaseUrl(kind) | BuildError::CallbackUrl(kind) => (Some(kind.name()), None),
        BuildError::ConnectorKey(kind) | BuildError::State(kind) => (Some(kind.name()), None),
        BuildError::Credential { name, kind } => (Some(kind.name()), Some((*name).to_owned())),
        BuildError::Parameter { name, kind } | BuildError::Header { name, kind } => {
            (Some(kind.name()), Some(name.clone()))
        }
        BuildError::Entropy(kind) => (Some(kind.name()), None),
        BuildError::Path { segment, kind } => {
            failure.segment = Some(segment.clone());
            (Some(kind.name()), None)
        }
        BuildError::Vocabulary { part } => {
            failure.part = Some((*part).to_owned());
            (None, None)
        }
        BuildError::Incomplete { missing, placeholders } => {
            failure.missing = Some(missing.clone());
            failure.placeholders = Some(placeholders.clone());
            (None, None)
        }
        _ => (None, None),
    };
    Build { detail: detail.map(str::to_owned), name, ..failure }
}

fn transport(error: &TransportError, class: ErrorClass, may_have_happened: bool) -> Transport {
    let status = match error.delivery() {
        Delivery::ResponseStarted { status } => Some(status.as_u16()),
        _ => None,
    };
    let partial_body = String::from_utf8_lossy(error.partial_body()).into_owned();
    Transport {
        kind: error.kind().name().to_owned(),
        delivery: error.delivery().name().to_owned(),
        class: class.name().to_owned(),
        may_have_happened,
        status,
        partial_body: Some(partial_body).filter(|body| !body.is_empty()),
        says: Some(error.to_string()),
    }
}

fn response(error: &ResponseError, class: ErrorClass, may_have_happened: bool) -> Response {
    let (line, column) = match error.kind() {
        ResponseErrorKind::Unreadable { line, column } => (Some(*line), Some(*column)),
        _ => (None, None),
    };
    Response {
        kind: error.kind().name().to_owned(),
        status: error.status().as_u16(),
        class: class.name().to_owned(),
        may_have_happened,
        retry_after: error.retry_after().map(|wait| wait.as_secs()),
        says: Some(error.to_string()),
        message: error.message().map(str::to_owned),
        provider_message: error.provider_message().map(str::to_owned),
        request_id: error.request_id().map(str::to_owned),
        line,
        column,
    }
}

fn untrusted(error: UntrustedOauthUrl) -> Untrusted {
    let detail = match error {
        UntrustedOauthUrl::Url(kind) => Some(kind.name().to_owned()),
        _ => None,
    };
    Untrusted { kind: error.name().to_owned(), detail, says: Some(error.to_string()) }
}

fn callback(error: &CallbackError) -> Callback {
    let mut failure =
        Callback { kind: error.name().to_owned(), says: Some(error.to_string()), ..Callback::default() };
    match error {
        CallbackError::Missing(parameter) | CallbackError::Duplicate(parameter) => {
            failure.parameter = Some((*parameter).to_owned());
        }
        CallbackError::Malformed(kind) => failure.detail = Some(kind.name().to_owned()),
        CallbackError::Denied(denial) => {
            failure.error = Some(denial.error().to_owned());
            failure.by_user = Some(denial.is_by_user());
            failure.description = denial.description().map(str::to_owned);
            failure.reason = denial.reason().map(str::to_owned);
            failure.uri = denial.uri().map(str::to_owned);
        }
        _ => {}
    }
    failure
}

fn document(error: &DocumentError) -> Document {
    let edit = |edit: &your_moms_diagnosis::Edit| Edit {
        span: Span(edit.span.to_string()),
        replacement: edit.replacement.clone(),
    };
    let diagnostics = error.diagnostics().iter().map(|diagnostic| Diagnostic {
        kind: diagnostic.kind.name().to_owned(),
        span: Span(diagnostic.span.to_string()),
        says: Some(diagnostic.message.clone()),
        help: diagnostic.help.clone(),
        edit: diagnostic.edit.as_ref().map(edit),
        alternative: diagnostic.alternative.as_ref().map(edit),
    });
    Document { diagnostics: diagnostics.collect() }
}
