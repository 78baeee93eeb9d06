//! Why a case comes to no value.

use your_moms_core::{BuildError, CallbackError, Error, ResponseError, UntrustedOauthUrl};
use your_moms_diagnosis::DocumentError;

/// Why a case comes to no value.
pub(super) enum Problem {
    /// Core says so.
    Failed(Failed),
    /// The case cannot be put to core, or core leads the conversation otherwise.
    Case(String),
}

/// What core says.
pub(super) enum Failed {
    /// The call failed, or could not be built.
    Call(Error),
    /// The redirect gives no code.
    Callback(CallbackError),
    /// Something is wrong with the document.
    Document(DocumentError),
    /// The stored form cannot be read.
    Stored(serde_json::Error),
}

impl Problem {
    #[expect(clippy::needless_pass_by_value, reason = "it is what `map_err` calls")]
    pub(super) fn case(why: impl ToString) -> Self {
        Self::Case(why.to_string())
    }
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        Self::Failed(Failed::Call(error))
    }
}

impl From<BuildError> for Problem {
    fn from(error: BuildError) -> Self {
        Error::from(error).into()
    }
}

impl From<ResponseError> for Problem {
    fn from(error: ResponseError) -> Self {
        Error::from(error).into()
    }
}

impl From<UntrustedOauthUrl> for Problem {
    fn from(error: UntrustedOauthUrl) -> Self {
        Error::from(error).into()
    }
}

impl From<CallbackError> for Problem {
    fn from(error: CallbackError) -> Self {
        Self::Failed(Failed::Callback(error))
    }
}

impl From<DocumentError> for Problem {
    fn from(error: DocumentError) -> Self {
        Self::Failed(Failed::Document(error))
    }
}
