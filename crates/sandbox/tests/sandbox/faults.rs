//! Faults in-process: what a caller learns, and what has been done.

use std::time::Duration;

use http::{Request, Response, StatusCode};
use serde_json::{Value, json};
use your_moms_core::{AsyncTransport, Delivery, Transport, TransportError, TransportErrorKind};
use your_moms_sandbox::{Call, Fault, Moment, Noun, Sandbox, SandboxTransport};

use crate::app::{App, now};

type Sent = Result<Response<Vec<u8>>, TransportError>;

/// A transport, and a complete step 2 for it.
fn ready() -> (SandboxTransport, impl Fn() -> Request<Vec<u8>>) {
    let mut app = App::new(Noun::YourMom);
    let code = app.code("instagram");
    let body = app.body("instagram", &code).to_string().into_bytes();
    let authorization = app.authorization();
    let request = move || {
        Request::post("http://127.0.0.1/your_moms/api-v2/instances")
            .header("authorization", &authorization)
            .header("content-type", "application/json")
            .body(body.clone())
            .unwrap()
    };
    (SandboxTransport::new(app.sandbox).with_clock(now), request)
}

fn failed(sent: Sent) -> (Delivery, TransportErrorKind) {
    let error = sent.unwrap_err();
    (error.delivery(), error.kind())
}

/// Lets step 2 fail, and says what the caller learnt, how many instances there are, and what a second try brings.
fn create(fault: Fault) -> (Sent, usize, u16) {
    let (transport, request) = ready();
    transport.sandbox().fail_next(Call::CreateInstance, fault);
    let sent = Transport::send(&transport, request());
    let instances = transport.sandbox().instances().len();
    let again = Transport::send(&transport, request()).unwrap().status().as_u16();
    (sent, instances, again)
}

#[test]
fn a_reset_before_leaves_everything_as_it_was() {
    let (sent, instances, again) = create(Fault::Reset(Moment::Before));
    assert_eq!((failed(sent), instances, again), ((Delivery::Unknown, TransportErrorKind::Lost), 0, 200));
}

#[test]
fn a_reset_while_the_work_is_done_has_spent_the_code_for_nothing() {
    let (sent, instances, again) = create(Fault::Reset(Moment::While));
    assert_eq!((failed(sent), instances, again), ((Delivery::Unknown, TransportErrorKind::Lost), 0, 403));
}

#[test]
fn a_slow_drip_runs_into_the_time_limit_in_the_middle_of_the_body() {
    let (sent, instances, again) = create(Fault::SlowDrip(Duration::from_millis(20)));
    let started = Delivery::ResponseStarted { status: StatusCode::OK };
    assert_eq!((failed(sent), instances, again), ((started, TransportErrorKind::Timeout), 1, 403));
}

#[test]
fn a_reset_after_has_made_an_instance_whose_token_is_lost() {
    let (sent, instances, again) = create(Fault::Reset(Moment::After));
    assert_eq!((failed(sent), instances, again), ((Delivery::Unknown, TransportErrorKind::Lost), 1, 403));
}

#[test]
fn a_delay_is_longer_than_anybody_waits() {
    let (sent, instances, again) = create(Fault::Delay(Duration::from_secs(3600)));
    assert_eq!((failed(sent), instances, again), ((Delivery::Unknown, TransportErrorKind::Timeout), 1, 403));
}

#[test]
fn a_truncated_body_had_a_status() {
    let (sent, instances, again) = create(Fault::TruncatedBody);
    let delivery = Delivery::ResponseStarted { status: StatusCode::OK };
    assert_eq!((failed(sent), instances, again), ((delivery, TransportErrorKind::Lost), 1, 403));
}

#[test]
fn a_broken_body_is_a_whole_response_that_is_no_json() {
    let (sent, instances, again) = create(Fault::BrokenBody);
    let response = sent.unwrap();
    assert_eq!((response.status().as_u16(), instances, again), (200, 1, 403));
    assert_eq!(response.headers()["content-type"], "text/html");
    assert_eq!(response.body(), b"<html><body>The gateway lost the response.</body></html>");
}

#[test]
fn an_unreadable_body_calls_itself_json_and_ends_too_early() {
    let (sent, instances, again) = create(Fault::UnreadableBody);
    let response = sent.unwrap();
    assert_eq!((response.status().as_u16(), instances, again), (200, 1, 403));
    assert_eq!(response.headers()["content-type"], "application/json;charset=UTF-8");
    assert!(response.body().starts_with(br#"{"cacheTimeToLive":0"#));
    assert!(serde_json::from_slice::<Value>(response.body()).unwrap_err().is_eof());

    // Of an empty body one brace is made.
    let (transport, request) = ready();
    Transport::send(&transport, request()).unwrap();
    transport.sandbox().fail_next(Call::DeleteInstance, Fault::UnreadableBody);
    let mut delete = request();
    *delete.method_mut() = http::Method::DELETE;
    *delete.uri_mut() = "http://127.0.0.1/your_moms/api-v2/instances/123".parse().unwrap();
    assert_eq!(Transport::send(&transport, delete).unwrap().body(), b"{");
}

#[test]
fn a_status_arrives_and_nothing_is_done() {
    let retry_after = Some(Duration::from_secs(7));
    let (sent, instances, again) =
        create(Fault::Status { status: StatusCode::SERVICE_UNAVAILABLE, retry_after });
    let response = sent.unwrap();
    assert_eq!((response.status().as_u16(), instances, again), (503, 0, 200));
    assert_eq!(response.headers()["retry-after"], "7");
    let mut body: Value = serde_json::from_slice(response.body()).unwrap();
    assert_eq!(body["requestId"].take().as_str().unwrap().len(), 24);
    assert_eq!(body, json!({ "requestId": null, "message": "The sandbox was told to fail this request." }));

    let (sent, ..) = create(Fault::Status { status: StatusCode::TOO_MANY_REQUESTS, retry_after: None });
    assert_eq!(sent.unwrap().headers().get("retry-after"), None);
}

#[test]
fn faults_wait_for_their_call_and_are_used_up_in_order() {
    let (transport, create) = ready();
    let ping = || Request::get("http://127.0.0.1/your_moms/api-v2/ping").body(Vec::new()).unwrap();
    transport.sandbox().fail_next(Call::Ping, Fault::Reset(Moment::Before));
    transport.sandbox().fail_next(Call::Ping, Fault::BrokenBody);
    assert_eq!(Transport::send(&transport, create()).unwrap().status(), 200);
    assert_eq!(failed(Transport::send(&transport, ping())), (Delivery::Unknown, TransportErrorKind::Lost));
    assert_eq!(Transport::send(&transport, ping()).unwrap().headers()["content-type"], "text/html");
    let third = Transport::send(&transport, ping()).unwrap();
    assert_eq!(third.headers()["content-type"], "application/json;charset=UTF-8");
    let statuses: Vec<_> = transport.sandbox().journal()[3..].iter().map(|record| record.status).collect();
    let unauthorized = Some(StatusCode::UNAUTHORIZED);
    assert_eq!(statuses, [Some(StatusCode::OK), None, unauthorized, unauthorized]);
}

#[test]
fn nobody_listens_at_another_origin() {
    let transport = SandboxTransport::new(Sandbox::new(1).with_origin("http://127.0.0.1:8000/"));
    for origin in
        ["https://127.0.0.1:8000", "http://127.0.0.1", "http://127.0.0.1:8001", "http://localhost:8000", ""]
    {
        let request = Request::get(format!("{origin}/your_moms/api-v2/ping")).body(Vec::new()).unwrap();
        assert_eq!(
            failed(Transport::send(&transport, request)),
            (Delivery::NotSent, TransportErrorKind::Connect),
            "{origin}"
        );
    }
    assert_eq!(transport.sandbox().journal(), []);
    let request = Request::get("http://127.0.0.1:8000/your_moms/api-v2/ping").body(Vec::new()).unwrap();
    assert_eq!(Transport::send(&transport, request).unwrap().status(), 401);
}

#[test]
fn the_asynchronous_transport_is_the_same_sandbox() {
    let (transport, request) = ready();
    let shared = transport.clone();
    let sent = tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap()
        .block_on(async move { AsyncTransport::send(&shared, request()).await });
    assert_eq!(sent.unwrap().status(), 200);
    assert_eq!(transport.sandbox().instances().len(), 1);
}

#[test]
fn buttons_are_pressed_at_the_time_of_the_transports_clock() {
    let (transport, _) = ready();
    let url = "http://127.0.0.1/provider/instagram/oauth/authorize?response_type=code\
               &client_id=sandbox-instagram-client-id&redirect_uri=http://127.0.0.1/callback";
    let denied = transport.deny(url).unwrap();
    let expected = "http://127.0.0.1/callback?error=access_denied&error_reason=user_denied\
                    &error_description=The+user+denied+your+request";
    assert_eq!(denied, expected);
    assert!(transport.allow(url).unwrap().starts_with("http://127.0.0.1/callback?code=sandbox-code"));
}
