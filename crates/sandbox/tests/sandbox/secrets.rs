//! No secret shows where a person or a log may look.

use http::Request;
use serde_json::json;
use your_moms_sandbox::{Call, Noun, SandboxTransport};

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
        // … or into a header field, a member's name or value, or a form.
        let body =
            json!({ secret: secret, "name": format!("x {secret}\n"), "tags": [encoded, { "a": secret }] });
        app.post("/instances", &body);
        app.post("/instances", &json!([secret]));
        for kind in ["application/json", "application/x-www-form-urlencoded", "text/plain"] {
            let headers = [("content-type", kind), ("accept", secret.as_str()), ("x-other", secret)];
            app.send("POST", "/instances", &headers, format!("{secret}={encoded}&tags={secret}").as_bytes());
        }
    }
    app.call("GET", "/instances");
    app.write(
        "PATCH",
        "/instances/123/configuration/oauth.api.secret",
        &json!({ "propertyValue": "hunter2" }),
    );
    app.write(
        "PATCH",
        "/instances/123/configuration",
        &json!([{ "key": "password", "propertyValue": "hunter2" }]),
    );
    app.connect("dropbox");

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
        app.sandbox.journal().iter().map(|it| it.request.to_string()).collect(),
        app.sandbox.journal().iter().filter_map(|it| Some(it.response.as_ref()?.to_string())).collect(),
        format!("{:?}", SandboxTransport::new(app.sandbox)),
    ]
    .concat();
    assert!(!shown.contains("hunter2"));
    for secret in &secrets {
        let random_part = secret.split_once("+/").unwrap().1;
        assert!(!shown.contains(&random_part[..8]), "{secret} shows in {shown}");
    }
}

#[test]
fn what_a_connector_calls_secret_shows_nowhere_in_the_journal() {
    let mut app = App::new(Noun::Element);
    let configuration = json!({ "username": "hunter2" });
    let created =
        app.post("/instances", &json!({ "element": { "key": "closeio" }, "configuration": configuration }));
    assert_eq!(created.status, 200);
    app.call("GET", "/instances");
    app.write(
        "PATCH",
        "/instances/123/configuration",
        &json!([{ "key": "username", "propertyValue": "hunter2" }]),
    );
    app.write("PATCH", "/instances/123/configuration/username", &json!({ "propertyValue": "hunter2" }));
    let body = json!({
        "configuration": {
            "base.url": "https://joe:hunter2@x.example/",
            "passphrase": "hunter2",
            "session.id": "hunter2",
            "note": "{\"code\":\"hunter2\"}",
            "callback": "/cb?code=hunter2",
        },
        "name": "kept",
    });
    app.write("PATCH", "/instances/123", &body);
    let text = |record: &your_moms_sandbox::Record| {
        format!("{} {}", record.request, record.response.as_ref().unwrap())
    };
    let shown: String = app.sandbox.journal().iter().map(text).collect();
    assert!(!shown.contains("hunter2"), "{shown}");
    assert!(shown.contains(r#""name":"kept""#), "{shown}");
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
    let (create, get) = (&app.sandbox.journal()[0], &app.sandbox.journal()[1]);
    assert_eq!(
        (create.number, create.call, create.status.unwrap().as_u16()),
        (1, Some(Call::CreateInstance), 415)
    );
    assert_eq!((create.method.as_str(), create.path.as_str()), ("POST", "/elements/api-v2/instances"));
    assert_eq!(create.query_names, ["state", "callbackUrl", "…", "…"]);
    assert_eq!(create.header_names, ["accept", "authorization", "x-trace"]);
    assert_eq!((create.body_length, create.at, create.duration), (8, app.now, None));
    assert_eq!((&create.fault, create.behaviours.as_slice()), (&None, &[][..]));
    let shown = "POST /elements/api-v2/instances?state=…&callbackUrl=y&…&…\nauthorization: User …, Organization …\n\
                 x-trace: …\naccept: */*\naccept: */*\n\n(8 bytes of another type)";
    assert_eq!(create.request.to_string(), shown);

    assert_eq!((get.number, get.call, get.status.unwrap().as_u16()), (2, Some(Call::Resource), 401));
    assert_eq!(get.request.to_string(), "GET /elements/api-v2/hubs/social/media/…\n\n");
    let response = get.response.as_ref().unwrap();
    assert_eq!(response.start, "401 Unauthorized");
    let body: serde_json::Value = serde_json::from_str(&response.body).unwrap();
    assert!(body["message"].as_str().unwrap().starts_with("Invalid Organization or User secret"));
}
