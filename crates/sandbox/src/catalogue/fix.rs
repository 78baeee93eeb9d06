//! What to do about a mistake that the deserializer has found.

/// The text of a deserializer, with the fix.
pub(super) fn with_fix(text: &str) -> String {
    let member_after = |start: &str| text.strip_prefix(start).and_then(|rest| rest.strip_suffix('`'));
    let halves = |start: &str| text.strip_prefix(start).and_then(|rest| rest.split_once(", expected "));
    if let Some(member) = member_after("missing field `") {
        return format!("`{member}` is missing: add {member:?}: {}", example(member));
    }
    if let Some(member) = member_after("duplicate field `") {
        return format!("`{member}` is there twice: remove one");
    }
    if let Some((member, known)) = halves("unknown field ") {
        return format!("{member} is no member here: remove it, or use {known}");
    }
    if let Some((word, known)) = halves("unknown variant ") {
        return format!("{word} is not possible here: use {known}");
    }
    if let Some((_, kind)) = halves("invalid length ") {
        return format!("there is an array: write {}", value(kind));
    }
    if let Some((given, kind)) = halves("invalid type: ").or_else(|| halves("invalid value: ")) {
        return format!("there is {}: write {}", given_value(given), value(kind));
    }
    match syntax(text) {
        Some(fix) => format!("{text}: {fix}"),
        None => text.to_owned(),
    }
}

/// A value of the file, in the words of JSON.
fn given_value(given: &str) -> String {
    match given {
        "sequence" => "an array".to_owned(),
        "map" => "an object".to_owned(),
        "null" => "null".to_owned(),
        _ => {
            format!("the {}", given.replacen("floating point", "number", 1).replacen("integer", "number", 1))
        }
    }
}

/// What a type of Rust is in JSON.
fn value(kind: &str) -> &str {
    match kind {
        "u64" => "a whole number",
        "a boolean" => "true or false",
        "a string" | "string or map" => "a text in quotes",
        "a sequence" => "an array, in brackets",
        _ if kind == "a map" || kind.starts_with("struct ") => "an object, in braces",
        _ => kind,
    }
}

fn syntax(text: &str) -> Option<&'static str> {
    Some(match text {
        "expected value" => "write one in straight quotes, and no comment",
        "key must be a string" => {
            "write the name of a member in straight quotes, or remove a comma before it"
        }
        "trailing comma" => "remove it",
        "trailing characters" => "remove them, since a file describes one connector",
        "expected `:`" => "add it after the name of the member",
        "expected `,` or `}`" | "expected `,` or `]`" => "add a comma, or the bracket",
        _ if text.starts_with("EOF while parsing a value") => "write an object, in braces",
        _ if text.starts_with("EOF while parsing") => "close what was opened",
        _ if text.starts_with("control character") => "close the quotes on the same line, or write \\n",
        _ if text.contains("escape") => "write \\\\ for a backslash",
        _ => return None,
    })
}

fn example(member: &str) -> &'static str {
    match member {
        "id" => "900",
        "key" => "\"mine\"",
        "hub" => "\"crm\"",
        "authentication" => "\"basic\"",
        "provider" => r#"{ "name": "My service", "accounts": ["anna", "ben"] }"#,
        "accounts" => r#"["anna", "ben"]"#,
        "configuration" => r#"[{ "key": "username", "name": "User name", "required": true }]"#,
        "path" => "\"contacts\"",
        "permits" => "\"See your contacts\"",
        "template" => r#"[{ "id": 1, "owner": "{account}" }]"#,
        _ => "\"…\"",
    }
}
