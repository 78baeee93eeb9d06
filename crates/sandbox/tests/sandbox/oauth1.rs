//! A connector with OAuth 1.0a, from the request token to the instance.

use std::time::Duration;

use serde_json::{Value, json};
use your_moms_sandbox::{Noun, PressError};

use crate::app::{App, CALLBACK, parameter};

fn query(pairs: &[(&str, &str)]) -> String {
    form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish()
}

impl App {
    /// The registration at Etsy, as both calls of step 1 take it.
    fn etsy(&self, more: &[(&str, &str)]) -> String {
        let client = self.sandbox.client("etsy").unwrap();
        let own = [
            ("apiKey", client.api_key.as_str()),
            ("apiSecret", &client.api_secret),
            ("callbackUrl", CALLBACK),
        ];
        query(&[&own, more].concat())
    }

    /// The request token and its secret.
    fn request_token(&mut self) -> (String, String) {
        let path = format!("/{}/etsy/oauth/token?{}", self.noun.plural(), self.etsy(&[]));
        let response = self.send("GET", &path, &[], b"");
        assert_eq!(response.status, 200, "{}", response.json);
        let text = |name: &str| response.json[name].as_str().unwrap().to_owned();
        (text("token"), text("secret"))
    }

    fn etsy_url(&mut self, request_token: &str) -> String {
        let more = self.etsy(&[("requestToken", request_token), ("state", "a b")]);
        let response = self.send("GET", &format!("/{}/etsy/oauth/url?{more}", self.noun.plural()), &[], b"");
        response.json["oauthUrl"].as_str().unwrap().to_owned()
    }

    /// Everything that the redirect and the request token bring, for step 2.
    fn allowed(&mut self) -> Value {
        let (token, secret) = self.request_token();
        let url = self.etsy_url(&token);
        let redirect = self.sandbox.allow(&url, self.now).unwrap();
        json!({ "oauth_token": token, "oauth_verifier": parameter(&redirect, "oauth_verifier"), "secret": secret })
    }

    fn etsy_body(&self, provider_data: &Value) -> Value {
        let mut body = self.body("etsy", "");
        body["providerData"] = provider_data.clone();
        body
    }
}

#[test]
fn the_state_travels_inside_the_callback_url() {
    for noun in [Noun::YourMom, Noun::Element] {
        let mut app = App::new(noun);
        let path = format!("/{}/112/oauth/url?{}", noun.plural(), app.etsy(&[("requestToken", "t+/=")]));
        let expected = json!({
            "oauthUrl": "http://127.0.0.1/provider/etsy/oauth/authorize\
                         ?oauth_callback=http%3A%2F%2F127.0.0.1%3A8080%2Fcallback%3Fstate%3Detsy\
                         &oauth_token=t%2B%2F%3D",
            noun.singular(): "etsy",
        });
        assert_eq!(app.send("GET", &path, &[], b"").json, expected);
    }
    let mut app = App::new(Noun::YourMom);
    let body = json!({
        "apiKey": "k", "apiSecret": "s", "callbackUrl": "https://app/auth?x=1", "state": "a&b", "requestToken": "t",
    });
    let url = app.post("/your_moms/etsy/oauth/url", &body).json["oauthUrl"].clone();
    let expected = "http://127.0.0.1/provider/etsy/oauth/authorize\
                    ?oauth_callback=https%3A%2F%2Fapp%2Fauth%3Fx%3D1%26state%3Da%2526b&oauth_token=t";
    assert_eq!(url, expected);
}

#[test]
fn an_application_may_put_the_state_into_the_callback_url_itself() {
    let mut app = App::new(Noun::Element);
    let own = |app: &App| app.etsy(&[]).replace("%2Fcallback", "%2Fcallback%3Fstate%3Dmine");
    let path = format!("/elements/etsy/oauth/token?{}", own(&app));
    let token = app.send("GET", &path, &[], b"").json["token"].as_str().unwrap().to_owned();
    let path = format!("/elements/etsy/oauth/url?{}&{}", own(&app), query(&[("requestToken", &token)]));
    let url = app.send("GET", &path, &[], b"").json["oauthUrl"].as_str().unwrap().to_owned();
    let redirect = app.sandbox.allow(&url, app.now).unwrap();
    assert!(redirect.starts_with(&format!("{CALLBACK}?state=mine&oauth_token=")), "{redirect}");
}

#[test]
fn the_whole_way_leads_to_an_instance() {
    for noun in [Noun::YourMom, Noun::Element] {
        let mut app = App::new(noun);
        let (token, secret) = app.request_token();
        let url = app.etsy_url(&token);
        let redirect = app.sandbox.allow(&url, app.now).unwrap();
        let verifier = parameter(&redirect, "oauth_verifier").unwrap();
        let added = query(&[("oauth_token", &token), ("oauth_verifier", &verifier)]);
        assert_eq!(redirect, format!("{CALLBACK}?state=a+b&{added}"));

        let data = json!({ "oauth_token": token, "oauth_verifier": verifier, "secret": secret });
        let response = app.post("/instances", &app.etsy_body(&data));
        assert_eq!(response.status, 200, "{}", response.json);
        assert_eq!(response.json[noun.singular()]["authentication"], json!({ "type": "oauth1" }));
        let configuration = &response.json["configuration"];
        for entry in ["oauth.user.token", "oauth.user.token.secret"] {
            assert!(configuration[entry].as_str().unwrap().starts_with("sandbox-provider-token"), "{entry}");
        }
        assert_eq!(response.json.get("providerData"), None);
    }
}

#[test]
fn a_denial_is_an_error_with_the_state() {
    let mut app = App::new(Noun::YourMom);
    let (token, _) = app.request_token();
    let url = app.etsy_url(&token);
    let redirect = app.sandbox.deny(&url, app.now).unwrap();
    let expected =
        format!("{CALLBACK}?state=a+b&error=access_denied&error_description=The+user+denied+your+request");
    assert_eq!(redirect, expected);
}

#[test]
fn what_is_missing_is_named() {
    let mut app = App::new(Noun::YourMom);
    let mut message = |path: &str| {
        let response = app.send("GET", path, &[], b"");
        let (status, message, _) = response.refusal();
        (status, message.to_owned())
    };
    let missing = |names: &str| (400, format!("Missing required parameters: {names}."));
    assert_eq!(message("/your_moms/etsy/oauth/token"), missing("apiKey, apiSecret, callbackUrl"));
    assert_eq!(
        message("/your_moms/etsy/oauth/url?apiKey=k&apiSecret=s&callbackUrl=c"),
        missing("requestToken")
    );
    let no_oauth1 = |name: &str| (400, format!("{name} does not use OAuth 1.0a."));
    assert_eq!(message("/your_moms/instagram/oauth/token"), no_oauth1("Instagram Beta"));
    assert_eq!(message("/your_moms/servicenow/oauth/token"), no_oauth1("ServiceNow"));
    assert_eq!(message("/your_moms/myspace/oauth/token"), (404, "No your_mom found".to_owned()));

    let message = "You must provide oauth_token, oauth_verifier and secret in order to create an instance of this \
                   your_mom";
    let complete = app.allowed();
    for name in ["oauth_token", "oauth_verifier", "secret"] {
        let mut data = complete.clone();
        data[name] = json!(" ");
        assert_eq!(app.post("/instances", &app.etsy_body(&data)).refusal(), (400, message, None), "{name}");
    }
}

#[test]
fn credentials_may_be_left_out_of_the_first_step_but_not_be_wrong() {
    let mut app = App::new(Noun::YourMom);
    let path = format!("/your_moms/etsy/oauth/token?{}", app.etsy(&[]));
    assert_eq!(app.call("GET", &path).status, 200);
    assert_eq!(app.call_with("GET", &path, "User x, Organization y").status, 401);
}

#[test]
fn the_provider_knows_its_client_and_its_callback() {
    let mut app = App::new(Noun::YourMom);
    let message = "Etsy refused to issue a request token.";
    let client = r#"{"error":"invalid_client","error_description":"Client id or client secret is wrong."}"#;
    let callback = r#"{"error":"invalid_request","error_description":"The callback URL is not one that is registered."}"#;
    let good = app.etsy(&[]);
    for (from, to, provider) in [
        ("sandbox-etsy-client-id", "x", client),
        ("sandbox-etsy-client-secret", "x", client),
        ("127.0.0.1", "evil.example", callback),
        ("callback&", "callback%23x&", callback),
    ] {
        let path = format!("/your_moms/etsy/oauth/token?{good}&").replace(from, to);
        assert_eq!(app.call("GET", &path).refusal(), (403, message, Some(provider)), "{to}");
    }
}

#[test]
fn a_verifier_is_bound_to_its_token_and_good_for_one_use() {
    let mut app = App::new(Noun::YourMom);
    let data = app.allowed();
    let (unallowed, its_secret) = app.request_token();
    let mut refused = |name: &str, value: &str, description: &str| {
        let mut data = data.clone();
        data[name] = json!(value);
        if name == "oauth_token" && value == unallowed {
            data["secret"] = json!(its_secret);
        }
        let response = app.post("/instances", &app.etsy_body(&data));
        let provider = format!(r#"{{"error":"invalid_grant","error_description":"{description}"}}"#);
        let message = "Etsy refused to exchange the OAuth code for a token.";
        assert_eq!(response.refusal(), (403, message, Some(provider.as_str())));
    };
    refused("oauth_token", "unknown", "The request token is unknown.");
    refused("secret", "wrong", "The secret is not that of the request token.");
    refused("oauth_verifier", "wrong", "The verifier is wrong.");
    refused("oauth_token", &unallowed, "The verifier is wrong.");
    let mut wrong_client = app.etsy_body(&data);
    wrong_client["configuration"]["oauth.api.secret"] = json!("x");
    assert_eq!(app.post("/instances", &wrong_client).status, 403);

    // None of these has spent it.
    assert_eq!(app.post("/instances", &app.etsy_body(&data)).status, 200);
    let again = app.post("/instances", &app.etsy_body(&data));
    let used = r#"{"error":"invalid_grant","error_description":"The request token was used before."}"#;
    assert_eq!(again.refusal().2, Some(used));

    let data = app.allowed();
    app.now += Duration::from_secs(601);
    let late = app.post("/instances", &app.etsy_body(&data));
    let expired = r#"{"error":"invalid_grant","error_description":"The request token has expired."}"#;
    assert_eq!(late.refusal().2, Some(expired));
}

#[test]
fn the_consent_page_shows_for_a_waiting_token_and_its_own_callback_only() {
    let mut app = App::new(Noun::YourMom);
    let refused = Err(PressError::Refused(http::StatusCode::BAD_REQUEST));
    let (token, _) = app.request_token();
    let url = app.etsy_url(&token);
    for (from, to) in [
        ("oauth_token=sandbox", "oauth_token=unknown"),
        ("oauth_token=", "other="),
        ("callback%3F", "callback2%3F"),
        ("127.0.0.1%3A8080", "evil.example"),
        ("oauth_callback=", "other="),
        ("state%3D", "state%3D%23"),
    ] {
        assert!(url.contains(from));
        assert_eq!(app.sandbox.allow(&url.replace(from, to), app.now), refused, "{to}");
    }
    assert!(app.sandbox.allow(&url, app.now).is_ok());
    assert_eq!(app.sandbox.allow(&url, app.now), refused);

    let (token, _) = app.request_token();
    let url = app.etsy_url(&token);
    app.now += Duration::from_secs(601);
    assert_eq!(app.sandbox.allow(&url, app.now), refused);
}

#[test]
fn an_instance_is_authorized_anew_with_a_new_verifier() {
    let mut app = App::new(Noun::YourMom);
    let data = app.allowed();
    let before = app.post("/instances", &app.etsy_body(&data)).json;
    app.sandbox.revoke(123);
    let data = app.allowed();
    let after = app.write("PATCH", "/instances/123", &json!({ "providerData": data })).json;
    assert_eq!((&after["token"], &after["valid"]), (&before["token"], &json!(true)));
    assert_ne!(after["configuration"], before["configuration"]);
}

#[test]
fn what_else_the_redirect_brings_belongs_into_provider_data() {
    for noun in [Noun::YourMom, Noun::Element] {
        let mut app = App::new(noun);
        let client = app.sandbox.client("quickbooks").unwrap().clone();
        let own = [
            ("apiKey", client.api_key.as_str()),
            ("apiSecret", client.api_secret.as_str()),
            ("callbackUrl", CALLBACK),
        ];
        let path = format!("/{}/quickbooks/oauth", noun.plural());
        let issued = app.send("GET", &format!("{path}/token?{}", query(&own)), &[], b"").json;
        let token = issued["token"].as_str().unwrap();
        let more = query(&[&own[..], &[("requestToken", token)]].concat());
        let url = app.send("GET", &format!("{path}/url?{more}"), &[], b"").json["oauthUrl"].clone();
        let redirect = app.sandbox.allow_as(url.as_str().unwrap(), "books.harbour", app.now).unwrap();
        let verifier = parameter(&redirect, "oauth_verifier").unwrap();
        let added = [
            ("oauth_token", token),
            ("oauth_verifier", verifier.as_str()),
            ("dataSource", "QBO"),
            ("realmId", "123145692"),
        ];
        assert_eq!(redirect, format!("{CALLBACK}?state=quickbooks&{}", query(&added)));

        let mut body = app.body("quickbooks", "");
        body["providerData"] = json!({ "oauth_token": token, "oauth_verifier": verifier, "secret": issued["secret"], "dataSource": "QBO" });
        let message = "providerData is missing what else the redirect brought: realmId.";
        assert_eq!(app.post("/instances", &body).refusal(), (400, message, None));
        body["providerData"]["realmId"] = json!("123145692");
        assert_eq!(app.post("/instances", &body).status, 200);
        assert_eq!(app.sandbox.instances()[0].account, "books.harbour");
    }
}
