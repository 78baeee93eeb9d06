//! What all calls of the platform have in common.

use your_moms_sandbox::Noun;

use crate::app::{App, INVALID};

#[test]
fn a_platform_call_needs_user_and_organization() {
    let mut app = App::new(Noun::YourMom);
    let token = app.connect("instagram")["token"].as_str().unwrap().to_owned();
    let two_parts = app.two_parts(&token);
    for (method, path) in [
        ("GET", "/your_moms"),
        ("GET", "/your_moms/instagram"),
        ("GET", "/your_moms/instagram/configuration"),
        ("GET", "/instances"),
        ("POST", "/instances"),
        ("POST", "/your_moms/instagram/instances"),
    ] {
        for authorization in
            ["User <INSERT_USER_SECRET>, Organization <INSERT_ORGANIZATION_SECRET>", &two_parts]
        {
            let response = app.call_with(method, path, authorization);
            assert_eq!(response.refusal(), (401, INVALID, None), "{method} {path}");
        }
        assert_eq!(app.send(method, path, &[], b"").refusal(), (401, INVALID, None), "{method} {path}");
    }
}

#[test]
fn an_unknown_path_is_not_found() {
    let mut app = App::new(Noun::YourMom);
    let expected = (
        404,
        "No such path: docs/SANDBOX.md lists those below /your_moms/api-v2 and /elements/api-v2.",
        None,
    );
    for path in
        ["", "/", "/elements", "/instances/1/2", "/hubs/social", "/hubs/social/nothing", "/your_moms/a/b"]
    {
        assert_eq!(app.call("GET", path).refusal(), expected, "{path}");
        // Who asks is looked at first.
        assert_eq!(app.send("GET", path, &[], b"").refusal(), (401, INVALID, None), "{path}");
    }
    let user = format!("User {}", app.sandbox.credentials().user_secret);
    assert_eq!(app.call_with("GET", "/nothing", &user).refusal(), (401, INVALID, None));
    let token = app.connect("instagram")["token"].as_str().unwrap().to_owned();
    let two_parts = app.two_parts(&token);
    assert_eq!(app.call_with("GET", "/nothing", &two_parts).refusal(), expected);
    // Nothing outside the API knows credentials.
    let outside = http::Request::get("/v3/instances").body(&b""[..]).unwrap();
    assert_eq!(app.sandbox.handle(&outside, app.now).status(), 404);
}

#[test]
fn another_method_is_refused_with_a_list_of_what_is_possible() {
    let mut app = App::new(Noun::YourMom);
    for (method, path, allowed) in [
        ("TRACE", "/instances", "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS"),
        ("POST", "/instances/1", "GET, HEAD, PUT, PATCH, DELETE, OPTIONS"),
        ("GET", "/instances/enabled", "PUT, DELETE, OPTIONS"),
        ("PUT", "/instances/1/configuration", "GET, HEAD, PATCH, OPTIONS"),
        ("POST", "/your_moms/etsy/oauth/token", "GET, HEAD, OPTIONS"),
        ("PUT", "/ping", "GET, HEAD, OPTIONS"),
        ("DELETE", "/your_moms/instagram/oauth/url", "GET, HEAD, POST, OPTIONS"),
        ("get", "/your_moms", "GET, HEAD, POST, OPTIONS"),
    ] {
        let response = app.call(method, path);
        assert_eq!(response.refusal(), (405, format!("Only {allowed} is possible here.").as_str(), None));
        assert_eq!(response.headers["allow"], allowed);
    }
}

#[test]
fn a_client_that_takes_no_json_is_refused() {
    let mut app = App::new(Noun::YourMom);
    let authorization = app.authorization();
    let headers = [("authorization", authorization.as_str()), ("accept", "application/xml")];
    let response = app.send("GET", "/your_moms", &headers, b"");
    assert_eq!(response.refusal(), (406, "The platform responds with application/json only.", None));
}

#[test]
fn a_body_has_to_be_a_json_object_and_say_so() {
    let mut app = App::new(Noun::YourMom);
    let authorization = app.authorization();
    let mut send = |content_type: Option<&str>, body: &str| {
        let mut headers = vec![("authorization", authorization.as_str())];
        headers.extend(content_type.map(|it| ("content-type", it)));
        let response = app.send("POST", "/instances", &headers, body.as_bytes());
        let (status, message, _) = response.refusal();
        (status, message.to_owned())
    };
    let not_json = (415, "The Content-Type of the request body must be application/json.".to_owned());
    assert_eq!(send(None, "{}"), not_json);
    assert_eq!(send(Some("application/x-www-form-urlencoded"), "{}"), not_json);
    let invalid =
        |line, column| (400, format!("The request body is not valid JSON: line {line}, column {column}."));
    assert_eq!(send(Some("application/json"), ""), invalid(1, 0));
    assert_eq!(send(Some("application/json"), "{\n  \"name\": \u{201c}x\u{201d}}"), invalid(2, 11));
    let no_object = (400, "The request body must be a JSON object.".to_owned());
    assert_eq!(send(Some("Application/JSON; charset=utf-8"), "[]"), no_object);
}
