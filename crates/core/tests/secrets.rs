//! No secret in any Debug, Display or error chain: sentinels are planted everywhere and looked for.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking, its helpers too")]

use std::error::Error as StdError;
use std::fmt::Debug;
use std::time::{Duration, UNIX_EPOCH};

use http::{HeaderMap, Method, Request, Response};
use your_moms_core::{
    Call, Callback, CallbackUrl, Client, ClientCredentials, ConfigurationValue, CreateInstance, Credentials,
    Exchange, Instance, InstanceToken, Json, ListInstances, Marked, OauthUrl, Operation, Pending, Platform,
    Provision, Redacted, RetryPolicy, Secret, State, Step, Transport, TransportError, curl,
};

const SENTINEL: &str = "SENTINEL";

#[track_caller]
fn hides(value: &dyn Debug) {
    let shown = format!("{value:?} {value:#?}");
    assert!(!shown.contains(SENTINEL), "{shown}");
}

#[track_caller]
fn error_hides(error: &dyn StdError) {
    let mut next = Some(error);
    while let Some(error) = next {
        assert!(!format!("{error} {error:?}").contains(SENTINEL), "{error} {error:?}");
        next = error.source();
    }
}

fn credentials() -> Credentials {
    Credentials::new("SENTINEL-user", "SENTINEL-organization").unwrap()
}

fn platform() -> Platform {
    Platform::new("https://api.example", credentials()).unwrap()
}

fn client() -> ClientCredentials {
    ClientCredentials::new("SENTINEL-key", "SENTINEL-secret").unwrap()
}

fn ask() -> (OauthUrl, Pending) {
    let callback = CallbackUrl::new("https://app.example/auth").unwrap();
    let state = State::new("SENTINEL-state").unwrap();
    let now = UNIX_EPOCH + Duration::from_secs(1);
    let (ask, pending) = Pending::begin(&platform(), "instagram", &client(), &callback, state, now);
    (ask.parameter("requestToken", "SENTINEL-token"), pending)
}

fn callback() -> Callback {
    let query = "code=SENTINEL-code&x=SENTINEL-x&state=SENTINEL-state";
    ask().1.read(query, UNIX_EPOCH + Duration::from_secs(2)).unwrap()
}

fn create() -> CreateInstance {
    ask().1.finish(&callback(), &client()).configuration("password", "SENTINEL-password").name("n")
}

const ANSWER: &str = r#"{"id": 1, "token": "SENTINEL-token", "name": "n", "unknown": "SENTINEL-unknown",
    "your_mom": {"key": "k", "unknown": "SENTINEL"}, "configuration": {"oauth.user.token": "SENTINEL", "n": ["SENTINEL"]}}"#;

#[test]
fn values_that_hold_secrets() {
    let (ask, pending) = ask();
    let instance: Instance = serde_json::from_str(ANSWER).unwrap();
    let connector = instance.connector().unwrap();
    hides(&Secret::from("SENTINEL"));
    hides(&InstanceToken::from("SENTINEL"));
    hides(&State::new("SENTINEL").unwrap());
    hides(&ConfigurationValue::from("SENTINEL"));
    hides(&Json::new(&["SENTINEL"]).unwrap());
    hides(&credentials());
    hides(&client());
    hides(&platform());
    hides(&platform().request(Method::GET).query("a", "SENTINEL").json(&"SENTINEL"));
    hides(&ask);
    hides(&pending);
    hides(&callback());
    hides(&create());
    hides(&Marked::new(create(), "m"));
    hides(&instance);
    hides(&connector);
    hides(&Call::new(Method::GET, "/x", instance.token()).query("q", "SENTINEL").json(&"SENTINEL"));
}

#[test]
fn what_is_kept_of_a_pending_connection_has_no_secret_but_the_state() {
    let kept = serde_json::to_value(ask().1).unwrap();
    let expected = serde_json::json!({
        "key": "instagram", "callback_url": "https://app.example/auth", "base_url": "https://api.example",
        "noun": "your_mom", "state": "SENTINEL-state", "begun_at": 1,
    });
    assert_eq!(kept, expected);
}

#[test]
fn requests_and_machines() {
    let (ask, platform) = (ask().0, platform());
    for request in
        [ask.request(&platform), ask.clone().in_body().request(&platform), create().request(&platform)]
    {
        let request = request.unwrap();
        hides(&Redacted(&request));
        hides(&request.headers());
        assert!(!Redacted(&request).to_string().contains(SENTINEL));
        assert!(!curl(&request).replace("SENTINEL-key", "").contains(SENTINEL), "{}", curl(&request));
    }
    let (create, marked) = (create(), Marked::new(create(), "m"));
    hides(&Exchange::new(&create, &platform, RetryPolicy::default(), 0));
    let mut provision = Provision::new(&marked, &platform, RetryPolicy::default(), 0);
    assert!(matches!(provision.step(), Some(Step::Send(_))));
    let (head, body) = Response::new(ANSWER.replace("\"id\"", "\"ID\"").into_bytes()).into_parts();
    provision.receive(Ok(Response::from_parts(head, body)));
    assert!(matches!(provision.step(), Some(Step::Wait(_))));
    hides(&provision);
}

#[test]
fn answers_and_their_errors() {
    let parse = |status: u16, body: &str| {
        let response = Response::builder().status(status).body(body.as_bytes()).unwrap();
        let oauth = OauthUrl::parse(response.clone()).map(|_| ());
        let create = CreateInstance::parse(response.clone()).map(|_| ());
        let list = ListInstances::parse(response.clone()).map(|_| ());
        let call = Call::parse(response).map(|answer| hides(&answer));
        [oauth, create, list, call]
    };
    for status in [200, 302, 400, 500] {
        for body in [
            "SENTINEL",
            r#"{"token": "SENTINEL", "id": "SENTINEL"}"#,
            r#"{"id": 1, "token": ["SENTINEL"]}"#,
            r#"{"oauthUrl": ["SENTINEL"]}"#,
            r#"{"message": "SENTINEL", "providerMessage": "SENTINEL", "requestId": "SENTINEL"}"#,
            "[\"SENTINEL\"]",
        ] {
            for error in parse(status, body).into_iter().filter_map(Result::err) {
                error_hides(&error);
                error_hides(&your_moms_core::Error::from(error));
            }
        }
    }
    let url = |url: &str| {
        let body = serde_json::json!({ "oauthUrl": url, "your_mom": "k" }).to_string();
        OauthUrl::parse(Response::new(body.as_bytes())).unwrap()
    };
    hides(&url("https://SENTINEL"));
    hides(&url("https://p.example/?state=SENTINEL-state").check(&ask().0).unwrap());
    for bad in [
        "SENTINEL",
        "http://SENTINEL/",
        "https://SENTINEL/?state=a",
        "https://h/?state=SENTINEL-state&x=SENTINEL-secret",
    ] {
        error_hides(&url(bad).check(&ask().0).unwrap_err());
    }
}

#[test]
fn what_cannot_be_built() {
    error_hides(&Platform::new("https://SENTINEL:SENTINEL@h", credentials()).unwrap_err());
    error_hides(&Platform::new("SENTINEL", credentials()).unwrap_err());
    error_hides(&Credentials::new("SENTINEL,", "o").unwrap_err());
    error_hides(&Credentials::new("u", "<SENTINEL>").unwrap_err());
    error_hides(&ClientCredentials::new("SENTINEL\n", "s").unwrap_err());
    error_hides(&CallbackUrl::new("http://SENTINEL/").unwrap_err());
    error_hides(&State::new("SENTINEL SENTINEL").unwrap_err());
    error_hides(&Call::new(Method::GET, "/x?a=SENTINEL", &"t".into()).request(&platform()).unwrap_err());
    error_hides(&create().configuration("password", "<SENTINEL>").request(&platform()).unwrap_err());
    error_hides(&ask().0.parameter("a", "<SENTINEL>").request(&platform()).unwrap_err());
}

#[test]
fn redirects() {
    let state = State::new("S").unwrap();
    for query in [
        "code=SENTINEL",
        "code=SENTINEL&state=SENTINEL",
        "code=SENTINEL&code=SENTINEL&state=S",
        "code=SENTINEL%zz&state=S",
        "error=access_denied&error_description=SENTINEL&error_reason=SENTINEL&error_uri=SENTINEL&state=S",
        "error=a&code=SENTINEL&state=S",
    ] {
        error_hides(&Callback::parse(query, &state).unwrap_err());
    }
}

#[test]
fn a_client_over_a_transport_that_shows_everything() {
    #[derive(Debug)]
    struct Chatty(#[expect(dead_code, reason = "shown by Debug")] &'static str);
    impl Transport for Chatty {
        fn send(&self, _: Request<Vec<u8>>) -> Result<Response<Vec<u8>>, TransportError> {
            let mut response = Response::new(b"SENTINEL".to_vec());
            *response.headers_mut() =
                HeaderMap::from_iter([(http::header::SERVER, "SENTINEL".parse().unwrap())]);
            Ok(response)
        }
    }
    let client = Client::new(platform(), Chatty("SENTINEL"), |_| {});
    hides(&client);
    error_hides(&client.call(&ListInstances::new()).unwrap_err());
}
