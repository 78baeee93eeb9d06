//! Requests: all that would go over the wire.

use std::fmt::Debug;

use http::{HeaderMap, Request};
use your_moms_core::{Operation, Platform};

use super::operation::Use;
use super::platform::platform;
use super::prints::Prints;
use super::problem::Problem;
use crate::format::message::{HeaderValues, Headers};
use crate::format::operation as format;
use crate::format::request::{Input, Output};
use crate::format::response;

pub(super) fn outcome(input: &Input, prints: &mut Prints) -> Result<Output, Problem> {
    let platform = platform(&input.platform)?;
    prints.debug(&platform);
    let request = match &input.operation {
        format::Operation::CreateInstance(create) => {
            create.creation(&platform, prints)?.request(&platform)?
        }
        format::Operation::Custom(custom) => custom.request(&platform)?,
        operation => {
            let build = Build { platform: &platform, header: input.with_header.as_ref() };
            operation.hand_to(build, &platform, prints)?
        }
    };
    prints.request(&request);
    on_the_wire(&request)
}

/// Builds the request of an operation.
struct Build<'a> {
    platform: &'a Platform,
    header: Option<&'a (String, String)>,
}

impl Use for Build<'_> {
    type Outcome = Request<Vec<u8>>;

    fn call<O: Operation<Output: Debug> + Debug>(
        self,
        operation: &O,
        _show: impl FnOnce(O::Output, &mut Prints) -> Result<response::Output, Problem>,
        prints: &mut Prints,
    ) -> Result<Request<Vec<u8>>, Problem> {
        prints.debug(operation);
        Ok(match self.header {
            None => operation.request(self.platform)?,
            Some((name, value)) => {
                let operation = operation.with_header(name, value);
                prints.debug(&operation);
                operation.request(self.platform)?
            }
        })
    }
}

fn on_the_wire(request: &Request<Vec<u8>>) -> Result<Output, Problem> {
    Ok(Output {
        method: request.method().to_string(),
        url: request.uri().to_string(),
        headers: headers(request.headers())?,
        body: match request.body().as_slice() {
            [] => None,
            body => Some(serde_json::from_slice(body).map_err(Problem::case)?),
        },
    })
}

/// Names to values; to a list of them where a header comes more than once.
pub(super) fn headers(headers: &HeaderMap) -> Result<Headers, Problem> {
    let named = headers.keys().map(|name| {
        let values = headers.get_all(name).iter().map(|value| value.to_str().map(str::to_owned));
        let mut values = values.collect::<Result<Vec<_>, _>>().map_err(Problem::case)?;
        let one = if values.len() == 1 { values.pop() } else { None };
        Ok((name.to_string(), one.map_or_else(|| HeaderValues::Several(values), HeaderValues::One)))
    });
    named.collect()
}
