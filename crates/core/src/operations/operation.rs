//! One call of the platform, as data.

use std::sync::Arc;

use http::{Request, Response};

use super::WithHeader;
use crate::error::{BuildError, ResponseError};
use crate::platform::Platform;

/// One call: how its request is built and how its response is read. Nothing here touches a network.
///
/// The trait is open. A call that this crate does not have takes a few lines:
///
/// ```
/// use http::{Method, Request, Response};
/// use your_moms_core::{BuildError, FromResponse, Operation, Platform, RequestBuilder, ResponseError};
///
/// /// `GET /{nouns}/{key}/metadata`: what a connector can do.
/// struct GetConnectorMetadata<'a>(&'a str);
///
/// impl Operation for GetConnectorMetadata<'_> {
///     type Output = serde_json::Value;
///     const NAME: &'static str = "get-connector-metadata";
///
///     fn idempotent(&self) -> bool {
///         true
///     }
///
///     fn request(&self, platform: &Platform) -> Result<Request<Vec<u8>>, BuildError> {
///         let nouns = platform.vocabulary().nouns();
///         RequestBuilder::new(platform, Method::GET)
///             .segment(nouns)
///             .segment(self.0)
///             .segment("metadata")
///             .authorize_platform()
///             .build()
///     }
///
///     fn parse(response: Response<&[u8]>) -> Result<Self::Output, ResponseError> {
///         FromResponse::from_response(&response)
///     }
/// }
/// ```
pub trait Operation {
    /// What the response holds.
    type Output;

    /// A short name for logs: lower case, words joined by `-`.
    const NAME: &'static str;

    /// Whether sending the request twice does no more than sending it once (RFC 9110 §9.2.2). Only then may it be sent
    /// again after a try that may have arrived.
    fn idempotent(&self) -> bool;

    /// Whether the request may go on a connection that was used before. On one that the server is closing, nobody can tell
    /// whether it arrived; so the default is that of a call that may be sent twice.
    fn reuse_connection(&self) -> bool {
        self.idempotent()
    }

    /// The request to send to `platform`.
    ///
    /// # Errors
    /// [`BuildError`] when a value cannot be used; nothing was sent then.
    fn request(&self, platform: &Platform) -> Result<Request<Vec<u8>>, BuildError>;

    /// Reads the response. There is no `self`: the bytes alone decide, so any process may read what another has sent for.
    ///
    /// # Errors
    /// [`ResponseError`] when the platform refused, redirected, or the body is not what it should be.
    fn parse(response: Response<&[u8]>) -> Result<Self::Output, ResponseError>;

    /// What a refusal means after an earlier try of the same call whose outcome is unknown: a `DELETE` that finds nothing then
    /// has done its work before. Asked in no other case.
    fn already_done(refusal: &ResponseError) -> Option<Self::Output> {
        let _ = refusal;
        None
    }

    /// The same call with one more header. The client's own, such as `Authorization` or `Content-Type`, are refused when the
    /// request is built.
    ///
    /// ```
    /// use your_moms_core::{Credentials, GetInstance, Operation, Platform};
    ///
    /// let platform = Platform::new(Platform::BASE_URL, Credentials::new("u-secret", "o-secret")?)?;
    /// let request = GetInstance::new(123).with_header("x-correlation-id", "7f3a").request(&platform)?;
    /// assert_eq!(request.headers()["x-correlation-id"], "7f3a");
    /// # Ok::<(), your_moms_core::BuildError>(())
    /// ```
    fn with_header(self, name: &str, value: &str) -> WithHeader<Self>
    where
        Self: Sized,
    {
        WithHeader::new(self, name, value)
    }
}

/// An operation may be borrowed or shared.
macro_rules! forward {
    ($pointer:ty) => {
        impl<O: Operation + ?Sized> Operation for $pointer {
            type Output = O::Output;
            const NAME: &'static str = O::NAME;

            fn idempotent(&self) -> bool {
                (**self).idempotent()
            }

            fn reuse_connection(&self) -> bool {
                (**self).reuse_connection()
            }

            fn request(&self, platform: &Platform) -> Result<Request<Vec<u8>>, BuildError> {
                (**self).request(platform)
            }

            fn parse(response: Response<&[u8]>) -> Result<Self::Output, ResponseError> {
                O::parse(response)
            }

            fn already_done(refusal: &ResponseError) -> Option<Self::Output> {
                O::already_done(refusal)
            }
        }
    };
}

forward!(&O);
forward!(Arc<O>);
