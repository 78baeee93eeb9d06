//! Redirects of a provider.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use your_moms_core::{
    Callback, CallbackUrl, ClientCredentials, Credentials, Pending, Platform, Secret, State,
};

use super::prints::Prints;
use super::{Cannot, error};
use crate::format::Outcome;
use crate::format::callback::{Input, Output};

pub(super) fn outcome(input: &Input, prints: &mut Prints) -> Result<Outcome<Output>, Cannot> {
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
    let read = read.map_err(|failure| error::callback(&failure, prints));
    Ok(Outcome::from(read.map(|callback| {
        prints.debug(&callback);
        let parameters =
            callback.parameters().map(|(name, value)| (name.to_owned(), value.expose().to_owned()));
        Output {
            code: callback.code().map(Secret::expose).map(str::to_owned),
            parameters: parameters.collect(),
        }
    })))
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
