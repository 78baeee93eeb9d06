//! `GET /instances`, `GET` and `DELETE /instances/{id}`, and the calls with a kept token.

use serde_json::{Value, json};
use your_moms_sandbox::Noun;

use crate::app::App;

const INVALID: &str = "Invalid Organization or User secret, or invalid Your_mom token provided.";

/// Instances of a connector that needs no code, by name and tags.
fn filled(instances: &[(&str, &[&str])]) -> App {
    let mut app = App::new(Noun::YourMom);
    for (name, tags) in instances {
        let body = json!({
            "your_mom": { "key": "servicenow" },
            "configuration": { "username": "u", "password": "p" },
            "name": name,
            "tags": tags,
        });
        assert_eq!(app.post("/instances", &body).status, 200);
    }
    app
}

/// Ids of the listed instances, and the token of the next page.
fn list(app: &mut App, query: &str) -> (Vec<u64>, Option<String>) {
    let answer = app.call("GET", &format!("/instances{query}"));
    assert_eq!(answer.status, 200, "{}", answer.json);
    let ids = answer.json.as_array().unwrap().iter().map(|it| it["id"].as_u64().unwrap()).collect();
    (ids, answer.headers.get("elements-next-page-token").map(|it| it.to_str().unwrap().to_owned()))
}

#[test]
fn an_empty_list_is_not_found() {
    let mut app = App::new(Noun::YourMom);
    assert_eq!(app.call("GET", "/instances").refusal(), (404, "No instances found.", None));
    let mut app = filled(&[("one", &[])]);
    assert_eq!(app.call("GET", "/instances?tags[]=x").refusal(), (404, "No instances found.", None));
}

#[test]
fn a_list_holds_the_instances_as_they_were_created() {
    let mut app = App::new(Noun::YourMom);
    let first = app.connect("instagram");
    let second = app.connect("dropbox");
    let answer = app.call("GET", "/instances");
    assert_eq!((answer.status.as_u16(), answer.json), (200, json!([first, second])));
}

#[test]
fn tags_and_text_narrow_the_list() {
    let mut app = filled(&[("Red train", &["a", "b c"]), ("Blue train", &["a"]), ("Red boat", &[])]);
    for (query, expected) in [
        ("?tags[]=a", vec![123, 124]),
        ("?tags%5B%5D=a&tags%5B%5D=b+c", vec![123]),
        ("?searchText=red", vec![123, 125]),
        ("?searchText=d%20t", vec![123]),
        ("?searchText=train&tags[]=a", vec![123, 124]),
        ("?hydrate=false", vec![123, 124, 125]),
    ] {
        assert_eq!(list(&mut app, query), (expected, None), "{query}");
    }
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

#[test]
fn one_instance_is_shown_to_its_organization_and_to_its_token() {
    let mut app = App::new(Noun::YourMom);
    let instance = app.connect("instagram");
    let token = instance["token"].as_str().unwrap();
    let by_organization = app.authorization();
    let (two, three) = (app.two_parts(token), app.three_parts(token));
    for (path, authorization) in [
        ("/instances/123", &by_organization),
        ("/instances/123", &two),
        ("/instances/123/", &three),
        ("/instances", &three),
    ] {
        let answer = app.call_with("GET", path, authorization);
        assert_eq!((answer.status.as_u16(), &answer.json), (200, &instance), "{path}");
        assert_eq!(answer.headers["elements-element-instance-id"], "123");
    }
    // Without an id all three parts are needed.
    assert_eq!(app.call_with("GET", "/instances", &two).refusal(), (401, INVALID, None));
    assert_eq!(app.call_with("DELETE", "/instances", &two).refusal(), (401, INVALID, None));
    assert_eq!(app.call("DELETE", "/instances").refusal(), (401, INVALID, None));
}

#[test]
fn a_token_is_good_for_its_own_instance_only() {
    let mut app = App::new(Noun::YourMom);
    let token = app.connect("instagram")["token"].as_str().unwrap().to_owned();
    app.connect("dropbox");
    let (two, three) = (app.two_parts(&token), app.three_parts(&token));
    for method in ["GET", "DELETE"] {
        assert_eq!(app.call_with(method, "/instances/124", &two).refusal(), (401, INVALID, None));
        assert_eq!(app.call_with(method, "/instances/124", &three).refusal(), (401, INVALID, None));
    }
}

#[test]
fn a_deleted_instance_is_gone_and_its_token_worth_nothing() {
    for (path, parts) in [("/instances/123", 0), ("/instances/123", 2), ("/instances", 3)] {
        let mut app = App::new(Noun::YourMom);
        let token = app.connect("instagram")["token"].as_str().unwrap().to_owned();
        let authorization = match parts {
            0 => app.authorization(),
            2 => app.two_parts(&token),
            _ => app.three_parts(&token),
        };
        let answer = app.call_with("DELETE", path, &authorization);
        assert_eq!((answer.status.as_u16(), answer.json), (200, Value::Null));
        assert_eq!(app.sandbox.instances(), []);
        let authorization = app.two_parts(&token);
        assert_eq!(app.call_with("GET", "/ping", &authorization).refusal(), (401, INVALID, None));
        let not_found = (404, "No instance found with this id.", None);
        assert_eq!(app.call("GET", "/instances/123").refusal(), not_found);
        assert_eq!(app.call("DELETE", "/instances/123").refusal(), not_found);
        assert_eq!(app.call("GET", "/instances/one").refusal(), not_found);
    }
}

#[test]
fn later_calls_take_the_token_in_two_parts_or_three() {
    for noun in [Noun::YourMom, Noun::Element] {
        let mut app = App::new(noun);
        let token = app.connect("instagram")["token"].as_str().unwrap().to_owned();
        for authorization in [app.two_parts(&token), app.three_parts(&token)] {
            let answer = app.call_with("GET", "/ping", &authorization);
            assert_eq!((answer.status.as_u16(), answer.json), (200, json!({ "endpoint": "instagram" })));
        }
        let message =
            format!("Invalid Organization or User secret, or invalid {} token provided.", noun.header_word());
        assert_eq!(app.call("GET", "/ping").refusal(), (401, message.as_str(), None));
        let wrong = app.three_parts("wrong");
        let answer = app.call_with("GET", "/ping", &wrong);
        assert_eq!(answer.refusal(), (401, message.as_str(), None));
        assert_eq!(answer.headers["www-authenticate"], "User, Organization");
    }
}

#[test]
fn the_hub_of_instagram_answers_with_or_without_its_name() {
    let mut app = App::new(Noun::YourMom);
    let token = app.connect("instagram")["token"].as_str().unwrap().to_owned();
    let authorization = app.two_parts(&token);
    let profile = json!({
        "id": "566745376",
        "username": "sandbox.traveller",
        "full_name": "Sandbox Traveller",
        "profile_picture": "https://sandbox.invalid/instagram/profile.jpg",
        "bio": "Slow trains and early mornings. Nobody real.",
        "website": "https://sandbox.invalid/",
        "counts": { "media": 3, "follows": 128, "followed_by": 342 },
    });
    for path in ["/hubs/social/users/self", "/users/self"] {
        let answer = app.call_with("GET", path, &authorization);
        assert_eq!((answer.status.as_u16(), &answer.json), (200, &profile), "{path}");
    }
    let media = app.call_with("GET", "/hubs/social/media", &authorization).json;
    assert_eq!(app.call_with("GET", "/media", &authorization).json, media);
    let captions: Vec<_> = media.as_array().unwrap().iter().map(|post| &post["caption"]["text"]).collect();
    assert_eq!(
        captions,
        ["First light over the harbour", "Platform 9, running late ☕", "Rain on the night train"]
    );
}

#[test]
fn a_resource_belongs_to_a_connector() {
    let mut app = App::new(Noun::YourMom);
    let token = app.connect("dropbox")["token"].as_str().unwrap().to_owned();
    let authorization = app.two_parts(&token);
    let answer = app.call_with("GET", "/hubs/social/media", &authorization);
    assert_eq!(answer.refusal(), (404, "No resource found at this path for Dropbox.", None));
    assert_eq!(app.call("GET", "/hubs/social/media").refusal(), (401, INVALID, None));
}
