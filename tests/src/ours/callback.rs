//! Redirects of a provider.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::Deserialize;
use serde_json::{Value, json};
use your_moms_core::{
    Callback, CallbackUrl, ClientCredentials, Credentials, Pending, Platform, Secret, State,
};

use super::prints::Prints;
use super::{Cannot, error};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Input {
    /// A URL, the target of a request, or a query.
    redirect: String,
    /// The state that the connection began with.
    state: String,
    /// When it began and when the redirect came, in seconds of one clock.
    #[serde(default)]
    times: Option<Times>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Times {
    begun: u64,
    now: u64,
}

pub(super) fn outcome(input: &Input, prints: &mut Prints) -> Result<Value, Cannot> {
    let state = State::new(input.state.as_str())?;
    prints.debug(&state);
    let read = match &input.times {
        None => Callback::parse(&input.redirect, &state),
        Some(times) => {
            let pending = begin(state, time(times.begun))?;
            prints.debug(&pending);
            pending.read(&input.redirect, time(times.now))
        }
    };
    Ok(match read {
        Ok(callback) => {
            prints.debug(&callback);
            let parameters: Vec<_> =
                callback.parameters().map(|(name, value)| (name, value.expose())).collect();
            json!({ "code": callback.code().map(Secret::expose), "parameters": parameters })
        }
        Err(fault) => json!({ "error": error::callback(&fault, prints) }),
    })
}

fn time(seconds: u64) -> SystemTime {
    UNIX_EPOCH + Duration::from_secs(seconds)
}

fn begin(state: State, now: SystemTime) -> Result<Pending, Cannot> {
    let platform = Platform::new(Platform::BASE_URL, Credentials::new("user", "organization")?)?;
    let client = ClientCredentials::new("key", "secret")?;
    let callback_url = CallbackUrl::new("https://www.mycoolapp.com/auth")?;
    let (_, pending) = Pending::begin(&platform, "instagram", &client, &callback_url, state, now);
    Ok(pending)
}
