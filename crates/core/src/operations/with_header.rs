//! Any operation with headers of the caller's.

use http::{Request, Response};

use super::{Operation, Paged};
use crate::error::{BuildError, ResponseError};
use crate::platform::Platform;
use crate::wire::FurtherHeaders;

/// An operation with headers of the caller's; [`Operation::with_header`] makes one.
#[derive(Clone, Debug)]
pub struct WithHeader<O> {
    operation: O,
    headers: FurtherHeaders,
}

impl<O> WithHeader<O> {
    pub(super) fn new(operation: O, name: &str, value: &str) -> Self {
        let mut headers = FurtherHeaders::default();
        headers.push(name, value);
        Self { operation, headers }
    }
}

impl<O: Operation> Operation for WithHeader<O> {
    type Output = O::Output;
    const NAME: &'static str = O::NAME;

    fn idempotent(&self) -> bool {
        self.operation.idempotent()
    }

    fn reuse_connection(&self) -> bool {
        self.operation.reuse_connection()
    }

    fn request(&self, platform: &Platform) -> Result<Request<Vec<u8>>, BuildError> {
        let mut request = self.operation.request(platform)?;
        self.headers.add_to(request.headers_mut())?;
        Ok(request)
    }

    fn parse(response: Response<&[u8]>) -> Result<Self::Output, ResponseError> {
        O::parse(response)
    }

    fn already_done(refusal: &ResponseError) -> Option<Self::Output> {
        O::already_done(refusal)
    }
}

impl<O: Paged> Paged for WithHeader<O> {
    type Item = O::Item;

    fn after(&self, next: &str) -> Self {
        Self { operation: self.operation.after(next), headers: self.headers.clone() }
    }
}
