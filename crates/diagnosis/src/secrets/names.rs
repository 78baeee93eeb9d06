//! The names that secrets have.

/// The options of curl that are given a secret, or a name and a secret.
pub(super) const OPTIONS: [&str; 10] =
    ["-u", "--user", "-U", "--proxy-user", "--oauth2-bearer", "-b", "--cookie", "--pass", "-E", "--cert"];

/// The words before the secrets of `Authorization`.
pub(super) const PARTS: [&str; 6] = ["User", "Organization", "Your_mom", "Element", "Bearer", "Basic"];

/// What names of secrets have in them, in small letters; people's slips too, since what is misspelt is shown.
const SECRET: [&str; 25] = [
    "secret",
    "password",
    "passwd",
    "passphrase",
    "pwd",
    "token",
    "verifier",
    "private",
    "credential",
    "x-api-key",
    "cookie",
    "session",
    "accesskey",
    "access_key",
    "access-key",
    "signature",
    "hmac",
    "scret",
    "secrt",
    "sercet",
    "secert",
    "secet",
    "pasword",
    "passwrod",
    "passowrd",
];

/// Whether a value of this name, in small letters, should not be seen.
pub(super) fn is_secret(name: &str) -> bool {
    let is_code = matches!(name, "code" | "26code" | "3fcode")
        || name.ends_with(['.', '_', '-']) && name.contains("code")
        || name.ends_with("oauth.code")
        || name.ends_with("_code");
    (SECRET.iter().any(|word| name.contains(word)) || is_code || name == "sig")
        && !(name.ends_with("url") || name.contains(".json"))
}
