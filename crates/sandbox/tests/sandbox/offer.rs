//! What the platform and an instance offer, and the parts of the platform in which there is nothing.

use serde_json::{Value, json};
use your_moms_sandbox::{Catalogue, Noun, Sandbox};

use crate::app::{App, INVALID};

fn both() -> [App; 2] {
    [Noun::YourMom, Noun::Element].map(App::new)
}

/// A sandbox whose only connector is this one.
fn alone(resources: &Value) -> App {
    let text = json!({
        "id": 900, "key": "library", "name": "Town library", "description": "Books.", "hub": "books",
        "authentication": "basic",
        "provider": { "name": "The library", "accounts": ["anna", "ben"] },
        "configuration": [
            { "key": "username", "name": "User name", "required": true },
            { "key": "password", "name": "Password", "required": true },
        ],
        "resources": resources,
    });
    let catalogue = Catalogue::default().with("library.json", &text.to_string()).unwrap();
    App { sandbox: Sandbox::with_catalogue(1, catalogue), ..App::new(Noun::YourMom) }
}

fn books() -> Value {
    json!([{
        "path": "books", "id": "isbn", "parameters": { "shelf": "place" },
        "template": [
            { "isbn": 1, "title": "A", "price": null, "place": { "row": 7, "lent": false }, "tags": ["x"] },
            { "isbn": 2, "title": "B", "price": 1.5 },
        ],
    }])
}

impl App {
    /// The authorization with the token of an instance of the library.
    fn reader(&mut self) -> String {
        let configuration = json!({ "username": "anna", "password": "p" });
        let body = json!({ "your_mom": { "key": "library" }, "configuration": configuration });
        let token = self.post("/instances", &body).json["token"].as_str().unwrap().to_owned();
        self.two_parts(&token)
    }
}

#[test]
fn keys_come_in_pages() {
    for mut app in both() {
        let path = format!("/{}/keys", app.noun.plural());
        let keys: Vec<_> = app.sandbox.catalogue().keys().map(str::to_owned).collect();
        assert_eq!(app.call("GET", &path).json, json!(keys));
        let page = app.call("GET", &format!("{path}?pageSize=2"));
        assert_eq!(page.json, json!(keys[..2]));
        let next = page.headers["elements-next-page-token"].to_str().unwrap();
        assert_eq!(app.call("GET", &format!("{path}?nextPage={next}")).json, json!(keys[2..]));
        let refused = app.call("GET", &format!("{path}?where=x"));
        assert_eq!(
            refused.refusal(),
            (400, "Only the parameters nextPage, pageSize are possible here.", None)
        );
    }
}

#[test]
fn metadata_sum_a_connector_up() {
    for mut app in both() {
        let nouns = app.noun.plural();
        let sfdc = json!({
            "id": 123, "key": "sfdc", "name": "Salesforce Sales Cloud", "hub": "crm", "active": true,
            "authentication": { "type": "oauth2" }, "objects": ["accounts", "contacts", "leads"],
        });
        for key in ["sfdc", "123"] {
            assert_eq!(app.call("GET", &format!("/{nouns}/{key}/metadata")).json, sfdc);
        }
        let all = app.call("GET", &format!("/{nouns}/metadata")).json;
        assert_eq!(all.as_array().unwrap().len(), app.sandbox.catalogue().keys().count());
        assert_eq!(all[4], sfdc);
        let none = format!("No {} found", app.noun.singular());
        for below in ["metadata", "docs", "transformations"] {
            let refused = app.call("GET", &format!("/{nouns}/nothing/{below}"));
            assert_eq!(refused.refusal(), (404, none.as_str(), None));
        }
        assert_eq!(app.call("GET", &format!("/{nouns}/sfdc/transformations")).json, json!({}));
    }
}

#[test]
fn hubs_name_their_connectors() {
    for mut app in both() {
        let nouns = app.noun.plural();
        let hub = |key: &str, connectors: &[&str]| json!({ "key": key, nouns: connectors });
        let expected = json!([
            hub("crm", &["sfdc", "closeio"]),
            hub("documents", &["dropbox", "box", "googledrive"]),
            hub("ecommerce", &["etsy"]),
            hub("finance", &["quickbooks"]),
            hub("helpdesk", &["servicenow", "jira", "freshdesk", "zendesk"]),
            hub("marketing", &["hubspot"]),
            hub("payment", &["stripe"]),
            hub("social", &["instagram", "twitter"]),
        ]);
        assert_eq!(app.call("GET", "/hubs").json, expected);
    }
}

#[test]
fn an_instance_says_what_is_behind_it() {
    for mut app in both() {
        let token = app.connect("instagram")["token"].as_str().unwrap().to_owned();
        let (two, three) = (app.two_parts(&token), app.three_parts(&token));
        for (path, authorization) in [
            ("/objects", &two),
            ("/hubs/social/objects", &two),
            ("/instances/objects", &three),
            ("/instances/123/objects", &app.authorization()),
        ] {
            let response = app.call_with("GET", path, authorization);
            assert_eq!(response.json, json!(["users-self", "media"]), "{path}");
            assert_eq!(response.headers["elements-element-instance-id"], "123");
            let fields = app.call_with("GET", &format!("{path}/users-self/metadata"), authorization).json;
            assert_eq!(
                fields["fields"][1],
                json!({ "path": "counts.followed_by", "vendorPath": "counts.followed_by", "type": "integer" })
            );
            let refused = app.call_with("GET", &format!("{path}/nothing/metadata"), authorization);
            assert_eq!(refused.refusal(), (404, "No object found", None));
        }
        assert_eq!(app.call("GET", "/objects").status, 401);
        assert_eq!(app.call("GET", "/instances/7/objects").refusal(), (404, "No instance found", None));
        app.call("DELETE", "/instances/123/enabled");
        assert_eq!(app.call_with("GET", "/objects", &two).status, 403);
    }
}

#[test]
fn the_fields_of_an_object_have_types_and_the_id_is_the_key() {
    let mut app = alone(&books());
    let reader = app.reader();
    let field = |path: &str, kind: &str| json!({ "path": path, "vendorPath": path, "type": kind });
    let mut isbn = field("isbn", "integer");
    isbn["primaryKey"] = json!(true);
    let expected = json!({ "fields": [
        isbn,
        field("place.lent", "boolean"),
        field("place.row", "integer"),
        field("price", "number"),
        field("tags", "array"),
        field("title", "string"),
    ] });
    assert_eq!(app.call_with("GET", "/objects/books/metadata", &reader).json, expected);
}

#[test]
fn a_connector_without_resources_has_no_objects() {
    let mut app = alone(&json!([]));
    let reader = app.reader();
    assert_eq!(app.call_with("GET", "/objects", &reader).refusal(), (404, "No objects found", None));
}

#[test]
fn docs_are_a_swagger_document() {
    let mut app = alone(&books());
    let reader = app.reader();
    let text = json!({ "type": "string" });
    let integer = json!({ "type": "integer" });
    let object = json!({ "$ref": "#/definitions/books" });
    let header = json!({
        "name": "Authorization", "in": "header", "description": "User <user secret>, Your_mom <token>",
        "required": true, "type": "string",
    });
    let id = json!({ "name": "isbn", "in": "path", "required": true, "type": "string" });
    let body = json!({ "name": "body", "in": "body", "required": true, "schema": object });
    let query =
        |name: &str, kind: &str| json!({ "name": name, "in": "query", "required": false, "type": kind });
    let operation = |id: &str, parameters: Value, done: Value| {
        let refused =
            json!({ "description": "Refused.", "schema": { "$ref": "#/definitions/platform.refusal" } });
        let responses = json!({ "200": done, "default": refused });
        json!({ "operationId": id, "tags": ["books"], "parameters": parameters, "responses": responses })
    };
    let one = json!({ "description": "Done.", "schema": object });
    let many = json!({ "description": "Done.", "schema": { "type": "array", "items": object } });
    let of_list = json!([
        header,
        query("where", "string"),
        query("nextPage", "string"),
        query("pageSize", "integer"),
        query("returnTotalCount", "boolean"),
        query("shelf", "string"),
    ]);
    let expected = json!({
        "swagger": "2.0",
        "info": { "title": "Town library", "description": "Books.", "version": "api-v2" },
        "host": "127.0.0.1",
        "basePath": "/your_moms/api-v2",
        "schemes": ["http"],
        "consumes": ["application/json"],
        "produces": ["application/json"],
        "paths": {
            "/hubs/books/books": {
                "get": operation("get-books", of_list, many),
                "post": operation("post-books", json!([header, body]), one.clone()),
            },
            "/hubs/books/books/{isbn}": {
                "get": operation("get-books-by-id", json!([header, id]), one.clone()),
                "put": operation("put-books-by-id", json!([header, id, body]), one.clone()),
                "patch": operation("patch-books-by-id", json!([header, id, body]), one),
                "delete": operation("delete-books-by-id", json!([header, id]), json!({ "description": "Done." })),
            },
        },
        "definitions": {
            "books": {
                "type": "object",
                "properties": {
                    "isbn": integer,
                    "place": { "type": "object", "properties": { "row": integer, "lent": { "type": "boolean" } } },
                    "price": { "type": "number" },
                    "tags": { "type": "array", "items": text },
                    "title": text,
                },
            },
            "platform.refusal": {
                "type": "object",
                "properties": { "requestId": text, "message": text, "providerMessage": text },
            },
        },
    });
    assert_eq!(app.call("GET", "/your_moms/library/docs").json, expected);
    assert_eq!(app.call("GET", "/instances/123/docs").json, expected);
    let three = format!("{reader}, Organization {}", app.sandbox.credentials().organization_secret);
    let own = app.call_with("GET", "/instances/docs", &three);
    assert_eq!(
        (&own.json, own.headers["elements-element-instance-id"].to_str().unwrap()),
        (&expected, "123")
    );
}

#[test]
fn the_docs_of_every_connector_name_what_they_refer_to() {
    for mut app in both() {
        let keys: Vec<_> = app.sandbox.catalogue().keys().map(str::to_owned).collect();
        for key in keys {
            let docs = app.call("GET", &format!("/{}/{key}/docs", app.noun.plural())).json;
            assert_eq!(docs["basePath"], app.noun.base_path());
            assert!(!docs["paths"].as_object().unwrap().is_empty(), "{key}");
            for part in docs.to_string().split("#/definitions/").skip(1) {
                let name = part.split('"').next().unwrap();
                assert!(docs["definitions"].get(name).is_some(), "{key} {name}");
            }
        }
    }
}

#[test]
fn other_parts_of_the_platform_are_empty() {
    for mut app in both() {
        for (path, message) in [
            ("/formulas", "No formulas found"),
            ("/formulas/instances", "No formula instances found"),
            ("/vdrs", "No vdrs found"),
            ("/accounts", "No accounts found"),
        ] {
            assert_eq!(app.call("GET", path).refusal(), (404, message, None));
            assert_eq!(app.send("GET", path, &[], b"").status, 401);
        }
        assert_eq!(app.call("GET", "/organizations/objects/definitions").json, json!({}));
    }
}

#[test]
fn accounts_are_a_hub_resource_with_a_token() {
    let mut app = App::new(Noun::YourMom);
    let token = app.connect("sfdc")["token"].as_str().unwrap().to_owned();
    let two = app.two_parts(&token);
    let accounts = app.call_with("GET", "/accounts", &two);
    assert_eq!(accounts.json, app.call_with("GET", "/hubs/crm/accounts", &two).json);
    assert_eq!(accounts.json[0]["Name"], "Lantern Books");
    assert_eq!(app.write_with("POST", "/accounts", &two, &json!({ "Name": "x" })).json["Name"], "x");
    let refused = app.post("/accounts", &json!({ "Name": "x" }));
    assert_eq!(refused.refusal(), (401, INVALID, None));
    let other = app.connect("instagram")["token"].as_str().unwrap().to_owned();
    let other = app.two_parts(&other);
    assert_eq!(app.call_with("GET", "/accounts", &other).refusal(), (404, "No resource found", None));
}
