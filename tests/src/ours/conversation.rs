//! One machine and one conversation, step by step.

use std::error::Error as _;
use std::time::Duration;

use http::{Request, Response, StatusCode};
use your_moms_core::{
    Cause, Delivery, Error, Exchange, Instance, Operation, Platform, Provision, Step, TransportError,
};

use super::Cannot;
use super::operation::method;
use crate::format::retry::{self, Lost, Reply, Sent, Wait};

type Received = Result<Response<Vec<u8>>, TransportError>;

/// What both machines of core can do.
pub(super) trait Machine {
    type Output;
    fn step(&mut self) -> Option<Step<Self::Output>>;
    fn receive(&mut self, reply: Received);
}

impl<O: Operation> Machine for Exchange<'_, O> {
    type Output = O::Output;

    fn step(&mut self) -> Option<Step<O::Output>> {
        Exchange::step(self)
    }

    fn receive(&mut self, reply: Received) {
        Exchange::receive(self, reply);
    }
}

impl Machine for Provision<'_> {
    type Output = Instance;

    fn step(&mut self) -> Option<Step<Instance>> {
        Provision::step(self)
    }

    fn receive(&mut self, reply: Received) {
        Provision::receive(self, reply);
    }
}

/// How the machine ends, if it does all that `steps` say and nothing else.
pub(super) fn follow<M: Machine>(
    mut machine: M,
    steps: &[retry::Step],
) -> Result<Result<M::Output, Error>, Cannot> {
    let mut expected = steps.iter();
    loop {
        match (machine.step(), expected.next()) {
            (Some(Step::Send(request)), Some(retry::Step::Exchange(exchange)))
                if is_meant(&request, &exchange.send) =>
            {
                machine.receive(exchange.reply.received()?);
            }
            (Some(Step::Wait(wait)), Some(retry::Step::Wait(range))) if range.contains(wait) => {}
            (Some(Step::Done(result)), None) => return Ok(result),
            (instead, None) => return Err(Cannot(format!("after the last step it {}", told(instead)))),
            (instead, Some(_)) => {
                let at = steps.len() - expected.len();
                return Err(Cannot(format!("at step {at} it {}", told(instead))));
            }
        }
    }
}

fn told<T>(step: Option<Step<T>>) -> String {
    match step {
        Some(Step::Send(request)) => format!("sends {} {}", request.method(), target(&request)),
        Some(Step::Wait(wait)) => format!("waits {} ms", wait.as_millis()),
        Some(Step::Done(Ok(_))) => "has its result".to_owned(),
        Some(Step::Done(Err(error))) => {
            // The stage is in the error's own words, what happened in its source's.
            format!("ends: {}", error.source().map_or_else(|| error.to_string(), ToString::to_string))
        }
        None => "does nothing".to_owned(),
    }
}

fn is_meant(request: &Request<Vec<u8>>, sent: &Sent) -> bool {
    *request.method() == method(&sent.method) && target(request) == sent.target
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

impl Reply {
    fn received(&self) -> Result<Received, Cannot> {
        match self {
            Self::Response(response) => response.response().map(Ok),
            Self::Lost(loss) => loss.lost.error().map(Err),
        }
    }
}

impl Lost {
    fn error(&self) -> Result<TransportError, Cannot> {
        let status = StatusCode::from_u16(self.status.unwrap_or(200))?;
        let deliveries = [Delivery::NotSent, Delivery::Unknown, Delivery::Answered { status }];
        let delivery = deliveries.into_iter().find(|known| known.name() == self.delivery);
        let cause = CAUSES.into_iter().find(|known| known.name() == self.kind);
        let error = delivery.zip(cause).map(|(delivery, cause)| TransportError::new(delivery, cause));
        error.ok_or(Cannot("no such delivery or kind".to_owned()))
    }
}

const CAUSES: [Cause; 9] = [
    Cause::Timeout,
    Cause::Dns,
    Cause::Connect,
    Cause::Tls,
    Cause::Proxy,
    Cause::InvalidRequest,
    Cause::Lost,
    Cause::Protocol,
    Cause::TooLarge,
];
