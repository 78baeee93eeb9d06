//! Every place where two JSON values differ.

use std::collections::BTreeSet;

use serde::Serialize;
use serde_json::Value;

/// One place where an outcome is not what was expected.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Difference {
    /// Where, as a JSON pointer (RFC 6901).
    pub pointer: String,
    /// What should stand there; absent where nothing should.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expected: Option<Value>,
    /// What does; absent where nothing does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub actual: Option<Value>,
}

/// All differences, in the order of the pointers' members.
pub fn differences(expected: &Value, actual: &Value) -> Vec<Difference> {
    let mut found = Vec::new();
    compare(&mut found, String::new(), Some(expected), Some(actual));
    found
}

fn compare(found: &mut Vec<Difference>, pointer: String, expected: Option<&Value>, actual: Option<&Value>) {
    match (expected, actual) {
        (Some(Value::Object(left)), Some(Value::Object(right))) => {
            for name in left.keys().chain(right.keys()).collect::<BTreeSet<_>>() {
                let escaped = name.replace('~', "~0").replace('/', "~1");
                compare(found, format!("{pointer}/{escaped}"), left.get(name), right.get(name));
            }
        }
        (Some(Value::Array(left)), Some(Value::Array(right))) => {
            for at in 0..left.len().max(right.len()) {
                compare(found, format!("{pointer}/{at}"), left.get(at), right.get(at));
            }
        }
        (expected, actual) if expected == actual => {}
        (expected, actual) => {
            found.push(Difference { pointer, expected: expected.cloned(), actual: actual.cloned() });
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn every_differing_place_is_named() {
        let expected = json!({"same": [1, {"a": null}], "a/b": 1, "gone": {"x": 1}, "list": [1, 2]});
        let actual = json!({"same": [1, {"a": null}], "a/b": "1", "list": [1], "new~": true});
        let difference = |pointer: &str, expected: Option<Value>, actual: Option<Value>| Difference {
            pointer: pointer.to_owned(),
            expected,
            actual,
        };
        assert_eq!(
            differences(&expected, &actual),
            [
                difference("/a~1b", Some(json!(1)), Some(json!("1"))),
                difference("/gone", Some(json!({"x": 1})), None),
                difference("/list/1", Some(json!(2)), None),
                difference("/new~0", None, Some(json!(true))),
            ]
        );
    }

    #[test]
    fn null_is_not_the_same_as_nothing() {
        assert_eq!(differences(&json!({"a": null}), &json!({})).len(), 1);
        assert_eq!(differences(&json!({"a": null}), &json!({"a": null})), []);
    }
}
