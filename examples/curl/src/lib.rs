//! A blocking transport over libcurl.
#![allow(missing_docs, missing_debug_implementations, reason = "an example, as short as can be")]

use curl::easy::{Easy2, Handler, HttpVersion, List, WriteError};
use http::{HeaderName, HeaderValue, Method, Request, Response};
use your_moms_core::TransportErrorKind::{Connect, Dns, InvalidRequest, Lost, Timeout, Tls, TooLarge};
use your_moms_core::{CallContext, Delivery, Limits, Reply, Transport, TransportError, check_destination};

pub struct CurlTransport {
    pub limits: Limits,
    pub roots_pem: Vec<u8>,
    pub proxy: Option<String>,
}

impl Transport for CurlTransport {
    fn send(&self, request: Request<Vec<u8>>) -> Reply {
        check_destination(request.uri())?;
        let is_https = request.uri().scheme_str() == Some("https");
        let mut easy = Easy2::new(Incoming { room: self.limits.response_bytes, ..Incoming::default() });
        prepare(self, &mut easy, &request).ok_or(TransportError::new(Delivery::NotSent, InvalidRequest))?;
        let done = easy.perform();
        let connected = if is_https { easy.appconnect_time() } else { easy.connect_time() };
        let Incoming { whole_head, response, .. } = std::mem::take(easy.get_mut());
        let kind = match done.map_err(|error| error.code()) {
            // libcurl takes the end of the connection for the end of a head.
            Ok(()) if whole_head => return Ok(response),
            Err(28) => Timeout,
            Err(5 | 6) => Dns,
            Err(7) => Connect,
            Err(35 | 60) => Tls,
            Err(23 | 100) => TooLarge,
            _ => Lost,
        };
        let delivery = match connected {
            Ok(time) if time.is_zero() => Delivery::NotSent,
            Ok(_) if whole_head => Delivery::ResponseStarted { status: response.status() },
            _ => Delivery::Unknown,
        };
        Err(TransportError::new(delivery, kind).with_partial_body(response.into_body()))
    }
}

fn prepare(client: &CurlTransport, easy: &mut Easy2<Incoming>, request: &Request<Vec<u8>>) -> Option<()> {
    let limits = client.limits.within(&CallContext::of(request));
    easy.connect_timeout(limits.connect).and_then(|()| easy.timeout(limits.total)).ok()?;
    easy.ssl_cainfo_blob(&client.roots_pem).and_then(|()| easy.http_version(HttpVersion::V11)).ok()?;
    // The empty one turns off that of the environment.
    let proxy = client.proxy.as_deref().filter(|_| request.uri().scheme_str() == Some("https"));
    easy.proxy(proxy.unwrap_or_default()).ok()?;
    // Keeps `/a/../b`; but what is percent-encoded is written in capitals all the same.
    let uri = request.uri().to_string();
    let exact = |code: &str| code.bytes().take(2).all(|byte| !byte.is_ascii_lowercase());
    uri.split('%').skip(1).all(exact).then_some(())?;
    easy.path_as_is(true).and_then(|()| easy.url(&uri)).ok()?;
    let (method, body) = (request.method(), request.body());
    easy.nobody(method == Method::HEAD).and_then(|()| easy.custom_request(method.as_str())).ok()?;
    if !body.is_empty() || [Method::POST, Method::PUT, Method::PATCH].contains(method) {
        easy.post_fields_copy(body).and_then(|()| easy.custom_request(method.as_str())).ok()?;
    }
    // libcurl adds both to a body, unless told otherwise.
    let mut headers = List::new();
    headers.append("Expect:").and_then(|()| headers.append("Content-Type:")).ok()?;
    for (name, value) in request.headers() {
        let separator = if value.is_empty() { ";" } else { ": " }; // `a:` leaves it out
        headers.append(&format!("{name}{separator}{}", value.to_str().ok()?)).ok()?;
    }
    easy.http_headers(headers).ok()
}

#[derive(Default)]
struct Incoming {
    room: usize,
    whole_head: bool,
    response: Response<Vec<u8>>,
}

impl Handler for Incoming {
    /// Is called for the heads of 1xx responses and of a proxy as well, and for trailers.
    fn header(&mut self, line: &[u8]) -> bool {
        let mut parts = line.trim_ascii().splitn(2, |byte| b": ".contains(byte));
        let (name, value) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default().trim_ascii());
        if name.is_empty() {
            self.whole_head = !self.response.status().is_informational();
        } else if name.starts_with(b"HTTP/") {
            let head = Response::builder().status(value.get(..3).unwrap_or(value)).body(Vec::new());
            (self.whole_head, self.response) = (false, head.unwrap_or_default());
        } else if let (false, Ok(name)) = (self.whole_head, HeaderName::from_bytes(name)) {
            self.response.headers_mut().extend(HeaderValue::from_bytes(value).map(|value| (name, value)));
        }
        true
    }

    fn write(&mut self, data: &[u8]) -> Result<usize, WriteError> {
        let taken = data.get(..self.room).unwrap_or(data);
        self.room -= taken.len();
        self.response.body_mut().extend(taken);
        Ok(taken.len())
    }
}
