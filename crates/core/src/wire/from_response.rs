//! How a response becomes a value.

use http::Response;
use serde::de::DeserializeOwned;

use super::json;
use super::page::{Page, read_page};
use super::response::InstanceResponse;
use crate::error::ResponseError;

/// A value that is read from a response of the status 2xx: whatever serde reads from JSON, a [`Page`] of it, or an
/// [`InstanceResponse`].
pub trait FromResponse: Sized {
    /// Reads the response.
    ///
    /// # Errors
    /// [`ResponseError`] where the status is not 2xx, or the body is not what it should be.
    fn from_response(response: &Response<&[u8]>) -> Result<Self, ResponseError>;
}

impl<T: DeserializeOwned> FromResponse for T {
    fn from_response(response: &Response<&[u8]>) -> Result<Self, ResponseError> {
        json::read(response)
    }
}

impl<T: DeserializeOwned> FromResponse for Page<T> {
    fn from_response(response: &Response<&[u8]>) -> Result<Self, ResponseError> {
        let (items, next) = read_page(response)?;
        Ok(Self { items, next })
    }
}

impl FromResponse for InstanceResponse {
    fn from_response(response: &Response<&[u8]>) -> Result<Self, ResponseError> {
        Self::read(response)
    }
}
