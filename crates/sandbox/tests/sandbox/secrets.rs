//! No secret shows where a person or a log may look.

use http::Request;
use your_moms_sandbox::{Call, Noun, Record, SandboxTransport};

use crate::app::{App, CALLBACK};

#[test]
fn no_debug_output_and_no_journal_shows_a_secret() {
    let mut app = App::new(Noun::YourMom);
    let instance = app.connect("instagram");
    let token = instance["token"].as_str().unwrap().to_owned();
    let client = app.sandbox.client("instagram").unwrap().clone();
    let credentials = app.sandbox.credentials().clone();
    let second = app.sandbox.add_account();
    let code = app.code("instagram");

    let etsy = app.sandbox.client("etsy").unwrap().clone();
    let query = form_urlencoded::Serializer::new(String::new())
        .append_pair("apiKey", &etsy.api_key)
        .append_pair("apiSecret", &etsy.api_secret)
        .append_pair("callbackUrl", CALLBACK)
        .finish();
    let request_token = app.call("GET", &format!("/your_moms/etsy/oauth/token?{query}")).json;
    let text = |name: &str| request_token[name].as_str().unwrap().to_owned();
    let secrets = [
        token,
        code.clone(),
        client.api_secret.clone(),
        credentials.user_secret.clone(),
        credentials.organization_secret.clone(),
        second.user_secret.clone(),
        second.organization_secret.clone(),
        etsy.api_secret,
        text("token"),
        text("secret"),
    ];

    // Mistakes put secrets where none belong: into a path, and into a query as a name.
    for secret in &secrets {
        let encoded: String = form_urlencoded::byte_serialize(secret.as_bytes()).collect();
        app.call("GET", &format!("/instances/{encoded}?{encoded}&{encoded}=1&state={encoded}"));
        app.call("GET", &format!("/{secret}?{secret}"));
    }

    let request = Request::get("/your_moms/api-v2/instances/123")
        .header("authorization", app.authorization())
        .body(&b""[..])
        .unwrap();
    let reply = app.sandbox.respond(&request, app.now);
    let now = app.now;
    let press_error = app.sandbox.allow(&format!("https://x/?{code}"), now).unwrap_err();
    let shown = [
        format!("{credentials:?} {second:?} {client:?} {reply:?} {press_error:?} {press_error}"),
        format!("{:?} {:?} {:?}", app.sandbox, app.sandbox.instances(), app.sandbox.journal()),
        format!("{:?}", SandboxTransport::new(app.sandbox)),
    ]
    .concat();
    for secret in &secrets {
        let random_part = secret.split_once("+/").unwrap().1;
        assert!(!shown.contains(&random_part[..8]), "{secret} shows in {shown}");
    }
}

#[test]
fn the_journal_knows_the_words_of_every_call() {
    let mut app = App::new(Noun::Element);
    for (method, path, shown) in [
        ("PATCH", "/instances/123/configuration/oauth.api.key", "/instances/123/configuration/oauth.api.key"),
        ("PATCH", "/instances/configuration/secret", "/instances/configuration/…"),
        ("PUT", "/instances/enabled", "/instances/enabled"),
        ("GET", "/elements/etsy/instances/1234567890", "/elements/etsy/instances/…"),
        ("GET", "/elements/etsy/oauth/token", "/elements/etsy/oauth/token"),
    ] {
        app.call(method, path);
        assert_eq!(app.sandbox.journal().last().unwrap().path, format!("/elements/api-v2{shown}"));
    }
    app.call(
        "GET",
        "/elements?where=a&hydrate=b&requestToken=c&oauth_callback=d&oauth_token=e&oauth_verifier=f",
    );
    let names = ["where", "hydrate", "requestToken", "oauth_callback", "oauth_token", "…"];
    assert_eq!(app.sandbox.journal().last().unwrap().query_names, names);
}

#[test]
fn the_journal_tells_names_and_numbers() {
    let mut app = App::new(Noun::Element);
    let authorization = app.authorization();
    let headers =
        [("authorization", authorization.as_str()), ("X-Trace", "1"), ("accept", "*/*"), ("accept", "*/*")];
    app.send("POST", "//instances/?state=x&callbackUrl=y&other=z&w", &headers, b"not json");
    app.send("GET", "/hubs/social/media/me", &[], b"");
    let expected = [
        Record {
            call: Some(Call::CreateInstance),
            method: "POST".to_owned(),
            path: "/elements/api-v2/instances".to_owned(),
            query_names: ["state", "callbackUrl", "…", "…"].map(str::to_owned).to_vec(),
            header_names: ["accept", "authorization", "x-trace"].map(str::to_owned).to_vec(),
            body_length: 8,
            status: Some(http::StatusCode::UNSUPPORTED_MEDIA_TYPE),
            fault: None,
            behaviours: Vec::new(),
        },
        Record {
            call: Some(Call::Resource),
            method: "GET".to_owned(),
            path: "/elements/api-v2/hubs/social/media/…".to_owned(),
            query_names: Vec::new(),
            header_names: Vec::new(),
            body_length: 0,
            status: Some(http::StatusCode::UNAUTHORIZED),
            fault: None,
            behaviours: Vec::new(),
        },
    ];
    assert_eq!(app.sandbox.journal(), expected);
}
