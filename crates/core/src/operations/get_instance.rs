//! `GET /instances/{id}`: one instance.

use http::{Method, Request, Response};

use super::{InstanceTarget, Operation};
use crate::error::{BuildError, ResponseError};
use crate::instance::Instance;
use crate::platform::Platform;
use crate::wire::FromResponse;

/// `GET /instances/{id}`, or `GET /instances` with the instance's token: reads one instance.
#[derive(Clone, Debug)]
pub struct GetInstance {
    target: InstanceTarget,
}

impl GetInstance {
    /// Of the instance with this number, or with this token.
    pub fn new(instance: impl Into<InstanceTarget>) -> Self {
        Self { target: instance.into() }
    }
}

impl Operation for GetInstance {
    type Output = Instance;
    const NAME: &'static str = "get-instance";

    fn idempotent(&self) -> bool {
        true
    }

    fn request(&self, platform: &Platform) -> Result<Request<Vec<u8>>, BuildError> {
        self.target.request(platform, Method::GET, &[]).build()
    }

    fn parse(response: Response<&[u8]>) -> Result<Instance, ResponseError> {
        FromResponse::from_response(&response)
    }
}
