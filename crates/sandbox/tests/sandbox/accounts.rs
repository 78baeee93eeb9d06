//! Two accounts of one platform: neither sees the other's instances.

use serde_json::json;
use your_moms_sandbox::{Credentials, Noun};

use crate::app::{App, INVALID};

fn platform(credentials: &Credentials) -> String {
    format!("User {}, Organization {}", credentials.user_secret, credentials.organization_secret)
}

/// An instance of each account: 123 of the first, 124 of the second. Their tags are the same.
fn two(noun: Noun) -> (App, Credentials, [String; 2]) {
    let mut app = App::new(noun);
    let second = app.sandbox.add_account();
    let body = json!({
        noun.singular(): { "key": "servicenow" },
        "configuration": { "username": "u", "password": "p" },
        "name": "Same",
    });
    let authorizations = [app.authorization(), platform(&second)];
    let tokens = authorizations.map(|authorization| {
        let instance = app.write_with("POST", "/instances", &authorization, &body).json;
        instance["token"].as_str().unwrap().to_owned()
    });
    (app, second, tokens)
}

#[test]
fn a_list_shows_the_callers_own_whatever_is_asked_for() {
    for noun in [Noun::YourMom, Noun::Element] {
        let (mut app, second, tokens) = two(noun);
        for (authorization, id, token) in
            [(app.authorization(), 123, &tokens[0]), (platform(&second), 124, &tokens[1])]
        {
            for query in ["", "?tags[]=same", "?searchText=same", "?tags[]=Same&searchText=e&pageSize=1"] {
                for path in ["/instances".to_owned(), format!("/{}/95/instances", noun.plural())] {
                    let response = app.call_with("GET", &format!("{path}{query}"), &authorization);
                    let list = response.json.as_array().unwrap();
                    assert_eq!(
                        (list.len(), &list[0]["id"], &list[0]["token"]),
                        (1, &json!(id), &json!(token))
                    );
                    assert_eq!(response.headers.get("elements-next-page-token"), None);
                }
            }
        }
    }
}

#[test]
fn anothers_instance_is_as_if_it_were_not_there() {
    let (mut app, second, _) = two(Noun::YourMom);
    let missing = (404, "No instance found", None);
    let before = app.call("GET", "/instances/123").json;
    let authorization = platform(&second);
    for (method, path) in [
        ("GET", "/instances/123"),
        ("DELETE", "/instances/123"),
        ("GET", "/your_moms/servicenow/instances/123"),
        ("PUT", "/instances/123/enabled"),
        ("DELETE", "/instances/123/enabled"),
        ("GET", "/instances/123/configuration"),
        ("GET", "/instances/123/configuration/username"),
    ] {
        assert_eq!(app.call_with(method, path, &authorization).refusal(), missing, "{method} {path}");
    }
    let renamed = app.write_with("PATCH", "/instances/123", &authorization, &json!({ "name": "x" }));
    assert_eq!(renamed.refusal(), missing);
    assert_eq!(app.call("GET", "/instances/123").json, before);
}

#[test]
fn a_token_is_worth_nothing_in_another_account() {
    let (mut app, second, [first_token, second_token]) = two(Noun::YourMom);
    let first = app.sandbox.credentials().clone();
    for (owner, token, stranger) in [(&first, &first_token, &second), (&second, &second_token, &first)] {
        let with_token = |credentials: &Credentials| {
            [
                format!("User {}, Your_mom {token}", credentials.user_secret),
                format!("{}, Your_mom {token}", platform(credentials)),
            ]
        };
        for authorization in with_token(owner) {
            assert_eq!(app.call_with("GET", "/ping", &authorization).status, 200);
        }
        for authorization in with_token(stranger) {
            for path in ["/ping", "/instances", "/instances/123", "/instances/124", "/nothing"] {
                let response = app.call_with("GET", path, &authorization);
                assert_eq!(response.refusal(), (401, INVALID, None), "{path}");
            }
        }
    }
}

#[test]
fn the_secrets_of_two_accounts_do_not_mix() {
    let (mut app, second, _) = two(Noun::YourMom);
    let first = app.sandbox.credentials().clone();
    assert_ne!(first, second);
    for (user, organization) in [(&first, &second), (&second, &first)] {
        let mixed = format!("User {}, Organization {}", user.user_secret, organization.organization_secret);
        assert_eq!(app.call_with("GET", "/instances", &mixed).refusal(), (401, INVALID, None));
    }
}

#[test]
fn a_test_can_tell_whose_an_instance_is() {
    let (mut app, second, _) = two(Noun::YourMom);
    let first = app.sandbox.credentials().clone();
    let ids = |app: &App, of: &Credentials| -> Vec<u64> {
        app.sandbox.instances_of(of).iter().map(|instance| instance.id).collect()
    };
    assert_eq!((ids(&app, &first), ids(&app, &second)), (vec![123], vec![124]));
    assert_eq!(app.sandbox.instances().len(), 2);
    let stranger = app.sandbox.add_account();
    assert_eq!(app.sandbox.instances_of(&stranger), []);
    let user = app.call_with("GET", "/instances/124", &platform(&second)).json["user"].clone();
    assert_eq!(user["emailAddress"], "user-2@sandbox.invalid");
}
