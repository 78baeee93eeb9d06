//! Requests: all that would go over the wire.

use http::Request;
use serde::Deserialize;
use serde_json::{Map, Value, json};
use your_moms_core::BuildError;

use super::operation::OperationInput;
use super::platform::PlatformInput;
use super::prints::Prints;
use super::{Cannot, error};

#[derive(Deserialize)]
pub(super) struct Input {
    platform: PlatformInput,
    #[serde(flatten)]
    operation: OperationInput,
}

pub(super) fn outcome(input: &Input, prints: &mut Prints) -> Result<Value, Cannot> {
    match request(input, prints) {
        Ok(request) => {
            prints.request(&request);
            on_the_wire(&request)
        }
        Err(fault) => Ok(json!({ "error": error::build(&fault, prints) })),
    }
}

fn request(input: &Input, prints: &mut Prints) -> Result<Request<Vec<u8>>, BuildError> {
    let platform = input.platform.platform()?;
    prints.debug(&platform);
    input.operation.request(&platform, prints)
}

/// Method, URL, every header, and the body as JSON; null where there is none.
fn on_the_wire(request: &Request<Vec<u8>>) -> Result<Value, Cannot> {
    let body: Option<Value> = match request.body().as_slice() {
        [] => None,
        body => Some(serde_json::from_slice(body)?),
    };
    Ok(json!({
        "method": request.method().as_str(),
        "url": request.uri().to_string(),
        "headers": headers(request.headers())?,
        "body": body,
    }))
}

/// Names to values; to a list of them where a header comes more than once.
pub(super) fn headers(headers: &http::HeaderMap) -> Result<Value, Cannot> {
    let mut members = Map::new();
    for name in headers.keys() {
        let values = headers.get_all(name).iter().map(|value| value.to_str().map(Value::from));
        let mut values = values.collect::<Result<Vec<_>, _>>()?;
        let value = if values.len() == 1 { values.remove(0) } else { Value::from(values) };
        members.insert(name.as_str().to_owned(), value);
    }
    Ok(Value::Object(members))
}
