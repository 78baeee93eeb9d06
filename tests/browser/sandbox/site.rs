//! A web site on another port: the application that asks for access, or one that means harm.

use std::collections::HashMap;
use std::convert::Infallible;
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderValue, Request, Response};
use http_body_util::Full;
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::TcpListener;
use your_moms_browser_tests::Failed;
use your_moms_sandbox::{Crowd, serve_until};

/// It lives as long as the runtime of its scenario.
pub(crate) struct Site {
    pub(crate) origin: String,
    known: Arc<Mutex<Known>>,
}

#[derive(Default)]
struct Known {
    pages: HashMap<String, String>,
    /// Paths with their queries, but for what browsers ask for on their own.
    asked: Vec<String>,
}

impl Site {
    pub(crate) async fn start() -> Result<Self, Failed> {
        let socket = TcpListener::bind("127.0.0.1:0").await?;
        let origin = format!("http://{}", socket.local_addr()?);
        let known = Arc::new(Mutex::new(Known::default()));
        let shared = known.clone();
        let connect = move |stream| {
            let known = shared.clone();
            let respond = move |request| {
                let response = respond(&known, &request);
                async { Ok::<_, Infallible>(response) }
            };
            (TokioIo::new(stream), service_fn(respond))
        };
        tokio::spawn(serve_until(socket, Crowd::Waits(64), std::future::pending(), connect));
        Ok(Self { origin, known })
    }

    /// Where the provider is to send people back to.
    pub(crate) fn callback(&self) -> String {
        format!("{}/callback", self.origin)
    }

    /// Puts a page at a path.
    pub(crate) fn put(&self, path: &str, body: &str) -> String {
        let page = format!("<!doctype html><html lang=en><title>Another site</title><body>{body}");
        lock(&self.known).pages.insert(path.to_owned(), page);
        format!("{}{path}", self.origin)
    }

    /// What it was asked for.
    pub(crate) fn asked(&self) -> Vec<String> {
        lock(&self.known).asked.clone()
    }
}

fn respond(known: &Mutex<Known>, request: &Request<Incoming>) -> Response<Full<Bytes>> {
    let mut known = lock(known);
    let path = request.uri().path();
    if path != "/favicon.ico" {
        known.asked.push(request.uri().to_string());
    }
    let page = known.pages.get(path).cloned().unwrap_or_else(|| "<p id=arrived>Welcome back</p>".to_owned());
    let mut response = Response::new(Full::from(page));
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("text/html;charset=UTF-8"));
    response
}

fn lock(known: &Mutex<Known>) -> std::sync::MutexGuard<'_, Known> {
    known.lock().unwrap_or_else(PoisonError::into_inner)
}
