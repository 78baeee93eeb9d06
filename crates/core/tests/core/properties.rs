//! What one side builds the other reads: requests and redirects against independent readings of them.

use std::collections::BTreeMap;

use http::Method;
use percent_encoding::{NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use proptest::collection::{btree_map, vec};
use proptest::prelude::*;
use serde_json::{Value, json};
use your_moms_core::text::is_placeholder;
use your_moms_core::{
    Callback, CallbackError, ConnectorKey, CreateInstance, Credentials, Entropy, GetOauthUrl,
    InstanceRequest, InstanceToken, Marker, Operation as _, Platform, Redacted, Registration, State,
    Vocabulary, curl,
};

fn platform() -> Platform {
    let credentials = Credentials::new("user+/=", "organization+/=").unwrap();
    Platform::new("https://api.example:8443/base/api-v2/", credentials)
        .unwrap()
        .with_vocabulary(Vocabulary::ELEMENTS)
}

fn pairs(query: &str) -> Vec<(String, String)> {
    form_urlencoded::parse(query.as_bytes()).into_owned().collect()
}

/// Text that a credential, name or parameter may be: anything but control characters, and no sample's placeholder.
fn text() -> impl Strategy<Value = String> {
    "[^\\p{Cc}]{1,24}".prop_filter("a placeholder", |text| !is_placeholder(text))
}

fn segment() -> impl Strategy<Value = String> {
    text().prop_filter("no dot segment", |text| !matches!(text.as_str(), "." | ".."))
}

/// What a connector's key may be.
fn key() -> impl Strategy<Value = String> {
    segment()
        .prop_filter("a key", |text| !text.contains('/') && !text.trim().is_empty() && text.trim() == text)
}

fn create(key: &str) -> CreateInstance {
    let mut bytes = [0; 48];
    getrandom::fill(&mut bytes).unwrap();
    CreateInstance::new(ConnectorKey::new(key).unwrap(), Marker::new(Entropy::from_bytes(&bytes).unwrap()))
}

fn state() -> impl Strategy<Value = State> {
    "[!-~]{1,64}".prop_map(|text| State::new(text).unwrap())
}

proptest! {
    #[test]
    fn an_oauth_url_request_is_read_back(
        key in key(), api_key in text(), api_secret in text(), state in state(),
        extra in btree_map("x[a-z]{1,8}", any::<String>().prop_filter("a placeholder", |text| !is_placeholder(text)), 0..4),
    ) {
        let callback = "https://app.example/auth?a=b%20c&d='e'";
        let registration = Registration::new(key.as_str(), api_key.as_str(), api_secret.as_str(), callback).unwrap();
        let registration = extra.iter().fold(registration, |registration, (name, value)| registration.parameter(name, value.as_str()));
        let mut expected = vec![("apiKey".to_owned(), api_key), ("apiSecret".into(), api_secret)];
        expected.extend(extra);
        expected.push(("callbackUrl".into(), callback.into()));
        expected.push(("state".into(), state.as_str().into()));

        let request = GetOauthUrl::new(&registration, state.clone()).request(&platform()).unwrap();
        prop_assert_eq!(request.method(), Method::GET);
        prop_assert_eq!(segments(request.uri()), ["", "base", "api-v2", "elements", &key, "oauth", "url"]);
        prop_assert_eq!(pairs(request.uri().query().unwrap()), expected.clone());

        let request = GetOauthUrl::new(&registration.in_body(), state).request(&platform()).unwrap();
        prop_assert_eq!(request.uri().query(), None);
        let body: BTreeMap<String, String> = serde_json::from_slice(request.body()).unwrap();
        prop_assert_eq!(body, expected.into_iter().collect::<BTreeMap<_, _>>());
    }

    #[test]
    fn a_creation_is_read_back(
        key in key(), data in btree_map(any::<String>(), text(), 0..4), entries in btree_map(any::<String>(), text(), 0..4),
        flag: bool, number: i64, tags in vec(text(), 0..3), name in proptest::option::of(text()),
    ) {
        let mut create = create(&key).configuration("flag", flag).configuration("number", number);
        for (name, value) in &data { create = create.provider_data(name, value.as_str()); }
        for (name, value) in &entries { create = create.configuration(name, value.as_str()); }
        for tag in &tags { create = create.tag(tag); }
        if let Some(name) = &name { create = create.name(name); }
        let request = create.request(&platform()).unwrap();
        let mut configuration = json!({"flag": flag, "number": number});
        for (name, value) in entries { configuration[name] = value.into(); }
        let marker = create.record().marker().as_str().to_owned();
        let connector = match key.parse::<u64>() {
            Ok(id) if key.bytes().all(|byte| byte.is_ascii_digit()) => json!({"id": id}),
            _ => json!({"key": key}),
        };
        let tags: Vec<_> = tags.into_iter().chain([marker.clone()]).collect();
        let mut expected = json!({"element": connector, "configuration": configuration, "name": name.unwrap_or(marker), "tags": tags});
        if !data.is_empty() { expected["providerData"] = json!(data); }
        prop_assert_eq!(serde_json::from_slice::<Value>(request.body()).unwrap(), expected);
    }

    #[test]
    fn an_instance_request_is_read_back(path in vec(segment(), 1..5), query in vec((text(), any::<String>()), 0..4)) {
        let written = path.iter().fold(String::new(), |url, segment| format!("{url}/{}", utf8_percent_encode(segment, NON_ALPHANUMERIC)));
        let token = InstanceToken::from("t/+=");
        let get = query.iter().fold(InstanceRequest::get(written, &token), |get, (name, value)| get.query(name, value.as_str()));
        let request = get.request(&platform()).unwrap();
        prop_assert_eq!(&segments(request.uri())[3..], path);
        prop_assert_eq!(pairs(request.uri().query().unwrap_or_default()), query);
        prop_assert_eq!(request.headers()["authorization"].to_str().unwrap(), "User user+/=, Organization organization+/=, Element t/+=");
    }

    /// Whatever the path, a request stays under the base URL or is not made.
    #[test]
    fn an_instance_request_stays_under_the_base_url(path: String) {
        if let Ok(request) = InstanceRequest::get(path, &InstanceToken::from("t")).request(&platform()) {
            prop_assert_eq!(request.uri().authority().map(http::uri::Authority::as_str), Some("api.example:8443"));
            prop_assert!(request.uri().path().starts_with("/base/api-v2/"));
            prop_assert!(!request.uri().path().split('/').any(|segment| matches!(segment, "." | "..")));
        }
    }

    /// Random bytes always serve; a text of few characters never does.
    #[test]
    fn entropy_is_told_from_text(bytes in vec(any::<u8>(), 48), few in "[a-m]{48,60}") {
        prop_assert!(Entropy::from_bytes(&bytes).is_ok());
        prop_assert!(Entropy::from_bytes(few.as_bytes()).is_err());
    }

    #[test]
    fn platforms_are_refused_or_used_as_written(base in "(https?://)?[a-z0-9.@:\\[\\]/%?#_ é-]{0,24}") {
        let credentials = Credentials::new("u", "o").unwrap();
        if let Ok(platform) = Platform::new(&base, credentials) {
            let written = base.trim_end_matches('/').to_ascii_lowercase();
            prop_assert!(written.starts_with(&platform.base_url().to_ascii_lowercase()), "{}", platform.base_url());
        }
    }

    #[test]
    fn a_redirect_never_panics_and_agrees_with_a_form_decoder(query: String) {
        agrees_with_a_form_decoder(&query)?;
    }

    #[test]
    fn a_likely_redirect_agrees_with_a_form_decoder(query in "((code|state|error|a|%63ode)=[a-c%2+S]{0,4}&?){0,4}(#_)?") {
        agrees_with_a_form_decoder(&query)?;
        agrees_with_a_form_decoder(&format!("{query}&state=S&code=c"))?;
    }

    #[test]
    fn a_redirect_is_read_back(code in "[^\\p{Cc}]{1,40}", state in state(), extra in vec(("x[a-z]{0,5}", any::<String>()), 0..4)) {
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.append_pair("code", &code).append_pair("state", state.as_str());
        for (name, value) in &extra { query.append_pair(name, value); }
        let query = query.finish();
        for text in [query.clone(), format!("?{query}#_"), format!("https://app.example/auth?{query}#_"), format!("/auth?{query}"), format!("com.example.app:/auth?{query}")] {
            let callback = Callback::parse(&text, &state).unwrap();
            let mut expected = vec![("code".to_owned(), code.clone())];
            expected.extend(extra.clone());
            let read: Vec<_> = callback.parameters().map(|(name, value)| (name.to_owned(), value.expose().to_owned())).collect();
            prop_assert_eq!(read, expected);
        }
    }

    /// A shell reads the command back as the words it is made of, with every secret a variable.
    #[test]
    fn a_curl_command_is_one_command(name in text(), value in text(), secret in "[a-z]{12}") {
        let create = create("k").configuration("oauth.callback.url", value.as_str()).provider_data("code", secret.as_str()).name(name.as_str());
        let command = curl(&create.request(&platform()).unwrap());
        prop_assert!(!command.contains(&secret));
        let words = shlex::split(&command).unwrap();
        let data = words.iter().skip_while(|word| *word != "--data-binary").nth(1).unwrap();
        let body: Value = serde_json::from_str(data).unwrap();
        prop_assert_eq!(&body["name"], &Value::from(name));
        prop_assert_eq!(&body["configuration"]["oauth.callback.url"], &Value::from(value));
        prop_assert_eq!(&body["providerData"]["code"], "$YOUR_MOMS_CODE");
        prop_assert_eq!(words.last().unwrap(), "https://api.example:8443/base/api-v2/instances");
    }

    #[test]
    fn a_redacted_request_shows_no_value(secret in "[A-Z]{16}") {
        let token = InstanceToken::from(secret.as_str());
        let post = InstanceRequest::post("/x", &token).query("q", secret.as_str()).json_body(&secret);
        let request = post.request(&platform()).unwrap();
        let shown = format!("{} {:?} {post:?} {}", Redacted(&request), Redacted(&request), curl(&request));
        prop_assert!(!shown.contains(&secret), "{}", shown);
    }
}

fn segments(uri: &http::Uri) -> Vec<String> {
    uri.path()
        .split('/')
        .map(|segment| percent_decode_str(segment).decode_utf8().unwrap().into_owned())
        .collect()
}

fn agrees_with_a_form_decoder(query: &str) -> Result<(), TestCaseError> {
    let state = State::new("S").unwrap();
    match Callback::parse(query, &state) {
        Ok(callback) => {
            let query = query.split('#').next().unwrap();
            let query = query.strip_prefix('?').unwrap_or(query);
            let once = ["code", "error", "iss", "oauth_token", "oauth_verifier"];
            let expected: Vec<_> = pairs(query)
                .into_iter()
                .filter(|(name, value)| {
                    name != "state" && !(once.contains(&name.as_str()) && value.is_empty())
                })
                .collect();
            let read: Vec<_> =
                callback.parameters().map(|(n, v)| (n.to_owned(), v.expose().to_owned())).collect();
            prop_assert_eq!(read, expected);
        }
        Err(CallbackError::Denied(denial)) => {
            prop_assert!(pairs(query).iter().any(|(name, value)| name == "error" && value == denial.error()));
        }
        Err(_) => {}
    }
    Ok(())
}
