//! The responses of the loopback server.

use std::future::Future as _;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::{Duration, Instant};

use bytes::Bytes;
use http::header::{CONTENT_LENGTH, HOST};
use http::{HeaderValue, Request, Response, StatusCode};
use http_body_util::{BodyExt as _, LengthLimitError, Limited};
use hyper::body::{Body, Frame, Incoming, SizeHint};
use tokio::time::Sleep;

use super::socket::ResetSwitch;
use crate::fault::Reply;
use crate::transport::SandboxTransport;

/// No request of the API comes near it.
const LARGEST_BODY: usize = 1024 * 1024;
/// For a body to arrive in whole.
const PATIENCE: Duration = Duration::from_secs(30);

/// Responds to one request; after `reset` has been set and an error returned, the connection ends in a reset.
pub(super) async fn respond(
    request: Request<Incoming>,
    transport: SandboxTransport,
    port: u16,
    reset: ResetSwitch,
) -> Result<Response<Payload>, Reset> {
    if let Err(status) = check_host(&request, port) {
        return Ok(plain(
            status,
            "This server serves its own loopback address only: use 127.0.0.1 or localhost, with its port.\n",
        ));
    }
    let (head, body) = request.into_parts();
    if body.size_hint().lower() > LARGEST_BODY as u64 {
        return Ok(too_large()); // before all of it has come
    }
    let body = match tokio::time::timeout(PATIENCE, Limited::new(body, LARGEST_BODY).collect()).await {
        Ok(Ok(body)) => body.to_bytes(),
        Ok(Err(error)) if error.is::<LengthLimitError>() => return Ok(too_large()),
        Ok(Err(_)) => return Ok(plain(StatusCode::BAD_REQUEST, "The request body is cut off.\n")),
        Err(_) => {
            return Ok(plain(StatusCode::REQUEST_TIMEOUT, "The request body did not arrive in time.\n"));
        }
    };
    let started = Instant::now();
    let (reply, number) = transport.respond(&Request::from_parts(head, &body));
    if let Reply::Late { after, .. } = reply {
        tokio::time::sleep(after).await;
    }
    transport.finished(number, Some(started.elapsed()));
    match reply {
        Reply::Whole(response) | Reply::Late { response, .. } => Ok(response.map(Payload::whole)),
        Reply::Drip { every, response } => Ok(response.map(|body| Payload::drip(body, every))),
        Reply::Cut(response) => Ok(cut(response)),
        Reply::Reset => {
            reset.set();
            Err(Reset)
        }
    }
}

/// RFC 9112 §3.2: a request without one host is bad; RFC 9110 §15.5.20: one for another host is misdirected.
fn check_host<B>(request: &Request<B>, port: u16) -> Result<(), StatusCode> {
    let mut hosts = request.headers().get_all(HOST).iter();
    let (Some(host), None) = (hosts.next(), hosts.next()) else { return Err(StatusCode::BAD_REQUEST) };
    let host = host.to_str().map_err(|_| StatusCode::BAD_REQUEST)?;
    // A target in absolute form overrides the header.
    let authority = request.uri().authority().map_or(host, http::uri::Authority::as_str);
    let (name, given) = authority.split_once(':').unwrap_or((authority, "80"));
    let own = ["127.0.0.1", "localhost"].iter().any(|own| name.eq_ignore_ascii_case(own));
    if own && given == port.to_string() { Ok(()) } else { Err(StatusCode::MISDIRECTED_REQUEST) }
}

fn plain(status: StatusCode, text: &'static str) -> Response<Payload> {
    let mut response = Response::new(Payload::whole(text.into()));
    *response.status_mut() = status;
    response
}

fn too_large() -> Response<Payload> {
    plain(StatusCode::PAYLOAD_TOO_LARGE, "The request body is larger than 1 MiB.\n")
}

/// Announces the whole body and holds half of it.
fn cut(response: Response<Vec<u8>>) -> Response<Payload> {
    let length = response.body().len();
    let mut response = response.map(|mut body| {
        body.truncate(length / 2);
        Payload { data: Some(body.into()), end: End::Flush, drip: None }
    });
    // An empty body has no half: one byte is announced that never comes.
    response.headers_mut().insert(CONTENT_LENGTH, HeaderValue::from(length.max(1)));
    response
}

/// A response body that may break off, or drip.
pub(super) struct Payload {
    data: Option<Bytes>,
    end: End,
    drip: Option<Drip>,
}

/// One byte at a time.
struct Drip {
    every: Duration,
    next: Pin<Box<Sleep>>,
}

enum End {
    Proper,
    /// Hyper writes out what it has when there is nothing to poll; breaking off before that would lose it.
    Flush,
    BrokenOff,
}

impl Payload {
    fn whole(body: Vec<u8>) -> Self {
        let data = Some(body.into()).filter(|data: &Bytes| !data.is_empty());
        Self { data, end: End::Proper, drip: None }
    }

    fn drip(body: Vec<u8>, every: Duration) -> Self {
        let next = Box::pin(tokio::time::sleep(every));
        Self { drip: Some(Drip { every, next }), ..Self::whole(body) }
    }

    fn first_byte(&mut self) -> Option<Bytes> {
        let data = self.data.as_mut()?;
        let first = data.split_to(data.len().min(1));
        if data.is_empty() {
            self.data = None;
        }
        Some(first)
    }
}

impl Body for Payload {
    type Data = Bytes;
    type Error = BrokenOff;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BrokenOff>>> {
        let is_done = self.data.is_none();
        if let Some(drip) = self.drip.as_mut().filter(|_| !is_done) {
            ready!(drip.next.as_mut().poll(context));
            drip.next.set(tokio::time::sleep(drip.every));
            return Poll::Ready(self.first_byte().map(|byte| Ok(Frame::data(byte))));
        }
        if let Some(data) = self.data.take() {
            return Poll::Ready(Some(Ok(Frame::data(data))));
        }
        match self.end {
            End::Proper => Poll::Ready(None),
            End::Flush => {
                self.end = End::BrokenOff;
                context.waker().wake_by_ref();
                Poll::Pending
            }
            End::BrokenOff => Poll::Ready(Some(Err(BrokenOff))),
        }
    }

    fn is_end_stream(&self) -> bool {
        self.data.is_none() && matches!(self.end, End::Proper)
    }

    fn size_hint(&self) -> SizeHint {
        match self.end {
            End::Proper => SizeHint::with_exact(self.data.as_ref().map_or(0, |data| data.len() as u64)),
            End::Flush | End::BrokenOff => SizeHint::default(),
        }
    }
}

/// The connection is to be reset in place of a response.
#[derive(Debug, thiserror::Error)]
#[error("the sandbox was told to reset the connection")]
pub(super) struct Reset;

/// The body is to break off.
#[derive(Debug, thiserror::Error)]
#[error("the sandbox was told to break off the body")]
pub(super) struct BrokenOff;
