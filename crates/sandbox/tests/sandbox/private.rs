//! Private connectors: made, changed, cloned, exported and deleted by their account.

use serde_json::{Value, json};
use your_moms_sandbox::{Catalogue, Noun};

use crate::app::{App, Received};

/// A description without an id, as somebody would write it.
fn library() -> Value {
    json!({
        "key": "library",
        "name": "Town library",
        "description": "Books, and who has them.",
        "hub": "books",
        "authentication": "oauth2",
        "provider": { "name": "The library", "accounts": ["anna", "ben"] },
        "configuration": [
            { "key": "oauth.api.key", "name": "Key", "required": true },
            { "key": "oauth.api.secret", "name": "Secret", "required": true },
            { "key": "oauth.callback.url", "name": "Callback URL", "required": true },
            { "key": "shelf", "name": "Shelf", "default": "7" },
        ],
        "resources": [{ "path": "books", "template": [{ "id": 1, "title": "Of {account}" }] }],
    })
}

impl App {
    fn catalogue_path(&self, below: &str) -> String {
        format!("/{}{below}", self.noun.plural())
    }

    pub(crate) fn at(&mut self, method: &str, below: &str) -> Received {
        let path = self.catalogue_path(below);
        self.call(method, &path)
    }

    pub(crate) fn put_at(&mut self, method: &str, below: &str, body: &Value) -> Received {
        let path = self.catalogue_path(below);
        self.write(method, &path, body)
    }

    fn make(&mut self, description: &Value) -> Value {
        let response = self.put_at("POST", "", description);
        assert_eq!(response.status, 200, "{}", response.json);
        response.json
    }

    fn keys(&mut self, condition: &str) -> Vec<String> {
        let list = self.at("GET", &format!("?where={condition}")).json;
        list.as_array().into_iter().flatten().map(|it| it["key"].as_str().unwrap().to_owned()).collect()
    }

    fn titles(&mut self, instance: &Value) -> Value {
        let authorization = self.two_parts(instance["token"].as_str().unwrap());
        self.call_with("GET", "/hubs/books/books", &authorization).json
    }
}

pub(crate) fn both() -> [App; 2] {
    [Noun::YourMom, Noun::Element].map(App::new)
}

#[test]
fn a_connector_is_made_and_connected_and_belongs_to_its_account() {
    for mut app in both() {
        let made = app.make(&library());
        let expected = json!({
            "id": 100_000, "name": "Town library", "key": "library", "description": "Books, and who has them.",
            "image": null, "active": true, "deleted": false, "typeOauth": false, "trialAccount": false,
            "transformationsEnabled": true, "authentication": { "type": "oauth2" }, "hub": "books",
            "parameters": [], "private": true,
        });
        assert_eq!(made, expected);
        for key in ["/library", "/100000"] {
            assert_eq!(app.at("GET", key).json, made);
        }
        assert_eq!(app.keys("private='true'"), ["library"]);
        assert!(app.at("GET", "/keys").json.as_array().unwrap().contains(&json!("library")));
        assert_eq!(app.at("GET", "/library/docs").json["info"]["title"], "Town library");

        let instance = app.connect("library");
        assert_eq!(instance[app.noun.singular()], made);
        assert_eq!(instance["configuration"]["shelf"], "7");
        assert_eq!(app.titles(&instance), json!([{ "id": 1, "title": "Of anna" }]));

        let other = app.sandbox.add_account();
        let other = format!("User {}, Organization {}", other.user_secret, other.organization_secret);
        let none = format!("No {} found", app.noun.singular());
        let nouns = app.noun.plural();
        for (method, below) in [
            ("GET", ""),
            ("PUT", ""),
            ("DELETE", ""),
            ("PUT", "/active"),
            ("GET", "/export"),
            ("POST", "/clone"),
            ("GET", "/configuration"),
            ("GET", "/oauth/url"),
            ("GET", "/metadata"),
            ("GET", "/instances"),
        ] {
            let response = app.call_with(method, &format!("/{nouns}/library{below}"), &other);
            assert_eq!(response.refusal(), (404, none.as_str(), None), "{method} {below}");
        }
        let list = app.call_with("GET", &format!("/{nouns}?where=private='true'"), &other);
        assert_eq!(list.refusal(), (404, format!("No {nouns} found").as_str(), None));
        let hubs = app.call_with("GET", "/hubs", &other).json;
        assert!(!hubs.to_string().contains("library"));
        // Nobody says who asks.
        assert_eq!(app.send("GET", &format!("/{nouns}/library/oauth/url"), &[], b"").status, 404);
    }
}

#[test]
fn an_export_is_what_makes_the_same_again() {
    for mut app in both() {
        let made = app.make(&library());
        let export = app.at("GET", "/library/export").json;
        assert_eq!(app.at("DELETE", "/library").json, Value::Null);
        assert_eq!(app.at("GET", "/library").status, 404);
        assert_eq!(app.sandbox.client("library"), None);
        let again = app.make(&export);
        assert_eq!((&again["id"], &again["name"]), (&json!(100_001), &made["name"]));
        let mut expected = export.clone();
        expected["id"] = json!(100_001);
        assert_eq!(app.at("GET", "/library/export").json, expected);
        // It is a file of the catalogue, too.
        let catalogue = Catalogue::default().with("library.json", &export.to_string()).unwrap();
        assert_eq!(catalogue.keys().collect::<Vec<_>>(), ["library"]);
        // So is that of every connector.
        for key in Catalogue::builtin().keys() {
            let export = app.at("GET", &format!("/{key}/export")).json;
            Catalogue::default().with("export.json", &export.to_string()).unwrap();
        }
    }
}

#[test]
fn a_description_with_a_mistake_is_refused_with_the_fix() {
    let mut app = App::new(Noun::YourMom);
    app.make(&library());
    for (pointer, value, status, message) in [
        ("/key", json!("library"), 409, "The key \"library\" is taken: choose another."),
        ("/key", json!("jira"), 409, "The key \"jira\" is taken: choose another."),
        ("/key", json!("keys"), 400, "`key`: \"keys\" is a path of the platform's: choose another."),
        ("/hub", json!(7), 400, "there is the number `7`: write a text in quotes."),
        (
            "/provider/accounts",
            json!([]),
            400,
            "`provider.accounts`: nobody can sign in: add a name, or better two.",
        ),
        (
            "/resources",
            json!([{ "path": "books" }]),
            400,
            "`template` is missing: add \"template\": [{ \"id\": 1, \"owner\": \"{account}\" }].",
        ),
    ] {
        let mut description = library();
        *description.pointer_mut(pointer).unwrap() = value;
        assert_eq!(app.post("/your_moms", &description).refusal(), (status, message, None), "{pointer}");
    }
    assert_eq!(app.keys("private='true'"), ["library"]);
    assert_eq!(app.post("/your_moms", &json!([])).status, 400);
}

#[test]
fn a_description_may_say_that_it_is_private() {
    let mut app = App::new(Noun::Element);
    let with = |private: bool| {
        let mut description = library();
        description["private"] = json!(private);
        description
    };
    let public = (400, "`private` can only be true: remove it.", None);
    assert_eq!(app.post("/elements", &with(false)).refusal(), public);
    assert_eq!(app.post("/elements", &with(true)).json["private"], true);
    assert_eq!(app.write("PUT", "/elements/library", &with(true)).status, 200);
}

#[test]
fn a_change_shows_in_the_instances() {
    for mut app in both() {
        app.make(&library());
        let instance = app.connect("library");
        let mut description = library();
        description["name"] = json!("City library");
        description["configuration"][3]["key"] = json!("room");
        description["resources"][0]["template"] = json!([{ "id": 5, "title": "New" }]);
        let changed = app.put_at("PUT", "/library", &description).json;
        assert_eq!((&changed["id"], &changed["name"]), (&json!(100_000), &json!("City library")));
        let shown = app.call("GET", "/instances/123").json;
        assert_eq!((&shown[app.noun.singular()], &shown["token"]), (&changed, &instance["token"]));
        assert_eq!(app.titles(&instance), json!([{ "id": 5, "title": "New" }]));
        // An entry that the connector no longer has keeps its value, under an id of its own.
        let entry = app.call("GET", "/instances/123/configuration/shelf").json;
        assert_eq!((&entry["key"], &entry["propertyValue"]), (&json!("shelf"), &json!("7")));
        let entries = app.call("GET", "/instances/123/configuration").json;
        let mut ids: Vec<_> =
            entries.as_array().unwrap().iter().map(|it| it["id"].as_u64().unwrap()).collect();
        ids.dedup();
        assert_eq!(ids.len(), entries.as_array().unwrap().len());

        description["key"] = json!("other");
        let message = format!("The key in the body is not the key of the {}.", app.noun.singular());
        assert_eq!(app.put_at("PUT", "/library", &description).refusal(), (400, message.as_str(), None));
        description.as_object_mut().unwrap().remove("key");
        assert_eq!(app.put_at("PUT", "/100000", &description).json["key"], "library");
        assert_eq!(
            app.at("DELETE", "/library").refusal(),
            (409, "library has instances: delete them first.", None)
        );
        app.call("DELETE", "/instances/123");
        assert_eq!(app.at("DELETE", "/library").status, 200);
    }
}

#[test]
fn a_connector_is_activated_and_deactivated() {
    for mut app in both() {
        app.make(&library());
        for (method, active, listed) in
            [("DELETE", false, 0), ("DELETE", false, 0), ("PUT", true, 1), ("PUT", true, 1)]
        {
            let response = app.at(method, "/library/active");
            assert_eq!((response.status.as_u16(), response.json), (200, Value::Null));
            assert_eq!(app.at("GET", "/library").json["active"], active);
            assert_eq!(app.keys("private='true'+and+active='true'").len(), listed);
        }
        // What a description does not say stays.
        app.at("DELETE", "/library/active");
        assert_eq!(app.put_at("PUT", "/library", &library()).json["active"], false);
    }
}

#[test]
fn the_connectors_of_everybody_are_not_changed() {
    for mut app in both() {
        let message =
            format!("The {} sfdc is everybody's: clone it, and change the clone.", app.noun.singular());
        for (method, below) in [("PUT", ""), ("DELETE", ""), ("PUT", "/active"), ("DELETE", "/active")] {
            let response = app.at(method, &format!("/sfdc{below}"));
            assert_eq!(response.refusal(), (403, message.as_str(), None));
        }
    }
}

#[test]
fn a_connector_may_change_how_it_authenticates() {
    let mut app = App::new(Noun::YourMom);
    let mut description = library();
    description["authentication"] = json!("basic");
    app.make(&description);
    assert_eq!(app.sandbox.client("library"), None);
    app.put_at("PUT", "/library", &library());
    app.connect("library");
    assert!(app.sandbox.sign_in("ben"));
    description["provider"]["accounts"] = json!(["carl"]);
    description["authentication"] = json!("oauth2");
    app.put_at("PUT", "/library", &description);
    app.connect("library");
    let accounts: Vec<_> = app.sandbox.instances().into_iter().map(|it| it.account).collect();
    assert_eq!(accounts, ["anna", "carl"]);
}

#[test]
fn a_reset_forgets_private_connectors() {
    let mut app = App::new(Noun::YourMom);
    let before = app.at("GET", "").json;
    let made = app.make(&library());
    app.connect("library");
    app.sandbox.reset();
    assert_eq!(app.at("GET", "").json, before);
    assert_eq!(app.sandbox.client("library"), None);
    assert_eq!(app.make(&library()), made);
}
