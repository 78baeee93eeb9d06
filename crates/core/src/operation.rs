//! One call of the platform, as data.

use http::{Request, Response};

use crate::{BuildError, Platform, ResponseError};

/// One call: how its request is built and how its answer is read. Nothing here touches a network.
///
/// The trait is open. A call this crate does not have takes a few lines:
///
/// ```
/// use http::{Method, Request, Response};
/// use your_moms_core::{BuildError, Operation, Platform, ResponseError, json};
///
/// /// `GET /{nouns}/{key}`: one connector of the catalogue.
/// struct GetConnector<'a>(&'a str);
///
/// impl Operation for GetConnector<'_> {
///     type Output = your_moms_core::Connector;
///     const NAME: &'static str = "get-connector";
///
///     fn idempotent(&self) -> bool {
///         true
///     }
///
///     fn request(&self, platform: &Platform) -> Result<Request<Vec<u8>>, BuildError> {
///         let nouns = platform.vocabulary().nouns();
///         platform.request(Method::GET).segment(nouns).segment(self.0).authorize_platform().build()
///     }
///
///     fn parse(response: Response<&[u8]>) -> Result<Self::Output, ResponseError> {
///         json::read(&response)
///     }
/// }
/// ```
pub trait Operation {
    /// What the answer holds.
    type Output;

    /// A short name for logs: lower case, words joined by `-`.
    const NAME: &'static str;

    /// Whether sending the request twice does no more than sending it once (RFC 9110 §9.2.2). Only then may it be sent
    /// again after its first try may have arrived. A method and not a constant, because a call of any method
    /// ([`Call`](crate::Call)) knows only when it is made.
    fn idempotent(&self) -> bool;

    /// The request to send to `platform`.
    ///
    /// # Errors
    /// [`BuildError`] when a value cannot be used; nothing was sent then.
    fn request(&self, platform: &Platform) -> Result<Request<Vec<u8>>, BuildError>;

    /// Reads the answer. There is no `self`: the bytes alone decide, so any process may read what another has sent.
    ///
    /// # Errors
    /// [`ResponseError`] when the platform refused, redirected, or the body is not what it should be.
    fn parse(response: Response<&[u8]>) -> Result<Self::Output, ResponseError>;
}
