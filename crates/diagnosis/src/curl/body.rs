//! The body of a request: JSON in an argument or a here-document, placed in the command.

use std::ops::Range;
use std::path::Path;

use super::options::{Given, Request};
use super::{Command, Word, url};
use crate::finding::{Change, Finding, Findings, MOST};
use crate::json;
use crate::meaning::{self, Role};
use crate::syntax;
use crate::{DiagnosticKind, Expectations};

/// What a body was found to be.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    /// JSON that the platform takes, or a file.
    Json,
    /// JSON of which nothing is known.
    Unknown,
    Other,
}

/// Gives the spans of the words that were looked through.
pub(super) fn check(
    command: &Command,
    request: &Request<'_>,
    expect: &Expectations,
    findings: &mut Findings,
) -> Vec<Range<usize>> {
    let mut known = Vec::new();
    let mut form = Form::Other;
    // Nobody sends so many; each is a document of its own.
    for body in request.bodies.iter().take(MOST) {
        let text = body.text();
        let found = match text.trim_start().chars().next() {
            Some('@') if text.trim() == "@-" => command.input.as_ref().map_or(Form::Json, |input| {
                check_json(&Given { word: input, from: 0, option: 0 }, request, expect, findings)
            }),
            Some('@') => Form::Json,
            Some('{' | '[') if body.word.quote.is_none() && body.from == 0 && !text.starts_with("{{") => {
                findings.add(|| url::no_quotes(body.word.span.clone()));
                Form::Json
            }
            Some('{' | '[') if !text.starts_with("{{") => {
                known.push(body.word.span.clone());
                check_json(body, request, expect, findings)
            }
            _ => {
                file_without_at(body, findings);
                Form::Other
            }
        };
        if form != Form::Json && found != Form::Other {
            form = found;
        }
    }
    content_type(request, form, findings);
    known
}

/// `-d instance.json`, which sends the name.
fn file_without_at(body: &Given<'_>, findings: &mut Findings) {
    let text = body.text();
    let is_json = Path::new(text).extension().is_some_and(|extension| extension.eq_ignore_ascii_case("json"));
    let is_file = is_json && !text.contains(['=', '&', ' ']);
    if is_file {
        findings.add(|| {
            let message = "without an `@`, the name of the file is sent, not what is in it";
            let at = body.place(0..text.len()).start;
            Finding::new(DiagnosticKind::WrongOption, body.span(), message, "write `@` before the name")
                .edit(at..at, "@")
        });
    }
}

fn role(request: &Request<'_>, root: &json::tree::Node<'_>) -> Role {
    let path = request.path();
    let method = request.effective_method();
    let guessed = meaning::role(root);
    let segments: Vec<&str> = path.rsplit('/').take(4).collect();
    let under_api = path.contains("/api-v2") || path.ends_with("/instances");
    match segments.as_slice() {
        ["instances", key, nouns, ..]
            if method == "POST" && matches!(*nouns, "elements" | "your_moms") && *key != "api-v2" =>
        {
            Role::Create { keyed: true }
        }
        ["instances", ..] if method == "POST" && under_api => match guessed {
            Role::Update => Role::Create { keyed: false },
            role => role,
        },
        ["instances", ..] | [_, "instances", ..] if matches!(method, "PUT" | "PATCH") => Role::Update,
        _ if segments.contains(&"hubs") => Role::Request,
        _ if path.is_empty() => guessed,
        _ => Role::Request,
    }
}

/// Everything that is checked in a file, placed in the command.
fn check_json(
    body: &Given<'_>,
    request: &Request<'_>,
    expect: &Expectations,
    findings: &mut Findings,
) -> Form {
    let text = body.text();
    let checked = syntax::check(text);
    if !checked.findings.is_empty() {
        findings.append(checked.findings, |finding| place(body, finding));
        return Form::Json;
    }
    let Some(root) = checked.root else { return Form::Json };
    let role = role(request, &root);
    findings.append(meaning::findings(&root, role, expect), |finding| place(body, finding));
    if role == Role::Request && request.path().ends_with("/instances") { Form::Unknown } else { Form::Json }
}

/// A finding of the body's text as one of the command.
fn place(body: &Given<'_>, finding: Finding) -> Finding {
    let word: &Word = body.word;
    let change = |change: Change| Change {
        replacement: word.escaped(body.from + change.span.start, &change.replacement),
        span: body.place(change.span),
    };
    Finding {
        span: body.place(finding.span),
        edit: finding.edit.map(change),
        alternative: finding.alternative.map(change),
        ..finding
    }
}

fn content_type(request: &Request<'_>, form: Form, findings: &mut Findings) {
    let Some(body) =
        request.bodies.first().filter(|_| form == Form::Json && !request.is_json && !request.in_query)
    else {
        return;
    };
    let named = request.headers.iter().find_map(|header| {
        let (name, value) = header.text().split_once(':')?;
        name.trim().eq_ignore_ascii_case("content-type").then_some((header, value.trim()))
    });
    let variable = request.headers.iter().any(|header| header.text().starts_with(['@', '$']));
    match named {
        None if !variable => {
            let misnamed = request
                .headers
                .iter()
                .any(|header| header.text().to_ascii_lowercase().contains("content-type"))
                || request
                    .help
                    .is_some_and(|given| given.text().to_ascii_lowercase().starts_with("content-type"));
            if misnamed {
                return;
            }
            findings.add(|| {
                let message = "the body is JSON, and no header says so";
                let help = "add `-H 'Content-Type: application/json'`";
                let at = body.option;
                Finding::new(DiagnosticKind::MissingContentType, at..at, message, help)
                    .edit(at..at, "-H 'Content-Type: application/json' ")
            });
        }
        Some((header, value))
            if value.starts_with("application/x-www-form-urlencoded") || value.starts_with("text/") =>
        {
            findings.add(|| {
                let message = "the body is JSON, and this header says otherwise";
                Finding::new(
                    DiagnosticKind::MissingContentType,
                    header.span(),
                    message,
                    "write `Content-Type: application/json`",
                )
            });
        }
        _ => {}
    }
}
