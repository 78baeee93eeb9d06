//! The steps as this library does them.

#![expect(clippy::unnecessary_wraps, reason = "every case is prepared by a function of one type")]

use std::error::Error;
use std::time::{Duration, SystemTime};

use http::Response;
use your_moms_core::{
    Client, CreateInstance, Credentials, Entropy, GetOauthUrl, Instance, InstanceRequest, ListInstances,
    Operation as _, PendingAuthorization, Platform, Registration, State, transport_fn,
};

use crate::{Case, MOST_RUNS, Prepared, payload, run};

/// Stands for what the operating system would give.
const RANDOM: &[u8; 48] = b"v8Qz1mXr4LkW0sYt7NbHc3JpGf6DaUe9oRiKx2TlMwEyS5Bq";

pub(crate) const CASES: [Case; 8] = [
    ("a.ours", oauth_url_request),
    ("b.ours", oauth_url_response),
    ("c.ours", redirect_verified),
    ("d.ours", create_request),
    ("e.ours", instance_read),
    ("f.ours", whole_call),
    ("g.ours", instance_request),
    ("h.ours", list_read),
];

pub(crate) fn platform() -> Result<Platform, Box<dyn Error>> {
    platform_at(payload::BASE_URL)
}

pub(crate) fn platform_at(base_url: &str) -> Result<Platform, Box<dyn Error>> {
    Ok(Platform::new(base_url, Credentials::new(payload::USER, payload::ORGANIZATION)?)?)
}

pub(crate) fn registration() -> Result<Registration, Box<dyn Error>> {
    Ok(Registration::new("instagram", payload::API_KEY, payload::API_SECRET, payload::CALLBACK_URL)?)
}

/// Authorizations that wait for the redirect with the document's state, one for each run.
pub(crate) fn pending(platform: &Platform) -> Result<Vec<PendingAuthorization>, Box<dyn Error>> {
    let (_, drawn) = PendingAuthorization::start(
        platform,
        &registration()?,
        Entropy::from_bytes(RANDOM)?,
        SystemTime::now(),
    );
    let mut stored = serde_json::to_value(&drawn)?;
    if let Some(state) = stored.get_mut("state") {
        *state = payload::STATE.into();
    }
    let all: Result<Vec<_>, _> = (0..MOST_RUNS).map(|_| serde_json::from_value(stored.clone())).collect();
    Ok(all?)
}

/// Creations, one for each run: one that was sent is not sent again.
pub(crate) fn creations(platform: &Platform) -> Result<Vec<CreateInstance>, Box<dyn Error>> {
    let (registration, redirect) = (registration()?, payload::redirect(payload::STATE));
    let creation = |pending: PendingAuthorization| -> Result<CreateInstance, Box<dyn Error>> {
        let create = pending.verify(&redirect, SystemTime::now())?.create(&registration)?;
        Ok(create.tag(payload::TAG).name(payload::NAME))
    };
    pending(platform)?.into_iter().map(creation).collect()
}

fn oauth_url_request(_: usize) -> Prepared {
    let (platform, asked) = (platform()?, GetOauthUrl::new(&registration()?, State::new(payload::STATE)?));
    if asked.request(&platform)?.uri().to_string().len() != 216 {
        return Err("the URL is not the document's".into());
    }
    Ok(run(move || asked.request(&platform)))
}

fn oauth_url_response(_: usize) -> Prepared {
    let (platform, asked) = (platform()?, GetOauthUrl::new(&registration()?, State::new(payload::STATE)?));
    Ok(run(move || {
        let unchecked = GetOauthUrl::parse(Response::new(payload::OAUTH_URL.as_bytes())).map_err(drop)?;
        unchecked.check(&asked, &platform).map_err(drop)
    }))
}

fn redirect_verified(_: usize) -> Prepared {
    let (mut all, redirect, now) =
        (pending(&platform()?)?, payload::redirect(payload::STATE), SystemTime::now());
    Ok(run(move || {
        let pending = all.pop().ok_or(())?;
        pending.verify(&redirect, now).map_err(drop)
    }))
}

fn create_request(_: usize) -> Prepared {
    let platform = platform()?;
    let create = creations(&platform)?.pop().ok_or("no creation")?;
    Ok(run(move || create.request(&platform)))
}

fn instance_read(_: usize) -> Prepared {
    Ok(run(|| CreateInstance::parse(Response::new(payload::INSTANCE.as_bytes()))))
}

fn whole_call(_: usize) -> Prepared {
    let transport = transport_fn(|_| Ok(Response::new(payload::INSTANCE.as_bytes().to_vec())));
    let client = Client::new(platform()?, transport, |_: Duration| (), |_: &mut [u8]| Ok::<(), String>(()));
    let (creations, mut next) = (creations(&platform()?)?, 0);
    Ok(run(move || {
        next += 1;
        client.create(creations.get(next - 1).ok_or(())?).map_err(drop)
    }))
}

fn instance_request(_: usize) -> Prepared {
    let instance: Instance = serde_json::from_str(payload::INSTANCE)?;
    let platform = platform()?;
    let request = InstanceRequest::get("/hubs/social/media", instance.token());
    Ok(run(move || request.request(&platform)))
}

fn list_read(_: usize) -> Prepared {
    let list = payload::list(200);
    Ok(run(move || ListInstances::parse(Response::new(list.as_bytes()))))
}
