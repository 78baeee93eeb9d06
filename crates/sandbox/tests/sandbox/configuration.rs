//! `GET` and `PATCH /instances/{id}/configuration[/{entry}]`.

use serde_json::{Value, json};
use your_moms_sandbox::Noun;

use crate::app::{App, CALLBACK, INVALID};

fn entry(id: u64, key: &str, value: impl Into<Value>) -> Value {
    json!({ "id": id, "key": key, "propertyValue": value.into() })
}

/// A Dropbox instance with two entries that the connector does not know, and its token.
fn app(noun: Noun) -> (App, String) {
    let mut app = App::new(noun);
    let code = app.code("dropbox");
    let mut body = app.body("dropbox", &code);
    body["configuration"]["event.notification.enabled"] = json!(true);
    body["configuration"]["pagination.max"] = json!(50);
    let instance = app.post("/instances", &body).json;
    (app, instance["token"].as_str().unwrap().to_owned())
}

#[test]
fn all_entries_are_shown_with_their_secrets_masked() {
    for noun in [Noun::YourMom, Noun::Element] {
        let (mut app, token) = app(noun);
        let expected = json!([
            entry(8101, "oauth.api.key", "********"),
            entry(8102, "oauth.api.secret", "********"),
            entry(8103, "oauth.callback.url", CALLBACK),
            entry(8104, "oauth.scope", "files.metadata.read+files.content.read"),
            entry(8105, "base.url", "https://api.dropboxapi.com/2"),
            entry(8106, "oauth.user.token", "********"),
            entry(8107, "oauth.user.refresh_token", Value::Null),
            entry(8108, "event.notification.enabled", true),
            entry(8109, "pagination.max", 50),
        ]);
        let response = app.call("GET", "/instances/123/configuration");
        assert_eq!((response.status.as_u16(), &response.json), (200, &expected));
        assert_eq!(response.headers["elements-element-instance-id"], "123");
        let three = app.three_parts(&token);
        assert_eq!(app.call_with("GET", "/instances/configuration", &three).json, expected);
        for one in expected.as_array().unwrap() {
            let by_key = format!("/instances/123/configuration/{}", one["key"].as_str().unwrap());
            assert_eq!(&app.call("GET", &by_key).json, one);
            let by_id = format!("/instances/configuration/{}", one["id"]);
            assert_eq!(&app.call_with("GET", &by_id, &three).json, one);
        }
    }
}

#[test]
fn an_entry_takes_strings_numbers_booleans_and_null() {
    let (mut app, token) = app(Noun::YourMom);
    let three = app.three_parts(&token);
    let path = "/configuration/base.url";
    for value in [json!("x"), json!(""), json!(7), json!(false), json!("false"), Value::Null] {
        let expected = entry(8105, "base.url", value.clone());
        let body = json!({ "propertyValue": value });
        let response = app.write("PATCH", &format!("/instances/123{path}"), &body);
        assert_eq!((response.status.as_u16(), &response.json), (200, &expected));
        let response = app.write_with("PATCH", &format!("/instances{path}"), &three, &body);
        assert_eq!((response.status.as_u16(), &response.json), (200, &expected));
        assert_eq!(app.call("GET", &format!("/instances/123{path}")).json, expected);
    }
}

#[test]
fn several_entries_are_changed_together() {
    let (mut app, _) = app(Noun::Element);
    let many = json!([
        { "key": "event.notification.enabled", "propertyValue": false },
        { "id": 8105, "propertyValue": null },
        { "id": 8104, "key": "oauth.scope", "propertyValue": "files.metadata.read" },
    ]);
    let expected = json!([
        entry(8108, "event.notification.enabled", false),
        entry(8105, "base.url", Value::Null),
        entry(8104, "oauth.scope", "files.metadata.read"),
    ]);
    let response = app.write("PATCH", "/instances/123/configuration", &many);
    assert_eq!((response.status.as_u16(), response.json), (200, expected));
    let one = json!({ "key": "pagination.max", "propertyValue": "5" });
    let response = app.write("PATCH", "/instances/123/configuration", &one);
    assert_eq!((response.status.as_u16(), response.json), (200, entry(8109, "pagination.max", "5")));
    let response = app.write("PATCH", "/instances/123/configuration", &json!([]));
    assert_eq!((response.status.as_u16(), response.json), (200, json!([])));
}

#[test]
fn a_mask_that_comes_back_leaves_the_secret_as_it_is() {
    let (mut app, _) = app(Noun::YourMom);
    let before = app.call("GET", "/instances/123").json;
    let shown = app.call("GET", "/instances/123/configuration").json;
    let response = app.write("PATCH", "/instances/123/configuration", &shown);
    assert_eq!((response.status.as_u16(), response.json), (200, shown));
    assert_eq!(app.call("GET", "/instances/123").json, before);

    let new = json!({ "propertyValue": "new" });
    let response = app.write("PATCH", "/instances/123/configuration/oauth.api.secret", &new);
    assert_eq!(response.json, entry(8102, "oauth.api.secret", "********"));
    assert_eq!(app.call("GET", "/instances/123").json["configuration"]["oauth.api.secret"], "new");
}

#[test]
fn what_is_wrong_with_one_entry_changes_none() {
    let (mut app, _) = app(Noun::YourMom);
    let before = app.call("GET", "/instances/123").json;
    let value = "propertyValue must be a string, a number, a boolean or null.";
    let good = json!({ "key": "base.url", "propertyValue": "x" });
    for (bad, status, message) in [
        (json!({ "key": "base.url" }), 400, value),
        (json!({ "key": "base.url", "propertyValue": [] }), 400, value),
        (json!({ "key": "base.url", "propertyValue": {} }), 400, value),
        (json!({ "propertyValue": 1 }), 400, "Each entry needs a key or an id."),
        (json!({ "key": 1, "propertyValue": 1 }), 400, "key must be a string."),
        (json!({ "id": "8105", "propertyValue": 1 }), 400, "id must be a number."),
        (
            json!({ "id": 8104, "key": "base.url", "propertyValue": 1 }),
            400,
            "key and id name different entries.",
        ),
        (json!({ "key": "nothing", "propertyValue": 1 }), 404, "No configuration found"),
        (json!({ "id": 8110, "propertyValue": 1 }), 404, "No configuration found"),
        (json!(1), 400, "Each element of the request body must be a JSON object."),
    ] {
        let response = app.write("PATCH", "/instances/123/configuration", &json!([good, bad]));
        assert_eq!(response.refusal(), (status, message, None), "{bad}");
    }
    for (path, body, status, message) in [
        ("configuration", json!("x"), 400, "The request body must be a JSON array or object."),
        ("configuration/base.url", json!([]), 400, "The request body must be a JSON object."),
        (
            "configuration/base.url",
            json!({ "id": 8104, "propertyValue": 1 }),
            400,
            "key and id name different entries.",
        ),
        ("configuration/nothing", json!({ "propertyValue": 1 }), 404, "No configuration found"),
    ] {
        let response = app.write("PATCH", &format!("/instances/123/{path}"), &body);
        assert_eq!(response.refusal(), (status, message, None), "{path} {body}");
    }
    assert_eq!(app.call("GET", "/instances/123").json, before);
}

#[test]
fn the_configuration_is_as_private_as_its_instance() {
    let (mut app, token) = app(Noun::YourMom);
    let two = app.two_parts(&token);
    assert_eq!(app.call_with("GET", "/instances/123/configuration", &two).status, 200);
    assert_eq!(app.call_with("GET", "/instances/configuration", &two).refusal(), (401, INVALID, None));
    assert_eq!(app.call("GET", "/instances/124/configuration").refusal(), (404, "No instance found", None));
    let nothing = app.call("GET", "/instances/123/configuration/nothing");
    assert_eq!(nothing.refusal(), (404, "No configuration found", None));
    assert_eq!(app.send("GET", "/instances/123/configuration", &[], b"").refusal(), (401, INVALID, None));
}
