//! The transport.

use std::error::Error as StdError;
use std::fmt;
use std::future::Future;
use std::sync::Arc;
use std::time::{Duration, Instant};

use async_trait::async_trait;
use http::Request;
use your_moms_core::{
    AsyncTransport, CallContext, Delivery, Elapsed, Limits, Reply, TransportErrorKind, check_destination,
    state_empty_body,
};

use crate::deadline::{Deadline, Sleep};
use crate::exchange::{Classify, Exchange, Terms, over};
use crate::service::HttpService;

/// Sends requests through services of tower. The services' own types do not show in its type.
///
/// Cloning is cheap; clones share their services. Dropping the future of a call drops the service's, and does not recall the
/// request: the server may have read all of it.
///
/// * A try begins with waiting until the service is ready. Its time is limited by [`Limits::total`] and by
///   [`CallContext::time_limit`], whichever is shorter, from there to the last byte of the response. What ends before the
///   service was called is [`Delivery::NotSent`].
/// * [`Limits::connect`] is not kept here, since only the service knows when it connects: set it in the connector.
/// * The [`CallContext`] stays in the request's extensions, for layers to read.
/// * Each reply tells how long it took ([`Elapsed`], [`TransportError::elapsed`](your_moms_core::TransportError::elapsed)), and
///   an error in the middle of a response keeps what had arrived
///   ([`TransportError::partial_body`](your_moms_core::TransportError::partial_body)).
/// * Errors of a service are looked at by [`classify`](Self::classify) and dropped, since they may print URLs.
#[derive(Clone)]
pub struct TowerTransport {
    /// For requests that may reuse a connection, if it is another.
    pooled: Option<Arc<Exchange>>,
    /// For all others: every request on a connection of its own.
    fresh: Arc<Exchange>,
    limits: Limits,
    sleep: Arc<Sleep>,
    classify: Arc<Classify>,
}

impl TowerTransport {
    /// A transport over `fresh`, a service that opens a connection for each request. `sleep` is the timer of the caller's
    /// runtime: `tokio::time::sleep`.
    ///
    /// `B` is the type of body that the service takes. Where it takes several, name the one to use:
    ///
    /// ```
    /// use http::{Request, Response};
    /// use http_body_util::Full;
    /// use hyper::body::Bytes;
    /// use your_moms_core::Limits;
    /// use your_moms_tower::TowerTransport;
    ///
    /// /// A test double, which does not care.
    /// async fn canned<B>(_: Request<B>) -> Result<Response<String>, std::io::Error> {
    ///     Ok(Response::new("[]".to_owned()))
    /// }
    /// let service = tower::service_fn(canned);
    /// let transport = TowerTransport::new::<Full<Bytes>, _, _>(service, Limits::default(), tokio::time::sleep);
    /// ```
    pub fn new<B, S, F>(
        fresh: S,
        limits: Limits,
        sleep: impl Fn(Duration) -> F + Send + Sync + 'static,
    ) -> Self
    where
        B: From<Vec<u8>> + 'static,
        S: HttpService<B>,
        F: Future<Output = ()> + Send + 'static,
    {
        Self {
            pooled: None,
            fresh: over(fresh),
            limits,
            sleep: Arc::new(move |limit| Box::pin(sleep(limit))),
            classify: Arc::new(|_| None),
        }
    }

    /// The same transport with a second service, which keeps connections, for requests that may reuse one
    /// ([`CallContext::reuse_connection`]). Without it, all of them are sent through the first.
    ///
    /// There are two because a service cannot be told which connection to take.
    pub fn with_pooled<B, S>(self, pooled: S) -> Self
    where
        B: From<Vec<u8>> + 'static,
        S: HttpService<B>,
    {
        Self { pooled: Some(over(pooled)), ..self }
    }

    /// The same transport with a function that says what an error of the service means. It is given the outermost error;
    /// those behind it are its sources.
    ///
    /// * Before the response's head it says how far the request got, and why. Say [`Delivery::NotSent`] only where not one
    ///   byte can have left: it is believed, and the request may be sent again.
    /// * Of an error in the body only the kind counts.
    /// * Without it, and where it returns `None`, an error before the head is [`Delivery::Unknown`] and
    ///   [`TransportErrorKind::Other`], and one in the body is [`TransportErrorKind::Lost`].
    ///
    /// ```
    /// use std::error::Error;
    /// use std::{io, iter};
    /// use tower::load_shed::error::Overloaded;
    /// use tower::timeout::error::Elapsed;
    /// use your_moms_core::{Delivery, TransportErrorKind};
    ///
    /// fn classify(error: &(dyn Error + 'static)) -> Option<(Delivery, TransportErrorKind)> {
    ///     let io_error = iter::successors(Some(error), |&error| error.source())
    ///         .find_map(|error| error.downcast_ref::<io::Error>());
    ///     if error.is::<Overloaded>() {
    ///         // The layer for load shedding says that it is ready in any case, and refuses the call.
    ///         Some((Delivery::NotSent, TransportErrorKind::Other))
    ///     } else if error.is::<Elapsed>() {
    ///         Some((Delivery::Unknown, TransportErrorKind::Timeout))
    ///     } else if io_error.is_some() {
    ///         Some((Delivery::Unknown, TransportErrorKind::Lost))
    ///     } else {
    ///         None
    ///     }
    /// }
    /// ```
    pub fn classify(
        self,
        classify: impl Fn(&(dyn StdError + 'static)) -> Option<(Delivery, TransportErrorKind)>
        + Send
        + Sync
        + 'static,
    ) -> Self {
        Self { classify: Arc::new(classify), ..self }
    }

    async fn exchange(&self, mut request: Request<Vec<u8>>) -> Reply {
        check_destination(request.uri())?;
        state_empty_body(&mut request);
        let context = CallContext::of(&request);
        let terms = Terms {
            deadline: Deadline::new(&*self.sleep, self.limits.within(&context).total),
            response_bytes: self.limits.response_bytes,
            classify: Arc::clone(&self.classify),
        };
        let pooled = self.pooled.as_ref().filter(|_| context.reuse_connection);
        pooled.unwrap_or(&self.fresh)(request, terms).await
    }
}

#[async_trait]
impl AsyncTransport for TowerTransport {
    async fn send(&self, request: Request<Vec<u8>>) -> Reply {
        let start = Instant::now();
        let reply = self.exchange(request).await;
        Elapsed(start.elapsed()).add_to(reply)
    }
}

impl fmt::Debug for TowerTransport {
    /// Without the services: theirs may show proxies and default headers.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TowerTransport").field("limits", &self.limits).finish_non_exhaustive()
    }
}
