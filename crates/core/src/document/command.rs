//! A curl command copied from a page: the note at the end of the source document, as checks.

use super::{Expectations, FaultKind, Found, plain, typographic};
use crate::{encode, url};

pub(super) fn is_command(text: &str) -> bool {
    let text = text.trim_start();
    let text = text.strip_prefix("$ ").unwrap_or(text);
    text.strip_prefix("curl").is_some_and(|rest| rest.starts_with([' ', '\t', '\n', '\r', '\\']))
}

pub(super) fn faults(text: &str, expect: &Expectations) -> Vec<Found> {
    let mut faults: Vec<Found> =
        text.char_indices().filter_map(|(at, c)| plain(c).map(|plain| typographic(at, c, plain))).collect();
    faults.extend(placeholders(text));
    lines(text, &mut faults);
    for (at, url) in urls(text) {
        check_url(at, url, expect, &mut faults);
    }
    faults
}

/// The blanks of the published samples, wherever they stand.
fn placeholders(text: &str) -> impl Iterator<Item = Found> {
    let blanks = ["<INSERT_", "<user secret", "<organization secret", "Code on Return the URL"];
    blanks.into_iter().flat_map(|blank| text.match_indices(blank)).map(|(start, blank)| {
        let line = text.get(start..).and_then(|rest| rest.lines().next()).unwrap_or_default();
        let end = line.find('>').filter(|_| blank.starts_with('<'));
        let length = end.map_or(blank.len(), |at| at + 1);
        let what = "this is a sample's placeholder";
        Found::new(FaultKind::Placeholder, start..start + length, what, "put your own value in its place")
    })
}

/// A shell ends a command with the line, unless the line ends with `\` or inside quotes.
fn lines(text: &str, faults: &mut Vec<Found>) {
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
            let what = "the command ends with this empty line, and more of it follows";
            faults.push(Found::new(
                FaultKind::MissingBackslash,
                start..start,
                what,
                "take the empty line out",
            ));
        }
        begun |= !trimmed.is_empty();
        if quote.is_none() && !is_last && !trimmed.is_empty() {
            let line_end = start + content.len();
            if trimmed.len() < content.len() && trimmed.ends_with('\\') {
                let what = "something blank stands after the `\\`, so the command ends here";
                faults.push(Found::new(
                    FaultKind::SpaceAfterBackslash,
                    start + trimmed.len()..line_end,
                    what,
                    "take it out",
                ));
            } else if !trimmed.ends_with('\\') {
                let what = "the command ends with this line, and more of it follows";
                let at = start + trimmed.len();
                faults.push(Found::new(
                    FaultKind::MissingBackslash,
                    at..at,
                    what,
                    "write ` \\` at the end of the line",
                ));
            }
        }
        start += line.len();
    }
    if let Some((c, at)) = quote {
        let what = format!("this `{c}` is never closed");
        faults.push(Found::new(
            FaultKind::NeverClosed,
            at..at + 1,
            what,
            format!("write `{c}` where it ends"),
        ));
    }
}

/// Every URL of the command, and where it begins.
fn urls(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.match_indices("http").filter_map(|(at, _)| {
        let before = text.get(..at)?.chars().next_back();
        let rest = text.get(at..)?;
        let begins =
            before.is_none_or(|c| c.is_whitespace() || matches!(c, '\'' | '"' | '\u{2018}' | '\u{201c}'));
        let end = rest.find(|c: char| c.is_whitespace() || matches!(c, '\'' | '"' | '\u{2019}' | '\u{201d}'));
        begins.then(|| (at, rest.get(..end.unwrap_or(rest.len())).unwrap_or(rest)))
    })
}

fn check_url(at: usize, text: &str, expect: &Expectations, faults: &mut Vec<Found>) {
    let Some(parts) = url::split(text) else { return };
    let place = |part: &str| {
        let start = at + (part.as_ptr() as usize - text.as_ptr() as usize);
        start..start + part.len()
    };
    for pair in parts.query.unwrap_or_default().split('&') {
        let Some(("callbackUrl", value)) = pair.split_once('=') else { continue };
        if value.contains("://") {
            let what = "the `callbackUrl` is not percent-encoded";
            let mend = format!("write `{}`", encode::component(value));
            faults.push(Found::new(FaultKind::UnencodedCallbackUrl, place(value), what, mend));
        }
        let decoded = encode::decode(value, true);
        if let Some(expected) =
            expect.callback_url.as_deref().filter(|expected| decoded.as_deref() != Some(expected))
        {
            let what = "the callback URL is not the one of the first step";
            let mend = format!("write `{}`", encode::component(expected));
            faults.push(Found::new(FaultKind::CallbackUrlDiffers, place(value), what, mend));
        }
    }
    let Some(before) = parts.path.strip_suffix("/oauth/url") else { return };
    let key = before.rsplit('/').next().unwrap_or_default();
    if let Some(expected) =
        expect.key.as_deref().filter(|expected| encode::decode(key, false).as_deref() != Some(expected))
    {
        let what = "the connector's key in the path is not the one that is connected";
        faults.push(Found::new(
            FaultKind::KeyDiffers,
            place(key),
            what,
            format!("write `{}`", encode::component(expected)),
        ));
    }
}
