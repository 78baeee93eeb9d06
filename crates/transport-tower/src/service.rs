//! The services that can carry a request.

use std::error::Error as StdError;
use std::future::Future;
use std::task::{Context, Poll};

use http::{Request, Response};
use http_body::Body;
use tower_service::Service;

/// Any error of a service or a body.
pub(crate) type BoxError = Box<dyn StdError + Send + Sync>;

/// A service of tower that sends HTTP requests with bodies of type `B`. It is implemented for every
/// `tower::Service<http::Request<B>>` that is `Clone`, `Send` and `Sync`, and for nothing else: an abbreviation of the bounds.
///
/// A request's body has to be made from bytes (`http_body_util::Full<Bytes>`, `axum::body::Body` and `reqwest::Body` can be);
/// a response's may be any [`http_body::Body`].
pub trait HttpService<B>: Clone + Send + Sync + 'static {
    /// The body of its responses.
    type ResponseBody: Body<Data: Send, Error: Into<BoxError>> + Send;

    /// [`Service::poll_ready`].
    #[doc(hidden)]
    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), BoxError>>;

    /// [`Service::call`].
    #[doc(hidden)]
    fn call(
        &mut self,
        request: Request<B>,
    ) -> impl Future<Output = Result<Response<Self::ResponseBody>, BoxError>> + Send;
}

impl<S, B, R> HttpService<B> for S
where
    S: Service<Request<B>, Response = Response<R>, Error: Into<BoxError>, Future: Send>
        + Clone
        + Send
        + Sync
        + 'static,
    B: From<Vec<u8>>,
    R: Body<Data: Send, Error: Into<BoxError>> + Send,
{
    type ResponseBody = R;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        Service::poll_ready(self, context).map_err(Into::into)
    }

    fn call(&mut self, request: Request<B>) -> impl Future<Output = Result<Response<R>, BoxError>> + Send {
        let response = Service::call(self, request);
        async move { response.await.map_err(Into::into) }
    }
}
