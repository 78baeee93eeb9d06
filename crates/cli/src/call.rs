//! `your-moms call`: a request with a stored token.

use std::io::{self, IsTerminal as _};

use http::Method;
use serde_json::value::RawValue;
use your_moms_core::{ErrorClass, InstanceRequest, InstanceResponse, Operation, Platform, Secret, curl};

use crate::args::{Call, Common};
use crate::blocking;
use crate::failure::Failure;
use crate::interrupts::Interrupts;
use crate::mask::Mask;
use crate::platform::{self, Client};
use crate::store::{Entry, Store};
use crate::terminal::{self, QUIET, Spinner};

pub(crate) async fn run(common: &Common, args: &Call, interrupts: &mut Interrupts) -> Result<(), Failure> {
    let kept = Store::at(common.store.as_deref())?.read()?;
    let (name, entry) = kept.choose(args.instance.as_deref())?;
    check_platform(common, name, entry)?;
    let request = interrupts.end(instance_request(args, entry)).await?;
    if args.curl {
        return terminal::result(&shown(&request, entry)?);
    }
    let (client, mut mask) = interrupts.end(client_of(common, entry)).await?;
    let sent_as = request.request(client.platform())?;
    mask.add_secrets_of(&sent_as);
    let sent = async {
        let _spinner = Spinner::start("Waiting for the platform");
        client.call(&request).await.map_err(|error| {
            let mut mask = mask.clone();
            mask.add_values_of(&sent_as);
            let failure = Failure::call("the call did not succeed", &error, &mask);
            if error.class() == ErrorClass::Unauthorized {
                failure
                    .help("check the user secret and the organization secret; or was the instance deleted?")
            } else if !Operation::idempotent(&request) && error.may_have_happened() {
                failure.help("the platform may have done it all the same: check before you call again")
            } else {
                failure
            }
        })
    };
    let response = interrupts.end(sent).await?;
    terminal::say(&format!("{QUIET}{}{QUIET:#}", response.status()));
    show(&response, common.json, &mask)
}

/// A client for the platform of `entry`, and what must not be printed.
pub(crate) async fn client_of(common: &Common, entry: &Entry) -> Result<(Client, Mask), Failure> {
    let (client, mut mask) = platform::client_of(common, &entry.base_url, entry.vocabulary).await?;
    mask.add(&Secret::from(entry.instance.token().expose()));
    Ok((client, mask))
}

/// The request as a curl command.
pub(crate) fn shown(operation: &impl Operation, entry: &Entry) -> Result<String, Failure> {
    let platform = Platform::new(&entry.base_url, platform::shown_credentials()?)?;
    Ok(curl(&operation.request(&platform.with_vocabulary(entry.vocabulary.words()))?))
}

/// A token goes to the platform it came from and nowhere else.
pub(crate) fn check_platform(common: &Common, name: &str, entry: &Entry) -> Result<(), Failure> {
    let given = common.base_url.as_deref().map(|url| url.trim_end_matches('/'));
    if given.is_some_and(|url| url != entry.base_url) {
        return Err(Failure::usage(format!("{name} is an instance of {}", entry.base_url))
            .help("leave --base-url out: a token is sent only to the platform that it came from"));
    }
    if entry.sandbox && given.is_none() {
        return Err(Failure::failed(format!(
            "{name} was connected to a sandbox that ended with its program"
        ))
        .help("for one that stays, run `your-moms sandbox` and connect with its --base-url"));
    }
    Ok(())
}

async fn instance_request(args: &Call, entry: &Entry) -> Result<InstanceRequest, Failure> {
    let method = Method::from_bytes(args.method.to_ascii_uppercase().as_bytes())
        .map_err(|_| Failure::usage(format!("{} is not an HTTP method", args.method)))?;
    let (path, query) = args.path.split_once('?').unwrap_or((&args.path, ""));
    let mut request = InstanceRequest::new(method, path, entry.instance.token());
    for (name, value) in form_urlencoded::parse(query.as_bytes()) {
        request = request.query(name, value.into_owned());
    }
    match &args.data {
        None => Ok(request),
        Some(data) => Ok(request.json_body(&body(data).await?)),
    }
}

/// The body, as it was written: numbers and the order of members stay.
async fn body(data: &str) -> Result<Box<RawValue>, Failure> {
    let cannot = |error: &io::Error| Failure::usage("the body cannot be read").because(error);
    let text = match (data, data.strip_prefix('@')) {
        ("-", _) => blocking::read_stdin().await.map_err(|error| cannot(&error))?,
        (_, Some(path)) => {
            blocking::read_file(path).await.map_err(|error| cannot(&error).note(format!("in {path}")))?
        }
        (text, None) => text.to_owned(),
    };
    // Line and column only: the parser's own error quotes the body.
    serde_json::from_str(&text).map_err(|error| {
        Failure::usage(format!("the body is not JSON: see line {}, column {}", error.line(), error.column()))
            .help("`your-moms check` says more about a file")
    })
}

/// To a program the body goes as it came; to a person indented, and without what a terminal would obey.
fn show(response: &InstanceResponse, json: bool, mask: &Mask) -> Result<(), Failure> {
    let body = response.body();
    if body.is_empty() {
        return Ok(());
    }
    if json || !io::stdout().is_terminal() {
        return terminal::write_result(body);
    }
    let text = indented(body).unwrap_or_else(|| String::from_utf8_lossy(body).into_owned());
    terminal::result(mask.clean_block(text.trim_end()).as_str())
}

/// `body` as indented JSON, if it is JSON.
fn indented(body: &[u8]) -> Option<String> {
    let mut from = serde_json::Deserializer::from_slice(body);
    let mut text = Vec::new();
    serde_transcode::transcode(&mut from, &mut serde_json::Serializer::pretty(&mut text)).ok()?;
    from.end().ok()?;
    String::from_utf8(text).ok()
}
