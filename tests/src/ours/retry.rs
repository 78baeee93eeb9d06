//! Tries that failed: made again or not, and when.

use std::time::Duration;

use http::{Method, Response, StatusCode};
use your_moms_core::{
    Attempt, Call, CallbackUrl, Cause, ClientCredentials, CreateInstance, Credentials, Delivery, Exchange,
    InstanceToken, ListInstances, OauthUrl, Operation, Platform, RetryPolicy, State, Step, TransportError,
};

use super::prints::Prints;
use super::{Cannot, error};
use crate::format::retry::{Input, Lost, OperationName, Output, Policy, Try};

impl Try {
    fn result(&self) -> Result<Result<Response<Vec<u8>>, TransportError>, Cannot> {
        let (delivery, cause, status) = match self {
            Self::Answered(answer) => return Ok(Ok(answer.response()?)),
            Self::Lost(Lost { delivery, cause, status }) => (delivery, cause, status),
        };
        let status = StatusCode::from_u16(status.unwrap_or(200))?;
        let deliveries = [Delivery::NotSent, Delivery::Unknown, Delivery::Answered { status }];
        let delivery = deliveries.into_iter().find(|known| known.name() == delivery);
        let cause = CAUSES.into_iter().find(|known| known.name() == cause);
        let error = delivery.zip(cause).map(|(delivery, cause)| TransportError::new(delivery, cause));
        Ok(Err(error.ok_or(Cannot("no such delivery or cause".to_owned()))?))
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

pub(super) fn outcome(input: &Input, prints: &mut Prints) -> Result<Output, Cannot> {
    let token = InstanceToken::from("token");
    let call = |method| Call::new(method, "/hubs/social/media", &token);
    match input.operation {
        OperationName::OauthUrl => drive(&oauth_url()?, input, prints),
        OperationName::OauthUrlInBody => drive(&oauth_url()?.in_body(), input, prints),
        OperationName::CreateInstance => drive(&CreateInstance::new("instagram"), input, prints),
        OperationName::ListInstances => drive(&ListInstances::new(), input, prints),
        OperationName::CallGet => drive(&call(Method::GET), input, prints),
        OperationName::CallPost => drive(&call(Method::POST), input, prints),
        OperationName::CallPut => drive(&call(Method::PUT), input, prints),
        OperationName::CallPatch => drive(&call(Method::PATCH), input, prints),
        OperationName::CallDelete => drive(&call(Method::DELETE), input, prints),
    }
}

fn oauth_url() -> Result<OauthUrl, Cannot> {
    let client = ClientCredentials::new("key", "secret")?;
    Ok(OauthUrl::new(
        "instagram",
        &client,
        &CallbackUrl::new("https://www.mycoolapp.com/auth")?,
        &State::new("state")?,
    ))
}

/// What the try came to, and the wait before the next one: null for none.
fn drive<O: Operation>(operation: &O, input: &Input, prints: &mut Prints) -> Result<Output, Cannot> {
    let policy = match input.policy {
        None => RetryPolicy::default(),
        Some(Policy { tries, base_ms, cap_ms }) => {
            RetryPolicy { tries, base: Duration::from_millis(base_ms), cap: Duration::from_millis(cap_ms) }
        }
    };
    let (error, attempt) = match input.last.result()? {
        Err(fault) => {
            let attempt = Attempt::from_error(&fault);
            (Some(error::transport(fault, prints)), attempt)
        }
        Ok(response) => {
            let attempt = Attempt::from_response(response.status(), response.headers());
            let (head, body) = response.into_parts();
            match O::parse(Response::from_parts(head, body.as_slice())) {
                Ok(_) => (None, None),
                Err(fault) => (Some(error::response(fault, prints)), Some(attempt)),
            }
        }
    };
    let wait = attempt.and_then(|attempt| policy.wait(operation.idempotent(), input.made, attempt));
    // The range is the arithmetic's; the machine that clients run must agree with it, wherever its seed takes it.
    for seed in 0..8 {
        let waited = machine(operation, input, policy, seed)?;
        let agrees = match (&wait, waited) {
            (None, None) => true,
            (Some(range), Some(waited)) => range.contains(&waited),
            _ => false,
        };
        if !agrees {
            return Err(Cannot(format!("the policy says {wait:?}, the exchange waits {waited:?}")));
        }
    }
    let milliseconds = |wait: Duration| u64::try_from(wait.as_millis());
    let wait_ms = match wait {
        Some(range) => Some((milliseconds(*range.start())?, milliseconds(*range.end())?)),
        None => None,
    };
    Ok(Output { wait_ms, error })
}

/// How long the machine waits after the try; the tries before it were never sent, after which any request is sent again.
fn machine<O: Operation>(
    operation: &O,
    input: &Input,
    policy: RetryPolicy,
    seed: u64,
) -> Result<Option<Duration>, Cannot> {
    let platform = Platform::new(Platform::BASE_URL, Credentials::new("user", "organization")?)?;
    let mut exchange = Exchange::new(operation, &platform, policy, seed);
    let mut made = 0;
    loop {
        match exchange.step() {
            Some(Step::Send(_)) => {
                made += 1;
                exchange.receive(if made < input.made {
                    Err(TransportError::new(Delivery::NotSent, Cause::Connect))
                } else {
                    input.last.result()?
                });
            }
            Some(Step::Wait(wait)) if made == input.made => return Ok(Some(wait)),
            Some(Step::Wait(_)) => {}
            Some(Step::Done(_)) if made == input.made => return Ok(None),
            _ => return Err(Cannot("more tries were made than the policy allows".to_owned())),
        }
    }
}
