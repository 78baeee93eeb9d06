//! Conversations: core's machines led through them.

use std::time::Duration;

use your_moms_core::{
    ConnectorConfiguration, Credentials, Error, Exchange, Marked, Platform, Provision, RetryPolicy,
};

use super::conversation::{Machine, follow};
use super::prints::Prints;
use super::{Cannot, error, response};
use crate::format::Outcome;
use crate::format::operation::Operation;
use crate::format::response::Output;
use crate::format::retry::{Input, Policy};
/// How many random sequences a conversation is held with: a wait is anywhere in its range.
const SEEDS: u64 = 8;

pub(super) fn outcome(input: &Input, prints: &mut Prints) -> Result<Outcome<Output>, Cannot> {
    let platform = Platform::new(Platform::BASE_URL, Credentials::new("user", "organization")?)?;
    let policy = input.policy.map_or_else(RetryPolicy::default, Policy::policy);
    let mut told = Vec::new();
    for seed in 0..SEEDS {
        told.push(match &input.operation {
            Operation::OauthUrl(parameters) => {
                let ask = parameters.operation()?;
                let exchange = Exchange::new(&ask, &platform, policy, seed);
                lead(exchange, input, prints, |answer, prints| response::oauth_url(answer, &ask, prints))
            }
            Operation::CreateInstance(parameters) => {
                let create = parameters.operation(&platform, prints)?;
                match &input.marker {
                    None => lead(
                        Exchange::new(&create, &platform, policy, seed),
                        input,
                        prints,
                        response::instance,
                    ),
                    Some(tag) => {
                        let marked = Marked::new(create, tag);
                        lead(
                            Provision::new(&marked, &platform, policy, seed),
                            input,
                            prints,
                            response::instance,
                        )
                    }
                }
            }
            Operation::ListInstances(parameters) => {
                let list = parameters.operation();
                lead(Exchange::new(&list, &platform, policy, seed), input, prints, response::page)
            }
            Operation::ConnectorConfiguration(parameters) => {
                let ask = ConnectorConfiguration::new(&parameters.key);
                lead(Exchange::new(&ask, &platform, policy, seed), input, prints, response::configuration)
            }
            Operation::Call(parameters) => {
                let call = parameters.operation();
                lead(Exchange::new(&call, &platform, policy, seed), input, prints, response::raw)
            }
            Operation::Custom(_) => Err(Cannot("a request without an operation is not retried".to_owned())),
        }?);
    }
    let last = told.pop().ok_or(Cannot("nothing was asked".to_owned()))?;
    if told.iter().all(|other| *other == last) {
        Ok(last)
    } else {
        Err(Cannot("the end depends on the random numbers".to_owned()))
    }
}

/// Leads `machine` through the conversation, and tells the end.
fn lead<M: Machine>(
    machine: M,
    input: &Input,
    prints: &mut Prints,
    tell: impl FnOnce(M::Output, &mut Prints) -> Result<Outcome<Output>, Cannot>,
) -> Result<Outcome<Output>, Cannot> {
    match follow(machine, &input.steps)? {
        Ok(output) => tell(output, prints),
        Err(Error::Build(error)) => Ok(Outcome::Failed { error: error::build(&error, prints) }),
        Err(Error::Transport(error)) => Ok(Outcome::Failed { error: error::transport(error, prints) }),
        Err(Error::Response(error)) => Ok(Outcome::Failed { error: error::response(error, prints) }),
        Err(error) => Err(Cannot(error.to_string())),
    }
}

impl Policy {
    fn policy(self) -> RetryPolicy {
        RetryPolicy {
            tries: self.tries,
            base: Duration::from_millis(self.base_ms),
            cap: Duration::from_millis(self.cap_ms),
        }
    }
}
