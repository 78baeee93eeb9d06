//! The journal: a ring of redacted requests and responses.

use serde_json::{Value, json};
use your_moms_sandbox::{Call, Noun};

use crate::app::App;

#[test]
fn it_holds_the_last_requests_and_counts_on() {
    let mut app = App::new(Noun::YourMom);
    app.sandbox.keep_journal(3);
    for expected in [&[1][..], &[1, 2], &[1, 2, 3], &[2, 3, 4], &[3, 4, 5], &[4, 5, 6], &[5, 6, 7]] {
        app.call("GET", "/your_moms");
        let numbers: Vec<_> = app.sandbox.journal().iter().map(|record| record.number).collect();
        assert_eq!(numbers, expected);
    }
    app.sandbox.keep_journal(1);
    assert_eq!(app.sandbox.journal().len(), 1);
    app.sandbox.keep_journal(0);
    app.call("GET", "/your_moms");
    assert_eq!(app.sandbox.journal(), []);
}

#[test]
fn ten_thousand_are_kept_without_being_told() {
    let mut app = App::new(Noun::YourMom);
    for _ in 0..10_001 {
        app.send("GET", "/", &[], b"");
    }
    let journal = app.sandbox.journal();
    assert_eq!((journal.len(), journal[0].number), (10_000, 2));
}

#[test]
fn a_creation_is_shown_with_its_shape_and_without_its_secrets() {
    let mut app = App::new(Noun::YourMom);
    app.connect("instagram");
    let record = app.sandbox.journal().last().unwrap();
    assert_eq!((record.call, record.instance), (Some(Call::CreateInstance), Some(123)));
    let request: Value = serde_json::from_str(&record.request.body).unwrap();
    let expected = json!({
        "your_mom": { "key": "instagram" },
        "providerData": { "code": "…" },
        "configuration": {
            "oauth.api.key": "…",
            "oauth.api.secret": "…",
            "oauth.callback.url": "http://127.0.0.1:8080/callback",
        },
        "tags": ["demo"],
        "name": "Test",
    });
    assert_eq!(request, expected);
    let response = record.response.as_ref().unwrap();
    let body: Value = serde_json::from_str(&response.body).unwrap();
    assert_eq!((&body["id"], &body["token"], &body["tags"]), (&json!(123), &json!("…"), &json!(["demo"])));
    assert!(response.to_string().starts_with("200 OK\ncontent-type: application/json;charset=UTF-8\n"));
    assert_eq!(
        record.to_string(),
        "03:33:20 POST /your_moms/api-v2/instances 200 instance 123 of sandbox.traveller"
    );
    let consent = app.sandbox.journal().iter().find(|record| record.call == Some(Call::Consent)).unwrap();
    assert_eq!(consent.request.body, "page=…&decision=allow");
    let location = ("location".to_owned(), "http://127.0.0.1:8080/callback?…".to_owned());
    assert!(consent.response.as_ref().unwrap().fields.contains(&location));
}

#[test]
fn a_long_body_is_told_by_its_length() {
    let mut app = App::new(Noun::YourMom);
    app.write("POST", "/instances", &json!({ "name": "x".repeat(20_000) }));
    assert_eq!(app.sandbox.journal()[0].request.body, "(20011 bytes of application/json)");
}
