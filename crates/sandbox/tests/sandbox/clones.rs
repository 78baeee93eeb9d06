//! Clones of connectors, and instances that move to them.

use serde_json::json;

use crate::app::CALLBACK;
use crate::private::both;

#[test]
fn a_clone_has_an_id_and_a_key_of_its_own() {
    for mut app in both() {
        let original = app.at("GET", "/sfdc").json;
        let mut expected = original.clone();
        expected["id"] = json!(100_000);
        expected["key"] = json!("sfdc-clone");
        expected["private"] = json!(true);
        assert_eq!(app.at("POST", "/sfdc/clone").json, expected);
        assert_eq!(app.at("POST", "/123/clone").json["key"], "sfdc-clone-2");
        let named = app.put_at("POST", "/sfdc-clone/clone", &json!({ "key": "crm", "name": "CRM" })).json;
        assert_eq!(
            (&named["id"], &named["key"], &named["name"]),
            (&json!(100_002), &json!("crm"), &json!("CRM"))
        );
        let message = "A clone may be given a key and a name; change the rest later.";
        assert_eq!(app.put_at("POST", "/sfdc/clone", &json!({ "hub": "x" })).refusal(), (400, message, None));
        let taken = "The key \"box\" is taken: choose another.";
        assert_eq!(app.put_at("POST", "/sfdc/clone", &json!({ "key": "box" })).refusal(), (409, taken, None));
        // The application is registered at the provider already.
        assert_eq!(app.sandbox.client("crm"), app.sandbox.client("sfdc"));
        assert_eq!(app.connect("crm")[app.noun.singular()], named);
    }
}

#[test]
fn an_instance_is_moved_to_a_clone_and_back() {
    for mut app in both() {
        let noun = app.noun.singular();
        let original = app.connect("sfdc");
        let clone = app.at("POST", "/sfdc/clone").json;
        let two = app.two_parts(original["token"].as_str().unwrap());
        app.write_with("POST", "/leads", &two, &json!({ "FirstName": "Nia" }));
        let leads = app.call_with("GET", "/leads", &two).json;

        let mut expected = original.clone();
        expected[noun] = clone;
        for body in [json!({ noun: { "id": 100_000 } }), json!({ noun: { "key": "sfdc-clone" } })] {
            assert_eq!(app.write("PATCH", "/instances/123", &body).json, expected);
        }
        assert_eq!(app.at("GET", "/sfdc-clone/instances").json, json!([expected]));
        assert_eq!(app.at("GET", "/sfdc/instances").status, 404);
        assert_eq!(app.at("GET", "/100000/instances/123").json, expected);
        assert_eq!(app.call_with("GET", "/leads", &two).json, leads);
        let entry = app.call("GET", "/instances/123/configuration/oauth.api.key").json;
        assert_eq!(entry["id"], 10_000_001);

        let message =
            format!("An instance can be moved to a clone of its {noun}, or back; not to another {noun}.");
        let other = app.write("PATCH", "/instances/123", &json!({ noun: { "id": 74 } }));
        assert_eq!(other.refusal(), (400, message.as_str(), None));
        // Authorized anew on the way.
        let code = app.code("sfdc");
        let body = json!({ noun: { "id": 123 }, "providerData": { "code": code } });
        let back = app.write("PATCH", "/instances/123", &body).json;
        assert_eq!(back[noun], original[noun]);
        assert_eq!(back["configuration"]["oauth.callback.url"], CALLBACK);
        assert_ne!(back["configuration"]["oauth.user.token"], original["configuration"]["oauth.user.token"]);
        assert_eq!(app.at("GET", "/sfdc/instances").json, json!([back]));
    }
}
