//! Responses in place of the platform's own: what arrives, what has been done, and what the journal says.

use std::time::Duration;

use http::{Request, Response, StatusCode};
use serde_json::{Value, json};
use your_moms_sandbox::{Call, Fault, Moment, Noun, Reply, Substitute};

use crate::app::App;

/// Creates an instance under `fault`: the reply, how many instances there are, and what the journal says.
fn create(fault: Fault) -> (Reply, usize, Option<String>) {
    let mut app = App::new(Noun::YourMom);
    let code = app.code("instagram");
    let body = app.body("instagram", &code).to_string();
    let request = Request::post("/your_moms/api-v2/instances")
        .header("authorization", app.authorization())
        .header("content-type", "application/json")
        .body(body.as_bytes())
        .unwrap();
    app.sandbox.fail_next(Call::CreateInstance, fault);
    let reply = app.sandbox.respond(&request, app.now);
    let record = app.sandbox.journal().last().unwrap();
    assert_eq!((record.call, record.status), (Some(Call::CreateInstance), reply.status()));
    (reply, app.sandbox.instances().len(), record.fault.clone())
}

fn instead(moment: Moment, substitute: Substitute) -> Fault {
    Fault::Instead { moment, substitute }
}

fn whole(reply: Reply) -> Response<Vec<u8>> {
    let response = if let Reply::Whole(response) = reply { Some(response) } else { None };
    response.unwrap()
}

fn header<'a>(response: &'a Response<Vec<u8>>, name: &str) -> Option<&'a str> {
    response.headers().get(name).map(|value| value.to_str().unwrap())
}

#[test]
fn a_gateways_status_says_nothing_about_what_was_done() {
    for status in [400, 401, 403, 404, 408, 409, 429, 500, 502, 503, 504] {
        let status = StatusCode::from_u16(status).unwrap();
        for (moment, instances) in [(Moment::Before, 0), (Moment::While, 0), (Moment::After, 1)] {
            let (reply, made, fault) = create(instead(moment, Substitute::gateway(status)));
            let response = whole(reply);
            let body: Value = serde_json::from_slice(response.body()).unwrap();
            let expected = json!({ "message": status.canonical_reason() });
            assert_eq!((response.status(), body, made), (status, expected, instances));
            assert_eq!(header(&response, "content-type"), Some("application/json;charset=UTF-8"));
            assert_eq!(fault, Some(format!("gateway-{}-{}", status.as_u16(), moment.name())));
        }
    }
}

#[test]
fn the_platforms_own_refusal_has_a_request_id() {
    for status in [400, 429, 500, 503] {
        let status = StatusCode::from_u16(status).unwrap();
        for (moment, instances) in [(Moment::Before, 0), (Moment::While, 0), (Moment::After, 1)] {
            let (reply, made, fault) = create(instead(moment, Substitute::own(status)));
            let response = whole(reply);
            let mut body: Value = serde_json::from_slice(response.body()).unwrap();
            let request_id = body["requestId"].take();
            let request_id = request_id.as_str().unwrap();
            assert!(request_id.len() == 24 && request_id.bytes().all(|b| b.is_ascii_hexdigit()));
            let expected =
                json!({ "requestId": null, "message": "The sandbox was told to fail this request." });
            assert_eq!((response.status(), body, made), (status, expected, instances));
            assert_eq!(fault, Some(format!("own-{}-{}", status.as_u16(), moment.name())));
        }
    }
}

#[test]
fn a_status_is_the_platforms_own_refusal_before_the_work() {
    let status = StatusCode::SERVICE_UNAVAILABLE;
    let (reply, made, fault) = create(Fault::Status { status, retry_after: Some(Duration::from_secs(7)) });
    let own = instead(Moment::Before, Substitute::own(status).with_retry_after(Duration::from_secs(7)));
    let (same, ..) = create(own);
    let (response, same) = (whole(reply), whole(same));
    assert_eq!(header(&response, "retry-after"), Some("7"));
    assert_eq!((response.headers(), response.body()), (same.headers(), same.body()));
    assert_eq!((made, fault.as_deref()), (0, Some("own-503-before")));
}

#[test]
fn a_gateways_body_may_be_a_page_no_json_or_nothing() {
    let status = StatusCode::BAD_GATEWAY;
    let page = "<html><head><title>502 Bad Gateway</title></head><body><h1>Bad Gateway</h1></body></html>\n";
    let json = Some("application/json;charset=UTF-8");
    for (substitute, content_type, body, name) in [
        (Substitute::gateway_html(status), Some("text/html"), page, "gateway-html-502-after"),
        (
            Substitute::gateway_unreadable(status),
            json,
            r#"{"message":"Bad Gateway""#,
            "gateway-unreadable-502-after",
        ),
        (Substitute::gateway_empty(status), None, "", "gateway-empty-502-after"),
    ] {
        let (reply, made, fault) = create(instead(Moment::After, substitute));
        let response = whole(reply);
        assert_eq!(header(&response, "content-type"), content_type);
        assert_eq!(String::from_utf8(response.body().clone()).unwrap(), body);
        assert_eq!((response.status(), made, fault.as_deref()), (status, 1, Some(name)));
    }
}

#[test]
fn a_redirect_leads_back_to_the_sandbox() {
    for status in [301, 302, 303, 307, 308] {
        let status = StatusCode::from_u16(status).unwrap();
        let (reply, ..) = create(instead(Moment::Before, Substitute::gateway_empty(status)));
        let response = whole(reply);
        assert_eq!(header(&response, "location"), Some("http://127.0.0.1/redirected"));
    }
    let (reply, ..) = create(instead(Moment::Before, Substitute::gateway(StatusCode::NOT_MODIFIED)));
    assert_eq!(header(&whole(reply), "location"), None);
}

#[test]
fn retry_after_goes_with_any_status() {
    let busy = Substitute::gateway(StatusCode::TOO_MANY_REQUESTS).with_retry_after(Duration::from_secs(3));
    let (reply, ..) = create(instead(Moment::After, busy));
    assert_eq!(header(&whole(reply), "retry-after"), Some("3"));
    let (reply, ..) = create(instead(Moment::After, busy.with_retry_after(None)));
    assert_eq!(header(&whole(reply), "retry-after"), None);
}

#[test]
fn a_substitute_may_break_off_or_come_late() {
    let ok = Substitute::gateway_html(StatusCode::OK);
    let (reply, made, fault) = create(instead(Moment::Before, ok.cut()));
    assert!(matches!(reply, Reply::Cut(response) if response.status() == StatusCode::OK));
    assert_eq!((made, fault.as_deref()), (0, Some("gateway-html-200-cut-before")));

    let hour = Duration::from_secs(3600);
    let (reply, made, fault) = create(instead(Moment::Before, ok.late(hour)));
    assert!(matches!(reply, Reply::Late { after, .. } if after == hour));
    assert_eq!((made, fault.as_deref()), (0, Some("gateway-html-200-late-before")));
}

#[test]
fn the_other_faults_show_in_the_journal_too() {
    for (fault, made, name) in [
        (Fault::Reset(Moment::Before), 0, "reset-before"),
        (Fault::Reset(Moment::While), 0, "reset-while"),
        (Fault::Reset(Moment::After), 1, "reset-after"),
        (Fault::Delay(Duration::from_secs(1)), 1, "delay"),
        (Fault::TruncatedBody, 1, "truncated-body"),
        (Fault::BrokenBody, 1, "broken-body"),
        (Fault::UnreadableBody, 1, "unreadable-body"),
    ] {
        let (_, instances, shown) = create(fault);
        assert_eq!((instances, shown.as_deref()), (made, Some(name)));
        assert_eq!(fault.name(), name);
    }
}

#[test]
fn handle_knows_no_faults() {
    let mut app = App::new(Noun::YourMom);
    app.sandbox.fail_next(Call::Catalogue, Fault::Reset(Moment::Before));
    assert_eq!(app.call("GET", "/your_moms").status, 200);
    assert_eq!(app.sandbox.journal().last().unwrap().fault, None);
    assert_eq!(app.respond("GET", "/your_moms", &Value::Null), None);
    assert_eq!(app.respond("GET", "/your_moms", &Value::Null), Some(200));
    assert_eq!(app.sandbox.journal().last().unwrap().fault, None);
}

#[test]
fn the_same_call_without_an_id_meets_the_same_fault() {
    let mut app = App::new(Noun::Element);
    let token = app.connect("instagram")["token"].as_str().unwrap().to_owned();
    for (method, path, call) in [
        ("GET", "/instances", Call::GetInstance),
        ("PATCH", "/instances", Call::UpdateInstance),
        ("PUT", "/instances/enabled", Call::EnableInstance),
        ("DELETE", "/instances/enabled", Call::DisableInstance),
        ("GET", "/instances/configuration", Call::InstanceConfiguration),
        ("PATCH", "/instances/configuration/base.url", Call::UpdateInstanceConfiguration),
        ("DELETE", "/instances", Call::DeleteInstance),
    ] {
        app.sandbox.fail_next(call, Fault::Reset(Moment::Before));
        let request = Request::builder()
            .method(method)
            .uri(format!("/elements/api-v2{path}"))
            .header("authorization", app.three_parts(&token))
            .body(&b""[..])
            .unwrap();
        assert_eq!(app.sandbox.respond(&request, app.now).status(), None, "{method} {path}");
        assert_eq!(app.sandbox.journal().last().unwrap().fault.as_deref(), Some("reset-before"));
    }
    assert_eq!(app.sandbox.instances().len(), 1);
}
