//! Services, bodies and timers that are told what to do.
#![expect(clippy::panic, clippy::unwrap_used, reason = "a test that cannot be set up has failed")]

use std::collections::VecDeque;
use std::convert::Infallible;
use std::future::{Future, Ready, poll_fn, ready};
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use http::{Request, Response};
use http_body_util::Full;
use hyper::body::{Body, Bytes, Frame};
use tower::{Service, service_fn};
use your_moms_tower::HttpService;

pub(crate) type Outgoing = Request<Full<Bytes>>;

/// An error that shows what must not be shown.
pub(crate) fn foreign(kind: io::ErrorKind) -> io::Error {
    io::Error::new(kind, "https://h/p?apiSecret=sentinel")
}

/// A moment that a test chooses. As a timer it asks again and again.
#[derive(Clone, Default)]
pub(crate) struct Moment(Arc<AtomicBool>);

impl Moment {
    pub(crate) fn comes(&self) {
        self.0.store(true, Ordering::SeqCst);
    }

    pub(crate) fn timer(
        &self,
    ) -> impl Fn(Duration) -> Pin<Box<dyn Future<Output = ()> + Send>> + Send + Sync + 'static {
        let moment = self.clone();
        move |_| {
            let moment = moment.clone();
            Box::pin(poll_fn(move |context| {
                context.waker().wake_by_ref();
                if moment.0.load(Ordering::SeqCst) { Poll::Ready(()) } else { Poll::Pending }
            }))
        }
    }
}

/// A body that gives these pieces, and then its end.
pub(crate) struct Pieces(pub(crate) VecDeque<&'static str>, pub(crate) End);

pub(crate) enum End {
    Complete,
    Error(io::ErrorKind),
    /// The moment, and nothing more.
    Late(Moment),
    /// The moment, and empty pieces for ever.
    Endless(Moment),
}

impl Body for Pieces {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        if let Some(piece) = self.0.pop_front() {
            return Poll::Ready(Some(Ok(Frame::data(piece.into()))));
        }
        match &self.1 {
            End::Complete => Poll::Ready(None),
            End::Error(kind) => Poll::Ready(Some(Err(foreign(*kind)))),
            End::Endless(moment) => {
                moment.comes();
                Poll::Ready(Some(Ok(Frame::data(Bytes::new()))))
            }
            End::Late(moment) => {
                moment.comes();
                Poll::Pending
            }
        }
    }
}

/// A service that responds with 201 and a body.
pub(crate) fn created(
    body: impl Fn() -> Pieces + Clone + Send + Sync + 'static,
) -> impl HttpService<Full<Bytes>> {
    service_fn(move |_: Outgoing| {
        ready(Ok::<_, Infallible>(Response::builder().status(201).body(body()).unwrap()))
    })
}

/// Says that it is ready when asked for the second time. A clone has to be asked anew.
#[derive(Default)]
pub(crate) struct Asked(u32);

impl Clone for Asked {
    fn clone(&self) -> Self {
        Self(0)
    }
}

impl Service<Outgoing> for Asked {
    type Response = Response<String>;
    type Error = io::Error;
    type Future = Ready<Result<Response<String>, io::Error>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.0 += 1;
        context.waker().wake_by_ref();
        if self.0 == 2 { Poll::Ready(Ok(())) } else { Poll::Pending }
    }

    fn call(&mut self, _: Outgoing) -> Self::Future {
        assert_eq!(self.0, 2, "called without being ready");
        self.0 = 0;
        ready(Ok(Response::new("pong".to_owned())))
    }
}

/// Never ready, or broken.
#[derive(Clone)]
pub(crate) struct Unready(pub(crate) Option<io::ErrorKind>);

impl Service<Outgoing> for Unready {
    type Response = Response<String>;
    type Error = io::Error;
    type Future = Ready<Result<Response<String>, io::Error>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.0.map_or(Poll::Pending, |kind| Poll::Ready(Err(foreign(kind))))
    }

    fn call(&mut self, _: Outgoing) -> Self::Future {
        panic!("called without being ready")
    }
}
