//! The three steps: what must not slip past the checks between them.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking, its helpers too")]

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use http::{Method, Response};
use your_moms_core::{
    BuildError, Call, Callback, CallbackUrl, ClientCredentials, CreateInstance, Credentials, InstanceToken,
    Json, OauthUrl, Operation as _, Pending, Platform, ResponseErrorKind, State, curl,
};

fn platform() -> Platform {
    Platform::new("https://api.example", Credentials::new("u", "o").unwrap()).unwrap()
}

fn client() -> ClientCredentials {
    ClientCredentials::new("api-key", "api-secret").unwrap()
}

fn now() -> SystemTime {
    UNIX_EPOCH + Duration::from_secs(1_700_000_000)
}

fn begin(key: &str, state: &str) -> (OauthUrl, Pending) {
    let callback_url = CallbackUrl::new("https://app.example/auth").unwrap();
    Pending::begin(&platform(), key, &client(), &callback_url, State::new(state).unwrap(), now())
}

#[test]
fn a_redirect_finishes_only_the_connection_it_was_read_with() {
    let (mine, other) = (begin("instagram", "A").1, begin("dropbox", "B").1);
    let callback = other.read("code=c&state=B", now()).unwrap();
    let fault = "is not the one of the redirect; finish the connection that the redirect was read with";
    let refused = mine.finish(&callback, &client()).request(&platform()).unwrap_err();
    assert_eq!(refused, BuildError::State { fault });
    assert!(other.finish(&callback, &client()).request(&platform()).is_ok());
}

#[test]
fn a_connection_is_finished_on_its_own_platform() {
    let pending = begin("instagram", "A").1;
    let callback = pending.read("code=c&state=A", now()).unwrap();
    let create = pending.finish(&callback, &client());
    let elsewhere = Platform::new("https://elsewhere.example", Credentials::new("u", "o").unwrap()).unwrap();
    assert_eq!(create.request(&elsewhere).unwrap_err(), BuildError::OtherPlatform);
}

#[test]
fn members_with_a_place_of_their_own_are_given_there() {
    for name in ["configuration", "providerData", "tags", "name", "your_mom", "element"] {
        let create = CreateInstance::new("k").field(name, Json::new(&"x").unwrap());
        let fault = "has a place of its own; give it there";
        assert_eq!(
            create.request(&platform()).unwrap_err(),
            BuildError::Parameter { name: name.into(), fault }
        );
    }
    let create = CreateInstance::new("k").field("note", Json::new(&[["<INSERT_NOTE>"]]).unwrap());
    let incomplete = BuildError::Incomplete { missing: vec![], placeholders: vec!["note".into()] };
    assert_eq!(create.request(&platform()).unwrap_err(), incomplete);
}

/// An answer of any size is refused in the same few steps.
#[test]
fn an_oauth_url_that_is_too_long_or_hides_a_state_is_refused() {
    let check = |url: &str| {
        let (ask, _) = begin("instagram", "A");
        let body = serde_json::json!({ "oauthUrl": url }).to_string();
        OauthUrl::parse(Response::new(body.as_bytes())).unwrap().check(&ask).map(drop)
    };
    let fault = |url: &str| match check(url).unwrap_err().kind() {
        ResponseErrorKind::Untrusted { fault } => *fault,
        other => panic!("{other:?}"),
    };
    let nested = format!("https://p.example/?{}state=A", "oauth_callback=?".repeat(8000));
    assert_eq!(fault(&nested), "is longer than 16 KiB");
    let undecodable = "has a parameter that cannot be decoded where its `state` is looked for";
    assert_eq!(fault("https://p.example/?state=%ff&state=A"), undecodable);
    assert_eq!(fault("https://p.example/?state=A&%=1"), undecodable);
    assert!(check("https://p.example/?scope=%ff&state=A").is_ok());
    assert!(check("https://p.example/?oauth_callback=https%3A%2F%2Fapp.example%2F%3Fstate%3DA").is_ok());
}

#[test]
fn a_redirect_is_read_as_people_paste_it() {
    let state = State::new("S").unwrap();
    for text in [
        " https://app.example/auth?code=C&state=S\n",
        "code=C&state=S ",
        "app.example/auth?code=C&state=S",
        "localhost:8080/auth?code=C&state=S#_",
        "https://app.example/a=b?code=C&state=S",
        "/a=b?code=C&state=S",
        "com.example.app:/auth?code=C&state=S",
    ] {
        let callback = Callback::parse(text, &state).unwrap_or_else(|error| panic!("{text}: {error}"));
        assert_eq!(callback.code().map(your_moms_core::Secret::expose), Some("C"), "{text}");
    }
}

#[test]
fn a_command_has_no_variable_of_the_shell_and_shows_no_value_it_does_not_know() {
    let call = Call::new(Method::POST, "/files", &InstanceToken::from("t"))
        .query("path", "/a.txt")
        .query("x y", "1")
        .json(&serde_json::json!({"pin": 123_456, "apiKey": "sk-live", "done": true, "user": {"home": "h"}}));
    assert_eq!(
        curl(&call.request(&platform()).unwrap()),
        r#"curl -X POST \
  -H 'accept: application/json' \
  -H 'authorization: User '"$YOUR_MOMS_USER_SECRET"', Organization '"$YOUR_MOMS_ORGANIZATION_SECRET"', Your_mom '"$YOUR_MOMS_INSTANCE_TOKEN" \
  -H 'content-type: application/json' \
  --data-binary '{"apiKey":"'"$YOUR_MOMS_API_KEY"'","done":true,"pin":'"$YOUR_MOMS_PIN"',"user":{"home":"'"$YOUR_MOMS_HOME"'"}}' \
  'https://api.example/files?path='"$YOUR_MOMS_PATH"'&x%20y='"$YOUR_MOMS_X_Y""#
    );
}
