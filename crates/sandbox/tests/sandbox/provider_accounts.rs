//! Whose account at the provider an instance is.

use serde_json::{Value, json};
use your_moms_sandbox::{Noun, PressError};

use crate::app::{App, parameter};

impl App {
    /// All three steps, with this account chosen on the page.
    fn connect_as(&mut self, key: &str, account: &str) -> Value {
        let url = self.oauth_url(key, "a-state");
        let redirect = self.sandbox.allow_as(&url, account, self.now).unwrap();
        let body = self.body(key, &parameter(&redirect, "code").unwrap());
        self.post("/instances", &body).json
    }

    fn accounts(&self) -> Vec<String> {
        self.sandbox.instances().into_iter().map(|instance| instance.account).collect()
    }

    fn of_token(&mut self, instance: &Value, path: &str) -> Value {
        let authorization = self.two_parts(instance["token"].as_str().unwrap());
        self.call_with("GET", path, &authorization).json
    }
}

#[test]
fn the_account_that_is_chosen_is_the_one_whose_objects_come() {
    let mut app = App::new(Noun::YourMom);
    let traveller = app.connect_as("instagram", "sandbox.traveller");
    let baker = app.connect_as("instagram", "sandbox.baker");
    assert_eq!(app.accounts(), ["sandbox.traveller", "sandbox.baker"]);
    assert_eq!(app.of_token(&traveller, "/users/self")["username"], "sandbox.traveller");
    assert_eq!(app.of_token(&baker, "/users/self")["username"], "sandbox.baker");
    assert_ne!(app.of_token(&traveller, "/media"), app.of_token(&baker, "/media"));
}

#[test]
fn an_account_that_is_signed_in_is_the_one_that_allow_means() {
    let mut app = App::new(Noun::YourMom);
    assert!(app.sandbox.sign_in("sandbox.baker"));
    assert!(app.sandbox.sign_in("office@example.org"));
    assert!(!app.sandbox.sign_in("nobody"));
    app.connect("instagram");
    app.connect("dropbox");
    app.connect_as("instagram", "sandbox.traveller");
    assert_eq!(app.accounts(), ["sandbox.baker", "office@example.org", "sandbox.traveller"]);

    let url = app.oauth_url("instagram", "s");
    let now = app.now;
    let error = app.sandbox.allow_as(&url, "office@example.org", now).unwrap_err();
    assert_eq!(error, PressError::NoSuchAccount);
    let expected = "the provider has no such account: `Sandbox::provider_accounts` lists those it has";
    assert_eq!(error.to_string(), expected);
}

#[test]
fn an_account_that_is_added_has_objects_of_its_own_everywhere() {
    let mut app = App::new(Noun::Element);
    app.sandbox.add_provider_account("carla");
    app.sandbox.add_provider_account("carla");
    app.sandbox.add_provider_account(" ");
    assert_eq!(app.sandbox.provider_accounts("instagram"), ["sandbox.traveller", "sandbox.baker", "carla"]);
    assert_eq!(app.sandbox.provider_accounts("myspace"), [] as [&str; 0]);
    let carla = app.connect_as("instagram", "carla");
    let profile = app.of_token(&carla, "/users/self");
    assert_eq!((&profile["username"], &profile["id"]), (&json!("carla"), &json!("56674603")));
    // What was there before stays as it was.
    let traveller = app.connect_as("instagram", "sandbox.traveller");
    assert_eq!(app.of_token(&traveller, "/users/self")["id"], "566745376");
}

#[test]
fn another_consent_makes_it_another_persons_instance() {
    let mut app = App::new(Noun::YourMom);
    let instance = app.connect("instagram");
    let url = app.oauth_url("instagram", "s");
    let redirect = app.sandbox.allow_as(&url, "sandbox.baker", app.now).unwrap();
    let body = json!({ "providerData": { "code": parameter(&redirect, "code").unwrap() } });
    assert_eq!(app.write("PATCH", "/instances/123", &body).status, 200);
    assert_eq!(app.accounts(), ["sandbox.baker"]);
    assert_eq!(app.of_token(&instance, "/users/self")["username"], "sandbox.baker");
}

#[test]
fn without_consent_the_configuration_says_whose_account_it_is() {
    let mut app = App::new(Noun::YourMom);
    for (key, configuration, account) in [
        ("servicenow", json!({ "username": "desk.two", "password": "p" }), "desk.two"),
        ("servicenow", json!({ "username": "me", "password": "desk.two?" }), "desk.one"),
        ("closeio", json!({ "username": "api-key-of-ben" }), "api-key-of-ben"),
        ("stripe", json!({ "stripe.key": "sk_sandbox_club" }), "sk_sandbox_club"),
    ] {
        let body = json!({ "your_mom": { "key": key }, "configuration": configuration });
        let created = app.post("/instances", &body);
        assert_eq!(created.status, 200, "{}", created.json);
        assert_eq!(app.accounts().pop().unwrap(), account, "{configuration}");
    }
    let change = json!({ "propertyValue": "desk.one" });
    app.write("PATCH", "/instances/123/configuration/username", &change);
    assert_eq!(app.accounts()[0], "desk.one");
}
