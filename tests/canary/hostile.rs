//! Responses that repeat the request's secrets wherever a response can hold something.

use std::sync::Arc;

use http::{HeaderValue, Request, Response, header};
use serde_json::{Value, json};
use your_moms_core::{Delivery, Reply, RetryPolicy, TransportError, TransportErrorKind, transport_fn};
use your_moms_sandbox::{Sandbox, SandboxTransport};

use crate::acts::ACTS;
use crate::app::App;
use crate::caller::Carrier;
use crate::capture;
use crate::watch::Watch;

const STATUSES: [u16; 10] = [200, 201, 302, 400, 401, 403, 404, 429, 500, 503];

/// Every operation meets each of these, over a client and by hand.
pub(crate) fn run(watch: &mut Watch) -> String {
    for body in BODIES {
        for status in STATUSES.map(Some).into_iter().chain([None]) {
            let transport = transport_fn(move |request| reply(&request, body, status));
            for carrier in [Carrier::Blocking(Arc::new(transport)), Carrier::ByHand(Arc::new(transport))] {
                let app =
                    App::new(&carrier, RetryPolicy::NEVER, SandboxTransport::new(Sandbox::new(7)), false);
                for act in &ACTS {
                    (act.run)(&app);
                }
                let mut scene = std::mem::take(&mut *app.scene.lock().unwrap());
                for text in &mut scene.texts {
                    text.channel.insert_str(0, "hostile ");
                }
                let captured = capture::taken().into_iter().map(|mut text| {
                    text.channel.insert_str(0, "hostile ");
                    text
                });
                scene.texts.extend(captured);
                watch.look(scene);
            }
        }
    }
    format!("{} hostile bodies under {} statuses, and cut", BODIES.len(), STATUSES.len())
}

type Body = fn(&[String]) -> String;

const BODIES: [Body; 6] =
    [members, refusal, instance, |secrets| format!("<p>{}</p>", secrets.join(" ")), odd, list];

/// All that is secret in a request, and some of what is not.
fn secrets_of(request: &Request<Vec<u8>>) -> Vec<String> {
    let authorization =
        request.headers().get(header::AUTHORIZATION).map(|it| it.to_str().unwrap()).unwrap_or_default();
    let query = form_urlencoded::parse(request.uri().query().unwrap_or_default().as_bytes())
        .map(|(_, value)| value.into_owned());
    let body = String::from_utf8_lossy(request.body()).into_owned();
    authorization
        .split(", ")
        .filter_map(|part| Some(part.split_once(' ')?.1.to_owned()))
        .chain(query)
        .chain([body])
        .collect()
}

fn reply(request: &Request<Vec<u8>>, body: Body, status: Option<u16>) -> Reply {
    let secrets = secrets_of(request);
    let body = body(&secrets).into_bytes();
    let Some(status) = status else {
        let started = Delivery::ResponseStarted { status: http::StatusCode::OK };
        return Err(TransportError::new(started, TransportErrorKind::Lost).with_partial_body(body));
    };
    let first = secrets.first().and_then(|secret| HeaderValue::from_str(secret).ok());
    let mut response = Response::builder().status(status).body(body).unwrap();
    for name in [
        "location",
        "retry-after",
        "content-type",
        "server",
        "elements-next-page-token",
        "elements-element-instance-id",
    ] {
        if let Some(secret) = &first {
            response.headers_mut().insert(name, secret.clone());
        }
    }
    Ok(response)
}

/// Every member that something reads, with the wrong type and the right one.
fn members(secrets: &[String]) -> String {
    let all = secrets.join(" ");
    json!({ "oauthUrl": format!("https://h.example/?state=x&state={all}"), "your_mom": all, "token": [all], "secret": [all], "id": all, "name": all, "tags": [all],
        "configuration": { "a": all }, "endpoint": all, "dateTime": all })
    .to_string()
}

fn refusal(secrets: &[String]) -> String {
    let all = secrets.join(" ");
    json!({ "requestId": "0123456789abcdef01234567", "message": all, "providerMessage": all }).to_string()
}

fn instance(secrets: &[String]) -> String {
    let all = secrets.join(" ");
    json!({ "id": 7, "token": all, "secret": all, "name": all, "your_mom": { "id": 1, "key": all, "name": all }, "configuration": [all],
        "providerData": { "code": all }, "oauthUrl": format!("javascript:{all}") })
    .to_string()
}

/// Where an error would quote what it found.
fn odd(secrets: &[String]) -> String {
    format!("{{\"id\": 7, \"token\": \"{0}\", {0}", secrets.join("\\u"))
}

fn list(secrets: &[String]) -> String {
    let item = |secret: &String| -> Value {
        json!({ "id": secret, "key": secret, "name": secret, "propertyValue": { "a": secret } })
    };
    Value::Array(secrets.iter().map(item).collect()).to_string()
}
