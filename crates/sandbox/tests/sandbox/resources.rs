//! Hub resources: lists, objects, and what is changed in them.

use serde_json::{Value, json};
use your_moms_sandbox::{Behaviour, Noun};

use crate::app::{App, Received, parameter};

/// An application with one instance, and the header for it.
struct Hub {
    app: App,
    authorization: String,
}

impl Hub {
    fn of(key: &str) -> Self {
        let mut app = App::new(Noun::YourMom);
        let authorization = connect(&mut app, key);
        Self { app, authorization }
    }

    fn send(&mut self, method: &str, path: &str) -> Received {
        let response = self.app.call_with(method, path, &self.authorization);
        assert_eq!(response.headers["elements-element-instance-id"], "123", "{method} {path}");
        response
    }

    fn write(&mut self, method: &str, path: &str, body: &Value) -> Received {
        let response = self.app.write_with(method, path, &self.authorization, body);
        assert_eq!(response.headers["elements-element-instance-id"], "123", "{method} {path}");
        response
    }

    fn names(&mut self, path: &str) -> Vec<String> {
        let list = self.send("GET", path).json;
        list.as_array().unwrap().iter().map(|it| it["Name"].as_str().unwrap().to_owned()).collect()
    }

    /// Status, how many came, how many there are, and whether there is a next page.
    fn counts(&mut self, query: &str) -> (usize, String, Option<String>, bool) {
        let response = self.send("GET", &format!("/accounts{query}"));
        let header = |name: &str| response.headers.get(name).map(|it| it.to_str().unwrap().to_owned());
        (
            response.json.as_array().unwrap().len(),
            header("elements-returned-count").unwrap(),
            header("elements-total-count"),
            header("elements-next-page-token").is_some(),
        )
    }
}

/// One more instance of a connector with OAuth 2.0: its header.
fn connect(app: &mut App, key: &str) -> String {
    let instance = app.connect(key);
    app.two_parts(instance["token"].as_str().unwrap())
}

const FIRST: &str = "001100000000001";

#[test]
fn an_object_is_listed_shown_changed_replaced_and_deleted() {
    let mut hub = Hub::of("sfdc");
    let all = ["Lantern Books", "Harbour Ferries", "Third Floor Studio"];
    assert_eq!(hub.names("/hubs/crm/accounts"), all);
    assert_eq!(hub.names("/accounts"), all);
    let path = format!("/hubs/crm/accounts/{FIRST}");
    let mut first = hub.send("GET", &path).json;
    assert_eq!((&first["Id"], &first["Name"]), (&json!(FIRST), &json!("Lantern Books")));

    first["Phone"] = Value::Null;
    first["City"] = json!("Bergen");
    let patched = hub.write("PATCH", &path, &json!({ "Phone": null, "City": "Bergen" }));
    assert_eq!((patched.status.as_u16(), &patched.json), (200, &first));
    assert_eq!(hub.send("GET", &path).json, first);

    let replaced = hub.write("PUT", &path, &json!({ "Id": FIRST, "Name": "Lantern & Sons" }));
    assert_eq!(replaced.json, json!({ "Id": FIRST, "Name": "Lantern & Sons" }));
    assert_eq!(hub.names("/accounts")[0], "Lantern & Sons");

    let deleted = hub.send("DELETE", &path);
    assert_eq!((deleted.status.as_u16(), deleted.json), (200, Value::Null));
    assert_eq!(hub.names("/accounts"), all[1..]);
    for method in ["GET", "DELETE"] {
        assert_eq!(hub.send(method, &path).refusal(), (404, "No accounts found", None));
    }
    assert_eq!(hub.write("PATCH", &path, &json!({})).refusal(), (404, "No accounts found", None));
}

#[test]
fn what_is_created_gets_an_id_of_its_own_at_the_end_of_the_list() {
    let mut hub = Hub::of("sfdc");
    let created = hub.write("POST", "/hubs/crm/accounts", &json!({ "Id": FIRST, "Name": "New" }));
    let expected = json!({ "Id": "sandbox-1-4", "Name": "New" });
    assert_eq!((created.status.as_u16(), &created.json), (200, &expected));
    assert_eq!(hub.send("GET", "/accounts/sandbox-1-4").json, expected);
    assert_eq!(hub.names("/accounts").pop().unwrap(), "New");

    let mut hub = Hub::of("hubspot");
    for id in [2003, 2004] {
        let created = hub.write("POST", "/contacts", &json!({ "firstname": "N" }));
        assert_eq!(created.json, json!({ "id": id, "firstname": "N" }));
        assert_eq!(hub.send("DELETE", &format!("/contacts/{id}")).status, 200);
    }
    let no_object = "The request body must be a JSON object.";
    assert_eq!(hub.write("POST", "/contacts", &json!([])).refusal(), (400, no_object, None));
}

#[test]
fn the_id_of_an_object_stays() {
    let mut hub = Hub::of("hubspot");
    let message = "The id in the body is not the id in the path.";
    for method in ["PUT", "PATCH"] {
        let body = json!({ "id": 2002, "firstname": "N" });
        assert_eq!(hub.write(method, "/contacts/2001", &body).refusal(), (400, message, None));
        for id in [json!(2001), json!("2001"), Value::Null] {
            let changed = hub.write(method, "/contacts/2001", &json!({ "id": id, "firstname": "N" }));
            assert_eq!((&changed.json["id"], &changed.json["firstname"]), (&json!(2001), &json!("N")));
        }
    }
}

#[test]
fn a_list_has_pages_and_counts() {
    let mut hub = Hub::of("sfdc");
    let total = |count: &str| Some(count.to_owned());
    assert_eq!(hub.counts(""), (3, "3".to_owned(), None, false));
    assert_eq!(hub.counts("?returnTotalCount=false"), (3, "3".to_owned(), None, false));
    assert_eq!(hub.counts("?pageSize=2&returnTotalCount=true"), (2, "2".to_owned(), total("3"), true));
    let filter = "?where=Industry%3D'Retail'&returnTotalCount=true";
    assert_eq!(hub.counts(filter), (1, "1".to_owned(), total("1"), false));

    let first = hub.send("GET", "/accounts?pageSize=2");
    let next = first.headers["elements-next-page-token"].to_str().unwrap().to_owned();
    assert_eq!(hub.names(&format!("/accounts?pageSize=2&nextPage={next}")), ["Third Floor Studio"]);
    // What comes and goes meanwhile moves nothing.
    hub.send("DELETE", &format!("/accounts/{FIRST}"));
    assert_eq!(hub.names(&format!("/accounts?pageSize=2&nextPage={next}")), ["Third Floor Studio"]);

    hub.app.sandbox.set_behaviour(Behaviour { page_size: Some(1), ..Behaviour::default() });
    assert_eq!(hub.counts("?returnTotalCount=true"), (1, "1".to_owned(), total("2"), true));
    assert_eq!(hub.app.sandbox.journal().last().unwrap().behaviours, ["small-page"]);
}

#[test]
fn a_filter_is_equality_or_refused() {
    let mut hub = Hub::of("box");
    let names = |hub: &mut Hub, filter: &str| -> Vec<Value> {
        let filter: String = form_urlencoded::byte_serialize(filter.as_bytes()).collect();
        let list = hub.send("GET", &format!("/files?where={filter}")).json;
        list.as_array().unwrap().iter().map(|it| it["name"].clone()).collect()
    };
    for (filter, expected) in [
        ("name='Harbour.jpg'", json!(["Harbour.jpg"])),
        ("size='512' and directory='false'", json!(["Read me.txt"])),
        ("directory='true'", json!([])),
        ("name='harbour.jpg'", json!([])),
    ] {
        assert_eq!(json!(names(&mut hub, filter)), expected, "{filter}");
    }
    // It is the service's own.
    for (query, length) in
        [("", 3), ("?path=", 3), ("?path=%2F", 3), ("?path=%2FContracts", 0), ("?path=%2F&path=x", 0)]
    {
        let list = hub.send("GET", &format!("/folders/contents{query}"));
        assert_eq!(list.json.as_array().unwrap().len(), length, "{query}");
        assert_eq!(list.headers["elements-returned-count"], length.to_string().as_str(), "{query}");
    }
    let shape = "where must be conditions such as name='value', joined by and.";
    let parameters = "Only the parameters where, nextPage, pageSize, returnTotalCount are possible here.";
    for (query, message) in [
        ("?where=name", shape),
        ("?where=name%20like%20'a'", shape),
        ("?where=size%3E'1'", shape),
        ("?where=colour%3D'red'", "No object here has a member colour."),
        ("?name=Harbour.jpg", parameters),
        ("?returnTotalCount=yes", "returnTotalCount must be true or false."),
    ] {
        let response = hub.send("GET", &format!("/files{query}"));
        assert_eq!(response.refusal(), (400, message, None), "{query}");
    }
}

#[test]
fn a_single_object_is_changed_and_replaced_in_its_place() {
    let mut hub = Hub::of("instagram");
    let path = "/hubs/social/users/self";
    let changed = hub.write("PATCH", path, &json!({ "bio": "Home again." })).json;
    assert_eq!((&changed["bio"], &changed["username"]), (&json!("Home again."), &json!("sandbox.traveller")));
    assert_eq!(hub.send("GET", path).json, changed);
    assert_eq!(hub.write("PUT", path, &json!({ "bio": "x" })).json, json!({ "bio": "x" }));
    for method in ["POST", "DELETE"] {
        let response = hub.write(method, path, &json!({}));
        assert_eq!(response.refusal(), (405, "Only GET, HEAD, PUT, PATCH, OPTIONS is possible here.", None));
        assert_eq!(response.headers["allow"], "GET, HEAD, PUT, PATCH, OPTIONS");
    }
}

#[test]
fn another_method_than_those_of_a_collection_is_refused() {
    let mut hub = Hub::of("box");
    let response = hub.write("DELETE", "/folders/contents", &json!({}));
    assert_eq!(response.refusal(), (405, "Only GET, HEAD, POST, OPTIONS is possible here.", None));
    let response = hub.write("POST", "/folders/contents/8101", &json!({}));
    assert_eq!(
        response.refusal(),
        (405, "Only GET, HEAD, PUT, PATCH, DELETE, OPTIONS is possible here.", None)
    );
    assert_eq!(hub.send("GET", "/folders/contents/8101").json["name"], "Contracts");
    assert_eq!(hub.send("GET", "/folders/8101").json["name"], "Contracts");
}

#[test]
fn the_instances_of_one_account_share_what_it_has_and_others_do_not() {
    let mut hub = Hub::of("instagram");
    let same = connect(&mut hub.app, "instagram");
    let url = hub.app.oauth_url("instagram", "s");
    let redirect = hub.app.sandbox.allow_as(&url, "sandbox.baker", hub.app.now).unwrap();
    let body = hub.app.body("instagram", &parameter(&redirect, "code").unwrap());
    let other = hub.app.post("/instances", &body).json["token"].as_str().unwrap().to_owned();
    let other = hub.app.two_parts(&other);

    assert_eq!(hub.send("DELETE", "/media/1003_566745376").status, 200);
    let ids = |app: &mut App, authorization: &str| -> Vec<Value> {
        let list = app.call_with("GET", "/media", authorization).json;
        list.as_array().unwrap().iter().map(|post| post["id"].clone()).collect()
    };
    assert_eq!(ids(&mut hub.app, &same), ["1002_566745376", "1001_566745376"]);
    assert_eq!(ids(&mut hub.app, &other), ["1012_566745402", "1011_566745402"]);
    // Nothing is lost with an instance.
    assert_eq!(hub.app.call("DELETE", "/instances/123").status, 200);
    assert_eq!(ids(&mut hub.app, &same).len(), 2);
}

#[test]
fn a_disabled_instance_says_which_it_is() {
    let mut hub = Hub::of("box");
    assert_eq!(hub.app.call("DELETE", "/instances/123/enabled").status, 200);
    assert_eq!(
        hub.send("GET", "/files").refusal(),
        (403, "The instance is disabled: PUT /instances/123/enabled enables it.", None)
    );
}
