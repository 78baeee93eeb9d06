//! `GET /{nouns}` and what is below it.

use serde_json::{Value, json};
use your_moms_sandbox::Noun;

use crate::app::App;

#[test]
fn the_catalogue_lists_every_connector() {
    for noun in [Noun::YourMom, Noun::Element] {
        let mut app = App::new(noun);
        let path = format!("/{}", noun.plural());
        let response = app.call("GET", &path);
        assert_eq!(response.status, 200);
        let shown: Vec<_> = response.json.as_array().unwrap().iter().map(short).collect();
        let expected = [
            json!([74, "instagram", "social", "oauth2"]),
            json!([81, "dropbox", "documents", "oauth2"]),
            json!([95, "servicenow", "helpdesk", "basic"]),
            json!([112, "etsy", "ecommerce", "oauth1"]),
            json!([123, "sfdc", "crm", "oauth2"]),
            json!([131, "closeio", "crm", "apiKey"]),
            json!([137, "jira", "helpdesk", "basic"]),
            json!([143, "freshdesk", "helpdesk", "apiKey"]),
            json!([149, "box", "documents", "oauth2"]),
            json!([155, "hubspot", "marketing", "oauth2"]),
            json!([161, "quickbooks", "finance", "oauth1"]),
            json!([167, "googledrive", "documents", "oauth2"]),
            json!([173, "stripe", "payment", "apiKey"]),
            json!([179, "twitter", "social", "oauth1"]),
            json!([185, "zendesk", "helpdesk", "oauth2"]),
        ];
        assert_eq!(shown, expected);

        let response = app.call("GET", &format!("{path}?pageSize=1"));
        assert_eq!(response.json.as_array().unwrap().iter().map(short).collect::<Vec<_>>(), expected[..1]);
        let next = response.headers["elements-next-page-token"].to_str().unwrap();
        let response = app.call("GET", &format!("{path}?nextPage={next}"));
        assert_eq!(response.json.as_array().unwrap().iter().map(short).collect::<Vec<_>>(), expected[1..]);
    }
}

#[test]
fn conditions_narrow_the_catalogue_and_an_unknown_one_is_refused() {
    for noun in [Noun::YourMom, Noun::Element] {
        let mut app = App::new(noun);
        let all: Vec<String> = app.sandbox.catalogue().keys().map(str::to_owned).collect();
        let all: Vec<&str> = all.iter().map(String::as_str).collect();
        let mut list = |condition: &str| {
            let encoded: String = form_urlencoded::byte_serialize(condition.as_bytes()).collect();
            app.call("GET", &format!("/{}?where={encoded}", noun.plural()))
        };
        for (condition, expected) in [
            ("private='false'", &all[..]),
            ("active='true'", &all[1..]),
            (" active = 'false' ", &["instagram"]),
            ("active='true' and hub='documents'", &["dropbox", "box", "googledrive"]),
            ("key='etsy' and private='false'", &["etsy"]),
            ("private='false' AND extended='false' AND key='etsy'", &["etsy"]),
            ("", &all[..]),
        ] {
            let shown = list(condition).json;
            let keys: Vec<_> =
                shown.as_array().unwrap().iter().map(|it| it["key"].as_str().unwrap()).collect();
            assert_eq!(keys, expected, "{condition}");
        }
        let none = format!("No {} found", noun.plural());
        for condition in ["private='true'", "extended='true'", "active='true' and key='instagram'", "hub=''"]
        {
            assert_eq!(list(condition).refusal(), (404, none.as_str(), None), "{condition}");
        }
        let unknown = "where must be conditions such as active='true', joined by and; private, extended, active, key \
                       and hub are possible.";
        for condition in [
            "deleted='true'",
            "active=true",
            "active='yes'",
            "active",
            "active='true' or key='etsy'",
            "active='true' and ",
            "key='it''s'",
        ] {
            assert_eq!(list(condition).refusal(), (400, unknown, None), "{condition}");
        }
        let path = format!("/{}?filter=active", noun.plural());
        let message = "Only the parameters where, nextPage, pageSize are possible here.";
        assert_eq!(app.call("GET", &path).refusal(), (400, message, None));
    }
}

fn short(connector: &Value) -> Value {
    json!([connector["id"], connector["key"], connector["hub"], connector["authentication"]["type"]])
}

#[test]
fn a_connector_is_the_one_in_its_instances() {
    let mut app = App::new(Noun::YourMom);
    let instance = app.connect("instagram");
    for path in ["/your_moms/instagram", "/your_moms/74"] {
        let response = app.call("GET", path);
        assert_eq!((response.status.as_u16(), &response.json), (200, &instance["your_mom"]));
    }
    let message = "No your_mom found";
    assert_eq!(app.call("GET", "/your_moms/75").refusal(), (404, message, None));
    assert_eq!(app.call("GET", "/your_moms/75/configuration").refusal(), (404, message, None));
}

#[test]
fn the_configuration_tells_which_entries_are_required() {
    let mut app = App::new(Noun::YourMom);
    let response = app.call("GET", "/your_moms/servicenow/configuration");
    let entry = |id: u64, key: &str, name: &str, kind: &str, required: bool, default: Value| {
        json!({
            "id": id, "name": name, "key": key, "description": name, "defaultValue": default, "type": kind,
            "required": required, "hideFromConsole": false, "internal": false, "active": true,
            "displayOrder": id % 100, "groupControl": false,
        })
    };
    let expected = json!([
        entry(9501, "username", "User name", "TEXTFIELD_64", true, Value::Null),
        entry(9502, "password", "Password", "PASSWORD", true, Value::Null),
        entry(
            9503,
            "base.url",
            "Base URL",
            "TEXTFIELD_1000",
            false,
            json!("https://sandbox.invalid/servicenow")
        ),
    ]);
    assert_eq!((response.status.as_u16(), response.json), (200, expected));

    let instagram = app.call("GET", "/your_moms/instagram/configuration").json;
    let of = |wanted: &str| -> Vec<String> {
        let entries = instagram.as_array().unwrap().iter().filter(|entry| entry[wanted] == true);
        entries.map(|entry| entry["key"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(of("required"), ["oauth.api.key", "oauth.api.secret", "oauth.callback.url"]);
    let internal = [
        "oauth.user.token",
        "oauth.user.refresh_token",
        "oauth.user.refresh_interval",
        "oauth.user.refresh_time",
    ];
    assert_eq!(of("internal"), internal);
    assert_eq!(of("hideFromConsole"), internal);
    let kind = |key: &str| {
        let entry = instagram.as_array().unwrap().iter().find(|entry| entry["key"] == key).unwrap();
        entry["type"].as_str().unwrap()
    };
    assert_eq!(
        ["oauth.api.key", "oauth.api.secret", "pagination.max", "pagination.offset"].map(kind),
        ["TEXTFIELD_64", "PASSWORD", "TEXTFIELD_32", "BOOLEAN"]
    );
    assert_eq!(app.call("GET", "/your_moms/74/configuration").json, instagram);
}
