//! What holds for every call of the platform.

use your_moms_sandbox::Noun;

use crate::app::App;

#[test]
fn a_platform_call_needs_user_and_organization() {
    let message = "Invalid Organization or User secret, or invalid Your_mom token provided.";
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
            let answer = app.call_with(method, path, authorization);
            assert_eq!(answer.refusal(), (401, message, None), "{method} {path}");
        }
        assert_eq!(app.send(method, path, &[], b"").refusal(), (401, message, None), "{method} {path}");
    }
}

#[test]
fn an_unknown_path_is_not_found() {
    let mut app = App::new(Noun::YourMom);
    let expected = (404, "No such path. The API is below /your_moms/api-v2 and /elements/api-v2.", None);
    for path in
        ["", "/", "/elements", "/instances/1/2", "/hubs/social", "/hubs/social/nothing", "/your_moms/a/b"]
    {
        assert_eq!(app.call("GET", path).refusal(), expected, "{path}");
    }
}

#[test]
fn another_method_is_refused_with_a_list_of_what_is_possible() {
    let mut app = App::new(Noun::YourMom);
    for (method, path, allowed) in [
        ("PUT", "/instances", "GET, POST, DELETE"),
        ("PATCH", "/instances/1", "GET, DELETE"),
        ("HEAD", "/ping", "GET"),
        ("DELETE", "/your_moms/instagram/oauth/url", "GET, POST"),
        ("get", "/your_moms", "GET"),
    ] {
        let answer = app.call(method, path);
        assert_eq!(answer.refusal(), (405, format!("Only {allowed} is possible here.").as_str(), None));
        assert_eq!(answer.headers["allow"], allowed);
    }
}

#[test]
fn a_client_that_takes_no_json_is_refused() {
    let mut app = App::new(Noun::YourMom);
    let authorization = app.authorization();
    let headers = [("authorization", authorization.as_str()), ("accept", "application/xml")];
    let answer = app.send("GET", "/your_moms", &headers, b"");
    assert_eq!(answer.refusal(), (406, "The platform answers application/json only.", None));
}

#[test]
fn a_body_has_to_be_a_json_object_and_say_so() {
    let mut app = App::new(Noun::YourMom);
    let authorization = app.authorization();
    let mut send = |content_type: Option<&str>, body: &str| {
        let mut headers = vec![("authorization", authorization.as_str())];
        headers.extend(content_type.map(|it| ("content-type", it)));
        let answer = app.send("POST", "/instances", &headers, body.as_bytes());
        let (status, message, _) = answer.refusal();
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
