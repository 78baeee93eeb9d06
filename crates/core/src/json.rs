//! Reading an answer: status first, then the platform's error payload, then JSON. Once for all operations.

use http::Response;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::{BuildError, ResponseError, ResponseErrorKind};

/// The answer's body, if the status says success (2xx).
///
/// # Errors
/// [`ResponseErrorKind::Redirected`] for 3xx, [`ResponseErrorKind::Refused`] for anything else that is not 2xx.
pub fn success<'a>(response: &Response<&'a [u8]>) -> Result<&'a [u8], ResponseError> {
    let status = response.status();
    if status.is_success() {
        Ok(response.body())
    } else if status.is_redirection() {
        Err(ResponseError::new(response, ResponseErrorKind::Redirected))
    } else {
        Err(ResponseError::new(response, ResponseErrorKind::Refused))
    }
}

/// The answer's body as a `T`: what [`Operation::parse`](crate::Operation::parse) is made of.
///
/// # Errors
/// As [`success`], and [`ResponseErrorKind::Unreadable`] for a body that is not UTF-8, not JSON or not a `T`. The
/// parser's own error is dropped: it quotes the value it stumbled over, and that may be a token.
pub fn read<T: DeserializeOwned>(response: &Response<&[u8]>) -> Result<T, ResponseError> {
    let body = success(response)?;
    let unreadable =
        |line, column| ResponseError::new(response, ResponseErrorKind::Unreadable { line, column });
    // Checking UTF-8 once and then parsing a `str` costs less than letting the parser check every string.
    let text = std::str::from_utf8(body).map_err(|error| {
        let mut before = body.get(..error.valid_up_to()).unwrap_or_default().rsplit(|byte| *byte == b'\n');
        let column = 1 + before.next().unwrap_or_default().len();
        unreadable(1 + before.count(), column)
    })?;
    serde_json::from_str(text).map_err(|error| unreadable(error.line(), error.column()))
}

/// `value` as the bytes of a request's body.
pub(crate) fn write(value: &impl Serialize) -> Result<Vec<u8>, BuildError> {
    serde_json::to_vec(value).map_err(|_| BuildError::Body)
}
