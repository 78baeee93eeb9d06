//! One request through one service: wait until it is ready, call it, read the body.

use std::error::Error as StdError;
use std::future::{Future, poll_fn};
use std::pin::{Pin, pin};
use std::sync::Arc;

use bytes::{Buf, BufMut};
use http::{Request, Response, StatusCode};
use http_body::Body;
use your_moms_core::{Delivery, Reply, TransportError, TransportErrorKind};

use crate::deadline::{Deadline, Late};
use crate::service::{BoxError, HttpService};

/// What the caller makes of an error.
pub(crate) type Classify =
    dyn Fn(&(dyn StdError + 'static)) -> Option<(Delivery, TransportErrorKind)> + Send + Sync;

/// What is needed for a try, besides the service and the request.
pub(crate) struct Terms {
    pub(crate) deadline: Deadline,
    pub(crate) response_bytes: usize,
    pub(crate) classify: Arc<Classify>,
}

/// A service whose type is forgotten, with the types of its bodies and errors.
pub(crate) type Exchange =
    dyn Fn(Request<Vec<u8>>, Terms) -> Pin<Box<dyn Future<Output = Reply> + Send>> + Send + Sync;

pub(crate) fn over<B, S>(service: S) -> Arc<Exchange>
where
    B: From<Vec<u8>> + 'static,
    S: HttpService<B>,
{
    Arc::new(move |request, terms| Box::pin(exchange(service.clone(), request, terms)))
}

/// `service` is a clone of its own: a service that said it was ready may have kept a place for the next call, and for that of
/// nobody else.
async fn exchange<B, S>(mut service: S, request: Request<Vec<u8>>, mut terms: Terms) -> Reply
where
    B: From<Vec<u8>>,
    S: HttpService<B>,
{
    match terms.deadline.limit(poll_fn(|context| service.poll_ready(context))).await {
        Ok(Ok(())) => {}
        // The request is still here, so none of it was sent, whatever the error means elsewhere.
        Ok(Err(error)) => {
            return Err(TransportError::new(Delivery::NotSent, terms.before_response(&error).1));
        }
        Err(Late) => return Err(TransportError::new(Delivery::NotSent, TransportErrorKind::Timeout)),
    }
    let response = match terms.deadline.limit(service.call(request.map(B::from))).await {
        Ok(Ok(response)) => response,
        Ok(Err(error)) => {
            let (delivery, kind) = terms.before_response(&error);
            return Err(TransportError::new(delivery, kind));
        }
        Err(Late) => return Err(TransportError::new(Delivery::Unknown, TransportErrorKind::Timeout)),
    };
    let (head, body) = response.into_parts();
    let body = terms.read(head.status, body).await?;
    Ok(Response::from_parts(head, body))
}

impl Terms {
    fn before_response(&self, error: &BoxError) -> (Delivery, TransportErrorKind) {
        (self.classify)(&**error).unwrap_or((Delivery::Unknown, TransportErrorKind::Other))
    }

    /// Reads piece by piece: what came before an error is kept.
    async fn read<R>(&mut self, status: StatusCode, body: R) -> Result<Vec<u8>, TransportError>
    where
        R: Body<Error: Into<BoxError>>,
    {
        let mut body = pin!(body);
        let mut read = Vec::new();
        loop {
            let frame = self.deadline.limit(poll_fn(|context| body.as_mut().poll_frame(context)));
            let kind = match frame.await {
                Ok(None) => return Ok(read),
                Ok(Some(Ok(frame))) => {
                    // Anything else is trailers, which say nothing to the caller.
                    let Ok(data) = frame.into_data() else { continue };
                    let (length, room) = (data.remaining(), self.response_bytes - read.len());
                    read.put(data.take(room));
                    if length <= room {
                        continue;
                    }
                    TransportErrorKind::TooLarge
                }
                Ok(Some(Err(error))) => {
                    (self.classify)(&*error.into()).map_or(TransportErrorKind::Lost, |(_, kind)| kind)
                }
                Err(Late) => TransportErrorKind::Timeout,
            };
            let error = TransportError::new(Delivery::ResponseStarted { status }, kind);
            return Err(error.with_partial_body(read));
        }
    }
}
