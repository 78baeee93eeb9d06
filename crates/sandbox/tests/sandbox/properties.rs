//! Properties: no request makes the sandbox panic, and a seed decides every byte.

use std::time::{Duration, SystemTime};

use http::Request;
use proptest::prelude::*;
use your_moms_sandbox::{Noun, Sandbox};

use crate::app::App;

/// Paths that lead somewhere, mixed with words that do not.
fn path() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        prop::sample::select(vec![
            "your_moms",
            "elements",
            "api-v2",
            "instances",
            "oauth",
            "url",
            "instagram",
            "servicenow",
            "configuration",
            "provider",
            "authorize",
            "hubs",
            "social",
            "media",
            "ping",
            "enabled",
            "token",
            "etsy",
            "base.url",
            "123",
            "",
            "%2e%2e",
            "%FF",
        ])
        .prop_map(str::to_owned),
        "[!-~&&[^?#<>\"`{}\\\\^|]]{0,8}",
    ];
    let base = prop::sample::select(vec!["", "/your_moms/api-v2", "/elements/api-v2", "/provider/instagram"]);
    let random = (base, prop::collection::vec(word, 0..5))
        .prop_map(|(base, words)| format!("{base}/{}", words.join("/")));
    let real = prop::sample::select(vec![
        "/your_moms/api-v2/your_moms",
        "/your_moms/api-v2/your_moms/instagram/oauth/url",
        "/your_moms/api-v2/your_moms/servicenow/instances",
        "/your_moms/api-v2/instances",
        "/your_moms/api-v2/instances/123",
        "/your_moms/api-v2/instances/123/enabled",
        "/your_moms/api-v2/instances/123/configuration",
        "/your_moms/api-v2/instances/123/configuration/base.url",
        "/your_moms/api-v2/your_moms/etsy/oauth/token",
        "/your_moms/api-v2/your_moms/keys",
        "/your_moms/api-v2/your_moms/box/clone",
        "/your_moms/api-v2/your_moms/box-clone",
        "/your_moms/api-v2/your_moms/box-clone/active",
        "/your_moms/api-v2/your_moms/box-clone/export",
        "/your_moms/api-v2/your_moms/sfdc/docs",
        "/your_moms/api-v2/instances/objects",
        "/your_moms/api-v2/accounts",
        "/",
        "/inspector/journal",
        "/inspector/journal/1",
        "/inspector/instances",
        "/inspector/controls",
        "/inspector/arm",
        "/_sandbox",
        "/_sandbox/journal",
        "/_sandbox/faults/1",
        "/_sandbox/time",
        "/provider/etsy/oauth/authorize",
        "/provider/instagram/oauth/authorize",
    ]);
    prop_oneof![random, real.prop_map(str::to_owned)]
}

/// Resources of several connectors, and objects in them.
fn resource() -> impl Strategy<Value = String> {
    let path = prop::sample::select(vec![
        "/hubs/social/users/self",
        "/hubs/social/media",
        "/files",
        "/folders/contents",
        "/contacts",
    ]);
    let id =
        prop::sample::select(vec!["", "/9101", "/2001", "/1003_566745376", "/sandbox-1-4", "/x", "/x/y"]);
    (path, id).prop_map(|(path, id)| format!("{path}{id}"))
}

fn query() -> impl Strategy<Value = String> {
    let name = prop_oneof![
        prop::sample::select(vec![
            "apiKey",
            "apiSecret",
            "callbackUrl",
            "state",
            "scope",
            "pageSize",
            "nextPage",
            "tags[]",
            "client_id",
            "redirect_uri",
            "response_type",
            "searchText",
            "hydrate",
            "where",
            "requestToken",
            "returnTotalCount",
            "oauth_token",
            "oauth_callback",
        ])
        .prop_map(str::to_owned),
        "[a-z%+]{0,4}",
    ];
    let value = prop_oneof![
        Just("http://127.0.0.1/callback".to_owned()),
        Just("sandbox-instagram-client-id".to_owned()),
        Just("code".to_owned()),
        "(id|name)%3D'[0-9a-z]{0,4}'",
        "[!-~&&[^#<>\"`{}\\\\^|]]{0,12}",
    ];
    prop::collection::vec((name, value), 0..6)
        .prop_map(|pairs| pairs.into_iter().map(|(n, v)| format!("{n}={v}")).collect::<Vec<_>>().join("&"))
}

/// Bytes, and JSON of the right and of the wrong shape.
fn body() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        prop::collection::vec(any::<u8>(), 0..64),
        r#"\{"(your_mom|configuration|providerData|tags|name|id)":(\{"(key|code|id)":("instagram"|"servicenow"|74|null|\[\])\}|\[1?\]|"x"|null)\}"#
            .prop_map(String::into_bytes),
        r#"\{"your_mom":\{"key":"servicenow"\},"configuration":\{"username":"\PC{1,8}","password":"."\},"name":"\PC{0,8}"\}"#
            .prop_map(String::into_bytes),
        r#"\{"(propertyValue|key|name)":("\PC{0,8}"|1|true|null|\[\])(,"key":"base.url")?\}"#
            .prop_map(String::into_bytes),
        "(page|decision)=(allow|deny|x)&decision=allow".prop_map(String::into_bytes),
    ]
}

prop_compose! {
    fn request()(
        method in prop::sample::select(vec!["GET", "POST", "DELETE", "PUT", "PATCH", "HEAD", "OPTIONS", "BREW"]),
        path in path(),
        query in query(),
        accept in prop::option::of("[ -~]{0,16}"),
        authorization in prop::option::of("(User|Organization|Your_mom)? ?[ -~]{0,16}"),
        signed in any::<bool>(),
        content_type in prop::sample::select(vec!["application/json", "application/x-www-form-urlencoded", ";"]),
        body in body(),
    ) -> (Request<Vec<u8>>, bool) {
        let mut request = Request::builder().method(method).uri(format!("{path}?{query}"));
        for (name, value) in [("accept", accept), ("authorization", authorization.filter(|_| !signed))] {
            if let Some(value) = value {
                request = request.header(name, value);
            }
        }
        (request.header("content-type", content_type).body(body).unwrap(), signed)
    }
}

proptest! {
    #[test]
    fn no_request_makes_it_panic_and_every_refusal_of_the_platform_has_its_shape(
        requests in prop::collection::vec(request(), 1..8),
        seconds in any::<u32>(),
    ) {
        let app = App::new(Noun::YourMom);
        let authorization = app.authorization();
        let mut sandbox = app.sandbox;
        for (mut request, signed) in requests {
            if signed {
                request.headers_mut().insert("authorization", authorization.parse().unwrap());
            }
            let request = request.map(|body| body.leak() as &[u8]);
            let now = SystemTime::UNIX_EPOCH + Duration::from_secs(seconds.into());
            let response = sandbox.handle(&request, now);
            let has_body = request.method() != "HEAD" && response.status().is_client_error();
            if has_body && response.headers()["content-type"] != "text/html;charset=UTF-8" {
                let body: serde_json::Value = serde_json::from_slice(response.body()).unwrap();
                let of_platform = !request.uri().path().starts_with("/_sandbox");
                prop_assert!(body["requestId"].is_string() == of_platform && body["message"].is_string());
            }
            prop_assert!(!response.status().is_server_error());
        }
    }

    #[test]
    fn no_request_through_an_instance_makes_it_panic(
        key in prop::sample::select(vec!["instagram", "box", "hubspot"]),
        requests in prop::collection::vec((request(), resource()), 1..8),
    ) {
        let mut app = App::new(Noun::YourMom);
        let token = app.connect(key)["token"].as_str().unwrap().to_owned();
        let authorization = app.three_parts(&token);
        for ((request, _), path) in requests {
            let (mut head, body) = request.into_parts();
            let query = head.uri.query().unwrap_or_default().to_owned();
            head.uri = format!("/your_moms/api-v2{path}?{query}").parse().unwrap();
            head.headers.insert("authorization", authorization.parse().unwrap());
            head.headers.remove("accept");
            let response = app.sandbox.handle(&Request::from_parts(head, body.as_slice()), app.now);
            prop_assert!(!response.status().is_server_error());
            if !response.body().is_empty() {
                serde_json::from_slice::<serde_json::Value>(response.body()).unwrap();
            }
        }
    }

    #[test]
    fn whatever_goes_into_step_1_comes_back_from_the_provider(state in "\\PC{1,32}", port in 1u16..) {
        let mut app = App::new(Noun::YourMom);
        let query = form_urlencoded::Serializer::new(String::new())
            .append_pair("apiKey", "sandbox-instagram-client-id")
            .append_pair("apiSecret", "s")
            .append_pair("callbackUrl", &format!("http://127.0.0.1:{port}/callback"))
            .append_pair("state", &state)
            .finish();
        let response = app.send("GET", &format!("/your_moms/instagram/oauth/url?{query}"), &[], b"");
        let redirect = app.sandbox.deny(response.json["oauthUrl"].as_str().unwrap(), app.now).unwrap();
        let (callback, parameters) = redirect.split_once('?').unwrap();
        prop_assert_eq!(callback, format!("http://127.0.0.1:{port}/callback"));
        let returned = form_urlencoded::parse(parameters.as_bytes()).find(|(name, _)| name == "state");
        prop_assert_eq!(returned.unwrap().1, state);
    }

    #[test]
    fn the_same_seed_and_requests_give_the_same_bytes(seed in any::<u64>(), requests in prop::collection::vec(request(), 1..8)) {
        let run = |seed| {
            let mut sandbox = Sandbox::new(seed);
            let credentials = sandbox.credentials().clone();
            let authorization = format!("User {}, Organization {}", credentials.user_secret, credentials.organization_secret);
            let mut responses = Vec::new();
            for (request, signed) in &requests {
                let mut request = request.clone();
                if *signed {
                    request.headers_mut().insert("authorization", authorization.parse().unwrap());
                }
                let (head, body) = request.into_parts();
                let response = sandbox.handle(&Request::from_parts(head, body.as_slice()), SystemTime::UNIX_EPOCH);
                responses.push((response.status(), response.headers().clone(), response.into_body()));
            }
            (credentials, responses)
        };
        prop_assert_eq!(run(seed), run(seed));
        prop_assert_ne!(run(seed).0, run(seed.wrapping_add(1)).0);
    }
}
