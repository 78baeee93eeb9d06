//! By hand with `serde_json::Value`: what the platform sends beyond the known members is kept, as this library keeps it.

#![expect(clippy::unnecessary_wraps, reason = "every case is prepared by a function of one type")]

use serde_json::Value;

use crate::{Case, Prepared, payload, run};

pub(crate) const CASES: [Case; 3] = [
    ("b.value", |_| Ok(run(oauth_url_response))),
    ("e.value", |_| Ok(run(|| read(payload::INSTANCE.as_bytes())))),
    ("h.value", list_read),
];

fn oauth_url_response() -> Result<String, ()> {
    let response: Value = serde_json::from_slice(payload::OAUTH_URL.as_bytes()).map_err(drop)?;
    let url = response.get("oauthUrl").and_then(Value::as_str).ok_or(())?;
    let (_, query) = url.split_once('?').ok_or(())?;
    let is_ours = form_urlencoded::parse(query.as_bytes())
        .any(|(name, value)| name == "state" && value == payload::STATE);
    if is_ours { Ok(url.to_owned()) } else { Err(()) }
}

/// The instance, if it has what an instance must have.
fn read(body: &[u8]) -> Result<Value, ()> {
    let instance: Value = serde_json::from_slice(body).map_err(drop)?;
    let has_token = instance.get("token").is_some_and(Value::is_string);
    if has_token && instance.get("id").is_some_and(Value::is_u64) { Ok(instance) } else { Err(()) }
}

fn list_read(_: usize) -> Prepared {
    let list = payload::list(200);
    Ok(run(move || serde_json::from_slice::<Value>(list.as_bytes())))
}
