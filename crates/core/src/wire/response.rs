//! A response as it came.

use std::fmt;

use http::{HeaderMap, Response, StatusCode};
use serde::de::DeserializeOwned;
use zeroize::Zeroizing;

use super::json;
use super::success::expect_success;
use crate::error::ResponseError;

/// A response of the status 2xx as it came: for resources whose form is not known, or is not JSON.
///
/// The body is wiped on drop.
#[derive(Clone)]
pub struct InstanceResponse {
    status: StatusCode,
    headers: HeaderMap,
    body: Zeroizing<Vec<u8>>,
}

impl InstanceResponse {
    pub(super) fn read(response: &Response<&[u8]>) -> Result<Self, ResponseError> {
        let body = Zeroizing::new(expect_success(response)?.to_vec());
        Ok(Self { status: response.status(), headers: response.headers().clone(), body })
    }

    /// The status, a 2xx.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The body, as it came.
    pub fn body(&self) -> &[u8] {
        &self.body
    }

    /// The body as a `T`.
    ///
    /// # Errors
    /// [`ResponseErrorKind::Unreadable`](crate::ResponseErrorKind::Unreadable) if it is not JSON or not a `T`.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, ResponseError> {
        let mut response = Response::new(self.body.as_slice());
        *response.status_mut() = self.status;
        json::read(&response)
    }
}

/// Without values: a response can hold anything of a user's.
impl fmt::Debug for InstanceResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("InstanceResponse")
            .field("status", &self.status)
            .field("body", &format_args!("{} bytes", self.body.len()))
            .finish_non_exhaustive()
    }
}
