//! The control API, in-process.

use http::{HeaderMap, Request, StatusCode};
use serde_json::{Value, json};
use your_moms_sandbox::{Call, Decision, Fault, Moment, Noun, Reply};

use crate::app::{App, CALLBACK, parameter};

/// With the headers given, and a body of JSON unless it is null.
fn send(
    app: &mut App,
    method: &str,
    path: &str,
    fields: &[(&str, &str)],
    body: &Value,
) -> (StatusCode, HeaderMap, Value) {
    let body = if body.is_null() { String::new() } else { body.to_string() };
    let mut request = Request::builder().method(method).uri(path);
    for (name, value) in fields {
        request = request.header(*name, *value);
    }
    let Reply::Whole(response) = app.sandbox.respond(&request.body(body.as_bytes()).unwrap(), app.now) else {
        return (StatusCode::IM_A_TEAPOT, HeaderMap::new(), Value::Null);
    };
    let (head, body) = response.into_parts();
    (head.status, head.headers, serde_json::from_slice(&body).unwrap())
}

fn control(app: &mut App, method: &str, path: &str, body: &Value) -> (u16, Value) {
    let (status, headers, json) = send(app, method, path, &[("content-type", "application/json")], body);
    assert_eq!(headers["content-type"], "application/json;charset=UTF-8");
    assert_eq!(headers["cache-control"], "no-store");
    (status.as_u16(), json)
}

fn get(app: &mut App, path: &str) -> Value {
    let (status, json) = control(app, "GET", path, &Value::Null);
    assert_eq!(status, 200, "{json}");
    json
}

#[test]
fn it_tells_a_client_what_it_has_to_know() {
    let mut app = App::new(Noun::YourMom);
    let about = get(&mut app, "/_sandbox");
    let credentials = app.sandbox.credentials();
    assert_eq!(about["inspector"], "http://127.0.0.1/");
    assert_eq!(about["base_urls"]["elements"], "http://127.0.0.1/elements/api-v2");
    assert_eq!(about["credentials"]["user_secret"], credentials.user_secret.as_str());
    assert_eq!(about["now"], "2016-04-07T03:33:20Z");
    assert!(about["version"].is_string() && about["calls"].as_array().unwrap().contains(&json!("create")));
    let connectors = get(&mut app, "/_sandbox/connectors");
    assert_eq!(about["connectors"], connectors);
    for connector in app.sandbox.connectors() {
        let shown =
            connectors.as_array().unwrap().iter().find(|it| it["key"] == connector.key.as_str()).unwrap();
        let client = app.sandbox.client(&connector.key);
        assert_eq!(shown["api_secret"], json!(client.map(|client| &client.api_secret)));
        assert_eq!(shown["authentication"], connector.authentication);
    }
    assert_eq!(app.sandbox.journal(), []);
}

#[test]
fn instances_are_shown_without_their_tokens() {
    let mut app = App::new(Noun::YourMom);
    app.connect("instagram");
    let shown = get(&mut app, "/_sandbox/instances");
    assert_eq!(shown[0]["id"], 123);
    assert_eq!((&shown[0]["connector"], &shown[0]["tags"]), (&json!("instagram"), &json!(["demo"])));
    assert!(!shown.to_string().contains("token"));
}

#[test]
fn the_journal_is_read_from_where_one_left_off() {
    let mut app = App::new(Noun::YourMom);
    app.connect("instagram");
    app.call("GET", "/instances/123");
    app.call("GET", "/instances/124");
    let all = get(&mut app, "/_sandbox/journal");
    let numbers = |shown: &Value| -> Vec<u64> {
        shown.as_array().unwrap().iter().map(|record| record["number"].as_u64().unwrap()).collect()
    };
    assert_eq!(numbers(&all), [1, 2, 3, 4, 5, 6]);
    for (query, expected) in [
        ("after=4", &[5, 6][..]),
        ("call=get", &[5, 6]),
        ("call=get&status=4xx", &[6]),
        ("status=404", &[6]),
        ("instance=123", &[4, 5]),
        ("instance=123&after=4&call=&status=200", &[5]),
        ("status=none", &[]),
    ] {
        assert_eq!(numbers(&get(&mut app, &format!("/_sandbox/journal?{query}"))), expected, "{query}");
    }
    let record = get(&mut app, "/_sandbox/journal/5");
    assert_eq!(record["request"]["start"], "GET /your_moms/api-v2/instances/123");
    assert_eq!(record["request"]["fields"]["authorization"], "User …, Organization …");
    assert_eq!(record["response"]["body"]["token"], "…");
    assert_eq!(
        (&record["call"], &record["status"], &record["at"]),
        (&json!("get"), &json!(200), &json!("2016-04-07T03:33:20Z"))
    );
    for (path, status, message) in [
        (
            "journal/99",
            404,
            "The journal has no such record (any more). GET /_sandbox/journal lists those it has.",
        ),
        ("journal?call=make", 400, "there is no call `make`; possible: "),
        ("journal?status=9", 400, "status must be a number such as 404, a class such as 4xx, or none."),
        ("journal?since=1", 400, "Only the parameters after, call, status, instance are possible here."),
        ("journal?after=x", 400, "after must be a number."),
        ("jornal", 404, "There is no such path."),
    ] {
        let (given, body) = control(&mut app, "GET", &format!("/_sandbox/{path}"), &Value::Null);
        assert!(given == status && body["message"].as_str().unwrap().starts_with(message), "{path}: {body}");
    }
}

#[test]
fn faults_are_armed_listed_and_taken_back() {
    let mut app = App::new(Noun::YourMom);
    let order = json!({ "call": "catalogue", "fault": "reset-before", "times": 2 });
    let armed = json!({ "id": 1, "call": "catalogue", "fault": "reset-before", "times": 2 });
    assert_eq!(control(&mut app, "POST", "/_sandbox/faults", &order), (200, armed.clone()));
    assert_eq!(app.respond("GET", "/your_moms", &Value::Null), None);
    let left = json!({ "id": 1, "call": "catalogue", "fault": "reset-before", "times": 1 });
    assert_eq!(get(&mut app, "/_sandbox/faults"), json!([left]));
    assert_eq!(control(&mut app, "DELETE", "/_sandbox/faults/1", &Value::Null), (200, left));
    assert_eq!(control(&mut app, "DELETE", "/_sandbox/faults/1", &Value::Null).0, 404);
    assert_eq!(app.respond("GET", "/your_moms", &Value::Null), Some(200));

    for times in [json!(null), json!("once"), json!("always")] {
        let order = json!({ "call": "ping", "fault": "delay-2s", "times": times });
        assert_eq!(control(&mut app, "POST", "/_sandbox/faults", &order).0, 200);
    }
    assert_eq!(app.sandbox.armed().len(), 3);
    assert_eq!(control(&mut app, "DELETE", "/_sandbox/faults", &Value::Null), (200, json!({})));
    assert_eq!(app.sandbox.armed(), []);

    for (order, message) in [
        (json!({ "call": "ping" }), "Give fault, as in"),
        (json!({ "call": "ping", "fault": "x" }), "there is no fault `x`; possible"),
        (json!({ "call": "x", "fault": "reset-after" }), "there is no call `x`; possible"),
        (json!({ "call": "ping", "fault": "reset-after", "times": 0 }), "`0` is no number of times"),
        (json!({ "call": "ping", "falt": "reset-after" }), "`falt` is not possible here"),
    ] {
        let (status, body) = control(&mut app, "POST", "/_sandbox/faults", &order);
        assert!(status == 400 && body["message"].as_str().unwrap().starts_with(message), "{body}");
    }
}

#[test]
fn the_next_consent_page_decides_itself() {
    let mut app = App::new(Noun::YourMom);
    for (decision, name, value) in [("allow", "code", "sandbox-code+/"), ("deny", "error", "access_denied")] {
        let url = app.oauth_url("instagram", "a-state");
        let answer = control(&mut app, "POST", "/_sandbox/next", &json!({ "decision": decision }));
        assert_eq!(answer, (200, json!({ "decision": decision })));
        let path = url.strip_prefix("http://127.0.0.1").unwrap();
        let page = app.sandbox.handle(&Request::get(path).body(&b""[..]).unwrap(), app.now);
        assert_eq!(page.status(), 303);
        let location = page.headers()["location"].to_str().unwrap();
        assert!(location.starts_with(CALLBACK) && parameter(location, name).unwrap().starts_with(value));
        assert_eq!(app.sandbox.next_decision(), None);
        let shown = app.sandbox.handle(&Request::get(path).body(&b""[..]).unwrap(), app.now);
        assert_eq!(shown.status(), 200);
    }
    // A page that cannot be used is no page to decide.
    app.sandbox.decide_next(Some(Decision::Allow));
    let broken = Request::get("/provider/instagram/oauth/authorize").body(&b""[..]).unwrap();
    assert_eq!(app.sandbox.handle(&broken, app.now).status(), 400);
    assert_eq!(app.sandbox.next_decision(), Some(Decision::Allow));
    assert_eq!(control(&mut app, "POST", "/_sandbox/next", &json!({ "decision": null })).0, 200);
    assert_eq!(app.sandbox.next_decision(), None);
    assert_eq!(control(&mut app, "POST", "/_sandbox/next", &json!({})).0, 400);
}

#[test]
fn accounts_are_added_and_signed_in() {
    let mut app = App::new(Noun::YourMom);
    let carla = json!({ "name": "carla" });
    assert_eq!(control(&mut app, "POST", "/_sandbox/accounts/sign-in", &carla).0, 404);
    assert_eq!(control(&mut app, "POST", "/_sandbox/accounts", &carla), (200, carla.clone()));
    assert_eq!(control(&mut app, "POST", "/_sandbox/accounts/sign-in", &carla), (200, carla));
    app.connect("instagram");
    assert_eq!(get(&mut app, "/_sandbox/instances")[0]["account"], "carla");
    assert_eq!(app.sandbox.journal().last().unwrap().account.as_deref(), Some("carla"));
    for path in ["accounts", "accounts/sign-in"] {
        let path = format!("/_sandbox/{path}");
        assert_eq!(control(&mut app, "POST", &path, &json!({ "name": " " })).0, 400);
        assert_eq!(control(&mut app, "GET", &path, &Value::Null).0, 405);
    }
}

#[test]
fn the_clock_goes_ahead_and_a_code_expires() {
    let mut app = App::new(Noun::YourMom);
    let code = app.code("instagram");
    let ahead = control(&mut app, "POST", "/_sandbox/time", &json!({ "advance_seconds": 601 }));
    assert_eq!(ahead, (200, json!({ "now": "2016-04-07T03:43:21Z" })));
    assert_eq!(get(&mut app, "/_sandbox")["now"], "2016-04-07T03:43:21Z");
    let body = app.body("instagram", &code);
    assert_eq!(app.post("/instances", &body).status, 403);
    for seconds in [json!(-1), json!("1"), json!(null), json!(1e300)] {
        let answer = control(&mut app, "POST", "/_sandbox/time", &json!({ "advance_seconds": seconds }));
        assert_eq!(answer.0, 400);
    }
}

#[test]
fn a_reset_starts_over_with_the_same_credentials() {
    let mut app = App::new(Noun::YourMom);
    app.connect("instagram");
    let stale = app.code("instagram");
    app.sandbox.fail_next(Call::Ping, Fault::Reset(Moment::Before));
    assert_eq!(control(&mut app, "POST", "/_sandbox/reset", &json!({})), (200, json!({})));
    assert_eq!((app.sandbox.instances(), app.sandbox.journal().len()), (Vec::new(), 0));
    assert_eq!(app.sandbox.armed(), []);
    let body = app.body("instagram", &stale);
    assert_eq!(app.post("/instances", &body).status, 403);
    assert_eq!(app.connect("instagram")["id"], 123);
    assert!(app.sandbox.journal()[0].number > 1);
}

#[test]
fn pages_of_other_origins_reach_nothing() {
    let mut app = App::new(Noun::YourMom);
    let json = ("content-type", "application/json");
    let order = json!({ "call": "ping", "fault": "reset-after" });
    for fields in [
        &[json, ("origin", "https://evil.example")][..],
        &[json, ("origin", "null")],
        &[json, ("origin", "http://127.0.0.1:8080")],
        &[json, ("origin", "https://127.0.0.1")],
        &[json, ("origin", "http://127.0.0.1"), ("origin", "http://evil.example")],
        &[json, ("host", "evil.example")],
        &[json, ("host", "127.0.0.1.evil.example")],
        &[json, ("host", "127.0.0.1:81")],
    ] {
        for (method, path) in
            [("GET", "/_sandbox"), ("POST", "/_sandbox/faults"), ("DELETE", "/_sandbox/faults")]
        {
            let (status, _, body) = send(&mut app, method, path, fields, &order);
            assert_eq!(status, 403, "{fields:?} {body}");
        }
    }
    for kind in ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data"] {
        for path in ["faults", "reset", "next", "time"] {
            let path = format!("/_sandbox/{path}");
            assert_eq!(send(&mut app, "POST", &path, &[("content-type", kind)], &order).0, 415);
        }
    }
    assert_eq!(app.sandbox.armed(), []);
    for fields in [
        &[json, ("origin", "http://127.0.0.1"), ("host", "127.0.0.1")][..],
        &[json, ("origin", "http://localhost"), ("host", "localhost:80")],
    ] {
        assert_eq!(send(&mut app, "POST", "/_sandbox/faults", fields, &order).0, 200, "{fields:?}");
    }
    let (status, headers, _) = send(&mut app, "PUT", "/_sandbox/next", &[json], &json!({}));
    assert_eq!((status.as_u16(), &headers["allow"]), (405, &"POST".parse().unwrap()));
    assert_eq!(send(&mut app, "OPTIONS", "/_sandbox", &[], &Value::Null).0, 405);
}
