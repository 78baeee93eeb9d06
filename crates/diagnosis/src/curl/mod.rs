//! What is wrong with a curl command: its options, headers, URLs and bodies, and whether they fit each other.

mod body;
mod headers;
mod options;
mod url;

use std::ops::Range;

use your_moms_core::text::placeholders;

use crate::finding::{Finding, Findings};
use crate::meaning;
use crate::shell::{Command, Reader, Word};
use crate::{DiagnosticKind, Expectations};
use options::Request;

/// What is wrong with the commands in `text`.
pub(crate) fn findings(text: &str, expect: &Expectations) -> Findings {
    let (commands, mut findings) = Reader::new(text).run();
    let cut = |finding: &Finding| finding.kind == DiagnosticKind::NeverClosed && finding.edit.is_none();
    if findings.list().iter().any(cut) {
        // Where an argument ends is not known, so neither is what the command says.
        return findings;
    }
    for command in &commands {
        let mut known: Vec<Range<usize>> = Vec::new();
        if command.words.first().is_some_and(|word| word.text == "curl") {
            let request = Request::of(command);
            url::check(&request, expect, &mut findings);
            headers::check(&request, expect, &mut findings);
            known = body::check(command, &request, expect, &mut findings);
            fits(&request, &mut findings);
        }
        for word in &command.words {
            add_placeholders(text, word, &known, &mut findings);
        }
    }
    findings
}

/// The placeholders of a word, unless it is a JSON text that was looked through already.
fn add_placeholders(text: &str, word: &Word, known: &[Range<usize>], findings: &mut Findings) {
    if known.binary_search_by_key(&word.span.start, |span| span.start).is_ok() {
        return;
    }
    let source = text.get(word.span.clone()).unwrap_or_default();
    for span in placeholders(source) {
        let is_directive = source.get(span.clone()).is_some_and(|found| found.starts_with("{%"));
        let span = word.span.start + span.start..word.span.start + span.end;
        findings.add(|| if is_directive { directive(span) } else { meaning::placeholder(span) });
    }
}

fn directive(span: Range<usize>) -> Finding {
    let message = "`{% … %}` is a directive of a template language, not part of a command";
    Finding::new(DiagnosticKind::Template, span, message, "remove it, or run the template first")
}

/// The methods that the platform knows.
const METHODS: [&str; 7] = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"];

/// `-x POST`, which names a proxy.
fn lowercase_x(request: &Request<'_>, findings: &mut Findings) {
    let Some(given) = request.proxy.filter(|given| METHODS.contains(&given.text())) else { return };
    findings.add(|| {
        let message = "`-x` names a proxy; the method is given by `-X`";
        let span = given.option..given.option + 2;
        let alone = given.from == 0 && given.word.span.start > span.end || given.from == 2;
        let finding = Finding::new(DiagnosticKind::WrongOption, span, message, "write `-X`");
        if alone { finding.replace("-X") } else { finding }
    });
}

/// Whether method, body and URL go together.
fn fits(request: &Request<'_>, findings: &mut Findings) {
    let path = request.path();
    let is_oauth = path.ends_with("/oauth/url") || path.ends_with("/oauth/token");
    let has_body = !request.bodies.is_empty() || request.has_form;
    lowercase_x(request, findings);
    let Some((method, span)) = &request.method else { return };
    let wrong = |message: String, help: &str, edit: Option<&str>, findings: &mut Findings| {
        findings.add(|| {
            let finding = Finding::new(DiagnosticKind::WrongMethod, span.clone(), message, help);
            match edit {
                Some(edit) => finding.replace(edit),
                None => finding,
            }
        });
    };
    let upper = method.to_ascii_uppercase();
    if !METHODS.contains(&upper.as_str()) {
        if placeholders(method).is_empty() && !method.starts_with('$') {
            wrong(
                "this is not an HTTP method".to_owned(),
                "write `GET`, `POST`, `PUT`, `PATCH` or `DELETE`",
                None,
                findings,
            );
        }
    } else if *method != upper {
        wrong(
            "methods are written in capitals".to_owned(),
            &format!("write `{upper}`"),
            Some(&upper),
            findings,
        );
    } else if matches!(upper.as_str(), "GET" | "HEAD") && has_body && !request.in_query {
        let creates = path.ends_with("/instances");
        let edit = creates.then_some("POST");
        wrong(
            format!("a {upper} request has no body, and this command sends one"),
            "write `POST`, or remove the body",
            edit,
            findings,
        );
    } else if upper == "POST" && is_oauth && !has_body {
        wrong(
            "the OAuth URL is requested by GET, or by POST with a body".to_owned(),
            "write `GET`",
            Some("GET"),
            findings,
        );
    } else if upper == "POST" && path.ends_with("/instances") && !has_body && request.input.is_none() {
        wrong(
            "creating an instance needs a body, and this command sends none".to_owned(),
            "add `-d @instance.json`",
            None,
            findings,
        );
    }
}
