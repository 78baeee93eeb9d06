//! The sandbox, in-process: any requests, one after another.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use http::{HeaderValue, Method, Request, Response, header};
use serde_json::{Value, json};
use your_moms_sandbox::{Noun, Reply, Sandbox};

use crate::message::Message;

/// Every request gets a well-formed response, whatever came before, and a refusal in the platform's form.
pub fn requests(data: &[u8]) {
    let (mut sandbox, authorization) = sandbox();
    for one in Message::several(data) {
        if let Some(request) = request(one, &authorization) {
            respond(&mut sandbox, &request);
        }
    }
}

fn now() -> SystemTime {
    UNIX_EPOCH + Duration::from_secs(1_460_000_000)
}

/// A sandbox with an instance, and what authorizes every call: a fuzzer does not guess secrets.
fn sandbox() -> (Sandbox, HeaderValue) {
    let mut sandbox = Sandbox::new(1);
    let credentials = sandbox.credentials().clone();
    let account =
        format!("User {}, Organization {}", credentials.user_secret, credentials.organization_secret);
    let configuration = json!({ "username": "u", "password": "p", "subdomain": "s" });
    let body =
        json!({ "your_mom": { "id": 95 }, "configuration": configuration, "name": "first" }).to_string();
    let request = Request::post(format!("{}/instances", Noun::YourMom.base_path()))
        .header("authorization", &account)
        .header("content-type", "application/json")
        .body(body.as_bytes())
        .expect("this is a request");
    let created: Value =
        serde_json::from_slice(sandbox.handle(&request, now()).body()).expect("this is an instance");
    let token = created["token"].as_str().expect("it has a token");
    let authorization = format!("{account}, Your_mom {token}").parse().expect("this is a header");
    (sandbox, authorization)
}

/// With the sandbox's own secrets in place of those that seeds have.
fn request<'a>(text: &'a [u8], authorization: &HeaderValue) -> Option<Request<&'a [u8]>> {
    let mut request = Message::read(text).request()?;
    let given = request.headers().get(header::AUTHORIZATION);
    if given.is_none_or(|given| given.as_bytes().starts_with(b"User user-Sentinel")) {
        request.headers_mut().insert(header::AUTHORIZATION, authorization.clone());
    }
    Some(request)
}

fn respond(sandbox: &mut Sandbox, request: &Request<&[u8]>) {
    // A fault that was armed may break anything.
    let is_undisturbed = sandbox.armed().is_empty();
    let reply = sandbox.respond(request, now());
    let Reply::Whole(response) = &reply else {
        assert!(!is_undisturbed, "a fault that nobody armed");
        return;
    };
    if is_undisturbed {
        well_formed(request, response);
    }
    let ids: Vec<u64> = sandbox.instances().iter().map(|instance| instance.id).collect();
    assert!(ids.is_sorted_by(|one, next| one < next), "two instances with one id");
}

fn well_formed(request: &Request<&[u8]>, response: &Response<Vec<u8>>) {
    let (status, body) = (response.status(), response.body());
    if request.method() == Method::HEAD {
        assert!(body.is_empty(), "a response to HEAD has a body");
        return;
    }
    let media_type = response
        .headers()
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    if media_type.starts_with("application/json") {
        let json: Value = serde_json::from_slice(body).expect("a body that is no JSON");
        let is_api = request.uri().path().contains("/api-v2");
        if is_api && status.as_u16() >= 400 {
            let id = json["requestId"].as_str().unwrap_or_default();
            assert!(id.len() == 24 && json["message"].is_string(), "a refusal in another form");
        }
    } else if media_type.starts_with("text/html") {
        let page = str::from_utf8(body).expect("a page that is not UTF-8");
        assert!(!page.contains("<script"), "a page with a script");
    }
    assert_ne!(status.as_u16(), 500, "an internal error");
}
