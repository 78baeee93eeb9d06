//! `PUT` and `PATCH /instances/{id}`: a new name, other tags, a new authorization.

use serde_json::{Value, json};
use your_moms_sandbox::{Call, Fault, Moment, Noun};

use crate::app::{App, CALLBACK, INVALID};

#[test]
fn both_methods_change_what_the_body_names_and_keep_the_rest() {
    for noun in [Noun::YourMom, Noun::Element] {
        for method in ["PUT", "PATCH"] {
            let mut app = App::new(noun);
            let mut expected = app.connect("instagram");
            let mut write = |body: Value| {
                let response = app.write(method, "/instances/123", &body);
                assert_eq!(response.headers["elements-element-instance-id"], "123");
                (response.status.as_u16(), response.json)
            };
            expected["name"] = json!("Renamed");
            assert_eq!(write(json!({ "name": "<i>Renamed</i>" })), (200, expected.clone()));
            expected["tags"] = json!(["a", "b"]);
            assert_eq!(write(json!({ "id": 123, "tags": ["a", "<b>b</b>"] })), (200, expected.clone()));
            assert_eq!(write(json!({ "name": null, "tags": null })), (200, expected.clone()));
            assert_eq!(write(json!({ "name": "" })), (200, expected.clone()));
            // The instance as it was read may be sent back.
            assert_eq!(write(expected.clone()), (200, expected.clone()));
            expected["tags"] = json!([]);
            assert_eq!(write(json!({ "tags": [] })), (200, expected.clone()));
            assert_eq!(app.call("GET", "/instances/123").json, expected);
        }
    }
}

#[test]
fn an_update_needs_no_id_with_the_token_in_the_header() {
    let mut app = App::new(Noun::Element);
    let token = app.connect("instagram")["token"].as_str().unwrap().to_owned();
    app.connect("dropbox");
    let three = app.three_parts(&token);
    let response = app.write_with("PATCH", "/instances", &three, &json!({ "name": "By token" }));
    assert_eq!((response.status.as_u16(), &response.json["name"]), (200, &json!("By token")));
    let names: Vec<_> = app.sandbox.instances().into_iter().map(|instance| instance.name).collect();
    assert_eq!(names, ["By token", "Test"]);

    let two = app.two_parts(&token);
    assert_eq!(app.write_with("PUT", "/instances", &two, &json!({})).status, 401);
    assert_eq!(app.write_with("PUT", "/instances/123", &two, &json!({})).status, 200);
    assert_eq!(app.write_with("PUT", "/instances/124", &two, &json!({})).status, 401);
}

#[test]
fn what_cannot_be_changed_is_refused_and_nothing_is() {
    let mut app = App::new(Noun::YourMom);
    let instance = app.connect("instagram");
    for (body, message) in [
        (json!([]), "The request body must be a JSON object."),
        (json!({ "name": 1 }), "name must be a string."),
        (json!({ "name": "x", "tags": "a" }), "tags must be an array of strings."),
        (json!({ "name": "x", "id": 124 }), "The id in the body is not the id of the instance."),
        (
            json!({ "name": "x", "your_mom": { "key": "dropbox" } }),
            "An instance can be moved to a clone of its your_mom, or back; not to another your_mom.",
        ),
        (
            json!({ "name": "x", "configuration": { "base.url": [] } }),
            "The values in configuration must be strings, numbers, booleans or null.",
        ),
        (json!({ "name": "x", "providerData": "code" }), "providerData must be a JSON object."),
    ] {
        assert_eq!(app.write("PATCH", "/instances/123", &body).refusal(), (400, message, None));
    }
    let missing = app.write("PATCH", "/instances/124", &json!({}));
    assert_eq!(missing.refusal(), (404, "No instance found", None));
    let unknown = app.write("PATCH", "/instances/123", &json!({ "your_mom": { "id": 1 } }));
    assert_eq!(unknown.refusal(), (404, "No your_mom found", None));
    assert_eq!(app.call("GET", "/instances/123").json, instance);
}

/// Connects, lets the user withdraw it, and sends `body` with a new code.
fn authorize_anew(body: impl FnOnce(&str) -> Value) -> (App, Value, Value) {
    let mut app = App::new(Noun::YourMom);
    let before = app.connect("instagram");
    assert!(app.sandbox.revoke(123));
    let code = app.code("instagram");
    let response = app.write("PATCH", "/instances/123", &body(&code));
    assert_eq!(response.status, 200, "{}", response.json);
    (app, before, response.json)
}

#[test]
fn a_new_code_authorizes_in_place() {
    let (mut app, before, after) = authorize_anew(|code| json!({ "providerData": { "code": code } }));
    // A new token of the provider's; all else is as it was, the instance's own token above all.
    let mut expected = before.clone();
    expected["configuration"]["oauth.user.token"] = after["configuration"]["oauth.user.token"].clone();
    assert_eq!(after, expected);
    assert_ne!(after["configuration"], before["configuration"]);
    let authorization = app.two_parts(before["token"].as_str().unwrap());
    assert_eq!(app.call_with("GET", "/ping", &authorization).status, 200);
}

#[test]
fn a_configuration_may_come_with_the_new_code() {
    let (_, before, after) = authorize_anew(|code| {
        json!({
            "providerData": { "code": code },
            "configuration": {
                "oauth.api.secret": "********", // as it was shown
                "oauth.callback.url": CALLBACK,
                "oauth.scope": "basic",
            },
            "name": "Again",
        })
    });
    assert_eq!(after["valid"], true);
    assert_eq!((&after["name"], &after["token"]), (&json!("Again"), &before["token"]));
    assert_eq!(after["configuration"]["oauth.scope"], "basic");
    let secret = &before["configuration"]["oauth.api.secret"];
    assert_eq!(&after["configuration"]["oauth.api.secret"], secret);
}

#[test]
fn a_code_that_the_provider_refuses_changes_nothing() {
    let mut app = App::new(Noun::YourMom);
    let before = app.connect("instagram");
    let code = app.code("instagram");
    let mut body = json!({ "name": "x", "providerData": { "code": "used" } });
    let message = "Instagram Beta refused to exchange the OAuth code for a token.";
    let provider = r#"{"error":"invalid_grant","error_description":"The code is unknown."}"#;
    assert_eq!(app.write("PUT", "/instances/123", &body).refusal(), (403, message, Some(provider)));
    body["providerData"] = json!({ "state": "s" });
    let message = "You must provide an OAuth code in order to create an instance of this your_mom";
    assert_eq!(app.write("PUT", "/instances/123", &body).refusal(), (400, message, None));
    assert_eq!(app.call("GET", "/instances/123").json, before);

    // The code is good for one use here too.
    body["providerData"] = json!({ "code": code });
    assert_eq!(app.write("PUT", "/instances/123", &body).status, 200);
    assert_eq!(app.write("PUT", "/instances/123", &body).status, 403);
}

#[test]
fn a_reset_while_it_is_authorized_anew_has_spent_the_code_for_nothing() {
    for (moment, valid, again) in
        [(Moment::Before, false, 200), (Moment::While, false, 403), (Moment::After, true, 403)]
    {
        let mut app = App::new(Noun::YourMom);
        app.connect("instagram");
        app.sandbox.revoke(123);
        let body = json!({ "providerData": { "code": app.code("instagram") } });
        app.sandbox.fail_next(Call::UpdateInstance, Fault::Reset(moment));
        assert_eq!(app.respond("PATCH", "/instances/123", &body), None);
        assert_eq!(app.call("GET", "/instances/123").json["valid"], valid, "{moment:?}");
        assert_eq!(app.respond("PATCH", "/instances/123", &body), Some(again), "{moment:?}");
    }
}

#[test]
fn an_update_needs_the_right_secrets() {
    let mut app = App::new(Noun::YourMom);
    app.connect("instagram");
    let response = app.write_with("PATCH", "/instances/123", "User x, Organization y", &json!({}));
    assert_eq!(response.refusal(), (401, INVALID, None));
}
