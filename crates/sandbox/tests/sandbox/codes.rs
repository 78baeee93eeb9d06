//! What the platform's exchange of a code with the provider may come to.

use std::time::Duration;

use serde_json::{Value, json};
use your_moms_sandbox::Noun;

use crate::app::{App, refused_creation};

/// What the provider says to a token request (RFC 6749 §5.2), as the platform hands it on.
fn by_provider(error: &str, description: &str) -> (u16, String, Option<String>) {
    let message = "Instagram Beta refused to exchange the OAuth code for a token.".to_owned();
    let provider_message = format!(r#"{{"error":"{error}","error_description":"{description}"}}"#);
    (403, message, Some(provider_message))
}

#[test]
fn the_provider_knows_its_client() {
    let expected = by_provider("invalid_client", "Client id or client secret is wrong.");
    for entry in ["oauth.api.key", "oauth.api.secret"] {
        assert_eq!(
            refused_creation(|_, body| body["configuration"][entry] = json!("<INSERT_INSTAGRAM>")),
            expected
        );
    }
}

#[test]
fn a_code_is_bound_to_what_it_was_issued_for() {
    let grant = |description| by_provider("invalid_grant", description);
    assert_eq!(
        refused_creation(|_, body| body["providerData"]["code"] = json!("Code on Return the URL")),
        grant("The code is unknown.")
    );
    assert_eq!(
        refused_creation(|app, body| body["providerData"]["code"] = json!(app.code("dropbox"))),
        grant("The code was issued to another client.")
    );
    assert_eq!(
        refused_creation(
            |_, body| body["configuration"]["oauth.callback.url"] = json!("http://127.0.0.1:8081/callback")
        ),
        grant("The redirect_uri is not the one that the code was issued for.")
    );
}

#[test]
fn a_code_is_good_for_ten_minutes() {
    let late = |by: u64| move |app: &mut App, _: &mut Value| app.now += Duration::from_secs(by);
    assert_eq!(refused_creation(late(601)), by_provider("invalid_grant", "The code has expired."));

    let mut app = App::new(Noun::YourMom);
    let code = app.code("instagram");
    app.now += Duration::from_secs(600);
    assert_eq!(app.post("/instances", &app.body("instagram", &code)).status, 200);
}

#[test]
fn codes_and_verifiers_are_good_for_as_long_as_is_set() {
    let mut app = App::new(Noun::YourMom);
    app.sandbox.set_code_lifetime(Duration::from_secs(5));
    let code = app.code("instagram");
    app.now += Duration::from_secs(6);
    let refused = app.post("/instances", &app.body("instagram", &code));
    let expired = r#"{"error":"invalid_grant","error_description":"The code has expired."}"#;
    assert_eq!(refused.refusal().2, Some(expired));

    // After twice its time nobody remembers it.
    app.now += Duration::from_secs(5);
    app.code("instagram");
    let refused = app.post("/instances", &app.body("instagram", &code));
    let unknown = r#"{"error":"invalid_grant","error_description":"The code is unknown."}"#;
    assert_eq!(refused.refusal().2, Some(unknown));

    app.sandbox.set_code_lifetime(Duration::from_secs(3600));
    let code = app.code("instagram");
    app.now += Duration::from_secs(3600);
    assert_eq!(app.post("/instances", &app.body("instagram", &code)).status, 200);
}

#[test]
fn a_code_is_good_for_one_instance_which_a_second_try_leaves_alone() {
    let used_before = by_provider("invalid_grant", "The code was used before.");
    let second = refused_creation(|app, body| assert_eq!(app.post("/instances", body).status, 200));
    assert_eq!(second, used_before);
}

#[test]
fn a_refused_request_leaves_the_code_usable() {
    let mut app = App::new(Noun::YourMom);
    let code = app.code("instagram");
    let body = app.body("instagram", &code);
    for (pointer, wrong) in [
        ("/configuration/oauth.api.secret", json!("wrong")),
        ("/configuration/oauth.callback.url", json!("http://127.0.0.1:1/callback")),
        ("/configuration", json!({})),
        ("/tags", json!(1)),
    ] {
        let mut wrong_body = body.clone();
        *wrong_body.pointer_mut(pointer).unwrap() = wrong;
        assert_ne!(app.post("/instances", &wrong_body).status, 200, "{pointer}");
    }
    assert_eq!(app.post("/instances", &body).status, 200);
}
