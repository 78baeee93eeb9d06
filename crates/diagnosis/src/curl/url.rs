//! The URLs of a command.

use std::ops::Range;

use your_moms_core::Vocabulary;
use your_moms_core::text::{percent_decode, percent_encode, placeholders, split_url};

use super::options::{Given, Request};
use crate::finding::{Finding, Findings};
use crate::meaning;
use crate::{DiagnosticKind, Expectations, secret_spans};

pub(super) fn check(request: &Request<'_>, expect: &Expectations, findings: &mut Findings) {
    let mut urls = request.urls.iter();
    let Some(mut url) = urls.next() else { return };
    // A blank ends a URL without quotes; what follows is a word of its own.
    loop {
        if looks_like_url(url.text()) {
            check_one(url, expect, findings);
        } else {
            stray(url, findings);
        }
        let Some(next) = urls.next() else { return };
        let is_rest = url.word.quote.is_none() && looks_like_url(url.text()) && is_rest_of_url(next.text());
        if is_rest && next.word.span.start > url.word.span.end {
            let gap = url.word.span.end..next.word.span.start;
            let (help, replacement) = if is_parameter(next.text()) {
                ("write `&` before a further parameter, and put the URL in `'` quotes", "\\&")
            } else {
                ("write `%20`, and put the URL in `'` quotes", "%20")
            };
            findings.add(|| {
                Finding::new(DiagnosticKind::SpaceInUrl, gap, "a space ends the URL here", help)
                    .replace(replacement)
            });
            let Some(after) = urls.next() else { return };
            url = after;
        } else {
            url = next;
        }
    }
}

fn looks_like_url(text: &str) -> bool {
    let begins = |start: &str| {
        text.trim_start().get(..start.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(start))
    };
    ["htt", "htp", "ttp"].into_iter().any(begins) || has_scheme(text)
}

/// Whether `://` is in `text`. Most words have no colon, which is found much faster.
fn has_scheme(text: &str) -> bool {
    // `callbackUrl=https://…` is a parameter that lost its URL.
    memchr::memchr(b':', text.as_bytes()).is_some()
        && text.split_once("://").is_some_and(|(scheme, _)| !scheme.contains(['=', '&']))
}

fn is_rest_of_url(text: &str) -> bool {
    !looks_like_url(text) && text.contains(['=', '&', '/', '_']) && !text.starts_with(['{', '['])
}

/// Whether it is another parameter, rather than the rest of a value.
fn is_parameter(text: &str) -> bool {
    let known =
        ["apiKey", "apiSecret", "callbackUrl", "state", "scope", "siteAddress", "pageSize", "nextPage"];
    text.split_once('=').is_some_and(|(name, _)| known.contains(&name))
}

/// A word that is neither an option nor a URL.
fn stray(given: &Given<'_>, findings: &mut Findings) {
    let text = given.text();
    if given.word.quote.is_none() && text.starts_with(['{', '[']) && text.len() > 1 && !text.starts_with("{{")
    {
        findings.add(|| no_quotes(given.word.span.clone()));
    }
}

pub(super) fn no_quotes(span: Range<usize>) -> Finding {
    let message = "without quotes around this JSON, the shell removes the quotes inside it";
    Finding::new(DiagnosticKind::Unquoted, span, message, "put all of the JSON in `'` quotes")
}

fn check_one(url: &Given<'_>, expect: &Expectations, findings: &mut Findings) {
    let text = url.text();
    if spelling(url, text, findings) {
        return;
    }
    let Some(parts) = split_url(text) else { return };
    // What the URL does not have is no part of it.
    let offset = |part: &str| (part.as_ptr() as usize).saturating_sub(text.as_ptr() as usize);
    let host = parts.authority.unwrap_or_else(|| text.get(..0).unwrap_or_default());
    if !host.contains(['.', '$', '<', '{', '[', '\u{2026}']) && !host.starts_with("localhost") {
        let place = url.place(offset(host)..offset(host) + host.len());
        findings.add(|| {
            let message = "this is not the name of a host";
            Finding::new(
                DiagnosticKind::InvalidUrl,
                place,
                message,
                "write the platform's base URL, such as `https://api.cloud-your_moms.com/your_moms/api-v2`",
            )
        });
    }
    blanks(url, text, findings);
    for (at, part) in path_variables(parts.path) {
        let start = offset(parts.path) + at;
        findings.add(|| meaning::placeholder(url.place(start..start + part.len())));
    }
    path(url, parts.path, offset(parts.path), expect, findings);
    for pair in parts.query.unwrap_or_default().split('&') {
        let Some((name, value)) = pair.split_once('=') else { continue };
        if name == "callbackUrl" {
            callback_url(url, value, offset(value), expect, findings);
        } else if let Some(at) = second_question_mark(value) {
            let at = offset(value) + at;
            findings.add(|| {
                let message = "a second `?` stands here; a query has one, at its beginning";
                let place = url.place(at..at + 1);
                Finding::new(
                    DiagnosticKind::InvalidUrl,
                    place,
                    message,
                    "write `&` before a further parameter",
                )
                .edit(url.place(at..at + 1), url.word.escaped(url.from + at, "&"))
            });
        }
    }
}

/// `key=k?secret=s`: a parameter begins with `?` in place of `&`. A value may be a URL with a query of its own.
fn second_question_mark(value: &str) -> Option<usize> {
    let (before, after) = value.split_once('?')?;
    let (name, _) = after.split_once('=')?;
    let is_name =
        !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-[]".contains(&byte));
    (is_name && !before.contains([':', '/'])).then_some(before.len())
}

/// `https;//` and its like. `true` if one was found.
fn spelling(url: &Given<'_>, text: &str, findings: &mut Findings) -> bool {
    if split_url(text).is_some_and(|parts| {
        parts.authority.is_some_and(|host| !host.is_empty()) && matches!(parts.scheme, "http" | "https")
    }) {
        return false;
    }
    let scheme = text.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(text.len());
    let rest = text.get(scheme..).unwrap_or_default();
    let marks = rest.find(|c: char| !matches!(c, ':' | ';' | '/' | '.' | ',')).unwrap_or(rest.len());
    let has_host = rest.len() > marks;
    let found = text.get(..scheme).unwrap_or_default();
    if !placeholders(text).is_empty() && !rest.contains('/') {
        return true;
    }
    let right = if found.ends_with('s') { "https" } else { "http" };
    let place = if found == right { url.place(scheme..scheme + marks) } else { url.place(0..scheme + marks) };
    findings.add(|| {
        let finding = Finding::new(
            DiagnosticKind::InvalidUrl,
            place,
            "this is not how a URL begins",
            format!("write `{right}://`"),
        );
        match (has_host && marks > 0, found == right) {
            (true, true) => finding.replace("://"),
            (true, false) => finding.replace(format!("{right}://")),
            _ => finding,
        }
    });
    true
}

/// Blanks and line breaks inside a URL.
fn blanks(url: &Given<'_>, text: &str, findings: &mut Findings) {
    let known = placeholders(text);
    let length = text.trim_end().len();
    for (at, c) in text.get(..length).unwrap_or_default().char_indices().filter(|(_, c)| c.is_whitespace()) {
        if known.get(known.partition_point(|span| span.end <= at)).is_some_and(|span| span.contains(&at)) {
            continue;
        }
        let place = url.place(at..at + c.len_utf8());
        findings.add(|| {
            if c == '\n' || c == '\r' {
                let message = "the line ends inside this URL";
                Finding::new(DiagnosticKind::SpaceInUrl, place, message, "write the URL on one line").remove()
            } else {
                Finding::new(
                    DiagnosticKind::SpaceInUrl,
                    place,
                    "a space stands inside this URL",
                    "write `%20`, or remove it",
                )
                .replace("%20")
            }
        });
    }
    if length < text.len() {
        let place = url.place(length..text.len());
        findings.add(|| {
            Finding::new(
                DiagnosticKind::SpaceInUrl,
                place,
                "a space stands at the end of this URL",
                "remove it",
            )
            .remove()
        });
    }
}

/// `{id}`, as documentation writes what is to be filled in.
fn path_variables(path: &str) -> impl Iterator<Item = (usize, &str)> {
    let segments = path.split('/');
    segments.filter_map(move |segment| {
        let at = segment.as_ptr() as usize - path.as_ptr() as usize;
        let inside = segment.strip_prefix('{')?.strip_suffix('}')?;
        (!inside.is_empty() && !inside.contains(['{', '}'])).then_some((at, segment))
    })
}

fn path(url: &Given<'_>, path: &str, start: usize, expect: &Expectations, findings: &mut Findings) {
    let base = path.find("/api-v2/").map(|at| at + "/api-v2/".len());
    if let Some(first) =
        base.and_then(|base| path.get(base..)).and_then(|rest| rest.split('/').next()).map(str::trim_end)
    {
        let at = start + base.unwrap_or_default();
        let place = || url.place(at..at + first.len());
        if let Some(meant) = meaning::path_segment(first) {
            findings.add(|| {
                let message = format!("`{first}` is not a path that the platform knows");
                Finding::new(DiagnosticKind::Misspelt, place(), message, format!("did you mean `{meant}`?"))
                    .replace(meant)
            });
        }
        let nouns = expect.vocabulary.as_ref().map(Vocabulary::nouns);
        if let Some(nouns) =
            nouns.filter(|nouns| matches!(first, "your_moms" | "elements") && first != *nouns)
        {
            findings.add(|| {
                let message = "the chosen vocabulary has another path for this";
                Finding::new(DiagnosticKind::VocabularyDiffers, place(), message, format!("write `{nouns}`"))
                    .replace(nouns)
            });
        }
    }
    let Some(before) = path.strip_suffix("/oauth/url") else { return };
    let key = before.rsplit('/').next().unwrap_or_default();
    if let Some(expected) =
        expect.key.as_deref().filter(|expected| percent_decode(key, false).as_deref() != Some(expected))
    {
        let at = start + before.len() - key.len();
        let message = "the connector's key in the path is not the expected one";
        findings.add(|| write(url, DiagnosticKind::KeyDiffers, at..at + key.len(), message, expected));
    }
}

fn callback_url(url: &Given<'_>, value: &str, start: usize, expect: &Expectations, findings: &mut Findings) {
    let span = start..start + value.len();
    let decoded = percent_decode(value, true);
    let is_blank = !placeholders(value).is_empty() || value.contains('$');
    let is_url = |text: &str| {
        split_url(text).is_some_and(|parts| parts.authority.is_some_and(|host| !host.is_empty()))
    };
    if value.contains("://") {
        let message = "the `callbackUrl` is not percent-encoded";
        findings.add(|| write(url, DiagnosticKind::UnencodedCallbackUrl, span.clone(), message, value));
    } else if expect.callback_url.is_none() && !is_blank && !decoded.as_deref().is_some_and(is_url) {
        findings.add(|| {
            let message = "this `callbackUrl` is not a URL when it is decoded";
            let help = "write it in full, beginning with `https%3A%2F%2F`";
            Finding::new(DiagnosticKind::InvalidUrl, url.place(span.clone()), message, help)
        });
    }
    if let Some(expected) =
        expect.callback_url.as_deref().filter(|expected| decoded.as_deref() != Some(expected))
    {
        let message = "the callback URL is not the one of the first step";
        findings.add(|| write(url, DiagnosticKind::CallbackUrlDiffers, span, message, expected));
    }
}

/// In the URL, `right` should stand at `span`. A URL can carry a token; then it is not quoted.
fn write(url: &Given<'_>, kind: DiagnosticKind, span: Range<usize>, message: &str, right: &str) -> Finding {
    let encoded = percent_encode(right);
    if !secret_spans(right).is_empty() {
        let help =
            "percent-encode it: `%3A` for `:`, `%2F` for `/`, `%3F` for `?`, `%3D` for `=`, `%26` for `&`";
        return Finding::new(kind, url.place(span), message, help);
    }
    Finding::new(kind, url.place(span), message, format!("write `{encoded}`")).replace(encoded)
}
