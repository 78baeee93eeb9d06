//! Properties of the diagnosis. What each mistake comes to is in the golden files of the workspace's `tests/golden/document`.

use proptest::prelude::*;
use your_moms_diagnosis::{DiagnosticKind, Expectations, read, secret_spans};

#[test]
fn no_text_quotes_a_value() {
    let texts = [
        "{\"token\": \"SENTINEL\"x}",
        "{\"token\": \"SENTINEL\n\"}",
        "{\"token\": SENTINEL}",
        "{\"token\": \"SENTINEL",
        "{\"your_mom\": {\"key\": \"SENTINEL\"}, \"name\": \"<SENTINEL>\", \"tags\": \"SENTINEL\"}",
    ];
    let expect = Expectations { key: Some("instagram".into()), ..Expectations::default() };
    for text in texts {
        let error = read(text, &expect).unwrap_err();
        assert!(!format!("{error} {error:?}").contains("SENTINEL"), "{error}");
    }
}

/// JSON with one character changed, dropped or added: what people's files are.
fn almost_json() -> impl Strategy<Value = String> {
    let good =
        r#"{"your_mom": {"key": "a"}, "b": [1, -2.5e3, true, null, {"c": "d\"\u00e4\\"}], "e": {}, "f": []}"#;
    let noise = prop_oneof![
        Just(""),
        Just("\""),
        Just(","),
        Just("{"),
        Just("}"),
        Just("]"),
        Just("”"),
        Just("\n"),
        Just("x"),
        Just("\\")
    ];
    (0..good.len(), 0usize..3, noise).prop_map(move |(at, drop, noise)| {
        let end = (at + drop).min(good.len());
        format!("{}{noise}{}", &good[..at], &good[end..])
    })
}

/// A command with a piece changed, dropped or added.
fn almost_a_command() -> impl Strategy<Value = String> {
    let good = "$ export A=b\n$ curl -X POST \\\n> -H 'Authorization: User a, Organization b' \\\n> -H \"Content-Type: application/json\" -d '{\"your_mom\": \\\n\
                {\"key\": \"ä\"}, \"name\": \"<x>\"}' \\\n> https://h.example/api-v2/instances?callbackUrl=https%3A%2F%2Fa.example&b=“c” <<EOF\n{\"a\": 1}\nEOF\n";
    let noise = prop_oneof![
        Just(""),
        Just("\""),
        Just("'"),
        Just("\\"),
        Just("\n"),
        Just("”"),
        Just("–"),
        Just("<"),
        Just("{"),
        Just("&"),
        Just(" "),
        Just("…"),
        Just("# ")
    ];
    (0..good.len(), 0usize..6, noise).prop_filter_map("a character is cut", move |(at, drop, noise)| {
        let end = (at + drop).min(good.len());
        Some(format!("{}{noise}{}", good.get(..at)?, good.get(end..)?))
    })
}

/// Whether every place of a diagnosis is in the text, on its line.
fn places_are_right(text: &str) -> Result<(), TestCaseError> {
    let Err(error) = read(text, &Expectations::default()) else { return Ok(()) };
    for diagnostic in error.diagnostics() {
        let edit = diagnostic.edit.as_ref().map(|edit| &edit.span);
        for span in [Some(&diagnostic.span), edit].into_iter().flatten() {
            prop_assert!(text.get(span.bytes.clone()).is_some(), "{diagnostic:?}");
            for place in [span.start, span.end] {
                let line = text.split('\n').nth(place.line - 1);
                prop_assert!(
                    line.is_some_and(|line| place.column <= line.chars().count() + 1),
                    "{diagnostic:?}"
                );
            }
        }
    }
    Ok(())
}

proptest! {
    #[test]
    fn never_panics(text: String) {
        let _ = read(&text, &Expectations::default());
        let _ = read(&format!("curl {text}"), &Expectations::default());
    }

    /// Mistakes of the syntax are found exactly where a parser fails; those of the content are others.
    #[test]
    fn agrees_with_a_parser(text in almost_json()) {
        let parses = serde_json::from_str::<serde_json::Value>(&text).is_ok();
        let syntax = match read(&text, &Expectations::default()) {
            Ok(_) => true,
            Err(error) => error.diagnostics().iter().all(|diagnostic| matches!(
                diagnostic.kind,
                DiagnosticKind::Placeholder
                    | DiagnosticKind::Nested
                    | DiagnosticKind::MissingMember
                    | DiagnosticKind::DuplicateMember
                    | DiagnosticKind::Misspelt
                    | DiagnosticKind::WrongType
            )),
        };
        prop_assert_eq!(parses, syntax, "{}", text);
    }

    #[test]
    fn places_are_in_the_text(json in almost_json(), command in almost_a_command()) {
        places_are_right(&json)?;
        places_are_right(&command)?;
    }

    /// All edits at once give a text that parses, unless something is left that only a person can fill in.
    #[test]
    fn edits_are_honest(text in almost_json(), other in almost_json()) {
        let text = format!("[{text},\n{other}]");
        let Err(error) = read(&text, &Expectations::default()) else { return Ok(()) };
        let blank = |kind| matches!(kind, DiagnosticKind::Placeholder | DiagnosticKind::Template | DiagnosticKind::Omission);
        let left = error.diagnostics().iter().any(|diagnostic| diagnostic.edit.is_none() && blank(diagnostic.kind));
        if let Some(fixed) = error.fixed(&text).filter(|_| !left && error.omitted() == 0) {
            prop_assert!(serde_json::from_str::<serde_json::Value>(&fixed).is_ok(), "{text}\n{error}\n{fixed}");
        }
    }

    #[test]
    fn secrets_are_in_the_text_and_in_order(json in almost_json(), command in almost_a_command(), any: String) {
        for text in [json, command, any] {
            let mut end = 0;
            for span in secret_spans(&text) {
                prop_assert!(span.start >= end && text.get(span.clone()).is_some(), "{span:?} of {text}");
                end = span.end;
            }
        }
    }

    /// Accepting each edit leads somewhere: at a document, or at a mistake that only a person can fix.
    #[test]
    fn edits_come_to_an_end(text in almost_json()) {
        let mut text = text;
        for _ in 0..20 {
            let Err(error) = read(&text, &Expectations::default()) else { return Ok(()) };
            let Some(edit) = error.diagnostics().iter().find_map(|diagnostic| diagnostic.edit.clone()) else { return Ok(()) };
            text.replace_range(edit.span.bytes, &edit.replacement);
        }
        prop_assert!(false, "{text}");
    }
}
