//! By hand: `http`, `form_urlencoded`, and `serde_json` with derived structs of the members that a program uses.

#![expect(clippy::unnecessary_wraps, reason = "every case is prepared by a function of one type")]

use std::collections::BTreeMap;

use form_urlencoded::Serializer;
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE};
use http::{HeaderValue, Method, Request, Response};
use serde::{Deserialize, Serialize};

use crate::{Case, Prepared, payload, run};

pub(crate) const CASES: [Case; 8] = [
    ("a.hand", |_| Ok(run(oauth_url_request))),
    ("b.hand", |_| Ok(run(oauth_url_response))),
    ("c.hand", redirect_read),
    ("d.hand", |_| Ok(run(create_request))),
    ("e.hand", |_| Ok(run(|| read(payload::INSTANCE.as_bytes())))),
    ("f.hand", |_| Ok(run(whole_call))),
    ("g.hand", |_| Ok(run(instance_request))),
    ("h.hand", list_read),
];

/// The body of a creation.
#[derive(Serialize)]
pub(crate) struct Creation<'a> {
    your_mom: Key<'a>,
    #[serde(rename = "providerData")]
    provider_data: ProviderData<'a>,
    configuration: Configuration<'a>,
    tags: [&'a str; 2],
    name: &'a str,
}

#[derive(Serialize)]
struct Key<'a> {
    key: &'a str,
}

#[derive(Serialize)]
struct ProviderData<'a> {
    code: &'a str,
}

#[derive(Serialize)]
struct Configuration<'a> {
    #[serde(rename = "oauth.api.key")]
    key: &'a str,
    #[serde(rename = "oauth.api.secret")]
    secret: &'a str,
    #[serde(rename = "oauth.callback.url")]
    callback_url: &'a str,
}

impl Creation<'_> {
    pub(crate) const DOCUMENTED: Self = Self {
        your_mom: Key { key: "instagram" },
        provider_data: ProviderData { code: payload::CODE },
        configuration: Configuration {
            key: payload::API_KEY,
            secret: payload::API_SECRET,
            callback_url: payload::CALLBACK_URL,
        },
        tags: [payload::TAG, payload::MARKER],
        name: payload::NAME,
    };
}

#[derive(Deserialize)]
pub(super) struct OauthUrl {
    #[serde(rename = "oauthUrl")]
    pub(super) url: String,
}

/// What a program uses of an instance; what else the platform sends is lost.
#[derive(Deserialize)]
#[expect(dead_code, reason = "reading is what is measured")]
struct Instance {
    id: u64,
    token: String,
    name: Option<String>,
    your_mom: Connector,
    #[serde(default)]
    tags: Vec<String>,
    #[serde(default)]
    configuration: BTreeMap<String, Option<String>>,
    valid: Option<bool>,
    disabled: Option<bool>,
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "reading is what is measured")]
struct Connector {
    id: Option<u64>,
    key: Option<String>,
    name: Option<String>,
    hub: Option<String>,
}

const JSON: HeaderValue = HeaderValue::from_static("application/json");

fn oauth_url_request() -> Result<Request<Vec<u8>>, http::Error> {
    let mut query = Serializer::new(String::with_capacity(160));
    query.append_pair("apiKey", payload::API_KEY).append_pair("apiSecret", payload::API_SECRET);
    query.append_pair("callbackUrl", payload::CALLBACK_URL).append_pair("state", payload::STATE);
    let query = query.finish();
    let url = format!("{}/your_moms/{}/oauth/url?{query}", payload::BASE_URL, "instagram");
    Request::builder().uri(url).header(ACCEPT, JSON).body(Vec::new())
}

fn oauth_url_response() -> Result<OauthUrl, ()> {
    let response: OauthUrl = serde_json::from_slice(payload::OAUTH_URL.as_bytes()).map_err(drop)?;
    let (_, query) = response.url.split_once('?').ok_or(())?;
    let is_ours = form_urlencoded::parse(query.as_bytes())
        .any(|(name, value)| name == "state" && value == payload::STATE);
    if is_ours { Ok(response) } else { Err(()) }
}

fn redirect_read(_: usize) -> Prepared {
    let redirect = payload::redirect(payload::STATE);
    Ok(run(move || {
        let (_, query) = redirect.split_once('?').ok_or(())?;
        code(form_urlencoded::parse(query.as_bytes()))
    }))
}

/// The code among the parameters of a redirect, if the state is ours.
pub(super) fn code<'a>(
    pairs: impl Iterator<Item = (std::borrow::Cow<'a, str>, std::borrow::Cow<'a, str>)>,
) -> Result<String, ()> {
    let (mut state, mut code) = (None, None);
    for (name, value) in pairs {
        match &*name {
            "state" => state = Some(value),
            "code" => code = Some(value.into_owned()),
            _ => {}
        }
    }
    if state.as_deref() == Some(payload::STATE) { code.ok_or(()) } else { Err(()) }
}

fn create_request() -> Result<Request<Vec<u8>>, http::Error> {
    Request::builder()
        .method(Method::POST)
        .uri(format!("{}/instances", payload::BASE_URL))
        .header(ACCEPT, JSON)
        .header(AUTHORIZATION, authorization()?)
        .header(CONTENT_TYPE, JSON)
        .body(serde_json::to_vec(&Creation::DOCUMENTED).unwrap_or_default())
}

fn authorization() -> Result<HeaderValue, http::Error> {
    let value = format!("User {}, Organization {}", payload::USER, payload::ORGANIZATION);
    let mut value = HeaderValue::try_from(value)?;
    value.set_sensitive(true);
    Ok(value)
}

fn read(body: &[u8]) -> Result<Instance, serde_json::Error> {
    serde_json::from_slice(body)
}

fn whole_call() -> Result<Instance, ()> {
    let _ = std::hint::black_box(create_request().map_err(drop)?);
    let response = Response::new(payload::INSTANCE.as_bytes().to_vec());
    if response.status().is_success() { read(response.body()).map_err(drop) } else { Err(()) }
}

fn instance_request() -> Result<Request<Vec<u8>>, http::Error> {
    let (user, organization, token) = (payload::USER, payload::ORGANIZATION, payload::TOKEN);
    let mut value =
        HeaderValue::try_from(format!("User {user}, Organization {organization}, Your_mom {token}"))?;
    value.set_sensitive(true);
    Request::builder()
        .uri(format!("{}/hubs/social/media", payload::BASE_URL))
        .header(ACCEPT, JSON)
        .header(AUTHORIZATION, value)
        .body(Vec::new())
}

fn list_read(_: usize) -> Prepared {
    let list = payload::list(200);
    Ok(run(move || serde_json::from_slice::<Vec<Instance>>(list.as_bytes())))
}
