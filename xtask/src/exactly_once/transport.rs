//! Both adapters, with what a run does to the creations that go through them.

use std::future::pending;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use http::{Method, Request, Uri};
use reqwest::Client;
use your_moms_core::{AsyncTransport, Limits, Transport, async_transport_fn, transport_fn};
use your_moms_reqwest::ReqwestTransport;
use your_moms_ureq::UreqTransport;

/// Nobody listens there.
const NOBODY: &str = "http://127.0.0.1:1/";

/// What becomes of the creations of one program, besides what the sandbox does.
#[derive(Debug, Default)]
pub(crate) struct Line {
    /// The response comes too late for any patience.
    pub(crate) slow: bool,
    /// How many tries still find nobody to connect to.
    pub(crate) refusals: AtomicUsize,
    /// Whether a response is kept from the program for ever; an asynchronous one can be cancelled then.
    pub(crate) held: AtomicBool,
}

impl Line {
    /// The request as it goes out, and whether with little patience.
    fn prepare(&self, mut request: Request<Vec<u8>>) -> (Request<Vec<u8>>, bool) {
        if !is_creation(&request) {
            return (request, false);
        }
        let one_less = |left: usize| left.checked_sub(1);
        if self.refusals.fetch_update(Ordering::Relaxed, Ordering::Relaxed, one_less).is_ok() {
            *request.uri_mut() = Uri::from_static(NOBODY);
        }
        (request, self.slow)
    }
}

/// By the request itself: not every driver says which call it makes.
fn is_creation(request: &Request<Vec<u8>>) -> bool {
    *request.method() == Method::POST && request.uri().path().ends_with("/instances")
}

/// The time limit of the real clock that a late response runs into, and the usual one.
fn limits(hasty: bool) -> Limits {
    let usual = Limits::default();
    if hasty {
        Limits { connect: Duration::from_secs(5), total: Duration::from_millis(500), ..usual }
    } else {
        usual
    }
}

pub(crate) fn blocking(line: Arc<Line>) -> Arc<dyn Transport> {
    let [patient, hasty] = [false, true].map(|hasty| UreqTransport::new(limits(hasty)));
    Arc::new(transport_fn(move |request| {
        let (request, in_haste) = line.prepare(request);
        if in_haste { hasty.send(request) } else { patient.send(request) }
    }))
}

pub(crate) fn asynchronous(line: Arc<Line>) -> reqwest::Result<Arc<dyn AsyncTransport>> {
    // Without roots: reading those of the system takes longer than a run.
    let make = |hasty| ReqwestTransport::with_builder(limits(hasty), || Client::builder().tls_certs_only([]));
    let (patient, hasty) = (make(false)?, make(true)?);
    Ok(Arc::new(async_transport_fn(move |request: Request<Vec<u8>>| {
        let held = is_creation(&request) && line.held.load(Ordering::Relaxed);
        let (request, in_haste) = line.prepare(request);
        let transport = if in_haste { hasty.clone() } else { patient.clone() };
        async move {
            let reply = transport.send(request).await;
            if held { pending().await } else { reply }
        }
    })))
}
