//! `your-moms call`: a request with a stored token.

use std::fmt::Write as _;
use std::io::{self, IsTerminal as _};

use http::{HeaderMap, Method, Request, StatusCode};
use serde_json::value::RawValue;
use your_moms_core::{
    Error, ErrorClass, InstanceRequest, InstanceToken, ListInstances, Operation, Platform, Secret,
};

use crate::args::{Call, Common};
use crate::blocking;
use crate::connect::shell_word;
use crate::failure::Failure;
use crate::interrupts::Interrupts;
use crate::mask::Mask;
use crate::platform::{self, Client};
use crate::store::{Entry, Store};
use crate::terminal::{self, QUIET, Spinner};
use crate::{curl, progress, secrets};

pub(crate) async fn run(common: &Common, args: &Call, interrupts: &mut Interrupts) -> Result<(), Failure> {
    let kept = Store::at(common.store.as_deref())?.read()?;
    let (name, entry) = kept.choose(args.instance.as_deref())?;
    check_platform(common, name, entry)?;
    if args.curl {
        let (request, _) = interrupts.end(instance_request(args, &shown_token())).await?;
        let name = shell_word(name);
        let token =
            curl::set("YOUR_MOMS_INSTANCE_TOKEN", &format!("your-moms instances show {name} --token"));
        let command = curl::command_with(&shown_request(&request, entry)?, source(args).as_deref());
        return terminal::result(&format!("{token}\n{command}"));
    }
    let (request, secrets) = interrupts.end(instance_request(args, entry.instance.token())).await?;
    let (client, mut mask) = interrupts.end(client_of(common, entry)).await?;
    for secret in &secrets {
        mask.add(secret);
    }
    let sent_as = request.request(client.platform())?;
    mask.add_secrets_of(&sent_as);
    // An error repeats nothing of what was sent; the body of a response may.
    let mut in_errors = mask.clone();
    in_errors.add_values_of(&sent_as);
    if args.paginate {
        let items = interrupts.end(every_item(&client, &request, &in_errors, entry)).await?;
        return show(items.as_bytes(), common.json, &mask);
    }
    let sent = async {
        let _spinner = Spinner::start("Waiting for the platform");
        client.call(&request).await
    };
    let sent = interrupts.end(async { Ok(sent.await) }).await?;
    let (body, failure) = match &sent {
        Ok(response) => (response.body(), None),
        Err(error) => {
            // Its body is the caller's, whatever the status.
            let body = if let Error::Response(error) = error { error.body() } else { &[] };
            let failed = async { Ok(failed(&client, error, &request, &in_errors, entry).await) };
            (body, Some(interrupts.end(failed).await?))
        }
    };
    if let Some((status, headers)) = progress::head().filter(|_| !matches!(&sent, Err(Error::Transport(_)))) {
        if args.include {
            terminal::result(&head(status, &headers, &mask))?;
        } else if failure.is_none() {
            terminal::say(&format!("{QUIET}{status}{QUIET:#}"));
        }
    }
    match failure {
        None => show(body, common.json, &mask),
        Some(failure) => {
            show_refused(body, &in_errors)?;
            Err(failure)
        }
    }
}

/// A list to its end, as one array; each item as it came.
async fn every_item(
    client: &Client,
    request: &InstanceRequest,
    mask: &Mask,
    entry: &Entry,
) -> Result<String, Failure> {
    let request = request.clone().page::<Box<RawValue>>();
    let mut pages = client.pages(&request);
    let mut items = Vec::new();
    loop {
        let page = {
            let _spinner = Spinner::start(format!("Waiting for the next page, after {} items", items.len()));
            pages.next().await
        };
        match page {
            None => break,
            Some(Ok(page)) => items.extend(page.items.into_iter().map(|item| item.get().to_owned())),
            Some(Err(error)) => return Err(failed(client, &error, &request, mask, entry).await),
        }
    }
    Ok(format!("[{}]", items.join(",")))
}

/// Why the call did not succeed. Where the platform does not say which of the secrets it refuses, it is asked.
async fn failed(
    client: &Client,
    error: &Error,
    request: &impl Operation,
    mask: &Mask,
    entry: &Entry,
) -> Failure {
    let failure = Failure::call("the call did not succeed", error, mask);
    match error.class() {
        ErrorClass::Unauthorized => failure.help(which_failed(client, entry).await),
        ErrorClass::NotFound => failure.about(client.platform()),
        _ if !request.idempotent() && error.may_have_happened() => {
            failure.help("the platform may have done it all the same: check before you call again")
        }
        _ => failure,
    }
}

/// The secrets alone are enough for a list of instances.
async fn which_failed(client: &Client, entry: &Entry) -> String {
    match client.call(&ListInstances::new().page_size(1)).await {
        Ok(_) => format!(
            "the two secrets are accepted, so it is the instance's token that is not: was the instance deleted? Connect \
             again: your-moms connect {}",
            shell_word(&entry.connector)
        ),
        Err(error) if error.class() == ErrorClass::Unauthorized => {
            "the secrets are not accepted, with or without the instance's token: check the user secret and the \
             organization secret"
                .to_owned()
        }
        Err(_) => "check the user secret and the organization secret; or was the instance deleted?".to_owned(),
    }
}

/// The head of a response, as `-i` shows it, with the empty line that ends it.
fn head(status: StatusCode, headers: &HeaderMap, mask: &Mask) -> String {
    let mut text = format!("HTTP {status}\n");
    for (name, value) in headers {
        // Writing to a `String` cannot fail.
        let _ = writeln!(text, "{name}: {}", mask.clean(&String::from_utf8_lossy(value.as_bytes())));
    }
    text
}

/// A client for the platform of `entry`, and what must not be printed.
pub(crate) async fn client_of(common: &Common, entry: &Entry) -> Result<(Client, Mask), Failure> {
    let (client, mut mask) = platform::client_of(common, &entry.base_url, entry.vocabulary).await?;
    mask.add(&Secret::from(entry.instance.token().expose()));
    Ok((client, mask))
}

/// The request as a curl command.
pub(crate) fn shown(operation: &impl Operation, entry: &Entry) -> Result<String, Failure> {
    Ok(curl::command(&shown_request(operation, entry)?))
}

fn shown_request(operation: &impl Operation, entry: &Entry) -> Result<Request<Vec<u8>>, Failure> {
    let platform = Platform::new(&entry.base_url, platform::shown_credentials()?)?;
    Ok(operation.request(&platform.with_vocabulary(entry.vocabulary.words()))?)
}

/// Where the body comes from, as curl's options say it; `None` if it is an argument, which everyone can see.
fn source(args: &Call) -> Option<String> {
    match args.data.as_deref()? {
        "-" => Some("@-".to_owned()),
        data => data.starts_with('@').then(|| data.to_owned()),
    }
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

/// A variable in place of the token.
fn shown_token() -> InstanceToken {
    InstanceToken::from(curl::placeholder("YOUR_MOMS_INSTANCE_TOKEN"))
}

/// The request, and the secrets among its headers.
async fn instance_request(
    args: &Call,
    token: &InstanceToken,
) -> Result<(InstanceRequest, Vec<Secret>), Failure> {
    let method = Method::from_bytes(args.method.to_ascii_uppercase().as_bytes())
        .map_err(|_| Failure::usage(format!("{} is not an HTTP method", args.method)))?;
    let (path, query) = args.path.split_once('?').unwrap_or((&args.path, ""));
    let mut request = InstanceRequest::new(method, path, token);
    for (name, value) in form_urlencoded::parse(query.as_bytes()) {
        request = request.query(name, value.into_owned());
    }
    let mut secrets = Vec::new();
    for header in &args.headers {
        let (name, value) =
            header.split_once(':').ok_or_else(|| Failure::usage("--header takes NAME: VALUE"))?;
        let (name, value) = secrets::pair("--header", &format!("{}={}", name.trim(), value.trim())).await?;
        let is_secret = secrets::is_secret_name(&name);
        let shown = curl::placeholder(&secrets::entry_variable(&name));
        request = request.header(&name, if args.curl && is_secret { &shown } else { value.expose() });
        if is_secret {
            secrets.push(value);
        }
    }
    if let Some(data) = &args.data {
        request = request.json_body(&body(data).await?);
    }
    Ok((request, secrets))
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
fn show(body: &[u8], json: bool, mask: &Mask) -> Result<(), Failure> {
    if body.is_empty() {
        return Ok(());
    }
    if json || !io::stdout().is_terminal() {
        return terminal::write_result(body);
    }
    let text = indented(body).unwrap_or_else(|| String::from_utf8_lossy(body).into_owned());
    terminal::result(mask.clean_block(text.trim_end()).as_str())
}

/// What came in place of a result: it may repeat the request, which is not to be printed.
fn show_refused(body: &[u8], mask: &Mask) -> Result<(), Failure> {
    if body.is_empty() {
        return Ok(());
    }
    terminal::result(mask.clean_block(String::from_utf8_lossy(body).trim_end()).as_str())
}

/// `body` as indented JSON, if it is JSON.
fn indented(body: &[u8]) -> Option<String> {
    let mut from = serde_json::Deserializer::from_slice(body);
    let mut text = Vec::new();
    serde_transcode::transcode(&mut from, &mut serde_json::Serializer::pretty(&mut text)).ok()?;
    from.end().ok()?;
    String::from_utf8(text).ok()
}
