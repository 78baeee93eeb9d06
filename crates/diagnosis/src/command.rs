//! A curl command copied from a page: the note at the end of the source document, as checks.

use std::ops::Range;

use your_moms_core::text::{percent_decode, percent_encode, split_url};

use crate::finding::Finding;
use crate::typography::{plain, typographic};
use crate::{DiagnosticKind, Expectations};

pub(crate) fn is_command(text: &str) -> bool {
    let text = text.trim_start();
    let text = text.strip_prefix("$ ").unwrap_or(text);
    text.strip_prefix("curl").is_some_and(|rest| rest.starts_with([' ', '\t', '\n', '\r', '\\']))
}

pub(crate) fn findings(text: &str, expect: &Expectations) -> Vec<Finding> {
    let mut findings: Vec<Finding> =
        text.char_indices().filter_map(|(at, c)| plain(c).map(|plain| typographic(at, c, plain))).collect();
    findings.extend(placeholders(text));
    lines(text, &mut findings);
    for (at, url) in urls(text) {
        check_url(at, url, expect, &mut findings);
    }
    findings
}

/// The blanks of the published samples, wherever they stand.
fn placeholders(text: &str) -> impl Iterator<Item = Finding> {
    let blanks = ["<INSERT_", "<user secret", "<organization secret", "Code on Return the URL"];
    blanks.into_iter().flat_map(|blank| text.match_indices(blank)).map(|(start, blank)| {
        let line = text.get(start..).and_then(|rest| rest.lines().next()).unwrap_or_default();
        let end = line.find('>').filter(|_| blank.starts_with('<'));
        let length = end.map_or(blank.len(), |at| at + 1);
        let message = "this is a sample's placeholder";
        Finding::new(
            DiagnosticKind::Placeholder,
            start..start + length,
            message,
            "put your own value in its place",
        )
    })
}

/// A shell ends a command with the line, unless the line ends with `\` or inside quotes.
fn lines(text: &str, findings: &mut Vec<Finding>) {
    let end = text.trim_end().len();
    let mut quote: Option<(char, usize)> = None;
    let mut start = 0;
    let mut begun = false;
    for line in text.split_inclusive('\n') {
        let content = line.trim_end_matches(['\n', '\r']);
        let mut escaped = false;
        for (at, c) in content.char_indices() {
            match (quote, c) {
                _ if escaped => escaped = false,
                (None | Some(('"', _)), '\\') => escaped = true,
                (None, '"' | '\'') => quote = Some((c, start + at)),
                (Some((open, _)), c) if c == open => quote = None,
                _ => {}
            }
        }
        let trimmed = content.trim_end();
        let is_last = start + trimmed.len() >= end;
        if quote.is_none() && !is_last && trimmed.is_empty() && begun {
            let message = "the command ends with this empty line, and more of it follows";
            findings.push(
                Finding::new(
                    DiagnosticKind::MissingBackslash,
                    start..start,
                    message,
                    "take the empty line out",
                )
                .edit(start..start + line.len(), ""),
            );
        }
        begun |= !trimmed.is_empty();
        if quote.is_none() && !is_last && !trimmed.is_empty() {
            let line_end = start + content.len();
            if trimmed.len() < content.len() && trimmed.ends_with('\\') {
                let message = "something blank stands after the `\\`, so the command ends here";
                let blank = start + trimmed.len()..line_end;
                findings.push(
                    Finding::new(DiagnosticKind::SpaceAfterBackslash, blank, message, "take it out").remove(),
                );
            } else if !trimmed.ends_with('\\') {
                let message = "the command ends with this line, and more of it follows";
                let at = start + trimmed.len();
                let help = "write ` \\` at the end of the line";
                findings.push(
                    Finding::new(DiagnosticKind::MissingBackslash, at..at, message, help)
                        // What is blank at the end of the line must not come to stand after the `\`.
                        .edit(at..line_end, " \\"),
                );
            }
        }
        start += line.len();
    }
    if let Some((c, at)) = quote {
        let message = format!("this `{c}` is never closed");
        let help = format!("write `{c}` where it ends");
        findings.push(Finding::new(DiagnosticKind::NeverClosed, at..at + 1, message, help));
    }
}

/// Every URL of the command, and where it begins.
fn urls(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.match_indices("http").filter_map(|(at, _)| {
        let before = text.get(..at)?.chars().next_back();
        let rest = text.get(at..)?;
        let begins =
            before.is_none_or(|c| c.is_whitespace() || matches!(c, '\'' | '"' | '\u{2018}' | '\u{201c}'));
        // Looked for only where a URL begins: each look may go to the end of the text.
        let ends = |c: char| c.is_whitespace() || matches!(c, '\'' | '"' | '\u{2019}' | '\u{201d}');
        begins.then(|| (at, rest.split(ends).next().unwrap_or(rest)))
    })
}

fn check_url(at: usize, text: &str, expect: &Expectations, findings: &mut Vec<Finding>) {
    let Some(parts) = split_url(text) else { return };
    let place = |part: &str| {
        let start = at + (part.as_ptr() as usize - text.as_ptr() as usize);
        start..start + part.len()
    };
    for pair in parts.query.unwrap_or_default().split('&') {
        let Some(("callbackUrl", value)) = pair.split_once('=') else { continue };
        if value.contains("://") {
            let message = "the `callbackUrl` is not percent-encoded";
            findings.push(write(DiagnosticKind::UnencodedCallbackUrl, place(value), message, value));
        }
        let decoded = percent_decode(value, true);
        if let Some(expected) =
            expect.callback_url.as_deref().filter(|expected| decoded.as_deref() != Some(expected))
        {
            let message = "the callback URL is not the one of the first step";
            findings.push(write(DiagnosticKind::CallbackUrlDiffers, place(value), message, expected));
        }
    }
    let Some(before) = parts.path.strip_suffix("/oauth/url") else { return };
    let key = before.rsplit('/').next().unwrap_or_default();
    if let Some(expected) =
        expect.key.as_deref().filter(|expected| percent_decode(key, false).as_deref() != Some(expected))
    {
        let message = "the connector's key in the path is not the one that is connected";
        findings.push(write(DiagnosticKind::KeyDiffers, place(key), message, expected));
    }
}

/// In the URL, `right` should stand at `span`.
fn write(kind: DiagnosticKind, span: Range<usize>, message: &str, right: &str) -> Finding {
    let encoded = percent_encode(right);
    Finding::new(kind, span, message, format!("write `{encoded}`")).replace(encoded)
}
