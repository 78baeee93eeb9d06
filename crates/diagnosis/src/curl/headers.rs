//! Headers: `Name: value`, and the commas of `Authorization`.

use std::ops::Range;

use your_moms_core::Vocabulary;

use super::options::{Given, Request};
use crate::finding::{Finding, Findings};
use crate::meaning;
use crate::{DiagnosticKind, Expectations};

pub(super) fn check(request: &Request<'_>, expect: &Expectations, findings: &mut Findings) {
    for header in &request.headers {
        if !unquoted(header, request, findings) {
            check_one(header, expect, findings);
        }
    }
    if let Some(given) =
        request.help.filter(|given| given.text().contains(':') && !given.text().contains("://"))
    {
        findings.add(|| {
            let span = given.option..given.option + 2;
            Finding::new(
                DiagnosticKind::WrongOption,
                span,
                "`-h` prints curl's help; a header is given by `-H`",
                "write `-H`",
            )
            .replace("-H")
        });
    }
}

/// `-H Accept: application/json`: without quotes the header is its name. `true` if it is one.
fn unquoted(header: &Given<'_>, request: &Request<'_>, findings: &mut Findings) -> bool {
    let end = header.word.span.end;
    // The words behind it are in the order of the text.
    let rest = &request.urls;
    let next = rest.get(rest.partition_point(|word| word.word.span.start < end));
    let is_cut = header.word.quote.is_none() && header.text().ends_with(':');
    let follows = next.is_some_and(|next| next.word.span.start == end + 1 && !next.text().contains("://"));
    if is_cut && follows {
        findings.add(|| {
            let message = "without quotes this header ends at the space; curl takes what follows for a URL";
            Finding::new(
                DiagnosticKind::Unquoted,
                header.span(),
                message,
                "put the whole header in `'` quotes",
            )
        });
    }
    is_cut && follows
}

fn check_one(header: &Given<'_>, expect: &Expectations, findings: &mut Findings) {
    let text = header.text();
    // A file of headers, a variable, or a header that is removed.
    if text.starts_with(['@', '$']) || text.trim().is_empty() || text.ends_with(';') {
        return;
    }
    let (name, value) = text.split_once(':').map_or((text, None), |(name, value)| (name, Some(value)));
    let is_name = |name: &str| {
        !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
    };
    match value {
        Some(_) if is_name(name.trim_end()) => {
            if name.len() > name.trim_end().len() {
                let span = header.place(name.trim_end().len()..name.len());
                findings.add(|| {
                    Finding::new(
                        DiagnosticKind::InvalidHeader,
                        span,
                        "a space stands before the `:` of this header",
                        "remove it",
                    )
                    .remove()
                });
            }
        }
        _ => {
            no_colon(header, text, is_name, findings);
            return;
        }
    }
    if name.trim().eq_ignore_ascii_case("authorization") {
        let value = value.unwrap_or_default();
        authorization(header, text.len() - value.len(), value, expect, findings);
    }
}

fn no_colon(header: &Given<'_>, text: &str, is_name: impl Fn(&str) -> bool, findings: &mut Findings) {
    // Without quotes the value is a word of its own, and the name ends with its colon.
    let end = text.find(char::is_whitespace).unwrap_or(text.len());
    let name = text.get(..end).unwrap_or_default();
    let dashed = name.ends_with(['-', '=']);
    let name = name.trim_end_matches(['-', '=']);
    if !is_name(name) {
        return;
    }
    let at =
        if dashed { header.place(name.len()..name.len() + 1) } else { header.place(name.len()..name.len()) };
    let has_value = text.get(end..).is_some_and(|rest| !rest.trim().is_empty());
    findings.add(|| {
        let message = "this header has no `:` after its name";
        let finding = Finding::new(DiagnosticKind::InvalidHeader, at, message, "write it as `Name: value`");
        if has_value { finding.replace(":") } else { finding }
    });
}

/// `User …, Organization …, Your_mom …`
fn authorization(
    header: &Given<'_>,
    from: usize,
    value: &str,
    expect: &Expectations,
    findings: &mut Findings,
) {
    let expected = expect.vocabulary.as_ref().map(Vocabulary::header_word);
    let mut end_before: Option<usize> = None;
    let place_at = |part: Range<usize>| header.place(from + part.start..from + part.end);
    for word in value.split(|c: char| c.is_whitespace() || c == ',') {
        let start = word.as_ptr() as usize - value.as_ptr() as usize;
        let end = start + word.len();
        let gap = end_before.and_then(|before| value.get(before..start)).unwrap_or_default();
        if !word.is_empty() {
            second_comma(gap, end_before.unwrap_or_default(), place_at, findings);
            if end_before.is_none() || gap.contains(',') {
                part(word, start, place_at, findings);
            }
        }
        // `User {userSecret}`, as paths have it too.
        if word.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')).is_some_and(is_plain_name) {
            findings.add(|| meaning::placeholder(place_at(start..end)));
        }
        let has_value = value.get(end..).is_some_and(|rest| rest.starts_with(char::is_whitespace));
        if matches!(word, "User" | "Organization" | "Your_mom" | "Element") && has_value {
            let comma =
                end_before.is_none_or(|before| value.get(before..start).is_some_and(|gap| gap.contains(',')));
            if let Some(before) = end_before.filter(|_| !comma) {
                let place = header.place(from + before..from + before);
                findings.add(|| {
                    let message = format!("a comma is missing before `{word}`");
                    let help = "write the parts of `Authorization` as `User …, Organization …`";
                    Finding::new(DiagnosticKind::InvalidHeader, place, message, help).replace(",")
                });
            }
            if let Some(expected) =
                expected.filter(|expected| matches!(word, "Your_mom" | "Element") && *expected != word)
            {
                let place = header.place(from + start..from + end);
                findings.add(|| other_vocabulary(place, expected));
            }
        }
        if !word.is_empty() {
            end_before = Some(end);
        }
    }
}

fn is_plain_name(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphabetic() || byte == b'_')
}

/// `User a,, Organization b`
fn second_comma(
    gap: &str,
    from: usize,
    place: impl Fn(Range<usize>) -> Range<usize>,
    findings: &mut Findings,
) {
    let Some((at, _)) = gap.match_indices(',').nth(1) else { return };
    let span = place(from + at..from + at + 1);
    findings.add(|| {
        let message = "a second comma stands here";
        Finding::new(DiagnosticKind::InvalidHeader, span, message, "remove it").remove()
    });
}

/// The word that a part of `Authorization` begins with: `User:` and `Organisation` are almost right.
fn part(word: &str, start: usize, place: impl Fn(Range<usize>) -> Range<usize>, findings: &mut Findings) {
    let name = word.trim_end_matches(':');
    let end = start + word.len();
    if matches!(name, "User" | "Organization" | "Your_mom" | "Element") {
        if name.len() < word.len() {
            let span = place(start + name.len()..end);
            findings.add(|| {
                let message = format!("no `:` belongs after `{name}`");
                Finding::new(DiagnosticKind::InvalidHeader, span, message, "remove it").remove()
            });
        }
    } else if let Some(meant) = meaning::authorization_part(name) {
        let span = place(start..start + name.len());
        findings.add(|| {
            let message = format!("`{meant}` is misspelt here");
            Finding::new(DiagnosticKind::Misspelt, span, message, format!("write `{meant}`")).replace(meant)
        });
    }
}

fn other_vocabulary(place: Range<usize>, expected: &str) -> Finding {
    let message = "the chosen vocabulary has another word for this";
    Finding::new(DiagnosticKind::VocabularyDiffers, place, message, format!("write `{expected}`"))
        .replace(expected)
}
