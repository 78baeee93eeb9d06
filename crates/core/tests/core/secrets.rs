//! No secret in any Debug, Display or error chain: sentinels are planted everywhere and looked for.

use std::error::Error as StdError;
use std::fmt::Debug;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use http::{HeaderMap, Method, Request, Response};
use serde::de::DeserializeOwned;
use your_moms_core::{
    Authorize, Authorized, Callback, CallbackUrl, Client, ConfigurationValue, Connector, CreateInstance,
    CreateOnce, Credentials, Entropy, Exchange, GetOauth1Token, GetOauthUrl, Instance,
    InstanceConfigurationEntry, InstanceRequest, InstanceToken, Json, ListInstances, Machine as _,
    Oauth1Token, Operation, PendingAuthorization, Ping, Platform, Redacted, Registration, Reply, RetryPolicy,
    Secret, State, Step, Transport, TransportError, TransportErrorKind, UpdateInstanceConfiguration, curl,
};

use crate::support::lost;

const SENTINEL: &str = "SENTINEL";

#[track_caller]
fn hides(value: &dyn Debug) {
    let (shown, pretty) = (format!("{value:?}"), format!("{value:#?}"));
    assert!(!shown.is_empty() && !shown.contains(SENTINEL) && !pretty.contains(SENTINEL), "{shown} {pretty}");
}

#[track_caller]
fn error_hides(error: &dyn StdError) {
    let mut next = Some(error);
    while let Some(error) = next {
        for shown in [error.to_string(), format!("{error:?}")] {
            assert!(!shown.is_empty() && !shown.contains(SENTINEL), "{shown}");
        }
        next = error.source();
    }
}

fn credentials() -> Credentials {
    Credentials::new("SENTINEL-user", "SENTINEL-organization").unwrap()
}

fn platform() -> Platform {
    Platform::new("https://api.example", credentials()).unwrap()
}

fn registration() -> Registration {
    Registration::new("instagram", "SENTINEL-key", "SENTINEL-secret", "https://app.example/auth")
        .unwrap()
        .parameter("siteAddress", "SENTINEL-site")
}

fn entropy() -> Entropy {
    let mut bytes = [0; 48];
    getrandom::fill(&mut bytes).unwrap();
    Entropy::from_bytes(&bytes).unwrap()
}

fn start() -> (GetOauthUrl, PendingAuthorization) {
    PendingAuthorization::start(&platform(), &registration(), entropy(), SystemTime::now())
}

/// A pending authorization whose state, as that of another process, is a sentinel.
fn pending() -> PendingAuthorization {
    let mut stored = serde_json::to_value(start().1).unwrap();
    stored["state"] = "SENTINEL-state".into();
    stored["started_at"] = 1.into();
    serde_json::from_value(stored).unwrap()
}

fn authorized() -> Authorized {
    let query = "code=SENTINEL-code&x=SENTINEL-x&state=SENTINEL-state";
    pending().verify(query, UNIX_EPOCH + Duration::from_secs(2)).unwrap()
}

fn create() -> CreateInstance {
    authorized()
        .create(&registration())
        .unwrap()
        .configuration("password", "SENTINEL-password")
        .provider_data("more", "SENTINEL-more")
        .field("extra", Json::new(&"SENTINEL-extra").unwrap())
        .header("x-more", "SENTINEL-header")
        .name("SENTINEL-name")
}

const RESPONSE: &str = r#"{"id": 1, "token": "SENTINEL-token", "name": "SENTINEL", "SENTINEL": 1,
    "your_mom": {"key": "SENTINEL of a member that may be anything", "SENTINEL": true},
    "configuration": {"oauth.user.token": "SENTINEL", "SENTINEL": ["SENTINEL"]}, "tags": ["SENTINEL"]}"#;

#[test]
fn values() {
    hides(&Secret::from("SENTINEL"));
    hides(&credentials());
    hides(&platform());
    hides(&registration());
    hides(&State::new("SENTINEL").unwrap());
    hides(&entropy());
    let (get, pending_now) = start();
    hides(&get);
    hides(&GetOauth1Token::new(&registration()));
    hides(&pending_now);
    hides(&pending());
    hides(&authorized());
    hides(&authorized().expose());
    hides(&create());
    hides(&create().record().marker());
    hides(&InstanceToken::from("SENTINEL"));
    hides(&ConfigurationValue::from("SENTINEL"));
    hides(&Json::new(&"SENTINEL").unwrap());
    hides(
        &your_moms_core::text::split_url("https://SENTINEL:SENTINEL@h/SENTINEL?SENTINEL#SENTINEL").unwrap(),
    );
    let entry = r#"{"key": "password", "propertyValue": "SENTINEL"}"#;
    hides(&serde_json::from_str::<InstanceConfigurationEntry>(entry).unwrap());
    let instance: Instance = serde_json::from_str(RESPONSE).unwrap();
    hides(&instance);
    hides(&instance.expose());
    hides(&instance.connector());
    hides(&serde_json::from_str::<Connector>(r#"{"id": 1, "key": "k", "SENTINEL": "SENTINEL"}"#).unwrap());
    hides(&Ping::new(instance.token()));
    hides(&UpdateInstanceConfiguration::new(instance.token(), "password", "SENTINEL"));
    let update = authorized().reauthorize(7, &registration()).unwrap();
    hides(&update);
    hides(&update.with_header("x", "SENTINEL"));
    hides(&Callback::parse("code=SENTINEL&SENTINEL&x=1&state=S", &State::new("S").unwrap()).unwrap());
    let shaped = r#"{"id": 1, "token": "t", "credentials": {"key": "SENTINEL", "secret": "SENTINEL"}}"#;
    let shaped: Instance = serde_json::from_str(shaped).unwrap();
    assert_eq!(shaped.connector().and_then(Connector::key), Some("SENTINEL"));
    hides(&shaped);
    hides(&shaped.connector());
}

/// A stored authorization has what it takes and no secret; only OAuth 1 adds one.
#[test]
fn the_stored_forms_have_no_secret() {
    let (_, pending) = start();
    let stored = serde_json::to_string(&pending).unwrap().replace("SENTINEL-key", "");
    assert!(!stored.contains(SENTINEL), "{stored}");
    let record = serde_json::to_string(&create().record()).unwrap();
    assert!(!record.contains(SENTINEL), "{record}");
}

#[test]
fn requests_and_machines() {
    let platform = platform();
    let (get, pending) = start();
    let token = InstanceToken::from("SENTINEL-token");
    let post = InstanceRequest::post("/x?SENTINEL", &token).query("q", "SENTINEL").json_body(&"SENTINEL");
    hides(&post);
    for request in [
        get.request(&platform),
        start_in_body().request(&platform),
        create().request(&platform),
        authorized().reauthorize(7, &registration()).unwrap().request(&platform),
        InstanceRequest::post("/x", &token).query("q", "SENTINEL").json_body(&"SENTINEL").request(&platform),
    ] {
        let request = request.unwrap();
        hides(&Redacted(&request));
        hides(&request.headers());
        assert!(!Redacted(&request).to_string().contains(SENTINEL));
        let shown = curl(&request)
            .replace("SENTINEL-key", "")
            .replace("SENTINEL-site", "")
            .replace("SENTINEL-name", "");
        assert!(!shown.contains(SENTINEL), "{shown}");
    }
    hides(&Exchange::new(&get, &platform, RetryPolicy::default()));
    hides(&Authorize::new(&registration(), &platform, RetryPolicy::default(), entropy(), SystemTime::now()));
    let once = CreateOnce::new(&create(), &platform, RetryPolicy::default());
    hides(&once);
    let step = once.step();
    hides(&step);
    let Step::Send(_, awaiting) = step else { panic!("a request") };
    hides(&awaiting);
    let step = awaiting.receive(Ok(Response::new(RESPONSE.replace("\"id\"", "\"ID\"").into_bytes())));
    hides(&step);
    let Step::Wait(_, searching) = step else { panic!("a wait") };
    hides(&searching);
    drop(pending);
}

fn start_in_body() -> GetOauthUrl {
    PendingAuthorization::start(&platform(), &registration().in_body(), entropy(), SystemTime::now()).0
}

#[test]
fn responses_and_their_errors() {
    let parse = |status: u16, body: &str| {
        let response = Response::builder().status(status).body(body.as_bytes()).unwrap();
        let url = GetOauthUrl::parse(response.clone()).map(|url| hides(&url));
        let token = GetOauth1Token::parse(response.clone()).map(|token| hides(&token));
        let create = CreateInstance::parse(response.clone()).map(|instance| hides(&instance));
        let list = ListInstances::parse(response.clone()).map(|page| hides(&page));
        let raw = InstanceRequest::<your_moms_core::InstanceResponse>::parse(response).map(|raw| hides(&raw));
        [url, token, create, list, raw]
    };
    for status in [200, 302, 400, 500] {
        for body in [
            "SENTINEL",
            r#"{"token": "SENTINEL", "id": "SENTINEL"}"#,
            r#"{"id": 1, "token": ["SENTINEL"]}"#,
            r#"{"oauthUrl": ["SENTINEL"]}"#,
            r#"{"oauthUrl": "SENTINEL", "other": "SENTINEL"}"#,
            r#"{"message": "SENTINEL", "providerMessage": "SENTINEL", "requestId": "SENTINEL"}"#,
            "[\"SENTINEL\"]",
        ] {
            for error in parse(status, body).into_iter().filter_map(Result::err) {
                error_hides(&error);
                error_hides(&your_moms_core::Error::from(error));
            }
        }
    }
    let partial = TransportError::new(your_moms_core::Delivery::Unknown, TransportErrorKind::Lost);
    error_hides(&partial.with_partial_body(b"SENTINEL".to_vec()));
    for bad in [
        "SENTINEL",
        "http://SENTINEL/",
        "https://SENTINEL/?state=a",
        "https://h/?state=S&x=SENTINEL-secret",
        "https://SENTINEL/?state=S\u{202e}",
    ] {
        let get = GetOauthUrl::new(&registration(), State::new("S").unwrap());
        let body = serde_json::json!({ "oauthUrl": bad, "your_mom": "k" }).to_string();
        let url = GetOauthUrl::parse(Response::new(body.as_bytes())).unwrap();
        hides(&url);
        error_hides(&url.check(&get, &platform()).unwrap_err());
    }
}

#[test]
fn what_cannot_be_built() {
    error_hides(&Platform::new("https://SENTINEL:SENTINEL@h", credentials()).unwrap_err());
    error_hides(&Platform::new("SENTINEL", credentials()).unwrap_err());
    error_hides(&Credentials::new("SENTINEL,", "o").unwrap_err());
    error_hides(&Credentials::new("u", "<SENTINEL>").unwrap_err());
    error_hides(&Registration::new("k", "SENTINEL\n", "s", "https://h/").unwrap_err());
    error_hides(&Registration::new("k", "a", "SENTINEL\n", "https://h/").unwrap_err());
    error_hides(&CallbackUrl::new("http://SENTINEL/").unwrap_err());
    error_hides(&State::new("SENTINEL SENTINEL").unwrap_err());
    let token = InstanceToken::from("t");
    error_hides(
        &InstanceRequest::new(Method::GET, "/x?a=SENTINEL", &token).request(&platform()).unwrap_err(),
    );
    error_hides(
        &InstanceRequest::get("/x", &token).header("x", "SENTINEL\n").request(&platform()).unwrap_err(),
    );
    error_hides(&create().configuration("password", "<SENTINEL>").request(&platform()).unwrap_err());
    let placeholder = registration().parameter("a", "<SENTINEL>");
    let get = GetOauthUrl::new(&placeholder, State::new("S").unwrap());
    error_hides(&get.request(&platform()).unwrap_err());
}

#[test]
fn redirects() {
    for query in [
        "code=SENTINEL",
        "code=SENTINEL&state=SENTINEL",
        "code=SENTINEL&code=SENTINEL&state=SENTINEL-state",
        "code=SENTINEL%zz&state=SENTINEL-state",
        "error=access_denied&error_description=SENTINEL&error_reason=SENTINEL&error_uri=SENTINEL&state=SENTINEL-state",
        "error=a&code=SENTINEL&state=SENTINEL-state",
    ] {
        error_hides(&pending().verify(query, UNIX_EPOCH + Duration::from_secs(2)).unwrap_err());
        error_hides(&pending().verify(query, SystemTime::now()).unwrap_err());
    }
}

/// Stored forms that were changed by hand: the values that may be secret are quoted by no error.
#[test]
fn what_cannot_be_read_back() {
    let authorized = serde_json::to_value(authorized().expose()).unwrap();
    for parameter in
        [serde_json::json!(["code", ["SENTINEL"]]), serde_json::json!(["code", {"SENTINEL": "SENTINEL"}])]
    {
        let mut stored = authorized.clone();
        stored["parameters"] = serde_json::json!([parameter]);
        error_hides(&serde_json::from_str::<Authorized>(&stored.to_string()).unwrap_err());
        stored["parameters"] = "SENTINEL".into();
        error_hides(&serde_json::from_str::<Authorized>(&stored.to_string()).unwrap_err());
    }
    let mut stored = serde_json::to_value(pending()).unwrap();
    stored["request_token"] = serde_json::json!({"token": ["SENTINEL"], "secret": {"SENTINEL": 1}});
    error_hides(&serde_json::from_str::<PendingAuthorization>(&stored.to_string()).unwrap_err());
    stored["marker"] = "SENTINEL".into();
    error_hides(&serde_json::from_str::<PendingAuthorization>(&stored.to_string()).unwrap_err());
    for text in
        [r#"{"id": 1, "token": ["SENTINEL"]}"#, r#"{"version": 2, "instance": "SENTINEL"}"#, r#""SENTINEL""#]
    {
        error_hides(&serde_json::from_str::<Instance>(text).unwrap_err());
    }
}

/// A stored form that was put into JSON twice is one text; its error tells the kind of what stands there and no more.
#[test]
fn what_is_read_back_as_another_kind_of_json() {
    fn refused<T: DeserializeOwned>(expected: &str) {
        for (other, kind) in [
            (serde_json::json!("SENTINEL"), "text"),
            (serde_json::json!(12_345_678), "a number"),
            (serde_json::json!(-12_345_678), "a number"),
            (serde_json::json!(1234.5678), "a number"),
            (serde_json::json!(true), "a boolean"),
            (serde_json::json!(null), "null"),
        ] {
            let error = serde_json::from_value::<T>(other.clone()).err().unwrap().to_string();
            assert_eq!(error, format!("invalid type: {kind}, expected {expected}"));
            let error = serde_json::from_str::<T>(&other.to_string()).err().unwrap().to_string();
            assert!(error.starts_with(&format!("invalid type: {kind}, expected {expected} at ")), "{error}");
        }
    }
    refused::<PendingAuthorization>("a pending authorization");
    refused::<Authorized>("an authorization");
    refused::<Oauth1Token>("a request token");
    refused::<InstanceConfigurationEntry>("an entry of a configuration");
}

#[test]
fn a_client_over_a_transport_that_shows_everything() {
    #[derive(Debug)]
    struct Chatty(#[expect(dead_code, reason = "shown by Debug")] &'static str);
    impl Transport for Chatty {
        fn send(&self, request: Request<Vec<u8>>) -> Reply {
            if request.method() == Method::POST {
                return lost(your_moms_core::Delivery::Unknown);
            }
            let mut response = Response::new(b"SENTINEL".to_vec());
            *response.headers_mut() =
                HeaderMap::from_iter([(http::header::SERVER, "SENTINEL".parse().unwrap())]);
            Ok(response)
        }
    }
    let client = Client::new(platform(), Chatty("SENTINEL"), |_| {}, getrandom::fill);
    hides(&client);
    hides(&client.pages(&ListInstances::new()));
    error_hides(&client.call(&ListInstances::new()).unwrap_err());
    error_hides(&client.create(&client.new_instance("helpdesk").unwrap()).unwrap_err());
}
