//! Deleting an instance, or finding that it is gone.
//!
//! ```text
//!   deleting, by the token ── 401 or 404 ──▶ looking, by the number ── gone, or another's ──▶ done: deleted
//!      │                                          └── it is there, or nobody knows ──▶ done: the deletion's error
//!      └── deleted, or any other error ──▶ done
//! ```

use std::fmt;

use http::StatusCode;

use super::exchange::Exchange;
use super::machine::{Event, Machine, Step};
use super::retry::RetryPolicy;
use crate::error::Error;
use crate::instance::Instance;
use crate::operations::{DeleteInstance, GetInstance};
use crate::platform::Platform;

/// The deletion of an instance that may be gone already. [`Client::disconnect`](crate::Client::disconnect) drives it.
///
/// It goes by the token, since the number may by now be another's. To a deleted instance's token the platform responds
/// with 401, but so it does where the account's own secrets are wrong; so it is asked once more, by the number and with the
/// secrets.
pub struct Disconnect(Stage);

enum Stage {
    Deleting(Exchange<DeleteInstance>, Rest),
    Looking(Exchange<GetInstance>, Instance, Error),
}

struct Rest {
    instance: Instance,
    platform: Platform,
    policy: RetryPolicy,
}

impl Disconnect {
    /// Starts the deletion.
    pub fn new(instance: &Instance, platform: &Platform, policy: RetryPolicy) -> Self {
        let delete = Exchange::new(DeleteInstance::new(instance.token()), platform, policy);
        let rest = Rest { instance: instance.clone(), platform: platform.clone(), policy };
        Self(Stage::Deleting(delete, rest))
    }

    fn deleted(result: Result<(), Error>, Rest { instance, platform, policy }: Rest) -> Step<Self> {
        match result {
            Err(error)
                if matches!(refusal(&error), Some(StatusCode::UNAUTHORIZED | StatusCode::NOT_FOUND)) =>
            {
                let look = Exchange::new(GetInstance::new(instance.id()), &platform, policy);
                Self(Stage::Looking(look, instance, error)).step()
            }
            result => Step::Done(result),
        }
    }

    fn looked(result: Result<Instance, Error>, instance: &Instance, error: Error) -> Step<Self> {
        let is_gone = match result {
            Ok(there) => there.token() != instance.token(),
            Err(error) => refusal(&error) == Some(StatusCode::NOT_FOUND),
        };
        Step::Done(if is_gone { Ok(()) } else { Err(error) })
    }
}

/// The status with which the platform itself has refused, and no gateway on the way.
fn refusal(error: &Error) -> Option<StatusCode> {
    match error {
        Error::Response(error) if error.is_from_platform() => Some(error.status()),
        _ => None,
    }
}

impl Machine for Disconnect {
    type Output = ();

    fn advance(self, event: Event) -> Step<Self> {
        match self.0 {
            Stage::Deleting(exchange, mut rest) => {
                rest.policy.deadline = exchange.left_after(&event);
                exchange.advance(event).embed(
                    rest,
                    |exchange, rest| Self(Stage::Deleting(exchange, rest)),
                    Self::deleted,
                )
            }
            Stage::Looking(exchange, instance, error) => exchange.advance(event).embed(
                (instance, error),
                |exchange, (instance, error)| Self(Stage::Looking(exchange, instance, error)),
                |result, (instance, error)| Self::looked(result, &instance, error),
            ),
        }
    }
}

impl fmt::Debug for Disconnect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Stage::Deleting(exchange, _) => f.debug_tuple("Disconnect").field(exchange).finish(),
            Stage::Looking(exchange, ..) => f.debug_tuple("Disconnect").field(exchange).finish(),
        }
    }
}
