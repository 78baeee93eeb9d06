//! The inspector's pages, in-process.

use http::{HeaderMap, Request};
use your_moms_sandbox::{Call, Decision, Fault, Moment, Noun, Reply};

use crate::app::App;

fn send(
    app: &mut App,
    method: &str,
    path: &str,
    fields: &[(&str, &str)],
    body: &str,
) -> (u16, HeaderMap, String) {
    let mut request = Request::builder().method(method).uri(path);
    for (name, value) in fields {
        request = request.header(*name, *value);
    }
    let reply = app.sandbox.respond(&request.body(body.as_bytes()).unwrap(), app.now);
    let response = if let Reply::Whole(response) = reply { Some(response) } else { None };
    let (head, body) = response.unwrap().into_parts();
    (head.status.as_u16(), head.headers, String::from_utf8(body).unwrap())
}

fn page(app: &mut App, path: &str) -> String {
    let (status, headers, body) = send(app, "GET", path, &[], "");
    assert_eq!(status, 200, "{path}");
    let policy = headers["content-security-policy"].to_str().unwrap().to_owned();
    let nonce = body.split_once("<style nonce=\"").unwrap().1.split('"').next().unwrap();
    let expected = format!(
        "default-src 'none'; style-src 'nonce-{nonce}'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    );
    assert_eq!(policy, expected);
    assert_eq!(headers["cache-control"], "no-store");
    assert_eq!(headers["x-frame-options"], "DENY");
    assert_eq!(headers["referrer-policy"], "same-origin");
    assert!(!body.contains("<script") && !body.contains(" style="), "{path}");
    body
}

/// Presses a button of the page with the controls.
fn press(app: &mut App, button: &str, fields: &[(&str, &str)]) -> (u16, String) {
    let controls = page(app, "/inspector/controls");
    let id = controls.split_once("name=\"form\" value=\"").unwrap().1.split('"').next().unwrap();
    press_with(app, button, id, fields)
}

fn press_with(app: &mut App, button: &str, id: &str, fields: &[(&str, &str)]) -> (u16, String) {
    let form =
        form_urlencoded::Serializer::new(String::new()).append_pair("form", id).extend_pairs(fields).finish();
    let headers = [("content-type", "application/x-www-form-urlencoded"), ("origin", "http://127.0.0.1")];
    let (status, headers, body) = send(app, "POST", &format!("/inspector/{button}"), &headers, &form);
    if status == 303 {
        assert_eq!(headers["location"], "/inspector/controls");
    }
    (status, body)
}

#[test]
fn every_page_shows_what_it_is_for() {
    let mut app = App::new(Noun::YourMom);
    assert!(page(&mut app, "/inspector/instances").contains("Nothing is connected yet."));
    let token = app.connect("instagram")["token"].as_str().unwrap().to_owned();
    let code = app.code("instagram");
    app.sandbox.fail_next(Call::Ping, Fault::Reset(Moment::Before));

    let start = page(&mut app, "/");
    let credentials = app.sandbox.credentials().clone();
    for expected in [
        "http://127.0.0.1/your_moms/api-v2",
        "http://127.0.0.1/elements/api-v2",
        "curl -H 'Authorization: User ",
        "export YOUR_MOMS_USER_SECRET=",
        credentials.organization_secret.as_str(),
        "your-moms connect etsy --base-url http://127.0.0.1/your_moms/api-v2",
        "ServiceNow",
    ] {
        assert!(start.contains(expected), "{expected}");
    }
    let journal = page(&mut app, "/inspector/journal");
    assert!(journal.contains("href=\"/inspector/journal/4\"") && journal.contains("create"));
    let record = page(&mut app, "/inspector/journal/4");
    assert!(record.contains("User …, Organization …") && record.contains("&quot;token&quot;: &quot;…&quot;"));
    let instances = page(&mut app, "/inspector/instances");
    assert!(instances.contains("href=\"/inspector/journal?instance=123\"") && instances.contains("demo"));
    let controls = page(&mut app, "/inspector/controls");
    assert!(controls.contains("Allow next") && controls.contains("<strong>reset-before</strong>"));

    // What is meant to be copied is on the start page only, and tokens and codes nowhere.
    for shown in [&journal, &record, &instances, &controls] {
        assert!(
            !shown.contains(&credentials.user_secret) && !shown.contains(&credentials.organization_secret)
        );
    }
    for shown in [&start, &journal, &record, &instances, &controls] {
        assert!(!shown.contains(&token) && !shown.contains(&code));
    }
}

#[test]
fn the_journal_loads_itself_unless_it_is_paused() {
    let mut app = App::new(Noun::YourMom);
    app.call("GET", "/your_moms");
    app.call("GET", "/instances");
    let (_, headers, live) = send(&mut app, "GET", "/inspector/journal?call=list&status=4xx", &[], "");
    assert_eq!(headers["refresh"], "3");
    assert!(live.contains("href=\"/inspector/journal?call=list&amp;status=4xx&amp;paused=yes\""));
    assert!(live.contains("/inspector/journal/2\"") && !live.contains("/inspector/journal/1\""));
    let (_, headers, paused) = send(&mut app, "GET", "/inspector/journal?call=list&paused=yes", &[], "");
    assert_eq!(headers.get("refresh"), None);
    assert!(paused.contains("href=\"/inspector/journal?call=list\""));
    for (path, status) in [("?call=make", 400), ("?x=y", 400), ("/99", 404), ("/x", 404), ("/1/2", 404)] {
        assert_eq!(send(&mut app, "GET", &format!("/inspector/journal{path}"), &[], "").0, status, "{path}");
    }
    assert_eq!(app.sandbox.journal().len(), 2);
}

#[test]
fn buttons_arm_disarm_decide_and_reset() {
    let mut app = App::new(Noun::YourMom);
    assert_eq!(press(&mut app, "arm", &[("order", "create=reset-after")]).0, 303);
    let fields = [("call", "list"), ("fault", " status-503 "), ("times", "always")];
    assert_eq!(press(&mut app, "arm", &fields).0, 303);
    let armed: Vec<_> = app.sandbox.armed().iter().map(|(_, armed)| armed.to_string()).collect();
    assert_eq!(armed, ["create=reset-after:once", "list=status-503:always"]);
    assert_eq!(press(&mut app, "disarm", &[("id", "1")]).0, 303);
    assert_eq!(app.sandbox.armed().len(), 1);
    let (status, text) = press(&mut app, "arm", &[("call", "list"), ("fault", "flood"), ("times", "once")]);
    assert!(status == 400 && text.contains("there is no fault `flood`; possible"));

    assert_eq!(press(&mut app, "next", &[("decision", "deny")]).0, 303);
    assert_eq!(app.sandbox.next_decision(), Some(Decision::Deny));
    assert_eq!(press(&mut app, "next", &[("decision", "ask")]).0, 303);
    assert_eq!(app.sandbox.next_decision(), None);
    assert_eq!(press(&mut app, "reset", &[]).0, 303);
    assert_eq!(app.sandbox.armed(), []);
    assert_eq!(press(&mut app, "nothing", &[]).0, 404);
}

#[test]
fn a_button_needs_the_one_time_id_of_its_page() {
    let mut app = App::new(Noun::YourMom);
    let order = [("order", "create=reset-after")];
    for id in ["", "0123456789abcdef01234567"] {
        assert_eq!(press_with(&mut app, "arm", id, &order).0, 403);
    }
    let controls = page(&mut app, "/inspector/controls");
    let id = controls.split_once("name=\"form\" value=\"").unwrap().1.split('"').next().unwrap();
    let form = format!("form={id}&order=create%3Dreset-after");
    let kind = ("content-type", "application/x-www-form-urlencoded");
    for foreign in [("origin", "https://evil.example"), ("origin", "null"), ("host", "evil.example")] {
        assert_eq!(send(&mut app, "POST", "/inspector/arm", &[kind, foreign], &form).0, 403);
        assert_eq!(send(&mut app, "GET", "/", &[foreign], "").0, 403);
    }
    assert_eq!(send(&mut app, "POST", "/inspector/arm", &[("content-type", "text/plain")], &form).0, 415);
    assert_eq!(send(&mut app, "DELETE", "/inspector/arm", &[kind], &form).0, 405);
    assert_eq!(app.sandbox.armed(), []);
    assert_eq!(press_with(&mut app, "arm", id, &order).0, 303);
    let (status, text) = press_with(&mut app, "arm", id, &order);
    assert!(status == 403 && text.contains("This page is out of date"));
    assert_eq!(app.sandbox.armed().len(), 1);
}
