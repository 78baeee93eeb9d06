//! An application with one sandbox, and the few things that every test asks of it.

use std::time::{Duration, SystemTime};

use http::{HeaderMap, Request, StatusCode};
use serde_json::{Value, json};
use your_moms_sandbox::{Noun, Sandbox};

pub(crate) const CALLBACK: &str = "http://127.0.0.1:8080/callback";

/// What a 401 says in the vocabulary of the source document.
pub(crate) const INVALID: &str = "Invalid Organization or User secret, or invalid Your_mom token provided.";

pub(crate) struct App {
    pub(crate) sandbox: Sandbox,
    pub(crate) noun: Noun,
    pub(crate) now: SystemTime,
}

/// When every test begins.
pub(crate) fn now() -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_secs(1_460_000_000)
}

/// A response whose body is JSON, or `null` if it is empty.
#[derive(Debug)]
pub(crate) struct Received {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) json: Value,
}

impl App {
    pub(crate) fn new(noun: Noun) -> Self {
        Self { sandbox: Sandbox::new(1), noun, now: now() }
    }

    /// A request as it is, below the base path.
    pub(crate) fn send(
        &mut self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &[u8],
    ) -> Received {
        let mut request = Request::builder().method(method).uri(format!("{}{path}", self.noun.base_path()));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let response = self.sandbox.handle(&request.body(body).unwrap(), self.now);
        let (head, body) = response.into_parts();
        let json = if body.is_empty() { Value::Null } else { serde_json::from_slice(&body).unwrap() };
        Received { status: head.status, headers: head.headers, json }
    }

    /// A call of the application's own: user and organization.
    pub(crate) fn call(&mut self, method: &str, path: &str) -> Received {
        let authorization = self.authorization();
        self.send(method, path, &[("authorization", &authorization)], b"")
    }

    /// A call with an instance token, in two parts or in three.
    pub(crate) fn call_with(&mut self, method: &str, path: &str, authorization: &str) -> Received {
        self.send(method, path, &[("authorization", authorization)], b"")
    }

    pub(crate) fn post(&mut self, path: &str, body: &Value) -> Received {
        self.write("POST", path, body)
    }

    /// A call of the application's own with a JSON body.
    pub(crate) fn write(&mut self, method: &str, path: &str, body: &Value) -> Received {
        let authorization = self.authorization();
        self.write_with(method, path, &authorization, body)
    }

    pub(crate) fn write_with(
        &mut self,
        method: &str,
        path: &str,
        authorization: &str,
        body: &Value,
    ) -> Received {
        let headers = [("authorization", authorization), ("content-type", "application/json")];
        self.send(method, path, &headers, body.to_string().as_bytes())
    }

    /// As [`write`](Self::write), with the fault that waits: the status, if any of the response arrives.
    pub(crate) fn respond(&mut self, method: &str, path: &str, body: &Value) -> Option<u16> {
        let body = body.to_string();
        let request = Request::builder()
            .method(method)
            .uri(format!("{}{path}", self.noun.base_path()))
            .header("authorization", self.authorization())
            .header("content-type", "application/json")
            .body(body.as_bytes());
        let reply = self.sandbox.respond(&request.unwrap(), self.now);
        reply.status().map(|status| status.as_u16())
    }

    pub(crate) fn authorization(&self) -> String {
        let credentials = self.sandbox.credentials();
        format!("User {}, Organization {}", credentials.user_secret, credentials.organization_secret)
    }

    pub(crate) fn two_parts(&self, token: &str) -> String {
        format!("User {}, {} {token}", self.sandbox.credentials().user_secret, self.noun.header_word())
    }

    pub(crate) fn three_parts(&self, token: &str) -> String {
        format!("{}, {} {token}", self.authorization(), self.noun.header_word())
    }

    /// Step 1.
    pub(crate) fn oauth_url(&mut self, key: &str, state: &str) -> String {
        let client = self.sandbox.client(key).unwrap().clone();
        let query = form_urlencoded::Serializer::new(String::new())
            .append_pair("apiKey", &client.api_key)
            .append_pair("apiSecret", &client.api_secret)
            .append_pair("callbackUrl", CALLBACK)
            .append_pair("state", state)
            .finish();
        let path = format!("/{}/{key}/oauth/url?{query}", self.noun.plural());
        let response = self.call("GET", &path);
        response.json["oauthUrl"].as_str().unwrap().to_owned()
    }

    /// Step 1 and Allow.
    pub(crate) fn code(&mut self, key: &str) -> String {
        let url = self.oauth_url(key, "a-state");
        let redirect = self.sandbox.allow(&url, self.now).unwrap();
        parameter(&redirect, "code").unwrap()
    }

    /// The body of step 2, complete.
    pub(crate) fn body(&self, key: &str, code: &str) -> Value {
        let client = self.sandbox.client(key).unwrap();
        json!({
            self.noun.singular(): { "key": key },
            "providerData": { "code": code },
            "configuration": {
                "oauth.api.key": client.api_key,
                "oauth.api.secret": client.api_secret,
                "oauth.callback.url": CALLBACK,
            },
            "tags": ["demo"],
            "name": "Test",
        })
    }

    /// An instance of a connector that needs no code.
    pub(crate) fn connect_basic(&mut self, name: &str, tags: &[&str]) -> Value {
        let body = json!({
            self.noun.singular(): { "key": "servicenow" },
            "configuration": { "username": "u", "password": "p" },
            "name": name,
            "tags": tags,
        });
        let response = self.post("/instances", &body);
        assert_eq!(response.status, StatusCode::OK, "{}", response.json);
        response.json
    }

    /// All three steps: the instance as it came.
    pub(crate) fn connect(&mut self, key: &str) -> Value {
        let code = self.code(key);
        let body = self.body(key, &code);
        let response = self.post("/instances", &body);
        assert_eq!(response.status, StatusCode::OK, "{}", response.json);
        response.json
    }
}

impl Received {
    /// Status, `message` and `providerMessage` of a refusal, after a look at its request id.
    pub(crate) fn refusal(&self) -> (u16, &str, Option<&str>) {
        let request_id = self.json["requestId"].as_str().unwrap();
        assert!(request_id.len() == 24 && request_id.bytes().all(|b| b.is_ascii_hexdigit()), "{request_id}");
        let provider_message = self.json.get("providerMessage").map(|text| text.as_str().unwrap());
        (self.status.as_u16(), self.json["message"].as_str().unwrap(), provider_message)
    }
}

/// Changes one thing in a complete body of step 2, and returns the refusal.
pub(crate) fn refused_creation(change: impl FnOnce(&mut App, &mut Value)) -> (u16, String, Option<String>) {
    let mut app = App::new(Noun::YourMom);
    let code = app.code("instagram");
    let mut body = app.body("instagram", &code);
    change(&mut app, &mut body);
    let before = app.sandbox.instances();
    let response = app.post("/instances", &body);
    assert_eq!(app.sandbox.instances(), before);
    let (status, message, provider_message) = response.refusal();
    (status, message.to_owned(), provider_message.map(str::to_owned))
}

/// A query parameter of a URL, decoded; the fragment is no part of it.
pub(crate) fn parameter(url: &str, name: &str) -> Option<String> {
    let query = url.split('#').next().unwrap().split_once('?').unwrap().1;
    form_urlencoded::parse(query.as_bytes()).find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
}
