//! `DELETE /instances/{id}`: disconnects an account.

use http::{Method, Request, Response, StatusCode};

use super::{InstanceTarget, Operation};
use crate::error::{BuildError, ResponseError};
use crate::platform::Platform;
use crate::wire::expect_success;

/// `DELETE /instances/{id}`, or `DELETE /instances` with the instance's token: deletes one instance. Its token is no
/// longer valid afterwards.
#[derive(Clone, Debug)]
pub struct DeleteInstance {
    target: InstanceTarget,
}

impl DeleteInstance {
    /// The instance with this number, or with this token.
    pub fn new(instance: impl Into<InstanceTarget>) -> Self {
        Self { target: instance.into() }
    }
}

impl Operation for DeleteInstance {
    type Output = ();
    const NAME: &'static str = "delete-instance";

    fn idempotent(&self) -> bool {
        true
    }

    fn request(&self, platform: &Platform) -> Result<Request<Vec<u8>>, BuildError> {
        self.target.request(platform, Method::DELETE, &[]).build()
    }

    fn parse(response: Response<&[u8]>) -> Result<(), ResponseError> {
        expect_success(&response).map(drop)
    }

    /// The platform responds with 401 to a deleted instance's token, and with 404 to its number.
    fn already_done(refusal: &ResponseError) -> Option<()> {
        matches!(refusal.status(), StatusCode::UNAUTHORIZED | StatusCode::NOT_FOUND).then_some(())
    }
}
