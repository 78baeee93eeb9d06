//! Habits of live platforms, which last until they are changed.

use serde_json::json;
use your_moms_sandbox::{Behaviour, Noun};

use crate::app::App;

/// Ids of the listed instances (none for a 404), the token of the next page, and what the journal says of it.
fn list(app: &mut App, query: &str) -> (Vec<u64>, Option<String>, Vec<&'static str>) {
    let response = app.call("GET", &format!("/instances{query}"));
    let behaviours = app.sandbox.journal().last().unwrap().behaviours.clone();
    if response.status == 404 {
        assert_eq!(response.refusal(), (404, "No instances found", None));
        return (Vec::new(), None, behaviours);
    }
    let ids = response.json.as_array().unwrap().iter().map(|it| it["id"].as_u64().unwrap()).collect();
    let next = response.headers.get("elements-next-page-token");
    (ids, next.map(|it| it.to_str().unwrap().to_owned()), behaviours)
}

#[test]
fn a_list_may_ignore_its_filter() {
    let mut app = App::new(Noun::YourMom);
    app.connect_basic("a", &["x"]);
    app.connect_basic("b", &["y"]);
    app.sandbox.set_behaviour(Behaviour { ignores_filter: true, ..Behaviour::default() });
    for query in ["?tags[]=x", "?searchText=b", "?tags[]=nothing"] {
        assert_eq!(list(&mut app, query), (vec![123, 124], None, vec!["filter-ignored"]), "{query}");
    }
    assert_eq!(list(&mut app, ""), (vec![123, 124], None, vec![]));
    // The connector in the path is no filter.
    assert_eq!(app.call("GET", "/your_moms/instagram/instances").status, 404);
    app.sandbox.set_behaviour(Behaviour::default());
    assert_eq!(list(&mut app, "?tags[]=x"), (vec![123], None, vec![]));
}

#[test]
fn a_list_may_come_in_smaller_pages_than_asked_for() {
    let mut app = App::new(Noun::YourMom);
    for name in ["a", "b", "c"] {
        app.connect_basic(name, &["x"]);
    }
    app.sandbox.set_behaviour(Behaviour { page_size: Some(2), ..Behaviour::default() });
    let (ids, next, behaviours) = list(&mut app, "?tags[]=x&pageSize=100");
    assert_eq!((ids, behaviours), (vec![123, 124], vec!["small-page"]));
    let (ids, next, behaviours) = list(&mut app, &format!("?tags[]=x&nextPage={}", next.unwrap()));
    assert_eq!((ids, next, behaviours), (vec![125], None, vec![]));
    let (ids, _, behaviours) = list(&mut app, "?pageSize=1");
    assert_eq!((ids, behaviours), (vec![123], vec![]));
    app.sandbox.set_behaviour(Behaviour { page_size: Some(0), ..Behaviour::default() });
    assert_eq!(list(&mut app, "").0, [123]);
}

#[test]
fn a_new_instance_may_show_only_after_further_lists() {
    let mut app = App::new(Noun::YourMom);
    app.connect_basic("a", &["x"]);
    app.sandbox.set_behaviour(Behaviour { shows_after: 2, ..Behaviour::default() });
    let late = app.connect_basic("b", &["y"]);
    let other = app.sandbox.add_account();
    let others = format!("User {}, Organization {}", other.user_secret, other.organization_secret);
    for query in ["?tags[]=y", ""] {
        // Another account's lists do not count.
        assert_eq!(app.call_with("GET", "/instances", &others).status, 404);
        let (ids, _, behaviours) = list(&mut app, query);
        assert!(!ids.contains(&124));
        assert_eq!(behaviours, ["shown-late"]);
        assert_eq!(app.call("GET", "/instances/124").json, late);
    }
    assert_eq!(list(&mut app, "?tags[]=y"), (vec![124], None, vec![]));
    assert_eq!(list(&mut app, ""), (vec![123, 124], None, vec![]));
}

#[test]
fn an_instance_that_is_deleted_before_it_shows_is_gone() {
    let mut app = App::new(Noun::YourMom);
    app.sandbox.set_behaviour(Behaviour { shows_after: 1, ..Behaviour::default() });
    app.connect_basic("a", &[]);
    assert_eq!(app.call("DELETE", "/instances/123").status, 200);
    assert_eq!(list(&mut app, ""), (vec![], None, vec![]));
}

#[test]
fn a_creation_may_lose_its_tags() {
    let mut app = App::new(Noun::Element);
    app.sandbox.set_behaviour(Behaviour { strips_tags: true, ..Behaviour::default() });
    for tags in [&["x"] as &[&str], &[]] {
        assert_eq!(app.connect_basic("Name", tags)["tags"], json!([]));
        assert_eq!(app.sandbox.journal().last().unwrap().behaviours, ["tags-stripped"]);
    }
    assert_eq!(list(&mut app, "?tags[]=x"), (vec![], None, vec![]));
    assert_eq!(list(&mut app, "?searchText=name").0, [123, 124]);
    // A later update is as ever.
    let updated = app.write("PATCH", "/instances/123", &json!({ "tags": ["x"] }));
    assert_eq!(updated.json["tags"], json!(["x"]));
    assert_eq!(list(&mut app, "?tags[]=x"), (vec![123], None, vec![]));
}

#[test]
fn an_instance_may_come_with_its_secrets_masked() {
    for noun in [Noun::YourMom, Noun::Element] {
        let mut app = App::new(noun);
        let mut expected = app.connect("instagram");
        for key in ["oauth.api.key", "oauth.api.secret", "oauth.user.token"] {
            assert!(expected["configuration"][key].as_str().unwrap().starts_with("sandbox-"));
            expected["configuration"][key] = json!("********");
        }
        app.sandbox.set_behaviour(Behaviour { masks_secrets: true, ..Behaviour::default() });
        assert_eq!(app.call("GET", "/instances/123").json, expected);
        assert_eq!(app.call("GET", "/instances").json, json!([expected]));
        // What is written back as it was shown changes nothing.
        let update = json!({ "configuration": expected["configuration"] });
        assert_eq!(app.write("PATCH", "/instances/123", &update).json, expected);
        assert_eq!(app.sandbox.journal().last().unwrap().behaviours, ["secrets-masked"]);
        let created = app.connect_basic("b", &[]);
        assert_eq!(created["configuration"]["password"], "********");
        app.sandbox.set_behaviour(Behaviour::default());
        let shown = app.call("GET", "/instances/123").json;
        assert!(shown["configuration"]["oauth.user.token"].as_str().unwrap().starts_with("sandbox-"));
        assert_eq!(app.sandbox.journal().last().unwrap().behaviours, Vec::<&str>::new());
    }
}
