//! The control API: `/_sandbox/…`, JSON for tests in any language.

use std::time::SystemTime;

use http::header::{ALLOW, CACHE_CONTROL, HeaderName, X_CONTENT_TYPE_OPTIONS};
use http::{HeaderValue, Method, Request, Response, StatusCode};
use serde_json::{Map, Value, json};

use crate::console::{Decision, guard};
use crate::response::{is_content_type, json_response};
use crate::sandbox::Sandbox;

mod about;
mod accounts;
mod faults;
mod journal;
mod time;

static RESOURCE_POLICY: HeaderName = HeaderName::from_static("cross-origin-resource-policy");

/// A request that cannot be done as it is, and what to change.
struct Problem {
    status: StatusCode,
    message: String,
    allowed: Option<&'static str>,
}

type Outcome = Result<Value, Problem>;

impl Sandbox {
    /// `path` is what follows `/_sandbox`.
    pub(crate) fn control(
        &mut self,
        request: &Request<&[u8]>,
        path: &[&str],
        now: SystemTime,
    ) -> Response<Vec<u8>> {
        let outcome = guard::check(request, self.origin())
            .map_err(|message| Problem::new(StatusCode::FORBIDDEN, message))
            .and_then(|()| self.controlled(request, path, now));
        let mut response = match outcome {
            Ok(body) => json_response(&body),
            Err(problem) => problem.into_response(),
        };
        let headers = response.headers_mut();
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
        headers.insert(RESOURCE_POLICY.clone(), HeaderValue::from_static("same-origin"));
        response
    }

    fn controlled(&mut self, request: &Request<&[u8]>, path: &[&str], now: SystemTime) -> Outcome {
        let method = request.method();
        match path {
            [] if is_read(method) => Ok(self.about(now)),
            ["connectors"] if is_read(method) => Ok(self.shown_connectors()),
            ["instances"] if is_read(method) => Ok(self.shown_instances()),
            ["journal"] if is_read(method) => self.shown_journal(request),
            ["journal", number] if is_read(method) => self.shown_record(number),
            ["faults", rest @ ..] if rest.len() < 2 => self.control_faults(request, rest.first().copied()),
            ["next"] if method == Method::POST => self.control_next(&object(request)?),
            ["accounts"] if method == Method::POST => self.control_account(&object(request)?),
            ["accounts", "sign-in"] if method == Method::POST => self.control_sign_in(&object(request)?),
            ["reset"] if method == Method::POST => {
                object(request)?;
                self.reset();
                Ok(json!({}))
            }
            ["time"] if method == Method::POST => self.control_time(&object(request)?, now),
            [] | ["connectors" | "instances"] | ["journal", ..] => Err(Problem::method("GET")),
            ["next" | "reset" | "time" | "accounts"] | ["accounts", "sign-in"] => {
                Err(Problem::method("POST"))
            }
            _ => Err(Problem::new(
                StatusCode::NOT_FOUND,
                "There is no such path. Below /_sandbox are connectors, instances, journal, journal/{number}, faults, \
                 faults/{id}, accounts, accounts/sign-in, next, reset and time.",
            )),
        }
    }

    fn control_next(&mut self, body: &Map<String, Value>) -> Outcome {
        let decision = match body.get("decision") {
            Some(Value::Null) => None,
            Some(Value::String(name)) if Decision::of(name).is_some() => Decision::of(name),
            _ => {
                return Err(Problem::bad(
                    "Give {\"decision\": \"allow\"}, \"deny\", or null to take it back.",
                ));
            }
        };
        self.decide_next(decision);
        Ok(json!({ "decision": decision.map(Decision::name) }))
    }
}

fn is_read(method: &Method) -> bool {
    method == Method::GET || method == Method::HEAD
}

/// The body, a JSON object; nothing counts as an empty one. Its type is one that no form of a page can send.
fn object(request: &Request<&[u8]>) -> Result<Map<String, Value>, Problem> {
    if !is_content_type(request.headers(), "application/json") {
        let message = "Send the body as JSON, with Content-Type: application/json.";
        return Err(Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, message));
    }
    if request.body().is_empty() {
        return Ok(Map::new());
    }
    match serde_json::from_slice(request.body()) {
        Ok(Value::Object(object)) => Ok(object),
        Ok(_) => Err(Problem::bad("The body must be a JSON object.")),
        Err(error) => Err(Problem::bad(format!("The body is not valid JSON: {error}."))),
    }
}

impl Problem {
    fn new(status: StatusCode, message: impl Into<String>) -> Self {
        Self { status, message: message.into(), allowed: None }
    }

    fn bad(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, message)
    }

    fn method(allowed: &'static str) -> Self {
        let message = format!("Only {allowed} is possible here.");
        Self { allowed: Some(allowed), ..Self::new(StatusCode::METHOD_NOT_ALLOWED, message) }
    }

    fn into_response(self) -> Response<Vec<u8>> {
        let mut response = json_response(&json!({ "message": self.message }));
        *response.status_mut() = self.status;
        response.headers_mut().extend(self.allowed.map(|allowed| (ALLOW, HeaderValue::from_static(allowed))));
        response
    }
}
