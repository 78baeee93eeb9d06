//! The provider's redirect: a URL, a request target or a query that anyone can make up.

use std::time::{Duration, UNIX_EPOCH};

use your_moms_core::{
    Callback, CallbackError, Entropy, MalformedKind, PendingAuthorization, Registration, State,
};

use crate::platform::platform;

const STATE: &str = "state-Sentinel-6";
const ONCE: [&str; 6] = ["code", "state", "error", "iss", "oauth_token", "oauth_verifier"];

/// What is accepted is what an independent reader of forms sees, with this state once; nothing of it is printed.
pub fn read(data: &[u8]) {
    let Ok(text) = str::from_utf8(data) else { return };
    let state = State::new(STATE).unwrap();
    match Callback::parse(text, &state) {
        Ok(callback) => accepted(text, &callback),
        Err(error) => refused(text, &error),
    }
    stray(text);
}

fn accepted(text: &str, callback: &Callback) {
    let ours = callback.parameters().map(|(name, value)| (name.to_owned(), value.expose().to_owned()));
    let ours: Vec<_> = ours.collect();
    assert!(
        queries(text).any(|query| seen(query).is_some_and(|seen| seen == ours)),
        "other parameters than a form has"
    );
    assert!(callback.get("error").is_none(), "a denial was accepted");
    for name in ["code", "oauth_token", "oauth_verifier"] {
        let value = callback.get(name).map(|value| value.expose()).unwrap_or_default();
        assert!(value.len() <= 8 * 1024 && !value.contains(char::is_control), "{name} cannot be sent on");
    }
    let printed = format!("{callback:?}");
    assert!(printed.starts_with("Callback(") && printed.len() < 40, "Debug shows a value");
}

fn refused(text: &str, error: &CallbackError) {
    // The provider's error code may be printed, and stands in the redirect itself.
    let code = match error {
        CallbackError::Denied(denial) => denial.error().len(),
        _ => 0,
    };
    assert!(error.to_string().len() <= 200 + 10 * code, "an error that quotes");
    if matches!(error, CallbackError::Malformed(MalformedKind::TooLong)) {
        assert!(text.len() > 16 * 1024);
    }
}

/// A redirect with another state uses nothing up, and never becomes an authorization.
fn stray(text: &str) {
    let now = UNIX_EPOCH + Duration::from_secs(1_700_000_000);
    let bytes: Vec<u8> = (0u8..48).map(|at| at.wrapping_mul(37).wrapping_add(at >> 2)).collect();
    let entropy = Entropy::from_bytes(&bytes).unwrap();
    let registration = Registration::new("instagram", "key", "secret", "https://app.example/auth").unwrap();
    let (_, pending) =
        PendingAuthorization::start(&platform("https://api.example"), &registration, entropy, now);
    let matches = pending.matches(text);
    let verified = pending.verify(text, now);
    assert!(matches || verified.is_err(), "verified without the state");
}

/// What may be the query: what follows the first `?`, or the whole, without a fragment.
fn queries(text: &str) -> impl Iterator<Item = &str> {
    let text = text.trim().split('#').next().unwrap_or_default();
    let after = text.split_once('?').map(|(_, query)| query);
    [Some(text), after].into_iter().flatten()
}

/// The parameters of a form that has this state once, and none twice that must come once. Empty ones of those count as
/// absent.
fn seen(query: &str) -> Option<Vec<(String, String)>> {
    let pairs: Vec<(String, String)> = form_urlencoded::parse(query.as_bytes()).into_owned().collect();
    let values = |name| pairs.iter().filter(move |(other, _)| other == name).map(|(_, value)| value);
    let is_clear = values("state").eq([STATE]) && ONCE.iter().all(|name| values(name).count() <= 1);
    let is_kept = |(name, value): &(String, String)| {
        name != "state" && !(ONCE.contains(&name.as_str()) && value.is_empty())
    };
    is_clear.then(|| pairs.iter().filter(|pair| is_kept(pair)).cloned().collect())
}
