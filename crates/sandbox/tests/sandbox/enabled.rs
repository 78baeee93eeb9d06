//! `PUT` and `DELETE /instances/{id}/enabled`, and what a disabled instance still does.

use serde_json::Value;
use your_moms_sandbox::Noun;

use crate::app::{App, INVALID};

#[test]
fn a_disabled_instance_forwards_nothing_until_it_is_enabled() {
    for (noun, path) in [(Noun::YourMom, "/instances/123/enabled"), (Noun::Element, "/instances/enabled")] {
        let mut app = App::new(noun);
        let token = app.connect("instagram")["token"].as_str().unwrap().to_owned();
        let (two, three) = (app.two_parts(&token), app.three_parts(&token));
        for (method, disabled, status) in
            [("DELETE", true, 403), ("DELETE", true, 403), ("PUT", false, 200), ("PUT", false, 200)]
        {
            let response = app.call_with(method, path, &three);
            assert_eq!((response.status.as_u16(), response.json), (200, Value::Null));
            assert_eq!(response.headers["elements-element-instance-id"], "123");
            assert_eq!(app.call("GET", "/instances/123").json["disabled"], disabled);
            for path in ["/ping", "/hubs/social/media"] {
                let response = app.call_with("GET", path, &two);
                assert_eq!(response.status, status, "{path}");
                if disabled {
                    assert_eq!(
                        response.refusal(),
                        (403, "The instance is disabled: PUT /instances/123/enabled enables it.", None)
                    );
                }
            }
        }
    }
}

#[test]
fn a_disabled_instance_can_still_be_managed() {
    let mut app = App::new(Noun::YourMom);
    let token = app.connect("instagram")["token"].as_str().unwrap().to_owned();
    assert_eq!(app.call("DELETE", "/instances/123/enabled").status, 200);
    let three = app.three_parts(&token);
    for (method, path) in
        [("GET", "/instances"), ("GET", "/instances/configuration"), ("DELETE", "/instances")]
    {
        assert_eq!(app.call_with(method, path, &three).status, 200, "{method} {path}");
    }
}

#[test]
fn enabling_asks_for_the_same_as_any_call_about_an_instance() {
    let mut app = App::new(Noun::YourMom);
    app.connect("instagram");
    for method in ["PUT", "DELETE"] {
        assert_eq!(app.call(method, "/instances/124/enabled").refusal(), (404, "No instance found", None));
        assert_eq!(app.call(method, "/instances/enabled").refusal(), (401, INVALID, None));
        assert_eq!(app.send(method, "/instances/123/enabled", &[], b"").refusal(), (401, INVALID, None));
    }
}
