//! What one side builds the other reads: requests, redirects and instances against independent readings of them.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking, its helpers too")]

use std::collections::BTreeMap;

use http::Method;
use proptest::collection::{btree_map, vec};
use proptest::prelude::*;
use serde_json::{Map, Value, json};
use your_moms_core::{
    Call, Callback, CallbackError, CallbackUrl, ClientCredentials, ConfigurationValue, CreateInstance,
    Credentials, Instance, InstanceToken, OauthUrl, Operation as _, Platform, Redacted, State, Vocabulary,
    curl,
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

/// Text that a client credential, name or parameter may be: anything but control characters, and no sample's blank.
fn text() -> impl Strategy<Value = String> {
    "[^\\p{Cc}<>]{1,24}"
}

fn segment() -> impl Strategy<Value = String> {
    text().prop_filter("no dot segment", |text| !matches!(text.as_str(), "." | ".."))
}

fn state() -> impl Strategy<Value = State> {
    "[!-~]{1,64}".prop_map(|text| State::new(text).unwrap())
}

/// Any JSON, a few levels deep.
fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        (-1e12f64..1e12).prop_map(Value::from),
        any::<String>().prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 12, 4, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(Value::from),
            btree_map(any::<String>(), inner, 0..4).prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

/// An instance as answered: the members that must be, members of the right kind or not, and unknown ones.
fn answered_instance() -> impl Strategy<Value = Map<String, Value>> {
    let odd = |name: &'static str| (Just(name.to_owned()), any_json());
    let known = prop_oneof![
        odd("name"),
        odd("configuration"),
        odd("tags"),
        odd("valid"),
        odd("disabled"),
        odd("your_mom"),
        odd("eventsNotificationCallbackUrl"),
    ];
    let members = vec(prop_oneof![known, (any::<String>(), any_json())], 0..8);
    (any::<u64>(), "[!-~]{1,40}", members).prop_map(|(id, token, members)| {
        let mut instance: Map<String, Value> = members.into_iter().collect();
        instance.insert("id".into(), id.into());
        instance.insert("token".into(), token.into());
        instance
    })
}

proptest! {
    #[test]
    fn an_oauth_url_request_is_read_back(
        key in segment(), api_key in text(), api_secret in text(), state in state(), extra in btree_map("x[a-z]{1,8}", any::<String>().prop_filter("blank", |t| !t.contains('<') && !t.to_lowercase().contains("code on")), 0..4),
    ) {
        let client = ClientCredentials::new(api_key.as_str(), api_secret.as_str()).unwrap();
        let callback = CallbackUrl::new("https://app.example/auth?a=b%20c&d='e'").unwrap();
        let ask = extra.iter().fold(OauthUrl::new(key.as_str(), &client, &callback, &state), |ask, (name, value)| ask.parameter(name, value.as_str()));
        let mut expected = vec![
            ("apiKey".to_owned(), api_key), ("apiSecret".into(), api_secret),
            ("callbackUrl".into(), callback.as_str().into()), ("state".into(), state.as_str().into()),
        ];
        expected.extend(extra);

        let request = ask.request(&platform()).unwrap();
        prop_assert_eq!(request.method(), Method::GET);
        let path: Vec<_> = request.uri().path().split('/').map(|segment| percent_encoding::percent_decode_str(segment).decode_utf8().unwrap().into_owned()).collect();
        prop_assert_eq!(path, ["", "base", "api-v2", "elements", &key, "oauth", "url"]);
        prop_assert_eq!(pairs(request.uri().query().unwrap()), expected.clone());

        let request = ask.in_body().request(&platform()).unwrap();
        prop_assert_eq!(request.uri().query(), None);
        let body: BTreeMap<String, String> = serde_json::from_slice(request.body()).unwrap();
        prop_assert_eq!(body, expected.into_iter().collect::<BTreeMap<_, _>>());
    }

    #[test]
    fn a_creation_is_read_back(
        key in text(), data in btree_map(any::<String>(), text(), 0..4), entries in btree_map(any::<String>(), text(), 0..4),
        flag: bool, number: i64, tags in vec(text(), 0..3), name in text(),
    ) {
        let mut create = CreateInstance::new(key.as_str()).configuration("flag", flag).configuration("number", number).name(name.as_str());
        for (name, value) in &data { create = create.provider_data(name, value.as_str()); }
        for (name, value) in &entries { create = create.configuration(name, value.as_str()); }
        for tag in &tags { create = create.tag(tag); }
        let request = create.request(&platform()).unwrap();
        let mut configuration = json!({"flag": flag, "number": number});
        for (name, value) in entries { configuration[name] = value.into(); }
        let mut expected = json!({"element": {"key": key}, "configuration": configuration, "name": name});
        if !data.is_empty() { expected["providerData"] = json!(data); }
        if !tags.is_empty() { expected["tags"] = json!(tags); }
        prop_assert_eq!(serde_json::from_slice::<Value>(request.body()).unwrap(), expected);
    }

    #[test]
    fn a_later_call_is_read_back(path in vec(segment(), 1..5), query in vec((text(), any::<String>()), 0..4)) {
        let written = path.iter().fold(String::new(), |url, segment| format!("{url}/{}", percent_encoding::utf8_percent_encode(segment, percent_encoding::NON_ALPHANUMERIC)));
        let token = InstanceToken::from("t/+=");
        let call = query.iter().fold(Call::new(Method::GET, written, &token), |call, (name, value)| call.query(name, value.as_str()));
        let request = call.request(&platform()).unwrap();
        let read: Vec<_> = request.uri().path().split('/').skip(3).map(|segment| percent_encoding::percent_decode_str(segment).decode_utf8().unwrap().into_owned()).collect();
        prop_assert_eq!(read, path);
        prop_assert_eq!(pairs(request.uri().query().unwrap_or_default()), query);
        prop_assert_eq!(request.headers()["authorization"].to_str().unwrap(), "User user+/=, Organization organization+/=, Element t/+=");
    }

    /// Whatever the path, a call stays under the base URL or is not made.
    #[test]
    fn a_later_call_stays_under_the_base_url(path: String) {
        if let Ok(request) = Call::new(Method::GET, path, &InstanceToken::from("t")).request(&platform()) {
            prop_assert_eq!(request.uri().authority().map(http::uri::Authority::as_str), Some("api.example:8443"));
            prop_assert!(request.uri().path().starts_with("/base/api-v2/"));
            prop_assert!(!request.uri().path().split('/').any(|segment| matches!(segment, "." | "..")));
        }
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

    #[test]
    fn an_instance_survives_a_round_trip(answer in answered_instance()) {
        let answer = Value::Object(answer);
        let instance: Instance = serde_json::from_str(&answer.to_string()).unwrap();
        let kept = serde_json::to_string(&instance).unwrap();
        prop_assert_eq!(serde_json::from_str::<Value>(&kept).unwrap(), answer);
        prop_assert_eq!(serde_json::from_str::<Instance>(&kept).unwrap(), instance);
    }

    #[test]
    fn a_configuration_value_survives_a_round_trip(value in any_json()) {
        let read: ConfigurationValue = serde_json::from_str(&value.to_string()).unwrap();
        prop_assert_eq!(serde_json::to_value(&read).unwrap(), value);
    }

    /// A shell reads the command back as the words it is made of, with every secret a variable.
    #[test]
    fn a_curl_command_is_one_command(name in text(), value in text(), secret in "[a-z]{12}") {
        let create = CreateInstance::new("k").configuration("oauth.callback.url", value.as_str()).provider_data("code", secret.as_str()).name(name.as_str());
        let command = curl(&create.request(&platform()).unwrap());
        prop_assert!(!command.contains(&secret));
        let words = shlex::split(&command).unwrap();
        let data = words.iter().skip_while(|word| *word != "--data-binary").nth(1).unwrap();
        let body: Value = serde_json::from_str(data).unwrap();
        prop_assert_eq!(&body["name"], &Value::from(name));
        prop_assert_eq!(&body["configuration"]["oauth.callback.url"], &Value::from(value));
        prop_assert_eq!(&body["providerData"]["code"], "$CODE");
        prop_assert_eq!(words.last().unwrap(), "https://api.example:8443/base/api-v2/instances");
    }

    #[test]
    fn a_redacted_request_shows_no_value(secret in "[A-Z]{16}") {
        let token = InstanceToken::from(secret.as_str());
        let call = Call::new(Method::POST, "/x", &token).query("q", secret.as_str()).json(&secret);
        let request = call.request(&platform()).unwrap();
        let shown = format!("{} {:?} {call:?} {}", Redacted(&request), Redacted(&request), curl(&request));
        prop_assert!(!shown.contains(&secret), "{}", shown);
    }
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
