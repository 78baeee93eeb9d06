//! Redirects of a provider.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde_json::{Value, json};
use your_moms_core::{Authorized, Callback, PendingAuthorization, Platform, Secret, State};

use super::instance::members;
use super::prints::Prints;
use super::problem::Problem;
use crate::format::callback::{Input, Output, Times};

pub(super) fn outcome(input: &Input, prints: &mut Prints) -> Result<Output, Problem> {
    if let Some(times) = &input.times {
        return verified(input, times, prints);
    }
    let state = State::new(input.state.as_str())?;
    prints.debug(&state);
    let callback = Callback::parse(&input.redirect, &state)?;
    prints.debug(&callback);
    let parameters = callback.parameters().map(|(name, value)| (name.to_owned(), value.expose().to_owned()));
    Ok(Output {
        code: callback.code().map(Secret::expose).map(str::to_owned),
        parameters: parameters.collect(),
    })
}

/// What brought a redirect that was verified at that time.
fn verified(input: &Input, times: &Times, prints: &mut Prints) -> Result<Output, Problem> {
    let pending = pending(&input.state, times.started).map_err(Problem::case)?;
    prints.debug(&pending);
    let authorized: Authorized = pending.verify(&input.redirect, time(times.now))?;
    prints.debug(&authorized);
    let parameters = members(&authorized.expose())?.remove("parameters").unwrap_or_default();
    let parameters: Vec<(String, String)> = serde_json::from_value(parameters).map_err(Problem::case)?;
    let code = parameters.iter().find(|(name, _)| name == "code").map(|(_, value)| value.clone());
    Ok(Output { code, parameters })
}

fn time(seconds: u64) -> SystemTime {
    UNIX_EPOCH + Duration::from_secs(seconds)
}

/// An authorization with a state of its own; everything else is what it always is.
fn pending(state: &str, started_at: u64) -> serde_json::Result<PendingAuthorization> {
    let stored: Value = json!({
        "version": 1,
        "registration": {
            "connector": "instagram",
            "api_key": "key",
            "callback_url": "https://www.mycoolapp.com/auth",
        },
        "started_on": { "base_url": Platform::BASE_URL, "noun": "your_mom" },
        "state": state,
        "marker": "ym-9f86d081884c7d659a2feaa0c55ad015",
        "started_at": started_at,
    });
    serde_json::from_value(stored)
}
