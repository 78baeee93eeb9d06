//! A driver as a hurried programmer writes it: a loop that sends again. It is here to show that the judge sees what goes wrong.

use http::Request;
use your_moms_core::{BuildError, CreateInstance, Instance, Platform, Reply};

const TRIES: usize = 3;

/// Sends the creation until an instance comes back, and takes anything else for a failure.
pub(crate) fn create(
    create: &CreateInstance,
    platform: &Platform,
    send: impl Fn(Request<Vec<u8>>) -> Reply,
) -> Result<Option<Instance>, BuildError> {
    for _ in 0..TRIES {
        let Ok(response) = send(create.request(platform)?) else { continue };
        let (head, body) = response.into_parts();
        if let Ok(instance) = CreateInstance::parse(http::Response::from_parts(head, body.as_slice())) {
            return Ok(Some(instance));
        }
    }
    Ok(None)
}
