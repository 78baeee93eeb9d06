//! Flaws that a wrapper around a good transport has.

use std::io::{Read as _, Write as _};
use std::mem;
use std::net::TcpStream;
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use flate2::read::GzDecoder;
use http::header::{
    ACCEPT_ENCODING, AUTHORIZATION, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, COOKIE,
    EXPECT, LOCATION, SET_COOKIE,
};
use http::{HeaderMap, HeaderValue, Method, Request, Response, StatusCode, Uri};
use hyper::ext::on_informational;
use tokio::task::yield_now;
use your_moms_core::{AsyncTransport, CallContext, Delivery, Reply, TransportError, TransportErrorKind};
use your_moms_transport_testkit::Settings;

use super::Flaw;

pub(super) fn wrap(
    flaw: Flaw,
    settings: &Settings,
    good: Box<dyn AsyncTransport>,
) -> Box<dyn AsyncTransport> {
    Box::new(Flawed { good, flaw, settings: settings.clone(), kept: Mutex::default() })
}

struct Flawed {
    good: Box<dyn AsyncTransport>,
    flaw: Flaw,
    settings: Settings,
    kept: Mutex<Kept>,
}

/// What a flawed transport keeps from one call to the next.
#[derive(Default)]
struct Kept {
    cookie: Option<HeaderValue>,
    uri: Uri,
    cached: Option<(Uri, Response<Vec<u8>>)>,
}

#[async_trait]
impl AsyncTransport for Flawed {
    async fn send(&self, mut request: Request<Vec<u8>>) -> Reply {
        let interim = Arc::<Mutex<Option<Response<()>>>>::default();
        self.before(&mut request, &interim);
        if self.flaw == Flaw::MixesUpCalls {
            self.kept.lock().unwrap().uri = request.uri().clone();
            yield_now().await;
            *request.uri_mut() = self.kept.lock().unwrap().uri.clone();
        }
        if self.flaw == Flaw::Caches
            && let Some((uri, response)) = &self.kept.lock().unwrap().cached
            && uri == request.uri()
        {
            return Ok(response.clone());
        }
        let guard = (self.flaw == Flaw::SendsAgainWhenDropped).then(|| SendsAgain(request.uri().clone()));
        let reply = self.good.send(request.clone()).await;
        mem::forget(guard);
        let next = match (self.flaw, &reply) {
            (Flaw::FollowsRedirects, Ok(response)) if response.status().is_redirection() => {
                let mut next = request.clone();
                response.headers().get(LOCATION).map(|location| {
                    *next.uri_mut() = location.to_str().unwrap().parse().unwrap();
                    next
                })
            }
            (Flaw::FollowsRedirectsToTheSameHost, Ok(response)) if response.status().is_redirection() => {
                let location = response.headers().get(LOCATION).and_then(|location| location.to_str().ok());
                location.filter(|location| location.starts_with('/')).map(|location| {
                    let mut next = request.clone();
                    let authority = request.uri().authority().unwrap();
                    *next.uri_mut() = format!("http://{authority}{location}").parse().unwrap();
                    next
                })
            }
            (Flaw::SendsAgain, Err(error)) if error.delivery() != Delivery::NotSent => Some(request.clone()),
            (Flaw::RetriesUnavailable, Ok(response)) => {
                (response.status() == StatusCode::SERVICE_UNAVAILABLE).then(|| request.clone())
            }
            // As layers that retry do: only what is idempotent.
            (Flaw::RetriesReads, Ok(response)) if *request.method() == Method::GET => {
                (response.status() == StatusCode::SERVICE_UNAVAILABLE).then(|| request.clone())
            }
            _ => None,
        };
        match next {
            Some(next) => self.good.send(next).await,
            None => self.after(&request, reply, interim.lock().unwrap().take()),
        }
    }
}

impl Flawed {
    fn before(&self, request: &mut Request<Vec<u8>>, interim: &Arc<Mutex<Option<Response<()>>>>) {
        match self.flaw {
            Flaw::OutlivesTheDeadline | Flaw::HasNoTimeLimit => {
                request.extensions_mut().remove::<CallContext>();
            }
            Flaw::SendsUserinfo => send_userinfo(request),
            Flaw::NormalisesTargets => {
                let target = request.uri().to_string().replace("/a/../", "/").replace("/./", "/");
                *request.uri_mut() = target.parse().unwrap();
            }
            Flaw::LosesTheSecondOfAHeader => *request.headers_mut() = without_duplicates(request.headers()),
            Flaw::AddsContentType if !request.body().is_empty() => {
                let json = HeaderValue::from_static("application/json");
                request.headers_mut().entry(CONTENT_TYPE).or_insert(json);
            }
            Flaw::AddsAcceptEncoding => {
                request.headers_mut().insert(ACCEPT_ENCODING, HeaderValue::from_static("gzip"));
            }
            Flaw::AddsExpect if request.body().len() > 1024 => {
                request.headers_mut().insert(EXPECT, HeaderValue::from_static("100-continue"));
            }
            Flaw::KeepsCookies => {
                if let Some(cookie) = &self.kept.lock().unwrap().cookie {
                    request.headers_mut().insert(COOKIE, cookie.clone());
                }
            }
            Flaw::SaysLengthZero if request.body().is_empty() => {
                request.headers_mut().insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
            }
            Flaw::MergesInterimHeaders | Flaw::TakesInterimForFinal => {
                let interim = Arc::clone(interim);
                on_informational(request, move |head| {
                    let mut kept = Response::new(());
                    *kept.status_mut() = head.status();
                    *kept.headers_mut() = head.headers().clone();
                    *interim.lock().unwrap() = Some(kept);
                });
            }
            _ => {}
        }
    }

    fn after(&self, request: &Request<Vec<u8>>, reply: Reply, interim: Option<Response<()>>) -> Reply {
        match reply {
            Ok(response) => {
                if response.headers().contains_key(CACHE_CONTROL) {
                    self.kept.lock().unwrap().cached = Some((request.uri().clone(), response.clone()));
                }
                self.after_response(response, interim)
            }
            Err(error) => self.after_error(request, error, interim),
        }
    }

    fn after_response(&self, mut response: Response<Vec<u8>>, interim: Option<Response<()>>) -> Reply {
        let status = response.status();
        match self.flaw {
            Flaw::KeepsCookies => {
                if let Some(cookie) = response.headers().get(SET_COOKIE) {
                    self.kept.lock().unwrap().cookie = Some(cookie.clone());
                }
            }
            Flaw::TakesNotFoundForAnError if status == StatusCode::NOT_FOUND => {
                return Err(TransportError::new(Delivery::Unknown, TransportErrorKind::Other));
            }
            Flaw::LosesTheBodyOfErrors if status.is_client_error() => response.body_mut().clear(),
            Flaw::LosesLongBodiesOfErrors if status.is_client_error() => {
                response.body_mut().truncate(8 * 1024);
            }
            Flaw::KeepsOneOfTwoHeaders => *response.headers_mut() = without_duplicates(response.headers()),
            Flaw::PanicsOnOddHeaders => {
                let _: Vec<_> = response.headers().values().map(|value| value.to_str().unwrap()).collect();
            }
            Flaw::TakesBodiesForText => {
                let text = String::from_utf8_lossy(response.body()).into_owned();
                *response.body_mut() = text.into_bytes();
            }
            Flaw::MergesInterimHeaders => {
                for (name, value) in interim.iter().flat_map(Response::headers) {
                    response.headers_mut().append(name, value.clone());
                }
            }
            Flaw::TakesInterimForFinal => {
                if let Some(interim) = interim {
                    return Ok(interim.map(|()| Vec::new()));
                }
            }
            Flaw::DecodesWithoutLimit if response.headers().contains_key(CONTENT_ENCODING) => {
                let mut decoded = Vec::new();
                GzDecoder::new(response.body().as_slice()).read_to_end(&mut decoded).unwrap();
                *response.body_mut() = decoded;
            }
            Flaw::ReadsAllThenCounts if response.body().len() > self.settings.limits.response_bytes => {
                let delivery = Delivery::ResponseStarted { status };
                return Err(TransportError::new(delivery, TransportErrorKind::TooLarge));
            }
            _ => {}
        }
        Ok(response)
    }

    fn after_error(
        &self,
        request: &Request<Vec<u8>>,
        error: TransportError,
        interim: Option<Response<()>>,
    ) -> Reply {
        let ended_early = matches!(error.kind(), TransportErrorKind::Lost | TransportErrorKind::Protocol);
        match (self.flaw, error.delivery()) {
            (Flaw::TakesInterimForFinal, _) if interim.is_some() => {
                Ok(interim.unwrap_or_default().map(|()| Vec::new()))
            }
            (Flaw::AcceptsCutBodies, Delivery::ResponseStarted { status }) if ended_early => {
                Ok(Response::builder().status(status).body(Vec::new()).unwrap())
            }
            (Flaw::ShowsTheUrl, _) => Err(error.with_source(format!("while calling {}", request.uri()))),
            (Flaw::ShowsAHeader, _) => {
                let value = request.headers().get(AUTHORIZATION).map(HeaderValue::to_str).unwrap().unwrap();
                Err(error.with_source(format!("as {value}")))
            }
            (Flaw::ShowsABodyAsNumbers, _) => {
                Err(error.with_source(format!("while sending {:?}", request.body())))
            }
            (Flaw::SaysNotSent, _) if error.kind() == TransportErrorKind::Lost => {
                Err(TransportError::new(Delivery::NotSent, error.kind()))
            }
            (Flaw::MakesUpThePartialBody, _) => Err(error.with_partial_body(b"{}".to_vec())),
            _ => Err(error),
        }
    }
}

fn without_duplicates(headers: &HeaderMap) -> HeaderMap {
    headers.keys().map(|name| (name.clone(), headers.get(name).unwrap().clone())).collect()
}

/// As HTTP libraries do: userinfo becomes a header.
fn send_userinfo(request: &mut Request<Vec<u8>>) {
    let text = request.uri().to_string();
    if let Some((scheme, rest)) = text.split_once("://")
        && let Some(("user:pw", rest)) = rest.split_once('@')
    {
        *request.uri_mut() = format!("{scheme}://{rest}").parse().unwrap();
        request.headers_mut().insert(AUTHORIZATION, HeaderValue::from_static("Basic dXNlcjpwdw=="));
    }
}

/// Sends a request when it is dropped.
struct SendsAgain(Uri);

impl Drop for SendsAgain {
    fn drop(&mut self) {
        let mut socket = TcpStream::connect(self.0.authority().unwrap().as_str()).unwrap();
        socket.write_all(format!("{} / HTTP/1.1\r\n\r\n", Method::GET).as_bytes()).unwrap();
    }
}
