//! `your-moms call`: a request with a stored token.

mod curl;
mod given;

use std::fmt::Write as _;
use std::io::{self, IsTerminal as _};

use http::{HeaderMap, StatusCode};
use serde_json::value::RawValue;
use your_moms_core::{Error, ErrorClass, InstanceRequest, ListInstances, Operation, Secret};

use crate::again::{self, shell_word};
use crate::args::{Call, Common};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::interrupts::Interrupts;
use crate::mask::Mask;
use crate::platform::{self, Client};
use crate::progress;
use crate::spinner::Spinner;
use crate::store::{Entry, Store};
use crate::terminal::{self, QUIET};
pub(crate) use curl::shown;
use given::Given;

pub(crate) async fn run(common: &Common, args: &Call, interrupts: &mut Interrupts) -> Result<(), Failure> {
    let kept = Store::at(common.store.as_deref())?.read()?;
    let (name, entry) = kept.choose(args.instance.as_deref())?;
    check_platform(common, name, entry)?;
    if args.curl {
        return terminal::result(&interrupts.end(curl::show(common, args, (name, entry))).await?);
    }
    let given = interrupts.end(Given::read(args)).await?;
    let request = given.request(entry.instance.token());
    let (client, mut mask) = interrupts.end(client_of(common, entry)).await?;
    given.secrets().for_each(|secret| mask.add(secret));
    let sent_as = request.request(client.platform())?;
    mask.add_secrets_of(&sent_as);
    // An error repeats nothing of what was sent; the body of a response may.
    let mut in_errors = mask.clone();
    in_errors.add_values_of(&sent_as);
    let sent = interrupts.end(async { Ok(send(&client, &request, args.paginate).await) }).await?;
    if let Some((status, headers)) = progress::head().filter(|_| !matches!(&sent, Err(Error::Transport(_)))) {
        if args.include {
            terminal::result(&head(status, &headers, &mask))?;
        } else if sent.is_ok() && !args.paginate {
            terminal::say(&format!("{QUIET}{status}{QUIET:#}"));
        }
    }
    match sent {
        Ok(body) => show(&body, common.json, &mask),
        Err(error) => {
            let failed = async { Ok(failed(common, &client, &error, &request, &in_errors, entry).await) };
            let failure = interrupts.end(failed).await?;
            if let Error::Response(error) = &error {
                // Its body is the caller's, whatever the status.
                show_refused(error.body(), &in_errors)?;
            }
            Err(failure)
        }
    }
}

/// The body of the response, or all items of a list as one array.
async fn send(client: &Client, request: &InstanceRequest, paginate: bool) -> Result<Vec<u8>, Error> {
    if paginate {
        return every_item(client, request).await;
    }
    let _spinner = Spinner::start("Waiting for the platform");
    client.call(request).await.map(|response| response.body().to_vec())
}

/// A list to its end, as one array; each item as it came.
async fn every_item(client: &Client, request: &InstanceRequest) -> Result<Vec<u8>, Error> {
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
            Some(page) => items.extend(page?.items.into_iter().map(|item| item.get().to_owned())),
        }
    }
    Ok(format!("[{}]", items.join(",")).into_bytes())
}

/// Why the call did not succeed. Where the platform does not say which of the secrets it refuses, it is asked.
async fn failed(
    common: &Common,
    client: &Client,
    error: &Error,
    request: &impl Operation,
    mask: &Mask,
    entry: &Entry,
) -> Failure {
    let failure = Failure::call("the call did not succeed", error, mask);
    // A response that says no, whatever it says no with.
    let said_no = matches!(error, Error::Response(_)) && error.status().is_some_and(|it| !it.is_success());
    let failure = if said_no { failure.ending(Exit::Refused) } else { failure };
    match error.class() {
        ErrorClass::Unauthorized => failure.help(which_failed(common, client, entry).await),
        ErrorClass::NotFound => failure.about(client.platform()),
        // Nothing else is read of a body here.
        ErrorClass::Unreadable => failure.help("is this a list? Leave --paginate out if it is not"),
        _ if !request.idempotent() && error.may_have_happened() => {
            failure.help("the platform may have done it all the same: check before you call again")
        }
        _ => failure,
    }
}

/// The secrets alone are enough for a list of instances.
async fn which_failed(common: &Common, client: &Client, entry: &Entry) -> String {
    match client.call(&ListInstances::new().page_size(1)).await {
        Ok(_) => format!(
            "the two secrets are accepted, so it is the instance's token that is not: was the instance deleted? Connect \
             again: your-moms connect {}{}",
            shell_word(&entry.connector),
            again::platform_at(common, &entry.base_url)
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

/// A token goes to the platform it came from and nowhere else.
pub(crate) fn check_platform(common: &Common, name: &str, entry: &Entry) -> Result<(), Failure> {
    let given = platform::base_url_of_option(common)?;
    if given.as_ref().is_some_and(|url| *url != entry.base_url) {
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
