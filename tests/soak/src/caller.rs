//! An application that calls the sandbox. Every response is checked, so that a mix that does nothing is no soak.

use std::cell::Cell;
use std::error::Error;

use http::Request;
use serde_json::{Value, json};
use your_moms_core::Transport as _;
use your_moms_sandbox::{Noun, SandboxTransport};

pub(crate) const CALLBACK: &str = "http://127.0.0.1:8080/callback";

pub(crate) struct Caller {
    pub(crate) transport: SandboxTransport,
    origin: String,
    base: String,
    platform: String,
    user: String,
    sent: Cell<u64>,
}

pub(crate) struct Instance {
    pub(crate) id: u64,
    pub(crate) token: String,
}

impl Caller {
    pub(crate) fn new(transport: SandboxTransport) -> Self {
        let sandbox = transport.sandbox();
        let (origin, base) = (sandbox.origin().to_owned(), sandbox.base_url(Noun::YourMom));
        let credentials = sandbox.credentials().clone();
        drop(sandbox);
        let user = format!("User {}", credentials.user_secret);
        let platform = format!("{user}, Organization {}", credentials.organization_secret);
        Self { transport, origin, base, platform, user, sent: Cell::new(0) }
    }

    /// How many requests it has sent.
    pub(crate) fn sent(&self) -> u64 {
        self.sent.get()
    }

    /// A request with the application's own secrets.
    pub(crate) fn call(
        &self,
        method: &str,
        path: &str,
        body: Option<&Value>,
        status: u16,
    ) -> Result<Value, Box<dyn Error>> {
        self.send(&format!("{}{path}", self.base), method, &self.platform, body, status)
    }

    /// A request with the token of an instance.
    pub(crate) fn with_token(
        &self,
        token: &str,
        method: &str,
        path: &str,
        status: u16,
    ) -> Result<Value, Box<dyn Error>> {
        let authorization = format!("{}, Your_mom {token}", self.user);
        self.send(&format!("{}{path}", self.base), method, &authorization, None, status)
    }

    /// A request to the inspector or the control API.
    pub(crate) fn console(
        &self,
        method: &str,
        path: &str,
        body: Option<&Value>,
    ) -> Result<Value, Box<dyn Error>> {
        self.send(&format!("{}{path}", self.origin), method, "", body, 200)
    }

    /// Step 1 and a button: the redirect back. These are three requests.
    pub(crate) fn authorize(&self, key: &str, allow: bool) -> Result<String, Box<dyn Error>> {
        let url = self.oauth_url(key, None)?;
        let redirect = if allow { self.transport.allow(&url) } else { self.transport.deny(&url) };
        self.count(2);
        Ok(redirect?)
    }

    /// Step 1.
    pub(crate) fn oauth_url(&self, key: &str, request_token: Option<&str>) -> Result<String, Box<dyn Error>> {
        let client = self.transport.sandbox().client(key).cloned().ok_or("no such connector")?;
        let query = form_urlencoded::Serializer::new(String::new())
            .append_pair("apiKey", &client.api_key)
            .append_pair("apiSecret", &client.api_secret)
            .append_pair("callbackUrl", CALLBACK)
            .append_pair("state", "soak")
            .extend_pairs(request_token.map(|token| ("requestToken", token)))
            .finish();
        let url = self.call("GET", &format!("/your_moms/{key}/oauth/url?{query}"), None, 200)?;
        Ok(text(&url, "oauthUrl")?.to_owned())
    }

    /// Step 2: the creation as it is sent.
    pub(crate) fn creation(&self, key: &str, data: &Value, tag: &str) -> Result<Value, Box<dyn Error>> {
        let client = self.transport.sandbox().client(key).cloned().ok_or("no such connector")?;
        Ok(json!({
            "your_mom": { "key": key },
            "providerData": data,
            "configuration": {
                "oauth.api.key": client.api_key,
                "oauth.api.secret": client.api_secret,
                "oauth.callback.url": CALLBACK,
            },
            "name": tag,
            "tags": [tag],
        }))
    }

    pub(crate) fn create(&self, body: &Value) -> Result<Instance, Box<dyn Error>> {
        instance(&self.call("POST", "/instances", Some(body), 200)?)
    }

    /// An instance that needs nobody's consent.
    pub(crate) fn connect_basic(&mut self, tag: &str) -> Result<Instance, Box<dyn Error>> {
        self.create(&json!({
            "your_mom": { "key": "servicenow" },
            "configuration": { "username": "u", "password": "p" },
            "name": tag,
            "tags": [tag],
        }))
    }

    fn send(
        &self,
        url: &str,
        method: &str,
        authorization: &str,
        body: Option<&Value>,
        status: u16,
    ) -> Result<Value, Box<dyn Error>> {
        let mut request = Request::builder().method(method).uri(url).header("host", "127.0.0.1");
        if !authorization.is_empty() {
            request = request.header("authorization", authorization);
        }
        if body.is_some() {
            request = request.header("content-type", "application/json");
        }
        let body = body.map(|body| body.to_string().into_bytes()).unwrap_or_default();
        self.count(1);
        let response = self.transport.send(request.body(body)?)?;
        let (head, body) = response.into_parts();
        if head.status.as_u16() != status {
            let path = url.split('?').next().unwrap_or_default();
            return Err(format!(
                "{method} {path}: {} in place of {status}: {}",
                head.status,
                String::from_utf8_lossy(&body)
            )
            .into());
        }
        Ok(serde_json::from_slice(&body).unwrap_or_default())
    }

    fn count(&self, requests: u64) {
        self.sent.set(self.sent.get() + requests);
    }
}

pub(crate) fn text<'a>(value: &'a Value, name: &str) -> Result<&'a str, Box<dyn Error>> {
    value.get(name).and_then(Value::as_str).ok_or_else(|| format!("no {name}").into())
}

/// A parameter of a redirect, decoded.
pub(crate) fn parameter(url: &str, name: &str) -> Result<String, Box<dyn Error>> {
    let query = url.split(['?', '#']).nth(1).unwrap_or_default();
    let found = form_urlencoded::parse(query.as_bytes()).find(|(other, _)| other == name);
    found.map(|(_, value)| value.into_owned()).ok_or_else(|| format!("the redirect has no {name}").into())
}

fn instance(value: &Value) -> Result<Instance, Box<dyn Error>> {
    let id = value.get("id").and_then(Value::as_u64).ok_or("an instance without an id")?;
    Ok(Instance { id, token: text(value, "token")?.to_owned() })
}
