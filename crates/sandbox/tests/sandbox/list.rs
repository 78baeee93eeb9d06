//! `GET /instances`: what is connected.

use serde_json::json;
use your_moms_sandbox::Noun;

use crate::app::App;

/// Instances of a connector that needs no code, by name and tags.
fn filled(instances: &[(&str, &[&str])]) -> App {
    let mut app = App::new(Noun::YourMom);
    for (name, tags) in instances {
        app.connect_basic(name, tags);
    }
    app
}

/// Ids of the listed instances, and the token of the next page.
fn list(app: &mut App, query: &str) -> (Vec<u64>, Option<String>) {
    let response = app.call("GET", &format!("/instances{query}"));
    assert_eq!(response.status, 200, "{}", response.json);
    let ids = response.json.as_array().unwrap().iter().map(|it| it["id"].as_u64().unwrap()).collect();
    (ids, response.headers.get("elements-next-page-token").map(|it| it.to_str().unwrap().to_owned()))
}

#[test]
fn an_empty_list_is_not_found() {
    let mut app = App::new(Noun::YourMom);
    assert_eq!(app.call("GET", "/instances").refusal(), (404, "No instances found", None));
    let mut app = filled(&[("one", &[])]);
    assert_eq!(app.call("GET", "/instances?tags[]=x").refusal(), (404, "No instances found", None));
}

#[test]
fn a_list_holds_the_instances_as_they_were_created() {
    let mut app = App::new(Noun::YourMom);
    let first = app.connect("instagram");
    let second = app.connect("dropbox");
    let response = app.call("GET", "/instances");
    assert_eq!((response.status.as_u16(), response.json), (200, json!([first, second])));
}

#[test]
fn tags_and_text_narrow_the_list_in_any_letter_case() {
    let mut app =
        filled(&[("Red train", &["a", "b c"]), ("Blue train", &["A"]), ("Red boat", &["İx", "Ferry"])]);
    for (query, expected) in [
        ("?tags[]=a", vec![123, 124]),
        ("?tags[]=A&tags[]=B%20C", vec![123]),
        ("?tags%5B%5D=a&tags%5B%5D=b+c", vec![123]),
        ("?tags[]=FERRY", vec![125]),
        ("?searchText=red", vec![123, 125]),
        ("?searchText=d%20t", vec![123]),
        ("?searchText=ERR", vec![125]),
        ("?searchText=servicenow&tags[]=a", vec![123, 124]),
        ("?searchText=", vec![123, 124, 125]),
        ("?hydrate=true", vec![123, 124, 125]),
    ] {
        assert_eq!(list(&mut app, query), (expected, None), "{query}");
    }
    for query in ["?tags[]=b", "?tags[]=a&tags[]=ferry", "?tags[]=", "?searchText=b%20b"] {
        let response = app.call("GET", &format!("/instances{query}"));
        assert_eq!(response.refusal(), (404, "No instances found", None), "{query}");
    }
}

#[test]
fn the_list_of_a_connector_is_below_it() {
    for noun in [Noun::YourMom, Noun::Element] {
        let mut app = App::new(noun);
        let instagram = app.connect("instagram");
        let dropbox = app.connect("dropbox");
        let mut list = |path: &str| {
            let response = app.call("GET", &format!("/{}/{path}", noun.plural()));
            (response.status.as_u16(), response.json)
        };
        assert_eq!(list("instagram/instances"), (200, json!([instagram])));
        assert_eq!(list("81/instances?tags[]=demo"), (200, json!([dropbox])));
        assert_eq!(list("servicenow/instances").1["message"], "No instances found");
        let unknown = format!("No {} found", noun.singular());
        assert_eq!(list("myspace/instances").1["message"], unknown);
    }
}

#[test]
fn a_list_without_hydration_has_no_configuration() {
    let mut app = App::new(Noun::YourMom);
    let mut instance = app.connect("instagram");
    instance.as_object_mut().unwrap().remove("configuration");
    for query in ["?hydrate=false", "?hydrate=False"] {
        assert_eq!(app.call("GET", &format!("/instances{query}")).json, json!([instance]), "{query}");
    }
    let refusal = (400, "hydrate must be true or false.", None);
    assert_eq!(app.call("GET", "/instances?hydrate=no").refusal(), refusal);
}

#[test]
fn a_filter_is_never_ignored_silently() {
    let mut app = filled(&[("one", &[])]);
    let message = "Only the parameters tags[], searchText, hydrate, nextPage, pageSize are possible here.";
    for query in ["?tags=one", "?tag[]=x", "?tags[0]=x", "?searchtext=x", "?x"] {
        let response = app.call("GET", &format!("/instances{query}"));
        assert_eq!(response.refusal(), (400, message, None), "{query}");
    }
    let twice = (400, "The parameter searchText is given more than once.", None);
    assert_eq!(app.call("GET", "/instances?searchText=a&searchText=b").refusal(), twice);
}

#[test]
fn what_is_created_renamed_and_deleted_is_found_by_its_tags_of_now() {
    let mut app = filled(&[("one", &["old"]), ("two", &["old", "both"])]);
    assert_eq!(list(&mut app, "?tags[]=old"), (vec![123, 124], None));
    app.write("PATCH", "/instances/123", &json!({ "tags": ["new", "both"] }));
    assert_eq!(list(&mut app, "?tags[]=old"), (vec![124], None));
    assert_eq!(list(&mut app, "?tags[]=New&tags[]=both"), (vec![123], None));
    app.call("DELETE", "/instances/124");
    assert_eq!(list(&mut app, "?tags[]=both"), (vec![123], None));
    assert_eq!(app.call("GET", "/instances?tags[]=old").status, 404);
}

#[test]
fn a_list_comes_in_pages() {
    let mut app = filled(&[("a", &[]), ("b", &[]), ("c", &[])]);
    let (ids, next) = list(&mut app, "?pageSize=2");
    assert_eq!(ids, [123, 124]);
    assert_eq!(list(&mut app, &format!("?pageSize=2&nextPage={}", next.unwrap())), (vec![125], None));
    assert_eq!(list(&mut app, "?pageSize=3"), (vec![123, 124, 125], None));

    let size = (400, "pageSize must be a number from 1 to 200.", None);
    for query in ["?pageSize=0", "?pageSize=-1", "?pageSize=many"] {
        assert_eq!(app.call("GET", &format!("/instances{query}")).refusal(), size);
    }
    let token = (400, "nextPage is not a token of an earlier page.", None);
    assert_eq!(app.call("GET", "/instances?nextPage=2").refusal(), token);
}

#[test]
fn no_page_is_larger_than_200() {
    let mut app = filled(&[("many", &[] as &[&str]); 201]);
    for query in ["", "?pageSize=1000"] {
        let (ids, next) = list(&mut app, query);
        assert_eq!(ids, (123..323).collect::<Vec<_>>());
        assert_eq!(list(&mut app, &format!("?nextPage={}", next.unwrap())), (vec![323], None));
    }
}
