//! Instance requests: `GET /ping` and the hub resources, with a kept token.

use serde_json::json;
use your_moms_sandbox::Noun;

use crate::app::{App, INVALID};

#[test]
fn instance_requests_take_the_token_in_two_parts_or_three() {
    for noun in [Noun::YourMom, Noun::Element] {
        let mut app = App::new(noun);
        let token = app.connect("instagram")["token"].as_str().unwrap().to_owned();
        let pong = json!({ "endpoint": "instagram", "dateTime": "2016-04-07T03:33:20Z" });
        for authorization in [app.two_parts(&token), app.three_parts(&token)] {
            let response = app.call_with("GET", "/ping", &authorization);
            assert_eq!((response.status.as_u16(), response.json), (200, pong.clone()));
            assert_eq!(response.headers["elements-element-instance-id"], "123");
        }
        let message =
            format!("Invalid Organization or User secret, or invalid {} token provided.", noun.header_word());
        assert_eq!(app.call("GET", "/ping").refusal(), (401, message.as_str(), None));
        let wrong = app.three_parts("wrong");
        let response = app.call_with("GET", "/ping", &wrong);
        assert_eq!(response.refusal(), (401, message.as_str(), None));
        assert_eq!(response.headers["www-authenticate"], "User, Organization");
    }
}

#[test]
fn the_hub_of_instagram_responds_with_or_without_its_name() {
    let mut app = App::new(Noun::YourMom);
    let token = app.connect("instagram")["token"].as_str().unwrap().to_owned();
    let authorization = app.two_parts(&token);
    let profile = json!({
        "id": "566745376",
        "username": "sandbox.traveller",
        "full_name": "Sandbox Traveller",
        "profile_picture": "https://sandbox.invalid/instagram/profile.jpg",
        "bio": "Slow trains and early mornings. Nobody real.",
        "website": "https://sandbox.invalid/",
        "counts": { "media": 3, "follows": 128, "followed_by": 342 },
    });
    for path in ["/hubs/social/users/self", "/users/self"] {
        let response = app.call_with("GET", path, &authorization);
        assert_eq!((response.status.as_u16(), &response.json), (200, &profile), "{path}");
        assert_eq!(response.headers["elements-element-instance-id"], "123");
    }
    let media = app.call_with("GET", "/hubs/social/media", &authorization).json;
    assert_eq!(app.call_with("GET", "/media", &authorization).json, media);
    let captions: Vec<_> = media.as_array().unwrap().iter().map(|post| &post["caption"]["text"]).collect();
    assert_eq!(
        captions,
        ["First light over the harbour", "Platform 9, running late ☕", "Rain on the night train"]
    );
}

#[test]
fn a_resource_belongs_to_a_connector() {
    let mut app = App::new(Noun::YourMom);
    let token = app.connect("dropbox")["token"].as_str().unwrap().to_owned();
    let authorization = app.two_parts(&token);
    let response = app.call_with("GET", "/hubs/social/media", &authorization);
    assert_eq!(response.refusal(), (404, "No resource found", None));
    assert_eq!(app.call("GET", "/hubs/social/media").refusal(), (401, INVALID, None));
}

#[test]
fn what_the_user_has_withdrawn_is_refused_by_the_provider() {
    let mut app = App::new(Noun::YourMom);
    let token = app.connect("instagram")["token"].as_str().unwrap().to_owned();
    assert!(app.sandbox.revoke(123) && !app.sandbox.revoke(124));
    assert_eq!(app.call("GET", "/instances/123").json["valid"], false);
    let authorization = app.two_parts(&token);
    let refused = (403, "Instagram Beta refused the request.", Some(r#"{"error":"invalid_token"}"#));
    for path in ["/ping", "/hubs/social/media"] {
        assert_eq!(app.call_with("GET", path, &authorization).refusal(), refused, "{path}");
    }
}
