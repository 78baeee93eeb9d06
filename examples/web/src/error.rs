//! Why a request ends on an error page.

use std::sync::Arc;

use axum::response::{IntoResponse, Response};
use http::StatusCode;
use thiserror::Error;
use your_moms_core::{BuildError, CallbackError, Error as CallError};

use crate::glue;
use crate::keys::KeyError;

/// Why a request ends on an error page. The texts are for logs; people read the page, which `pages` draws.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum Error {
    /// Nobody is signed in.
    #[error("nobody is signed in")]
    SignedOut,
    /// The form does not come from a page of this session.
    #[error("the form does not come from a page of this session")]
    Forged,
    /// The form cannot be read.
    #[error("the form cannot be read")]
    Form,
    /// There is no such page, or it is somebody else's.
    #[error("there is no such page")]
    NotFound,
    /// The redirect gives no code.
    #[error("the redirect gives no code")]
    Callback(#[from] CallbackError),
    /// A call to the platform failed.
    #[error("a call to the platform failed")]
    Call(#[from] CallError),
    /// The database failed.
    #[error("the database failed")]
    Database(#[from] sqlx::Error),
    /// What the database holds cannot be read.
    #[error("what the database holds cannot be read")]
    Stored(#[from] serde_json::Error),
    /// As above, for its encryption.
    #[error("what the database holds cannot be decrypted or encrypted")]
    Key(#[from] KeyError),
    /// The session cannot be loaded or saved.
    #[error("the session cannot be loaded or saved")]
    Session(#[from] tower_sessions::session::Error),
    /// A password could not be hashed.
    #[error("a password could not be hashed")]
    Password,
}

impl Error {
    /// A stable name: what the page's `data-error` says.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::SignedOut => "signed-out",
            Self::Forged => "forged-form",
            Self::Form => "unreadable-form",
            Self::NotFound => "not-found",
            Self::Callback(error) => error.name(),
            Self::Call(error) => error.class().name(),
            Self::Database(_) | Self::Stored(_) | Self::Key(_) | Self::Session(_) | Self::Password => {
                "internal"
            }
        }
    }

    /// The status of the page.
    pub fn status(&self) -> StatusCode {
        match self {
            Self::SignedOut => StatusCode::UNAUTHORIZED,
            Self::Forged | Self::Callback(CallbackError::Denied(_)) => StatusCode::FORBIDDEN,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::Form | Self::Callback(_) => StatusCode::BAD_REQUEST,
            Self::Call(error) => glue::status(error.class()),
            Self::Database(_) | Self::Stored(_) | Self::Key(_) | Self::Session(_) | Self::Password => {
                StatusCode::INTERNAL_SERVER_ERROR
            }
        }
    }
}

impl From<BuildError> for Error {
    fn from(error: BuildError) -> Self {
        Self::Call(error.into())
    }
}

/// The page itself is drawn where the request's id is known, in `routes`.
impl IntoResponse for Error {
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(Arc::new(self));
        response
    }
}
