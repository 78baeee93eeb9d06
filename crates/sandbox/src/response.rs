//! Responses of the platform, and its one shape for a refusal.

use http::header::{ALLOW, CONTENT_TYPE, WWW_AUTHENTICATE};
use http::{HeaderMap, HeaderName, HeaderValue, Response, StatusCode};
use serde_json::{Value, json};

use crate::noun::Noun;
use crate::params::{Repeated, Unknown};

/// The platform says no: `{"requestId", "message", "providerMessage"}`.
pub(crate) struct Refusal {
    status: StatusCode,
    message: String,
    provider_message: Option<String>,
    headers: Vec<(HeaderName, HeaderValue)>,
}

impl Refusal {
    pub(crate) fn new(status: StatusCode, message: impl Into<String>) -> Self {
        Self { status, message: message.into(), provider_message: None, headers: Vec::new() }
    }

    pub(crate) fn bad_request(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, message)
    }

    pub(crate) fn not_found(message: impl Into<String>) -> Self {
        Self::new(StatusCode::NOT_FOUND, message)
    }

    pub(crate) fn forbidden(message: impl Into<String>) -> Self {
        Self::new(StatusCode::FORBIDDEN, message)
    }

    /// Clients match `^No (.*) found$`: there is no period at the end.
    pub(crate) fn none_found(what: &str) -> Self {
        Self::not_found(format!("No {what} found"))
    }

    pub(crate) fn unauthorized(noun: Noun) -> Self {
        let word = noun.header_word();
        let message = format!("Invalid Organization or User secret, or invalid {word} token provided.");
        // RFC 9110 §15.5.2: a 401 names the schemes that would do.
        let challenge = HeaderValue::from_static("User, Organization");
        Self::new(StatusCode::UNAUTHORIZED, message).with_header(WWW_AUTHENTICATE, challenge)
    }

    /// RFC 9110 §15.5.6: a 405 lists what is allowed.
    pub(crate) fn method_not_allowed(allowed: &[&str]) -> Self {
        let allowed = allowed.join(", ");
        let refusal = Self::new(StatusCode::METHOD_NOT_ALLOWED, format!("Only {allowed} is possible here."));
        match HeaderValue::from_str(&allowed) {
            Ok(value) => refusal.with_header(ALLOW, value),
            Err(_) => refusal,
        }
    }

    /// The provider refused what the platform asked it; `provider_message` is its response as it came.
    pub(crate) fn by_provider(message: impl Into<String>, provider_message: String) -> Self {
        Self { provider_message: Some(provider_message), ..Self::forbidden(message) }
    }

    /// The same refusal, about one instance.
    pub(crate) fn about(self, id: u64) -> Self {
        self.with_header(INSTANCE_ID.clone(), HeaderValue::from(id))
    }

    pub(crate) fn with_header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.headers.push((name, value));
        self
    }

    pub(crate) fn into_response(self, request_id: &str) -> Response<Vec<u8>> {
        let mut body = json!({ "requestId": request_id, "message": self.message });
        if let (Some(text), Some(fields)) = (self.provider_message, body.as_object_mut()) {
            fields.insert("providerMessage".to_owned(), Value::String(text));
        }
        let mut response = json_response(&body);
        *response.status_mut() = self.status;
        response.headers_mut().extend(self.headers);
        response
    }
}

impl From<Repeated> for Refusal {
    fn from(Repeated(name): Repeated) -> Self {
        Self::bad_request(format!("The parameter {name} is given more than once."))
    }
}

impl From<Unknown> for Refusal {
    fn from(Unknown(known): Unknown) -> Self {
        Self::bad_request(format!("Only the parameters {known} are possible here."))
    }
}

/// Whether `Content-Type` is `expected`, whatever its parameters (RFC 9110 §8.3).
pub(crate) fn is_content_type(headers: &HeaderMap, expected: &str) -> bool {
    let given = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    given.split(';').next().unwrap_or_default().trim().eq_ignore_ascii_case(expected)
}

/// Names the instance that a response is about.
pub(crate) static INSTANCE_ID: HeaderName = HeaderName::from_static("elements-element-instance-id");
/// Of a list that goes on.
pub(crate) static NEXT_PAGE: HeaderName = HeaderName::from_static("elements-next-page-token");
/// How many objects a list of them holds, and how many there are.
pub(crate) static RETURNED: HeaderName = HeaderName::from_static("elements-returned-count");
pub(crate) static TOTAL: HeaderName = HeaderName::from_static("elements-total-count");

/// The id of the instance that a response is about.
pub(crate) fn instance_of(response: &Response<Vec<u8>>) -> Option<u64> {
    response.headers().get(&INSTANCE_ID)?.to_str().ok()?.parse().ok()
}

/// 200 with `body`, about one instance.
pub(crate) fn instance_response(id: u64, body: &Value) -> Response<Vec<u8>> {
    about(id, json_response(body))
}

/// 200 with nothing more to say.
pub(crate) fn empty() -> Response<Vec<u8>> {
    Response::new(Vec::new())
}

/// 200 with nothing more to say about an instance.
pub(crate) fn empty_response(id: u64) -> Response<Vec<u8>> {
    about(id, empty())
}

/// The same response, about one instance.
pub(crate) fn about(id: u64, mut response: Response<Vec<u8>>) -> Response<Vec<u8>> {
    response.headers_mut().insert(INSTANCE_ID.clone(), HeaderValue::from(id));
    response
}

/// 200 with `body`.
pub(crate) fn json_response(body: &Value) -> Response<Vec<u8>> {
    let mut response = Response::new(body.to_string().into_bytes());
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json;charset=UTF-8"));
    response
}
