//! JSON out and in, without quoting a value in an error.

use http::Response;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::success::expect_success;
use crate::error::{BuildError, ResponseError, ResponseErrorKind};

/// Room for most bodies, so that a secret is seldom left behind in a buffer that was outgrown.
const ROOM: usize = 1024;

/// The response's body as a `T`, if the status says success. The parser's own error is dropped: it quotes the value it
/// stumbled over, and that may be a token.
pub(crate) fn read<T: DeserializeOwned>(response: &Response<&[u8]>) -> Result<T, ResponseError> {
    let body = expect_success(response)?;
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
    let mut body = Vec::with_capacity(ROOM);
    serde_json::to_writer(&mut body, value).map_err(|_| BuildError::Body)?;
    Ok(body)
}
