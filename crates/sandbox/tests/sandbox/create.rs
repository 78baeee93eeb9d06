//! Step 2: `POST /instances`.

use serde_json::{Value, json};
use your_moms_sandbox::{InstanceSummary, Noun};

use crate::app::{App, CALLBACK, refused_creation};

fn instance(noun: Noun) -> Value {
    json!({
        "id": 123,
        "name": "Test",
        "token": "sandbox-instance-token+/lqCj3ybyX45FcgDfK4KXhyc=",
        noun.singular(): {
            "id": 74,
            "name": "Instagram Beta",
            "key": "instagram",
            "description": "Instagram is an online mobile photo-sharing, video-sharing and social networking service \
                            that enables its users to take pictures and videos, and share them on a variety of social \
                            networking platforms, such as Facebook, Twitter, Tumblr and Flickr.",
            "image": "https://pbs.twimg.com/profile_images/1550954462/instagramIcon.png",
            "active": false,
            "deleted": false,
            "typeOauth": false,
            "trialAccount": false,
            "transformationsEnabled": true,
            "authentication": { "type": "oauth2" },
            "hub": "social",
            "parameters": [],
        },
        "provisionInteractions": [],
        "valid": true,
        "disabled": false,
        "maxCacheSize": 0,
        "cacheTimeToLive": 0,
        "configuration": {
            "base.url": "https://api.instagram.com/v1",
            "oauth.api.secret": "sandbox-instagram-client-secret+/w3Np+C84uriTlanZOpoyTVA=",
            "oauth.token.url": "https://api.instagram.com/oauth/access_token",
            "pagination.max": "100",
            "oauth.scope": "basic+comments+relationships+likes",
            "oauth.user.token": "sandbox-provider-token+/YbX3jCslPt3NSGTGlWP3GgQ=",
            "oauth.authorization.url": "https://api.instagram.com/oauth/authorize",
            "event.notification.instance.finder": null,
            "pagination.offset": "false",
            "oauth.callback.url": CALLBACK,
            "oauth.user.refresh_token": null,
            "oauth.user.refresh_interval": "3600",
            "oauth.api.key": "sandbox-instagram-client-id",
            "oauth.user.refresh_time": null,
        },
        "tags": ["demo"],
        "eventsEnabled": false,
        "cachingEnabled": false,
        "createdDate": "2016-04-07T03:33:20Z",
        "user": {
            "id": 1,
            "emailAddress": "user-1@sandbox.invalid",
            "firstName": "Sandbox",
            "lastName": "User 1",
        },
    })
}

#[test]
fn the_response_is_the_one_of_the_source_document_in_both_vocabularies() {
    for noun in [Noun::YourMom, Noun::Element] {
        let mut app = App::new(noun);
        let code = app.code("instagram");
        let response = app.post("/instances", &app.body("instagram", &code));
        assert_eq!((response.status.as_u16(), &response.json), (200, &instance(noun)));
        assert_eq!(response.headers["elements-element-instance-id"], "123");
        let summary = InstanceSummary {
            id: 123,
            name: "Test".to_owned(),
            connector: "instagram".to_owned(),
            account: "sandbox.traveller".to_owned(),
            tags: vec!["demo".to_owned()],
        };
        assert_eq!(app.sandbox.instances(), [summary]);
    }
}

#[test]
fn what_one_vocabulary_creates_the_other_knows() {
    let mut app = App::new(Noun::YourMom);
    app.connect("instagram");
    app.noun = Noun::Element;
    assert_eq!(app.call("GET", "/instances/123").json, instance(Noun::Element));
}

#[test]
fn the_connector_may_be_named_by_the_path_or_by_its_id() {
    for (path, named) in [
        ("/your_moms/instagram/instances", Value::Null),
        ("/your_moms/74/instances", json!({ "key": "instagram" })),
        ("/instances", json!({ "id": 74 })),
        ("/instances", json!({ "id": 74, "key": "instagram" })),
        ("/instances", json!({ "id": 74, "key": null })),
    ] {
        let mut app = App::new(Noun::YourMom);
        let code = app.code("instagram");
        let mut body = app.body("instagram", &code);
        body["your_mom"] = named;
        let response = app.post(path, &body);
        assert_eq!((response.status.as_u16(), &response.json), (200, &instance(Noun::YourMom)), "{path}");
    }
}

#[test]
fn markup_is_stripped_from_name_and_tags() {
    let mut app = App::new(Noun::YourMom);
    let code = app.code("instagram");
    let mut body = app.body("instagram", &code);
    body["name"] = json!("<b>Tom</b> & Jerry");
    body["tags"] = json!(["<b>x</b>", "<br>", "1 < 2"]);
    let response = app.post("/instances", &body);
    assert_eq!(response.json["name"], "Tom & Jerry");
    assert_eq!(response.json["tags"], json!(["x", "1 < 2"]));
    assert_eq!(app.sandbox.instances()[0].name, "Tom & Jerry");
}

#[test]
fn without_tags_the_name_becomes_the_only_one() {
    for tags in [Value::Null, json!([]), json!(["<br>"])] {
        let mut app = App::new(Noun::YourMom);
        let code = app.code("instagram");
        let mut body = app.body("instagram", &code);
        body["tags"] = tags;
        assert_eq!(app.post("/instances", &body).json["tags"], json!(["Test"]));
    }
}

#[test]
fn a_basic_connector_needs_no_code() {
    let mut app = App::new(Noun::YourMom);
    let body = json!({
        "your_mom": { "key": "servicenow" },
        "configuration": { "username": "u", "password": "p" },
    });
    let response = app.post("/instances", &body);
    assert_eq!(response.status, 200);
    assert_eq!(response.json["name"], "ServiceNow");
    assert_eq!(response.json["your_mom"]["authentication"], json!({ "type": "basic" }));
    let configuration = json!({
        "username": "u", "password": "p", "base.url": "https://sandbox.invalid/servicenow",
    });
    assert_eq!(response.json["configuration"], configuration);
}

#[test]
fn values_of_the_callers_replace_defaults_and_unknown_entries_are_kept() {
    let mut app = App::new(Noun::YourMom);
    let code = app.code("instagram");
    let mut body = app.body("instagram", &code);
    body["configuration"]["pagination.max"] = json!(50);
    body["configuration"]["event.notification.enabled"] = json!(true);
    let configuration = app.post("/instances", &body).json["configuration"].clone();
    let mut expected = instance(Noun::YourMom)["configuration"].clone();
    expected["pagination.max"] = json!(50);
    expected["event.notification.enabled"] = json!(true);
    assert_eq!(configuration, expected);
}

#[test]
fn a_body_that_is_not_right_is_refused_with_what_is_wrong() {
    let bad_request = |message: &str| (400, message.to_owned(), None);
    let missing = |entries: &str| bad_request(&format!("Missing required configuration entries: {entries}."));
    let all = "oauth.api.key, oauth.api.secret, oauth.callback.url";
    assert_eq!(refused_creation(|_, body| body["configuration"] = json!({})), missing(all));
    assert_eq!(refused_creation(|_, body| body["configuration"] = Value::Null), missing(all));
    assert_eq!(
        refused_creation(|_, body| {
            body["configuration"]["oauth.api.key"] = json!(" ");
            body["configuration"]["oauth.api.secret"] = Value::Null;
        }),
        missing("oauth.api.key, oauth.api.secret")
    );

    let no_code =
        bad_request("You must provide an OAuth code in order to create an instance of this your_mom");
    assert_eq!(refused_creation(|_, body| body["providerData"] = json!({})), no_code);
    assert_eq!(refused_creation(|_, body| body["providerData"]["code"] = json!("")), no_code);
    assert_eq!(
        refused_creation(|_, body| drop(body.as_object_mut().unwrap().remove("providerData"))),
        no_code
    );

    let no_key = bad_request("You must provide your_mom.key to create an instance.");
    assert_eq!(refused_creation(|_, body| body["your_mom"] = json!({})), no_key);
    assert_eq!(
        refused_creation(|_, body| {
            body["element"] = body["your_mom"].take(); // the other vocabulary's field
        }),
        no_key
    );
    let unknown = "No your_mom found";
    assert_eq!(
        refused_creation(|_, body| body["your_mom"]["key"] = json!("myspace")),
        (404, unknown.to_owned(), None)
    );
    let types = bad_request("your_mom.key must be a string, and your_mom.id a number.");
    assert_eq!(refused_creation(|_, body| body["your_mom"]["key"] = json!(74)), types);
    assert_eq!(refused_creation(|_, body| body["your_mom"]["id"] = json!("74")), types);
    assert_eq!(
        refused_creation(|_, body| body["your_mom"]["id"] = json!(81)),
        bad_request("your_mom.key and your_mom.id name different connectors.")
    );
    assert_eq!(
        refused_creation(|_, body| body["your_mom"] = json!([])),
        bad_request("your_mom must be a JSON object.")
    );
    assert_eq!(
        refused_creation(|_, body| body["configuration"]["oauth.scope"] = json!(["basic"])),
        bad_request("The values in configuration must be strings, numbers, booleans or null.")
    );
    let tags = bad_request("tags must be an array of strings.");
    assert_eq!(refused_creation(|_, body| body["tags"] = json!("demo")), tags);
    assert_eq!(refused_creation(|_, body| body["tags"] = json!([1])), tags);
    assert_eq!(refused_creation(|_, body| body["name"] = json!(1)), bad_request("name must be a string."));
}

#[test]
fn the_path_and_the_body_must_mean_the_same_connector() {
    let mut app = App::new(Noun::YourMom);
    let code = app.code("instagram");
    let body = app.body("instagram", &code);
    let response = app.post("/your_moms/dropbox/instances", &body);
    let message = "The your_mom in the path is not the your_mom in the body.";
    assert_eq!(response.refusal(), (400, message, None));
}
