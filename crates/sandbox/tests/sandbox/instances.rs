//! `GET` and `DELETE /instances/{id}`, by id and by token.

use serde_json::{Value, json};
use your_moms_sandbox::Noun;

use crate::app::{App, INVALID};

#[test]
fn one_instance_is_shown_to_its_organization_and_to_its_token() {
    let mut app = App::new(Noun::YourMom);
    let instance = app.connect("instagram");
    let token = instance["token"].as_str().unwrap();
    let by_organization = app.authorization();
    let (two, three) = (app.two_parts(token), app.three_parts(token));
    for (path, authorization) in [
        ("/instances/123", &by_organization),
        ("/instances/123", &two),
        ("/instances/123/", &three),
        ("/instances", &three),
    ] {
        let response = app.call_with("GET", path, authorization);
        assert_eq!((response.status.as_u16(), &response.json), (200, &instance), "{path}");
        assert_eq!(response.headers["elements-element-instance-id"], "123");
    }
    // Without an id all three parts are needed.
    assert_eq!(app.call_with("GET", "/instances", &two).refusal(), (401, INVALID, None));
    assert_eq!(app.call_with("DELETE", "/instances", &two).refusal(), (401, INVALID, None));
    assert_eq!(app.call("DELETE", "/instances").refusal(), (401, INVALID, None));
}

#[test]
fn without_the_organization_a_token_is_good_for_its_own_instance_only() {
    let mut app = App::new(Noun::YourMom);
    let token = app.connect("instagram")["token"].as_str().unwrap().to_owned();
    let other = app.connect("dropbox");
    let (two, three) = (app.two_parts(&token), app.three_parts(&token));
    for path in ["/instances/124", "/instances/124/configuration", "/instances/125"] {
        assert_eq!(app.call_with("GET", path, &two).refusal(), (401, INVALID, None), "{path}");
    }
    assert_eq!(app.call_with("DELETE", "/instances/124", &two).refusal(), (401, INVALID, None));
    // With it, the token of another instance is tolerated.
    assert_eq!(app.call_with("GET", "/instances/124", &three).json, other);
    assert_eq!(app.call_with("DELETE", "/instances/124", &three).status, 200);
    assert_eq!(app.call_with("GET", "/instances/123", &three).json["token"], token);
}

#[test]
fn an_instance_is_below_its_own_connector_too() {
    for noun in [Noun::YourMom, Noun::Element] {
        let mut app = App::new(noun);
        let instance = app.connect("instagram");
        let nouns = noun.plural();
        assert_eq!(app.call("GET", &format!("/{nouns}/instagram/instances/123")).json, instance);
        assert_eq!(app.call("GET", &format!("/{nouns}/74/instances/123")).json, instance);
        let elsewhere = format!("/{nouns}/dropbox/instances/123");
        for method in ["GET", "DELETE"] {
            assert_eq!(app.call(method, &elsewhere).refusal(), (404, "No instance found", None));
        }
        let renamed = app.write("PUT", &format!("/{nouns}/74/instances/123"), &json!({ "name": "x" }));
        assert_eq!(renamed.json["name"], "x");
        assert_eq!(app.call("DELETE", &format!("/{nouns}/instagram/instances/123")).status, 200);
        assert_eq!(app.sandbox.instances(), []);
    }
}

#[test]
fn a_deleted_instance_is_gone_and_its_token_worth_nothing() {
    for (path, parts) in [("/instances/123", 0), ("/instances/123", 2), ("/instances", 3)] {
        let mut app = App::new(Noun::YourMom);
        let token = app.connect("instagram")["token"].as_str().unwrap().to_owned();
        let authorization = match parts {
            0 => app.authorization(),
            2 => app.two_parts(&token),
            _ => app.three_parts(&token),
        };
        let response = app.call_with("DELETE", path, &authorization);
        assert_eq!((response.status.as_u16(), response.json), (200, Value::Null));
        assert_eq!(response.headers["elements-element-instance-id"], "123");
        assert_eq!(app.sandbox.instances(), []);
        let authorization = app.two_parts(&token);
        assert_eq!(app.call_with("GET", "/ping", &authorization).refusal(), (401, INVALID, None));
        let not_found = (404, "No instance found", None);
        assert_eq!(app.call("GET", "/instances/123").refusal(), not_found);
        assert_eq!(app.call("DELETE", "/instances/123").refusal(), not_found);
        assert_eq!(app.call("GET", "/instances/one").refusal(), not_found);
    }
}
