//! Calls of an application to the platform, over the socket.

use bytes::Bytes;
use http::{Request, StatusCode};
use http_body_util::{BodyExt as _, Full};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use serde_json::{Value, json};
use your_moms_browser_tests::Failed;
use your_moms_sandbox::{Noun, Server};

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
        let mut body = self.registration(key, callback)?;
        body["state"] = state.into();
        if key == "etsy" {
            let query = form_urlencoded::Serializer::new(String::new())
                .extend_pairs(body.as_object().into_iter().flatten().filter_map(|(name, value)| {
                    (name != "state").then_some((name, value.as_str()?))
                }))
                .finish();
            let token = self.ok("GET", &format!("/your_moms/etsy/oauth/token?{query}"), None).await?;
            body["requestToken"] = token["token"].clone();
        }
        let url = self.ok("POST", &format!("/your_moms/{key}/oauth/url"), Some(&body)).await?;
        Ok(url["oauthUrl"].as_str().ok_or("no oauthUrl")?.to_owned())
    }

    /// Step 2: the instance.
    pub(crate) async fn create(&self, key: &str, callback: &str, code: &str) -> Result<Value, Failed> {
        let given = self.registration(key, callback)?;
        let body = json!({
            "your_mom": { "key": key },
            "providerData": { "code": code },
            "configuration": {
                "oauth.api.key": given["apiKey"],
                "oauth.api.secret": given["apiSecret"],
                "oauth.callback.url": given["callbackUrl"],
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
        let authorization = format!("User {}, Organization {}", secrets.user_secret, secrets.organization_secret);
        self.send(method, path, &authorization, body).await
    }

    /// What an instance has at `path`.
    pub(crate) async fn resource(&self, instance: &Value, path: &str) -> Result<Value, Failed> {
        let secrets = self.server.sandbox().credentials().clone();
        let token = instance["token"].as_str().ok_or("an instance without a token")?;
        let authorization = format!("User {}, Your_mom {token}", secrets.user_secret);
        let (status, body) = self.send("GET", path, &authorization, None).await?;
        if status == StatusCode::OK { Ok(body) } else { Err(format!("{path}: {status} {body}").into()) }
    }

    async fn ok(&self, method: &str, path: &str, body: Option<&Value>) -> Result<Value, Failed> {
        let (status, body) = self.call(method, path, body).await?;
        if status == StatusCode::OK { Ok(body) } else { Err(format!("{method}: {status} {body}").into()) }
    }

    fn registration(&self, key: &str, callback: &str) -> Result<Value, Failed> {
        let client = self.server.sandbox().client(key).cloned().ok_or("no such connector")?;
        Ok(json!({ "apiKey": client.api_key, "apiSecret": client.api_secret, "callbackUrl": callback }))
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
