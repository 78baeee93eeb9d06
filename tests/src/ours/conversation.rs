//! A conversation as a transport and a timer: a client that sends or waits otherwise is told apart.

use std::error::Error as _;
use std::fmt::Display;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use http::{Request, StatusCode};
use your_moms_core::{
    Delivery, Elapsed, Error, Platform, Reply as Received, Transport, TransportError, TransportErrorKind,
};

use super::parameters::method;
use super::problem::Problem;
use crate::format::retry::{Exchange, Lost, Reply, Sent, Step, Wait};

/// The steps of a conversation, shared by the client that leads it and by the runner that checks it.
#[derive(Clone)]
pub(super) struct Script(Arc<Mutex<Progress>>);

struct Progress {
    steps: Vec<Step>,
    at: usize,
    /// Where the client first did something else.
    deviation: Option<String>,
}

impl Script {
    pub(super) fn new(steps: &[Step]) -> Self {
        Self(Arc::new(Mutex::new(Progress { steps: steps.to_vec(), at: 0, deviation: None })))
    }

    /// The timer.
    pub(super) fn wait(&self, wait: Duration) {
        self.with(|progress| match progress.steps.get(progress.at) {
            Some(Step::Wait(range)) if range.contains(wait) => progress.at += 1,
            _ => progress.deviate(format_args!("waits {} ms", wait.as_millis())),
        });
    }

    /// The end, if all steps were made and nothing else.
    pub(super) fn end<T>(&self, result: Result<T, Error>) -> Result<Result<T, Error>, Problem> {
        self.with(|progress| {
            if progress.at < progress.steps.len() {
                progress.deviate(match &result {
                    Ok(_) => "has its result".to_owned(),
                    // The stage is in the error's own words, what happened in its source's.
                    Err(error) => {
                        format!(
                            "ends: {}",
                            error.source().map_or_else(|| error.to_string(), ToString::to_string)
                        )
                    }
                });
            }
            progress.deviation.take().map_or(Ok(()), |why| Err(Problem::Case(why)))
        })?;
        Ok(result)
    }

    fn with<T>(&self, act: impl FnOnce(&mut Progress) -> T) -> T {
        act(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Transport for Script {
    fn send(&self, request: Request<Vec<u8>>) -> Received {
        self.with(|progress| match progress.steps.get(progress.at) {
            Some(Step::Exchange(exchange)) if exchange.send.is(&request) => {
                let received = exchange.received();
                progress.at += 1;
                received.unwrap_or_else(|problem| {
                    if let Problem::Case(why) = problem {
                        progress.deviation.get_or_insert(why);
                    }
                    Err(stop())
                })
            }
            _ => {
                progress.deviate(format_args!("sends {} {}", request.method(), target(&request)));
                Err(stop())
            }
        })
    }
}

/// What ends every call: it was not sent, and never will be.
fn stop() -> TransportError {
    TransportError::new(Delivery::NotSent, TransportErrorKind::InvalidRequest)
}

impl Progress {
    fn deviate(&mut self, what: impl Display) {
        let (at, last) = (self.at + 1, self.at >= self.steps.len());
        self.deviation.get_or_insert_with(|| {
            if last { format!("after the last step it {what}") } else { format!("at step {at} it {what}") }
        });
    }
}

impl Sent {
    fn is(&self, request: &Request<Vec<u8>>) -> bool {
        *request.method() == method(&self.method) && target(request) == self.target
    }
}

/// What follows the base URL.
fn target(request: &Request<Vec<u8>>) -> String {
    let url = request.uri().to_string();
    url.strip_prefix(Platform::BASE_URL).unwrap_or(&url).to_owned()
}

impl Wait {
    fn contains(&self, wait: Duration) -> bool {
        let (shortest, longest) = self.wait_ms;
        (Duration::from_millis(shortest)..=Duration::from_millis(longest)).contains(&wait)
    }
}

impl Exchange {
    fn received(&self) -> Result<Received, Problem> {
        let took = self.took_ms.map(Duration::from_millis);
        Ok(match &self.reply {
            Reply::Response(response) => {
                let mut response = response.response()?;
                if let Some(took) = took {
                    response.extensions_mut().insert(Elapsed(took));
                }
                Ok(response)
            }
            Reply::Lost(loss) => {
                let error = loss.lost.error()?;
                Err(if let Some(took) = took { error.with_elapsed(took) } else { error })
            }
        })
    }
}

impl Lost {
    fn error(&self) -> Result<TransportError, Problem> {
        let status = StatusCode::from_u16(self.status.unwrap_or(200)).map_err(Problem::case)?;
        let deliveries = [Delivery::NotSent, Delivery::Unknown, Delivery::ResponseStarted { status }];
        let delivery = deliveries.into_iter().find(|known| known.name() == self.delivery);
        let kind = TransportErrorKind::ALL.iter().find(|known| known.name() == self.kind);
        let error = delivery.zip(kind).map(|(delivery, kind)| TransportError::new(delivery, *kind));
        let error = error.ok_or_else(|| Problem::case("no such delivery or kind"))?;
        let body = self.partial_body.clone().unwrap_or_default().into_bytes();
        Ok(error.with_partial_body(body))
    }
}
