//! Every class of mistake that people's files have, with its place.

use proptest::prelude::*;
use your_moms_core::{Credentials, Operation as _, Platform};
use your_moms_diagnosis::{Diagnostic, DiagnosticKind, Document, DocumentError, Expectations, read};

type Place = (DiagnosticKind, usize, usize);

fn places(text: &str, expect: &Expectations) -> Vec<Place> {
    let place = |found: &Diagnostic| (found.kind, found.span.start.line, found.span.start.column);
    let places = |error: DocumentError| error.diagnostics().iter().map(place).collect();
    read(text, expect).map_or_else(places, |_| Vec::new())
}

#[track_caller]
fn assert_diagnostic(text: &str, kind: DiagnosticKind, line: usize, column: usize) {
    assert_eq!(places(text, &Expectations::default()), [(kind, line, column)], "{text}");
}

#[test]
fn mistakes_of_the_syntax() {
    use DiagnosticKind::*;
    for (text, kind, line, column) in [
        ("", Empty, 1, 1),
        (" \n ", Empty, 1, 1),
        ("\u{feff}{}", ByteOrderMark, 1, 1),
        ("{\"a\": \"b\n c\"}", LineBreakInString, 1, 7),
        ("{\"a\": \"b,\n \"c\": \"d\"}", LineBreakInString, 1, 7),
        ("{\"a\": \"b\tc\"}", ControlCharacter, 1, 9),
        (r#"{"a": "My "best" photos"}"#, UnescapedQuote, 1, 11),
        (r#"{"a": "the 5" disk"}"#, UnescapedQuote, 1, 13),
        (r#"{"my "own" key": 1}"#, UnescapedQuote, 1, 6),
        (r#"{"a": "b\x"}"#, BadEscape, 1, 9),
        (r#"{"a": "\ud83d"}"#, BadEscape, 1, 8),
        ("{\"a\": [1, 2\n}", NeverClosed, 1, 7),
        ("{\"a\": {\"b\": 1", NeverClosed, 1, 7),
        ("[{\"a\": 1]", NeverClosed, 1, 2),
        ("{\"a\": \"b", NeverClosed, 1, 7),
        ("{\"a\": 1}}", ClosedTwice, 1, 9),
        ("{\"a\": 1}, \"b\": 2}", ClosedTwice, 1, 8),
        ("{\"a\": 1]", ClosedTwice, 1, 8),
        ("{\"a\": 1\n \"b\": 2}", MissingComma, 1, 8),
        ("{\"a\": \"x\"\n \"b\": 2}", MissingComma, 1, 10),
        ("[1 2]", MissingComma, 1, 3),
        ("[\"a\" \"b\"]", MissingComma, 1, 5),
        ("[\"a\" 1]", MissingComma, 1, 5),
        ("[\"a\" true]", MissingComma, 1, 5),
        ("{\"a\": 1,}", TrailingComma, 1, 8),
        ("[1,\n]", TrailingComma, 1, 3),
        ("{\"a\": 1},\n", TrailingComma, 1, 9),
        ("{\"a\": \"b\"\",\n \"c\": 1}", UnescapedQuote, 1, 10),
        ("{\"a\": \"b”,\n \"c\": 1}", Typographic, 1, 9),
        ("{\"a\": [\"b\",\n \"c\": 1}", NeverClosed, 1, 7),
        ("{\n  \"a\": {\n    \"b\": 1,\n  \"c\": 2\n}\n", NeverClosed, 2, 8),
        ("{\n  \"a\": {\n    \"b\": {\n    },\n    \"c\": [\n    1\n  }\n}\n", NeverClosed, 5, 10),
        ("{ // mine\n}", Comment, 1, 3),
        ("{\"a\": 1, /* x */ \"b\": 2}", Comment, 1, 10),
        ("{\"a\": # x\n 1}", Comment, 1, 7),
        ("{\"a\": 1}\n// end", Comment, 2, 1),
        ("{} {}", TwoDocuments, 1, 4),
        ("{}\n[]", TwoDocuments, 2, 1),
        ("{“a”: 1}", Typographic, 1, 2),
        ("{\"a”: \"b\"}", Typographic, 1, 4),
        ("{\"a\": “b”}", Typographic, 1, 7),
        ("{\"a\": –5}", Typographic, 1, 7),
        ("{\"a\":\u{a0}5}", Typographic, 1, 6),
        ("{'a': 1}", Unexpected, 1, 2),
        ("{a: 1}", Unexpected, 1, 2),
        ("{\"a\" 1}", Unexpected, 1, 6),
        ("{\"a\": }", Unexpected, 1, 7),
        ("{\"a\": 01}", Unexpected, 1, 7),
        ("{\"a\": True}", Unexpected, 1, 7),
        ("{\"a\": nul}", Unexpected, 1, 7),
        ("{\"a\": 1,, \"b\": 2}", Unexpected, 1, 9),
        ("{\"ä\": 1, \"ö\": x}", Unexpected, 1, 15),
    ] {
        assert_diagnostic(text, kind, line, column);
    }
    assert_diagnostic(&"[".repeat(200), TooDeep, 1, 128);
}

#[test]
fn mistakes_of_the_content() {
    use DiagnosticKind::*;
    let create = |members: &str| format!("{{\"your_mom\": {{\"key\": \"instagram\"}}{members}}}");
    for (text, kind, line, column) in [
        ("[]".to_owned(), WrongType, 1, 1),
        ("{}".to_owned(), MissingMember, 1, 1),
        ("{\"oauthUrl\": \"https://p.example\", \"your_mom\": \"instagram\"}".to_owned(), WrongType, 1, 47),
        (create(", \"name\": \"<INSERT_INSTANCE_NAME>\""), Placeholder, 1, 44),
        (create(",\n \"providerData\": {\"code\": \"Code on Return the URL\"}"), Placeholder, 2, 27),
        (create(", \"configuration\": []"), WrongType, 1, 53),
        (create(", \"configuration\": {\"a\": {}}"), WrongType, 1, 59),
        (create(", \"providerData\": {\"code\": 7}"), WrongType, 1, 61),
        (create(", \"tags\": \"a\""), WrongType, 1, 44),
        (create(", \"tags\": [1]"), WrongType, 1, 44),
        (create(", \"name\": 1"), WrongType, 1, 44),
        ("{\"your_mom\": {\"key\": 1}}".to_owned(), WrongType, 1, 22),
        ("{\"element\": {\"key\": \"x\",\n \"configuration\": {}, \"tags\": []}}".to_owned(), Nested, 2, 2),
    ] {
        assert_diagnostic(&text, kind, line, column);
    }
}

#[test]
fn what_must_agree_with_the_first_step() {
    let expect =
        Expectations { key: Some("instagram".into()), callback_url: Some("https://app.example/auth".into()) };
    let text = r#"{"your_mom": {"key": "dropinstagram"},
 "configuration": {"oauth.callback.url": "https://app.example/auth/"}}"#;
    assert_eq!(
        places(text, &expect),
        [(DiagnosticKind::KeyDiffers, 1, 22), (DiagnosticKind::CallbackUrlDiffers, 2, 42)]
    );
    let agrees = r#"{"your_mom": {"key": "instagram"}, "configuration": {"oauth.callback.url": "https://app.example/auth"}}"#;
    assert_eq!(places(agrees, &expect), []);
}

/// As printed in the source document: no `\` at the ends of lines, and a callback URL that is not encoded.
#[test]
fn the_documented_command() {
    use DiagnosticKind::*;
    let text = "curl -X GET
-H 'Content-Type: application/json'
'https://api.cloud-your_moms.com/your_moms/api-v2/your_moms/dropinstagram/oauth/url?apiKey=fake_instagram_client_id&apiSecret=fake_instagram_client_secret&siteAddress=yourinstagramsiteaddress.instagram.com&callbackUrl=http://fake.oauth.callback/url&state=instagram'
";
    assert_eq!(
        places(text, &Expectations::default()),
        [(MissingBackslash, 1, 12), (MissingBackslash, 2, 36), (UnencodedCallbackUrl, 3, 219)]
    );
    let expect = Expectations {
        key: Some("instagram".into()),
        callback_url: Some("http://fake.oauth.callback/url".into()),
    };
    assert_eq!(places(text, &expect)[2..], [(KeyDiffers, 3, 61), (UnencodedCallbackUrl, 3, 219)]);
}

#[test]
fn commands() {
    use DiagnosticKind::*;
    for (text, expected) in [
        ("curl \\\n  -X GET \\\n  'https://h/x?callbackUrl=https%3A%2F%2Fa.example'\n", vec![]),
        ("$ curl -d '{\n \"a\": 1\n}' \\\n https://h/x", vec![]),
        ("curl -X GET \\ \n https://h/x", vec![(SpaceAfterBackslash, 1, 14)]),
        ("curl -H “a: b” https://h/x", vec![(Typographic, 1, 9), (Typographic, 1, 14)]),
        ("curl –X GET https://h/x", vec![(Typographic, 1, 6)]),
        ("curl -H 'a: b https://h/x", vec![(NeverClosed, 1, 9)]),
        ("\ncurl -X GET \\\n\n https://h/x\n\n", vec![(MissingBackslash, 3, 1)]),
        (
            "curl -H 'Authorization: User <user secret>' -d 'Code on Return the URL' https://h/x",
            vec![(Placeholder, 1, 30), (Placeholder, 1, 49)],
        ),
        ("curl -H 'Authorization: User <INSERT_USER_SECRET>' https://h/x", vec![(Placeholder, 1, 30)]),
    ] {
        assert_eq!(places(text, &Expectations::default()), expected, "{text}");
    }
}

#[test]
fn a_creation_is_read_whole() {
    let text = r#"{"element": {"key": "instagram"}, "providerData": {"code": "AQB"}, "name": "Photos", "tags": ["a", "b"],
        "configuration": {"oauth.api.key": "k", "event.notification.enabled": true, "n": 1.5, "none": null},
        "externalAuthentication": "none"}"#;
    let Ok(Document::Create(create)) = read(text, &Expectations::default()) else { panic!("a creation") };
    let credentials = Credentials::new("u", "o").unwrap();
    let platform = Platform::new(Platform::BASE_URL, credentials)
        .unwrap()
        .with_vocabulary(your_moms_core::Vocabulary::ELEMENTS);
    let sent: serde_json::Value = serde_json::from_slice(create.request(&platform).unwrap().body()).unwrap();
    assert_eq!(sent, serde_json::from_str::<serde_json::Value>(text).unwrap());
}

#[test]
fn no_text_quotes_a_value() {
    let texts = [
        "{\"token\": \"SENTINEL\"x}",
        "{\"token\": \"SENTINEL\n\"}",
        "{\"token\": SENTINEL}",
        "{\"token\": \"SENTINEL",
        "{\"your_mom\": {\"key\": \"SENTINEL\"}, \"name\": \"<SENTINEL>\", \"tags\": \"SENTINEL\"}",
    ];
    let expect = Expectations { key: Some("instagram".into()), callback_url: None };
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
                DiagnosticKind::Placeholder | DiagnosticKind::Nested | DiagnosticKind::MissingMember | DiagnosticKind::WrongType
            )),
        };
        prop_assert_eq!(parses, syntax, "{}", text);
    }

    #[test]
    fn places_are_in_the_text(text in almost_json()) {
        if let Err(error) = read(&text, &Expectations::default()) {
            for diagnostic in error.diagnostics() {
                let edit = diagnostic.edit.as_ref().map(|edit| &edit.span);
                for span in [Some(&diagnostic.span), edit].into_iter().flatten() {
                    prop_assert!(text.get(span.bytes.clone()).is_some(), "{diagnostic:?}");
                    for place in [span.start, span.end] {
                        let line = text.split('\n').nth(place.line - 1);
                        prop_assert!(line.is_some_and(|line| place.column <= line.chars().count() + 1), "{diagnostic:?}");
                    }
                }
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
