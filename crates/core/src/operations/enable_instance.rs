//! `PUT /instances/{id}/enabled`: enables an instance.

use http::{Method, Request, Response};

use super::{InstanceTarget, Operation};
use crate::error::{BuildError, ResponseError};
use crate::platform::Platform;
use crate::wire::expect_success;

/// `PUT /instances/{id}/enabled`, or `PUT /instances/enabled` with the instance's token: enables one instance.
/// Calls through it are accepted again.
#[derive(Clone, Debug)]
pub struct EnableInstance {
    target: InstanceTarget,
}

impl EnableInstance {
    /// The instance with this number, or with this token.
    pub fn new(instance: impl Into<InstanceTarget>) -> Self {
        Self { target: instance.into() }
    }
}

impl Operation for EnableInstance {
    type Output = ();
    const NAME: &'static str = "enable-instance";

    fn idempotent(&self) -> bool {
        true
    }

    fn request(&self, platform: &Platform) -> Result<Request<Vec<u8>>, BuildError> {
        self.target.request(platform, Method::PUT, &["enabled"]).build()
    }

    fn parse(response: Response<&[u8]>) -> Result<(), ResponseError> {
        expect_success(&response).map(drop)
    }
}
