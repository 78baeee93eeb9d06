//! What both clients hold.

use std::time::SystemTime;

use crate::error::Error;
use crate::exchange::{Authorize, RetryPolicy};
use crate::oauth::{ConnectorKey, Marker, RandomSource, Registration};
use crate::operations::{CreateInstance, StartedOn};
use crate::platform::Platform;

/// Everything but the transport and the timer.
pub(super) struct Settings {
    pub(super) platform: Platform,
    pub(super) random: RandomSource,
}

impl Settings {
    pub(super) fn authorize(
        &self,
        registration: &Registration,
        policy: RetryPolicy,
        now: SystemTime,
    ) -> Result<Authorize, Error> {
        Ok(Authorize::new(registration, &self.platform, policy, self.random.draw()?, now))
    }

    pub(super) fn new_instance(&self, connector: ConnectorKey) -> Result<CreateInstance, Error> {
        let marker = Marker::new(self.random.draw()?);
        Ok(CreateInstance::new(connector, marker).started_on(StartedOn::new(&self.platform)))
    }
}
