//! `DELETE /instances/{id}/enabled`: disables an instance.

use http::{Method, Request, Response};

use super::{InstanceTarget, Operation};
use crate::error::{BuildError, ResponseError};
use crate::platform::Platform;
use crate::wire::expect_success;

/// `DELETE /instances/{id}/enabled`, or `DELETE /instances/enabled` with the instance's token: disables one instance.
/// Until it is enabled again, the platform responds with 403 to calls through it.
#[derive(Clone, Debug)]
pub struct DisableInstance {
    target: InstanceTarget,
}

impl DisableInstance {
    /// The instance with this number, or with this token.
    pub fn new(instance: impl Into<InstanceTarget>) -> Self {
        Self { target: instance.into() }
    }
}

impl Operation for DisableInstance {
    type Output = ();
    const NAME: &'static str = "disable-instance";

    fn idempotent(&self) -> bool {
        true
    }

    fn request(&self, platform: &Platform) -> Result<Request<Vec<u8>>, BuildError> {
        self.target.request(platform, Method::DELETE, &["enabled"]).build()
    }

    fn parse(response: Response<&[u8]>) -> Result<(), ResponseError> {
        expect_success(&response).map(drop)
    }
}
