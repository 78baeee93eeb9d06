//! An instance survives being read, stored and read again, whatever its members are.

use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::value::RawValue;
use your_moms_core::{ConfigurationValue, Connector, Instance, Json};

fn read(json: &str) -> Instance {
    serde_json::from_str(json).unwrap()
}

fn stored(instance: &Instance) -> String {
    serde_json::to_string(&instance.expose()).unwrap()
}

/// A JSON string: any text, its escapes, and some that are not Unicode.
fn string() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>().prop_map(|text| serde_json::to_string(&text).unwrap()),
        r#""(\\u[0-9a-fA-F]{4}|\\[bfnrt/"\\]|[a-c{}:,]){0,8}""#,
    ]
}

/// Any JSON as text, with the white space and the numbers that a tree of values would not keep.
fn any_json() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        "null|true|false",
        "-?(0|[1-9][0-9]{0,30})(\\.[0-9]{1,9})?([eE][+-]?[0-9]{1,4})?",
        string()
    ];
    leaf.prop_recursive(3, 12, 4, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(|items| format!("[{}]", items.join(" , "))),
            object(vec((string(), inner), 0..4)),
        ]
    })
}

fn object(members: impl Strategy<Value = Vec<(String, String)>>) -> impl Strategy<Value = String> {
    members.prop_map(|members| {
        let members: Vec<_> = members.into_iter().map(|(name, value)| format!("{name} :\n{value}")).collect();
        format!("{{ {}}}", members.join(","))
    })
}

/// A member of an instance: known ones of the right type or not, and unknown ones.
fn member() -> impl Strategy<Value = (String, String)> {
    let known = prop::sample::select(vec![
        "name",
        "configuration",
        "tags",
        "valid",
        "disabled",
        "your_mom",
        "element",
        "user",
        "version",
        "instance",
    ]);
    prop_oneof![known.prop_map(|name| format!("\"{name}\"")), string()]
        .prop_flat_map(|name| (Just(name), any_json()))
}

/// An instance: what is required, in the midst of anything.
fn instance() -> impl Strategy<Value = String> {
    let required = |name: &'static str| vec(member(), 0..4).prop_map(move |others| (name, others));
    object((any::<u64>(), "[!#-\\[\\]-~]{1,40}", required("\"id\""), required("\"token\"")).prop_map(
        |(id, token, (id_name, first), (token_name, second))| {
            let id = [(id_name.to_owned(), id.to_string())];
            let token = [(token_name.to_owned(), format!("\"{token}\""))];
            first.into_iter().chain(token).chain(second).chain(id).collect()
        },
    ))
}

/// Replaces every string's inside, names' too.
fn with_sentinels(json: &str) -> String {
    json.replace("\"id\"", "\u{1}")
        .replace("\"token\"", "\u{2}")
        .replace('"', "\"SENTINEL ")
        .replace('\u{1}', "\"id\"")
        .replace('\u{2}', "\"token\"")
}

proptest! {
    #[test]
    fn an_instance_is_stored_as_it_came(json in instance()) {
        let instance = read(&json);
        let kept = stored(&instance);
        prop_assert_eq!(&kept, &format!(r#"{{"version":1,"instance":{json}}}"#));
        let again = read(&kept);
        prop_assert_eq!(&again, &instance);
        prop_assert_eq!((again.id(), again.token(), again.tags()), (instance.id(), instance.token(), instance.tags()));
        prop_assert_eq!((again.noun(), again.connector()), (instance.noun(), instance.connector()));
        prop_assert_eq!(stored(&again), kept);
    }

    #[test]
    fn debug_shows_no_text(json in instance()) {
        // A name that begins with a sentinel is none that is known, and no key begins with one: it has a space.
        let json = with_sentinels(&json);
        if let Ok(instance) = serde_json::from_str::<Instance>(&json) {
            let shown = format!("{instance:?} {:?} {:?} {:?}", instance.connector(), instance.configuration(), instance.expose());
            prop_assert!(!shown.contains("SENTINEL"), "{shown}");
        }
        let error = serde_json::from_str::<Instance>(&json.replace("\"id\"", "\"no id\"")).unwrap_err();
        prop_assert!(!format!("{error} {error:?}").contains("SENTINEL"), "{error}");
    }

    #[test]
    fn no_text_is_too_odd_to_be_refused(json in any_json(), text: String, fragments in "[{}\\[\\]\":,\\\\ a1]{0,24}") {
        for text in [json, text, fragments] {
            let _ = serde_json::from_str::<Instance>(&text);
            let _ = serde_json::from_str::<Connector>(&text);
        }
    }

    #[test]
    fn a_value_is_written_as_it_came(json in any_json()) {
        let raw: &RawValue = serde_json::from_str(&json).unwrap();
        let value: Json = serde_json::from_str(&json).unwrap();
        prop_assert_eq!(serde_json::to_string(&value).unwrap(), raw.get());
        let value: ConfigurationValue = serde_json::from_str(&json).unwrap();
        let written: Json = serde_json::from_str(&serde_json::to_string(&value).unwrap()).unwrap();
        prop_assert_eq!(ConfigurationValue::from(written), value);
    }
}

#[test]
fn numbers_order_and_members_that_come_twice_are_kept() {
    let json = r#"{"z": 1.10, "id": "x", "a": 123456789012345678901234567890, "id": 7, "token": "t", "a": 1e999, "\u006eame": "N"}"#;
    let instance = read(json);
    assert_eq!((instance.id(), instance.name()), (7, Some("N")));
    assert_eq!(instance.field::<Json>("a"), Some(serde_json::from_str("1e999").unwrap()));
    assert_eq!(instance.field::<f64>("z"), Some(1.1));
    assert_eq!(instance.field::<f64>("a"), None);
    assert_eq!(stored(&instance), format!(r#"{{"version":1,"instance":{json}}}"#));
}

#[test]
fn the_connector_is_found_by_a_known_noun_or_by_its_shape() {
    let found = |members: &str| {
        let instance = read(&format!(r#"{{"id": 1, "token": "t", {members}}}"#));
        Some((instance.noun()?.to_owned(), instance.connector()?.key()?.to_owned()))
    };
    let expected = |noun: &str| Some((noun.to_owned(), "k".to_owned()));
    assert_eq!(found(r#""a": {"key": "x"}, "element": {"key": "k"}"#), expected("element"));
    assert_eq!(found(r#""your_mom": null, "element": {"key": "k"}"#), expected("element"));
    assert_eq!(found(r#""element": {"key": "x"}, "element": {"key": "k"}"#), expected("element"));
    assert_eq!(found(r#""user": {"key": "x"}, "a": {"key": 1}, "gadget": {"key": "k"}"#), expected("gadget"));
    assert_eq!(found(r#""gadget": {"key": "x"}, "gadget": {"key": "k"}"#), expected("gadget"));
    assert_eq!(found(r#""user": {"key": "x"}, "tags": [{"key": "x"}]"#), None);
}

#[test]
fn debug_shows_a_key_only_if_it_looks_like_one() {
    let shown = |key: &str| {
        format!("{:?}", read(&format!(r#"{{"id": 1, "token": "t", "element": {{"key": "{key}"}}}}"#)))
    };
    assert_eq!(shown("dropbox-v2.1_x"), r#"Instance { id: 1, connector: Some("dropbox-v2.1_x"), .. }"#);
    assert_eq!(shown("5MOr3Sl/E4k="), "Instance { id: 1, connector: None, .. }");
    assert_eq!(shown(&"a".repeat(32)), "Instance { id: 1, connector: None, .. }");
}

#[test]
fn a_stored_form_that_cannot_be_read_says_why() {
    let error = |json: &str| serde_json::from_str::<Instance>(json).unwrap_err().to_string();
    assert_eq!(
        error(r#"{"version": 2, "instance": {"id": 1, "token": "t"}}"#),
        "the stored instance has version 2, and this release reads version 1 at line 1 column 51"
    );
    assert_eq!(
        error(r#"{"version": "SENTINEL", "instance": {}}"#),
        "the stored instance has an unknown version, and this release reads version 1 at line 1 column 39"
    );
    assert_eq!(error(r#"{"version": 1}"#), "the stored form has no `instance` at line 1 column 14");
    assert_eq!(error("{\n\"version\": 1\n}"), "the stored form has no `instance` at line 3 column 1");
    assert_eq!(
        error(r#"{"version": 1, "instance": {"id": 1}}"#),
        "an instance has a `token`, which is not empty at line 1 column 9"
    );
    assert_eq!(error("[1]"), "an instance is an object at line 1 column 0");
}

/// Where the text goes through a tree of values, as web frameworks' sessions do it.
#[test]
fn an_instance_survives_a_tree_of_values() {
    let instance = read(r#"{"id": 1, "token": "t\/+=", "your_mom": {"key": "k"}}"#);
    let tree = serde_json::to_value(instance.expose()).unwrap();
    let again: Instance = serde_json::from_value(tree).unwrap();
    assert_eq!(
        (again.id(), again.token(), again.connector().unwrap().key()),
        (1, instance.token(), Some("k"))
    );
}
