//! Step 1: `GET` and `POST /{nouns}/{key}/oauth/url`.

use serde_json::json;
use your_moms_sandbox::Noun;

use crate::app::{App, CALLBACK};

const QUERY: &str =
    "apiKey=sandbox-instagram-client-id&apiSecret=s&callbackUrl=http://127.0.0.1:8080/callback";
const OAUTH_URL: &str = "http://127.0.0.1/provider/instagram/oauth/authorize?response_type=code\
                         &client_id=sandbox-instagram-client-id\
                         &redirect_uri=http%3A%2F%2F127.0.0.1%3A8080%2Fcallback\
                         &scope=basic+comments+relationships+likes&state=";

#[test]
fn the_response_names_the_connector_with_the_noun_of_the_path() {
    for noun in [Noun::YourMom, Noun::Element] {
        let mut app = App::new(noun);
        let path = format!("/{}/instagram/oauth/url?{QUERY}&state=s%2B1", noun.plural());
        let response = app.send("GET", &path, &[], b"");
        assert_eq!(response.status, 200);
        let expected = json!({ "oauthUrl": format!("{OAUTH_URL}s%2B1"), noun.singular(): "instagram" });
        assert_eq!(response.json, expected);
        assert_eq!(response.headers["content-type"], "application/json;charset=UTF-8");
    }
}

#[test]
fn state_left_out_becomes_the_key_of_the_connector() {
    let mut app = App::new(Noun::YourMom);
    for query in [QUERY.to_owned(), format!("{QUERY}&state=")] {
        let response = app.send("GET", &format!("/your_moms/instagram/oauth/url?{query}"), &[], b"");
        let expected = json!({ "oauthUrl": format!("{OAUTH_URL}instagram"), "your_mom": "instagram" });
        assert_eq!(response.json, expected);
    }
}

#[test]
fn post_has_the_same_response_from_a_json_body() {
    let mut app = App::new(Noun::YourMom);
    let body = json!({
        "apiKey": "sandbox-instagram-client-id", "apiSecret": "s", "callbackUrl": CALLBACK, "state": "a b",
    });
    let response = app.post("/your_moms/instagram/oauth/url", &body);
    assert_eq!(response.json, json!({ "oauthUrl": format!("{OAUTH_URL}a+b"), "your_mom": "instagram" }));
}

#[test]
fn forms_that_live_clients_send_are_understood() {
    let mut app = App::new(Noun::YourMom);
    let expected = json!({ "oauthUrl": format!("{OAUTH_URL}a+b"), "your_mom": "instagram" });
    for path in [
        format!("/your_moms/instagram/oauth/url?{QUERY}&state=a+b"),
        format!("/your_moms/instagram/oauth/url/?{QUERY}&state=a%20b"),
        format!("//your_moms//instagram/oauth/url?{QUERY}&state=a%20b"),
        format!("/your_moms/74/oauth/url?{QUERY}&state=a+b"),
        format!(
            "/your_moms/instagram/oauth/url?{}&state=a+b&siteAddress=x",
            QUERY.replace("://", "%3A%2F%2F")
        ),
    ] {
        let response = app.send("GET", &path, &[("content-type", "application/json")], b"");
        assert_eq!((response.status.as_u16(), &response.json), (200, &expected), "{path}");
    }
}

#[test]
fn a_scope_of_the_callers_replaces_the_default() {
    let mut app = App::new(Noun::YourMom);
    let response = app.send(
        "GET",
        &format!("/your_moms/instagram/oauth/url?{QUERY}&scope=basic+likes&state=s"),
        &[],
        b"",
    );
    let url = OAUTH_URL.replace("basic+comments+relationships+likes", "basic+likes");
    assert_eq!(response.json, json!({ "oauthUrl": format!("{url}s"), "your_mom": "instagram" }));
}

#[test]
fn every_missing_parameter_is_named() {
    let mut app = App::new(Noun::YourMom);
    let mut refusal = |query: &str| {
        let response = app.send("GET", &format!("/your_moms/instagram/oauth/url?{query}"), &[], b"");
        let (status, message, _) = response.refusal();
        (status, message.to_owned())
    };
    let missing = |names: &str| (400, format!("Missing required parameters: {names}."));
    assert_eq!(refusal(""), missing("apiKey, apiSecret, callbackUrl"));
    assert_eq!(refusal("apiKey=a&callbackUrl="), missing("apiSecret, callbackUrl"));
    assert_eq!(refusal("apiKey=a&apiSecret=b&callbackurl=c"), missing("callbackUrl"));
    let twice = (400, "The parameter apiKey is given more than once.".to_owned());
    assert_eq!(refusal(&format!("{QUERY}&apiKey=b")), twice);
}

#[test]
fn credentials_may_be_left_out_but_not_be_wrong() {
    let mut app = App::new(Noun::Element);
    let path = format!("/elements/instagram/oauth/url?{QUERY}");
    assert_eq!(app.send("GET", &path, &[], b"").status, 200);
    assert_eq!(app.call("GET", &path).status, 200);
    let response = app.call_with("GET", &path, "User x, Organization y");
    let message = "Invalid Organization or User secret, or invalid Element token provided.";
    assert_eq!(response.refusal(), (401, message, None));
}

#[test]
fn a_connector_with_basic_authentication_has_no_oauth_url() {
    let mut app = App::new(Noun::YourMom);
    let response = app.send("GET", &format!("/your_moms/servicenow/oauth/url?{QUERY}"), &[], b"");
    let message = "ServiceNow has basic authentication and no OAuth URL. Create the instance with the configuration \
                   entries username, password.";
    assert_eq!(response.refusal(), (400, message, None));
}

#[test]
fn an_unknown_connector_is_not_found() {
    let mut app = App::new(Noun::YourMom);
    let response = app.send("GET", &format!("/your_moms/dropinstagram/oauth/url?{QUERY}"), &[], b"");
    let message = "No your_mom found";
    assert_eq!(response.refusal(), (404, message, None));
}
