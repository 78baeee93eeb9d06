//! Connectors of one's own, and what is said about a mistake in one.

use serde_json::{Value, json};
use your_moms_sandbox::{Catalogue, Noun, Sandbox};

use crate::app::App;

/// A connector with everything in it.
fn library() -> Value {
    json!({
        "id": 900,
        "key": "library",
        "name": "Town library",
        "description": "Books, and who has them.",
        "hub": "books",
        "authentication": "oauth2",
        "provider": {
            "name": "The library",
            "metaRedirects": true,
            "scopes": [{ "name": "read", "permits": "See what you have read" }],
            "accounts": ["anna", "ben"],
        },
        "configuration": [
            { "key": "oauth.api.key", "name": "Key", "required": true },
            { "key": "oauth.api.secret", "name": "Secret", "type": "PASSWORD", "required": true },
            { "key": "oauth.callback.url", "name": "Callback URL", "required": true },
            { "key": "card.number", "name": "Number of the card", "default": "7", "secret": true },
        ],
        "resources": [
            {
                "path": "books",
                "id": "isbn",
                "parameters": { "name": "title" },
                "template": [{ "isbn": 1, "title": "Of {account}" }],
            },
            { "path": "readers/self", "singleton": true, "objects": { "anna": { "name": "A" } }, "template": {} },
        ],
    })
}

/// What is said about the library after one change.
fn refused(change: impl FnOnce(&mut Value)) -> String {
    let mut library = library();
    change(&mut library);
    Catalogue::builtin().with("library.json", &library.to_string()).unwrap_err().to_string()
}

fn refused_text(from: &str, to: &str) -> String {
    let text = serde_json::to_string_pretty(&library()).unwrap();
    assert!(text.contains(from));
    Catalogue::builtin().with("library.json", &text.replace(from, to)).unwrap_err().to_string()
}

#[test]
fn a_connector_of_ones_own_is_like_any_other() {
    let catalogue = Catalogue::builtin().with("library.json", &library().to_string()).unwrap();
    let before = App::new(Noun::YourMom);
    let mut app =
        App { sandbox: Sandbox::with_catalogue(1, catalogue), noun: Noun::YourMom, now: before.now };
    // Nothing else changes by it.
    assert_eq!(app.sandbox.client("instagram"), before.sandbox.client("instagram"));
    assert_eq!(app.sandbox.credentials(), before.sandbox.credentials());
    assert_eq!(before.sandbox.client("library"), None);

    let instance = app.connect("library");
    assert_eq!(instance["your_mom"]["id"], 900);
    assert_eq!(instance["your_mom"]["hub"], "books");
    let token = instance["token"].as_str().unwrap();
    let authorization = app.two_parts(token);
    let books = app.call_with("GET", "/hubs/books/books", &authorization);
    assert_eq!(books.json, json!([{ "isbn": 1, "title": "Of anna" }]));
    assert_eq!(app.sandbox.journal().last().unwrap().path, "/your_moms/api-v2/hubs/books/books");
    assert_eq!(app.call_with("GET", "/readers/self", &authorization).json, json!({ "name": "A" }));
    let card = app.call("GET", "/instances/123/configuration/card.number");
    assert_eq!(card.json, json!({ "id": 90004, "key": "card.number", "propertyValue": "********" }));
}

#[test]
fn an_empty_catalogue_takes_connectors_too() {
    let catalogue = Catalogue::default().with("library.json", &library().to_string()).unwrap();
    assert_eq!(catalogue.keys().collect::<Vec<_>>(), ["library"]);
}

#[test]
fn what_cannot_be_read_has_a_line_and_a_column() {
    for (from, to, expected) in [
        ("  \"hub\": \"books\",\n", "", "line 70, column 1: `hub` is missing: add \"hub\": \"crm\""),
        (
            "\"hub\"",
            "\"hubb\"",
            "line 28, column 8: `hubb` is no member here: remove it, or use one of `id`, `key`, `name`, \
             `description`, `image`, `hub`, `active`, `authentication`, `provider`, `configuration`, `resources`",
        ),
        ("\"hub\"", "\"key\"", "line 30, column 7: `key` is there twice: remove one"),
        ("900", "\"900\"", "line 29, column 13: there is the string \"900\": write a whole number"),
        ("900", "-1", "line 29, column 10: there is the number `-1`: write a whole number"),
        (
            "\"oauth2\"",
            "\"oauth3\"",
            "line 2, column 28: `oauth3` is not possible here: use one of `oauth2`, `oauth1`, `basic`, `apiKey`, `custom`",
        ),
        ("900,", "900", "line 30, column 3: expected `,` or `}`: add a comma, or the bracket"),
        (
            "\"permits\"",
            "\"permit\"",
            "line 42, column 16: `permit` is no member here: remove it, or use `name` or `permits`",
        ),
    ] {
        assert_eq!(refused_text(from, to), format!("library.json, {expected}"), "{from} {to}");
    }
}

#[test]
fn a_filter_names_a_member_and_is_not_one_of_every_list() {
    for (parameters, expected) in [
        (
            json!({ "shelf": "row" }),
            "`resources[0].parameters[\"shelf\"]`: no object has the member \"row\": name one that they have",
        ),
        (
            json!({ "where": "isbn" }),
            "`resources[0].parameters[\"where\"]`: every list has this parameter: choose another name",
        ),
    ] {
        let text = refused(|library| library["resources"][0]["parameters"] = parameters.clone());
        assert_eq!(text, format!("library.json: {expected}"));
    }
}

#[test]
fn a_mistake_in_the_json_has_a_fix() {
    let text = library().to_string();
    for (text, expected) in [
        (String::new(), "line 1, column 0: EOF while parsing a value: write an object, in braces"),
        ("[]".to_owned(), "line 1, column 2: there is an array: write an object, in braces"),
        ("[1]".to_owned(), "line 1, column 3: there is an array: write an object, in braces"),
        ("{".to_owned(), "line 1, column 1: EOF while parsing an object: close what was opened"),
        ("// x".to_owned(), "line 1, column 1: expected value: write one in straight quotes, and no comment"),
        ("{\"id\": 1,}".to_owned(), "line 1, column 10: trailing comma: remove it"),
        (
            "{,}".to_owned(),
            "line 1, column 2: key must be a string: write the name of a member in straight quotes, or remove a comma \
             before it",
        ),
        ("{\"id\" 1}".to_owned(), "line 1, column 7: expected `:`: add it after the name of the member"),
        ("{\"key\": null}".to_owned(), "line 1, column 12: there is null: write a text in quotes"),
        (
            "{\"key\": \"a\nb\"}".to_owned(),
            "line 2, column 0: control character (\\u0000-\\u001F) found while parsing a string: close the quotes on the \
             same line, or write \\n",
        ),
        ("{\"key\": \"\\x\"}".to_owned(), "line 1, column 11: invalid escape: write \\\\ for a backslash"),
        (
            format!("{text} {{}}"),
            &format!(
                "line 1, column {}: trailing characters: remove them, since a file describes one connector",
                text.len() + 2
            ),
        ),
    ] {
        let error = Catalogue::default().with("a.json", &text).unwrap_err();
        assert_eq!(error.to_string(), format!("a.json, {expected}"));
    }
    assert!(Catalogue::default().with("a.json", &format!("\u{feff}{text}")).is_ok());
}

#[test]
fn what_makes_no_sense_has_the_path_of_a_member() {
    for (pointer, value, expected) in [
        ("/id", json!(0), "`id`: 0 is out of range: choose one from 1 to 9999999"),
        ("/id", json!(10_000_000), "`id`: 10000000 is out of range: choose one from 1 to 9999999"),
        ("/id", json!(74), "`id`: 74 is the id in instagram.json too: choose another"),
        ("/key", json!("jira"), "`key`: \"jira\" is the key in jira.json too: choose another"),
        ("/key", json!("12"), "`key`: a number is taken for an id: add a letter"),
        ("/key", json!("keys"), "`key`: \"keys\" is a path of the platform's: choose another"),
        (
            "/key",
            json!("a/b"),
            "`key`: \"a/b\" does not fit into a path: use lower-case letters, digits, `-` and `_`",
        ),
        (
            "/hub",
            json!(""),
            "`hub`: \"\" does not fit into a path: use lower-case letters, digits, `-` and `_`",
        ),
        (
            "/provider/accounts",
            json!([]),
            "`provider.accounts`: nobody can sign in: add a name, or better two",
        ),
        (
            "/provider/accounts/1",
            json!("anna"),
            "`provider.accounts[1]`: \"anna\" is there twice: remove one",
        ),
        ("/provider/accounts/0", json!(" "), "`provider.accounts[0]`: an account needs a name: write one"),
        (
            "/provider/scopes/0/name",
            json!("a b"),
            "`provider.scopes[0].name`: a scope is one word: remove the spaces",
        ),
        (
            "/authentication",
            json!("oauth1"),
            "`provider.metaRedirects`: only oauth2 redirects in that way: remove it",
        ),
        (
            "/configuration/3/key",
            json!("oauth.api.key"),
            "`configuration[3].key`: \"oauth.api.key\" is there twice: remove one",
        ),
        ("/configuration/3/key", json!(""), "`configuration[3].key`: an entry needs a key: write one"),
        (
            "/configuration/1/required",
            json!(false),
            "`configuration`: oauth2 needs the entry \"oauth.api.secret\": add { \"key\": \"oauth.api.secret\", \
             \"name\": \"…\", \"required\": true }",
        ),
        (
            "/resources/0/path",
            json!("/books"),
            "`resources[0].path`: \"/books\" is no path: write it as \"folders/contents\"",
        ),
        (
            "/resources/0/path",
            json!("instances/x"),
            "`resources[0].path`: \"instances/x\" is a path of the platform's: choose another",
        ),
        (
            "/resources/0/path",
            json!("readers/self"),
            "`resources[1].path`: \"readers/self\" is there twice: remove one",
        ),
        (
            "/resources/1/objects",
            json!({ "carl": {} }),
            "`resources[1].objects[\"carl\"]`: there is no such account: add it to `provider.accounts`, or use one of \
             anna, ben",
        ),
        (
            "/resources/1/template",
            json!([]),
            "`resources[1].template`: a singleton is one JSON object: write it in braces",
        ),
        (
            "/resources/0/template",
            json!({}),
            "`resources[0].template`: a collection is an array of JSON objects: use brackets, or add \
             \"singleton\": true",
        ),
        (
            "/resources/0/template/0/isbn",
            json!(1.5),
            "`resources[0].template[0]`: there is no \"isbn\" that is a text or a whole number: add it, or name \
             another member in `id`",
        ),
        (
            "/resources/0/template",
            json!([{ "isbn": "1" }, { "isbn": 1 }]),
            "`resources[0].template[1]`: its \"isbn\" is that of an object before it: choose another",
        ),
    ] {
        let message = refused(|library| *library.pointer_mut(pointer).unwrap() = value);
        assert_eq!(message, format!("library.json: {expected}"), "{pointer}");
    }
    let many: Vec<_> = (0..100).map(|n| json!({ "key": n.to_string(), "name": "n" })).collect();
    let message = refused(|library| library["configuration"] = json!(many));
    assert_eq!(message, "library.json: `configuration`: there are 100 entries: leave at most 99");
}

#[test]
fn what_a_redirect_has_anyway_is_no_parameter_of_its_own() {
    let added = |authentication: &str, name: &str| {
        refused(|library| {
            library["authentication"] = json!(authentication);
            library["provider"]["metaRedirects"] = json!(false);
            library["provider"]["redirectParameters"] = json!({ name: "{n}" });
        })
    };
    for name in ["code", "state", "error", "oauth_token", "oauth_verifier"] {
        let expected = format!(
            "library.json: `provider.redirectParameters`: {name:?} is in a redirect already: remove it"
        );
        assert_eq!(added("oauth2", name), expected);
    }
    let expected = "library.json: `provider.redirectParameters`: basic redirects nobody: remove it";
    assert_eq!(added("basic", "org"), expected);
}
