//! What is wrong with any text that a person wrote, where, and how to fix it.

use serde::de::IgnoredAny;
use your_moms_diagnosis::{
    Diagnostic, DiagnosticKind, Document, DocumentError, Edit, Expectations, Span, read, secret_spans,
};

/// At most so many mistakes are described.
const LIMIT: usize = 100;
/// How often a text is repeated.
const REPEATED: usize = 64;
/// The longest text whose places are counted anew, in bytes.
const COUNTED: usize = 8 * 1024;

/// A first byte of 255 repeats the text: work that grows faster than the text then runs into the time limit.
pub fn check(data: &[u8]) {
    let [times, text @ ..] = data else { return };
    let Ok(text) = str::from_utf8(text) else { return };
    let text = text.repeat(if *times == u8::MAX { REPEATED } else { 1 });
    let expect = Expectations {
        key: Some("instagram".to_owned()),
        callback_url: Some("https://www.mycoolapp.com/auth".to_owned()),
        vocabulary: None,
    };
    for expect in [&Expectations::default(), &expect] {
        match read(&text, expect) {
            Ok(document) => accepted(&text, &document),
            Err(error) => refused(&text, &error),
        }
    }
    hidden(&text);
}

fn accepted(text: &str, document: &Document) {
    let is_json = serde_json::from_str::<IgnoredAny>(text).is_ok();
    assert!(is_json || matches!(document, Document::Command), "what is no JSON was read as JSON");
}

fn refused(text: &str, error: &DocumentError) {
    let all = error.diagnostics();
    assert!(!all.is_empty() && all.len() <= LIMIT, "{} mistakes", all.len());
    // Counting from the start for each place takes quadratic time, which is what repeated texts look for in ours.
    if text.len() <= COUNTED {
        all.iter().for_each(|diagnostic| described(text, diagnostic));
    }
    assert!(all.is_sorted_by_key(|diagnostic| diagnostic.span.bytes.start), "not in the order of the text");
    drop(error.to_string());
    let Some(fixed) = error.fixed(text) else {
        assert!(all.iter().all(|diagnostic| diagnostic.edit.is_none()), "edits that cannot be made");
        return;
    };
    drop(read(&fixed, &Expectations::default()));
    let blank = |kind| {
        matches!(kind, DiagnosticKind::Placeholder | DiagnosticKind::Template | DiagnosticKind::Omission)
    };
    let is_command = text.contains("curl");
    // Of more than a hundred mistakes, only some edits are known.
    let is_whole = !is_command && error.omitted() == 0;
    if is_whole && !all.iter().any(|diagnostic| blank(diagnostic.kind)) {
        assert!(serde_json::from_str::<IgnoredAny>(&fixed).is_ok(), "with every edit made it is no JSON");
    }
}

fn described(text: &str, diagnostic: &Diagnostic) {
    placed(text, &diagnostic.span);
    for edit in [&diagnostic.edit, &diagnostic.alternative].into_iter().flatten() {
        let Edit { span, replacement, .. } = edit;
        placed(text, span);
        let mut changed = text.to_owned();
        changed.replace_range(span.bytes.clone(), replacement);
        assert!(changed != text, "an edit that changes nothing: {diagnostic:?}");
    }
}

/// In the text, at whole characters, and with the lines and columns that counting gives.
fn placed(text: &str, span: &Span) {
    assert!(text.get(span.bytes.clone()).is_some(), "a place outside the text, or inside a character");
    for (at, place) in [(span.bytes.start, span.start), (span.bytes.end, span.end)] {
        let before = &text[..at];
        let line = 1 + before.bytes().filter(|byte| *byte == b'\n').count();
        let column = 1 + before.rsplit('\n').next().map_or(0, |line| line.chars().count());
        assert_eq!((place.line, place.column), (line, column), "line and column");
    }
}

/// In their order, apart, and at whole characters.
fn hidden(text: &str) {
    let mut end = 0;
    for span in secret_spans(text) {
        assert!(span.start >= end && span.start < span.end, "secrets that overlap");
        assert!(text.get(span.clone()).is_some(), "a secret outside the text, or inside a character");
        end = span.end;
    }
}
