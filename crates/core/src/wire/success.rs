//! Reading a response: the status comes first.

use http::Response;

use crate::error::{ResponseError, ResponseErrorKind};

/// The response's body, if the status says success (2xx).
///
/// # Errors
/// [`ResponseErrorKind::Redirected`] for 3xx, [`ResponseErrorKind::Refused`] for anything else that is not 2xx.
pub fn expect_success<'a>(response: &Response<&'a [u8]>) -> Result<&'a [u8], ResponseError> {
    let status = response.status();
    if status.is_success() {
        Ok(response.body())
    } else if status.is_redirection() {
        Err(ResponseError::new(response, ResponseErrorKind::Redirected))
    } else {
        Err(ResponseError::new(response, ResponseErrorKind::Refused))
    }
}
