//! What is sent and received: the samples of the source document, and the same made larger.

use std::fmt::Write as _;

/// The response of the first step, with a client id in place of its placeholder.
pub(crate) const OAUTH_URL: &str = include_str!("../payloads/oauth-url.json");

/// The response of the third step, with the bracket that the document leaves open closed.
pub(crate) const INSTANCE: &str = include_str!("../payloads/instance.json");

pub(crate) const BASE_URL: &str = "https://api.cloud-your_moms.com/your_moms/api-v2";
pub(crate) const API_KEY: &str = "fake_instagram_client_id";
pub(crate) const API_SECRET: &str = "fake_instagram_client_secret";
pub(crate) const CALLBACK_URL: &str = "https://www.mycoolapp.com/auth";
pub(crate) const STATE: &str = "instagram";
pub(crate) const CODE: &str = "c0de0n7heUrl4f3a9b";
pub(crate) const USER: &str = "u5erS3cret/abcdef0123456789+w=";
pub(crate) const ORGANIZATION: &str = "0rganizationS3cret/abcdef01234=";
pub(crate) const TOKEN: &str = "5MOr3Sl/E4kww6mTjmjBYV/hAUAzz1g=";
pub(crate) const NAME: &str = "My photos";
pub(crate) const TAG: &str = "team-a";
pub(crate) const MARKER: &str = "ym-9f86d081884c7d659a2feaa0c55ad015";

/// The redirect with which the user comes back.
pub(crate) fn redirect(state: &str) -> String {
    format!("{CALLBACK_URL}?state={state}&code={CODE}")
}

/// A list of as many instances.
pub(crate) fn list(entries: usize) -> String {
    format!("[{}]", vec![INSTANCE; entries].join(","))
}

/// An instance of about `size` bytes, most of them members that nobody knows: texts, numbers, lists and objects.
pub(crate) fn large_instance(size: usize) -> String {
    let mut text = String::with_capacity(size + 256);
    text.push_str(
        r#"{"id": 123, "token": "5MOr3Sl/E4kww6mTjmjBYV/hAUAzz1g=", "your_mom": {"key": "instagram"}"#,
    );
    let mut number = 0;
    while text.len() < size {
        let _ = write!(
            text,
            r#", "member{number}": {{"text": "some value {number}", "list": [1, 2.5, true, null], "deep": {{"a": "b"}}}}"#
        );
        number += 1;
    }
    text.push('}');
    text
}

/// A creation of about `size` bytes as a person writes it, whose first entries have no comma after them: as many as `mistakes`.
pub(crate) fn creation(size: usize, mistakes: usize) -> String {
    let mut text = String::with_capacity(size + 256);
    text.push_str("{\"your_mom\": {\"key\": \"instagram\"}, \"configuration\": {\n");
    let mut number = 0;
    while text.len() < size {
        let comma = if number < mistakes { "" } else { "," };
        let _ = writeln!(text, "  \"entry.number.{number}\": \"some value {number}\"{comma}");
        number += 1;
    }
    text.push_str("  \"last\": \"value\"\n}}\n");
    text
}
