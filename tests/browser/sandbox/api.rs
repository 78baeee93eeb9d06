//! Calls of an application to the platform, over the socket.

use bytes::Bytes;
use http::{Request, StatusCode};
use http_body_util::{BodyExt as _, Full};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use serde_json::{Value, json};
use your_moms_browser_tests::Failed;
use your_moms_sandbox::{Client as Registration, Noun, Server};

pub(crate) struct Api<'a> {
    server: &'a Server,
    client: Client<HttpConnector, Full<Bytes>>,
}

impl<'a> Api<'a> {
    pub(crate) fn new(server: &'a Server) -> Self {
        Self { server, client: Client::builder(TokioExecutor::new()).build_http() }
    }

    /// Step 1: the address of a consent page.
    pub(crate) async fn oauth_url(&self, key: &str, callback: &str, state: &str) -> Result<String, Failed> {
        let client = self.client(key)?;
        let query = form_urlencoded::Serializer::new(String::new())
            .append_pair("apiKey", &client.api_key)
            .append_pair("apiSecret", &client.api_secret)
            .append_pair("callbackUrl", callback)
            .append_pair("state", state)
            .finish();
        let request_token = match key {
            "etsy" => {
                let given = self.ok("GET", &format!("/your_moms/etsy/oauth/token?{query}"), None).await?;
                format!("&requestToken={}", encoded(&text(&given, "token")?))
            }
            _ => String::new(),
        };
        let path = format!("/your_moms/{key}/oauth/url?{query}{request_token}");
        text(&self.ok("GET", &path, None).await?, "oauthUrl")
    }

    /// Step 2: the instance.
    pub(crate) async fn create(&self, key: &str, callback: &str, code: &str) -> Result<Value, Failed> {
        let client = self.client(key)?;
        let body = json!({
            "your_mom": { "key": key },
            "providerData": { "code": code },
            "configuration": {
                "oauth.api.key": client.api_key,
                "oauth.api.secret": client.api_secret,
                "oauth.callback.url": callback,
            },
            "name": "Holiday pictures",
            "tags": ["holidays"],
        });
        self.ok("POST", "/instances", Some(&body)).await
    }

    /// The status of a call of the application's own, and what came with it.
    pub(crate) async fn call(
        &self,
        method: &str,
        path: &str,
        body: Option<&Value>,
    ) -> Result<(StatusCode, Value), Failed> {
        let secrets = self.server.sandbox().credentials().clone();
        let authorization =
            format!("User {}, Organization {}", secrets.user_secret, secrets.organization_secret);
        self.send(method, path, &authorization, body).await
    }

    /// What an instance has at `path`.
    pub(crate) async fn resource(&self, instance: &Value, path: &str) -> Result<Value, Failed> {
        let secrets = self.server.sandbox().credentials().clone();
        let authorization = format!("User {}, Your_mom {}", secrets.user_secret, text(instance, "token")?);
        let (status, body) = self.send("GET", path, &authorization, None).await?;
        if status == StatusCode::OK { Ok(body) } else { Err(format!("{path}: {status} {body}").into()) }
    }

    async fn ok(&self, method: &str, path: &str, body: Option<&Value>) -> Result<Value, Failed> {
        let (status, body) = self.call(method, path, body).await?;
        if status == StatusCode::OK { Ok(body) } else { Err(format!("{method}: {status} {body}").into()) }
    }

    fn client(&self, key: &str) -> Result<Registration, Failed> {
        self.server.sandbox().client(key).cloned().ok_or_else(|| format!("no connector {key}").into())
    }

    async fn send(
        &self,
        method: &str,
        path: &str,
        authorization: &str,
        body: Option<&Value>,
    ) -> Result<(StatusCode, Value), Failed> {
        let mut request = Request::builder()
            .method(method)
            .uri(format!("{}{path}", self.server.base_url(Noun::YourMom)))
            .header("authorization", authorization);
        if body.is_some() {
            request = request.header("content-type", "application/json");
        }
        let body = body.map(Value::to_string).unwrap_or_default();
        let response = self.client.request(request.body(Full::from(body))?).await?;
        let status = response.status();
        let body = response.into_body().collect().await?.to_bytes();
        Ok((status, serde_json::from_slice(&body).unwrap_or_default()))
    }
}

/// A member that is text.
pub(crate) fn text(value: &Value, name: &str) -> Result<String, Failed> {
    let member = value.get(name).and_then(Value::as_str);
    member.map(str::to_owned).ok_or_else(|| format!("no {name}").into())
}

fn encoded(text: &str) -> String {
    form_urlencoded::byte_serialize(text.as_bytes()).collect()
}
