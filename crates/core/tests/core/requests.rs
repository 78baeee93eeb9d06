//! Requests that an application builds itself.

use http::{Method, StatusCode};
use your_moms_core::{
    BuildError, InstanceRequest, InstanceResponse, InstanceToken, Operation, Paged, PathErrorKind,
    RequestBuilder, ResponseErrorKind, Secret, ValueErrorKind,
};

use crate::support::platform;

/// Method, target, the headers `accept` and `content-type`, and the body.
type Sent = (String, String, String, String);

#[track_caller]
fn sent(request: Result<http::Request<Vec<u8>>, BuildError>) -> Sent {
    let request = request.unwrap();
    let header = |name| request.headers().get(name).map_or("", |value| value.to_str().unwrap());
    (
        format!("{} {}", request.method(), request.uri()),
        header("accept").to_owned(),
        header("content-type").to_owned(),
        String::from_utf8(request.body().clone()).unwrap(),
    )
}

fn expected(line: &str, accept: &str, content_type: &str, body: &str) -> Sent {
    let [line, accept, content_type, body] = [line, accept, content_type, body].map(str::to_owned);
    (line, accept, content_type, body)
}

#[test]
fn every_method_is_sent_as_it_is_named_and_repeated_as_http_allows() {
    let token = InstanceToken::from("token");
    for (request, method, idempotent) in [
        (InstanceRequest::get("/x", &token), "GET", true),
        (InstanceRequest::post("/x", &token), "POST", false),
        (InstanceRequest::put("/x", &token), "PUT", true),
        (InstanceRequest::patch("/x", &token), "PATCH", false),
        (InstanceRequest::delete("/x", &token), "DELETE", true),
    ] {
        let repeated = |request: &InstanceRequest| {
            let other = request.clone().with_header("x-more", "1");
            assert_eq!(Operation::idempotent(&other), Operation::idempotent(request));
            assert_eq!(Operation::reuse_connection(&other), Operation::reuse_connection(request));
            (Operation::idempotent(request), Operation::reuse_connection(request))
        };
        assert_eq!(repeated(&request), (idempotent, idempotent), "{method}");
        assert_eq!(repeated(&request.clone().idempotent(!idempotent)), (!idempotent, idempotent), "{method}");
        assert_eq!(
            repeated(&request.clone().reuse_connection(!idempotent)),
            (idempotent, !idempotent),
            "{method}"
        );
        assert_eq!(
            sent(request.request(&platform())),
            expected(&format!("{method} https://api.example/x"), "application/json", "", "")
        );
    }
}

#[test]
fn a_file_goes_up_and_comes_down_as_it_is() {
    let token = InstanceToken::from("token");
    let file = InstanceRequest::put("/hubs/documents/files", &token)
        .body("text/csv", "a,b")
        .accept("text/csv, */*")
        .query("path", "/a b");
    let line = "PUT https://api.example/hubs/documents/files?path=%2Fa%20b";
    assert_eq!(sent(file.request(&platform())), expected(line, "text/csv, */*", "text/csv", "a,b"));
    for (request, name) in [
        (InstanceRequest::put("/x", &token).body("text/csv\n", ""), "content-type"),
        (InstanceRequest::get("/x", &token).accept("text/csv\n"), "accept"),
    ] {
        let error = BuildError::Header { name: name.to_owned(), kind: ValueErrorKind::NotAHeader };
        assert_eq!(request.request(&platform()).unwrap_err(), error);
    }
}

#[test]
fn a_builder_writes_what_it_is_told_and_keeps_the_first_mistake() {
    let platform = platform();
    let post = || RequestBuilder::new(&platform, Method::POST);
    let token = Secret::from("token");
    assert_eq!(
        sent(post().path("a/b%2Fc").segment("d/e").query("q", "1").query("r", "é").json(&[1]).build()),
        expected(
            "POST https://api.example/a/b%2Fc/d%2Fe?q=1&r=%C3%A9",
            "application/json",
            "application/json",
            "[1]"
        )
    );
    assert_eq!(
        sent(post().segment("x").body("text/plain", b"hello".to_vec()).accept("text/plain").build()),
        expected("POST https://api.example/x", "text/plain", "text/plain", "hello")
    );
    let path = |segment: &str, kind| BuildError::Path { segment: segment.to_owned(), kind };
    let header = |name: &str| BuildError::Header { name: name.to_owned(), kind: ValueErrorKind::NotAHeader };
    let no_token = BuildError::Credential { name: "instance token", kind: ValueErrorKind::Empty };
    for (builder, error) in [
        (post().path("a/../b"), path("..", PathErrorKind::NotASegment)),
        (post().path("a?b=c"), path("a", PathErrorKind::QueryOrFragment)),
        (post().path("%zz"), path("%zz", PathErrorKind::Escape)),
        (post().query("q", "1").segment("late"), path("late", PathErrorKind::QueryOrFragment)),
        (post().segment("").body("\n", Vec::new()), path("", PathErrorKind::NotASegment)),
        (post().body("\n", Vec::new()).accept("\n"), header("content-type")),
        (post().accept("\n").segment(""), header("accept")),
        (post().authorize_instance(&Secret::from("")), no_token),
        (post().json(&f32::NAN.to_bits()).json(&Unwritable), BuildError::Body),
    ] {
        let shown = format!("{builder:?}");
        assert_eq!(shown, format!("RequestBuilder {{ method: POST, error: Some({error:?}), .. }}"));
        assert_eq!(builder.authorize_instance(&token).build().unwrap_err(), error);
    }
}

/// What JSON has no form for.
struct Unwritable;

impl serde::Serialize for Unwritable {
    fn serialize<S: serde::Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
        Err(serde::ser::Error::custom("no form"))
    }
}

#[test]
fn a_header_of_the_callers_stays_on_every_page() {
    let token = InstanceToken::from("token");
    let first = InstanceRequest::get("/x", &token).page::<u32>().with_header("x-more", "1");
    let next = first.after("n/2").request(&platform()).unwrap();
    assert_eq!(next.uri(), "https://api.example/x?nextPage=n%2F2");
    assert_eq!(next.headers()["x-more"], "1");
}

#[test]
fn a_response_can_be_taken_as_it_came() {
    let parse = |body: &'static str| {
        let response =
            http::Response::builder().status(201).header("etag", "e").body(body.as_bytes()).unwrap();
        InstanceRequest::<InstanceResponse>::parse(response).unwrap()
    };
    let response = parse("[1, 2]");
    assert_eq!(
        (response.status(), &response.headers()["etag"], response.body()),
        (StatusCode::CREATED, &"e".parse().unwrap(), &b"[1, 2]"[..])
    );
    assert_eq!(response.json::<Vec<u8>>().unwrap(), [1, 2]);
    let error = parse("[1,\n2").json::<Vec<u8>>().unwrap_err();
    assert_eq!((error.status(), error.body()), (StatusCode::CREATED, &b"[1,\n2"[..]));
    assert_eq!(error.kind(), &ResponseErrorKind::Unreadable { line: 2, column: 1 });
    assert_eq!(format!("{response:?}"), "InstanceResponse { status: 201, body: 6 bytes, .. }");
}
