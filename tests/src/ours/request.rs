//! Requests: all that would go over the wire.

use http::{HeaderMap, Request};
use your_moms_core::BuildError;

use super::platform::platform;
use super::prints::Prints;
use super::{Cannot, error};
use crate::format::Outcome;
use crate::format::message::{HeaderValues, Headers};
use crate::format::request::{Input, Output};

pub(super) fn outcome(input: &Input, prints: &mut Prints) -> Result<Outcome<Output>, Cannot> {
    match request(input, prints) {
        Ok(request) => {
            prints.request(&request);
            Ok(Outcome::Done(on_the_wire(&request)?))
        }
        Err(failure) => Ok(Outcome::Failed { error: error::build(&failure, prints) }),
    }
}

fn request(input: &Input, prints: &mut Prints) -> Result<Request<Vec<u8>>, BuildError> {
    let platform = platform(&input.platform)?;
    prints.debug(&platform);
    input.operation.request(&platform, prints)
}

fn on_the_wire(request: &Request<Vec<u8>>) -> Result<Output, Cannot> {
    Ok(Output {
        method: request.method().to_string(),
        url: request.uri().to_string(),
        headers: headers(request.headers())?,
        body: match request.body().as_slice() {
            [] => None,
            body => Some(serde_json::from_slice(body)?),
        },
    })
}

/// Names to values; to a list of them where a header comes more than once.
pub(super) fn headers(headers: &HeaderMap) -> Result<Headers, Cannot> {
    let named = headers.keys().map(|name| {
        let values = headers.get_all(name).iter().map(|value| value.to_str().map(str::to_owned));
        let mut values = values.collect::<Result<Vec<_>, _>>()?;
        let one = if values.len() == 1 { values.pop() } else { None };
        Ok((name.to_string(), one.map_or_else(|| HeaderValues::Several(values), HeaderValues::One)))
    });
    named.collect()
}
