//! Inputs that grow: what ten times the input costs should be ten times the work.

#![expect(clippy::unnecessary_wraps, reason = "every case is prepared by a function of one type")]

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, SystemTime};

use http::Response;
use your_moms_core::{Client, CreateInstance, ListInstances, Operation as _, transport_fn};
use your_moms_diagnosis::Expectations;

use crate::{Case, Prepared, ours, payload, run};

pub(crate) const CASES: [Case; 8] = [
    ("growth.instance", instance),
    ("growth.callback", callback),
    ("growth.parameters", parameters),
    ("growth.configuration", configuration),
    ("growth.list", list),
    ("growth.pages", pages),
    ("growth.mistake", |bytes| document(bytes, 1)),
    ("growth.mistakes", |bytes| document(bytes, usize::MAX)),
];

/// An instance of this many bytes with unknown members.
fn instance(bytes: usize) -> Prepared {
    let text = payload::large_instance(bytes);
    Ok(run(move || CreateInstance::parse(Response::new(text.as_bytes()))))
}

/// A redirect whose code has this many bytes.
fn callback(bytes: usize) -> Prepared {
    redirect(format!("{}{}", payload::redirect(payload::STATE), "x".repeat(bytes)))
}

/// A redirect with this many parameters besides its own.
fn parameters(count: usize) -> Prepared {
    redirect(payload::redirect(payload::STATE) + &"&scope=some+value".repeat(count))
}

fn redirect(redirect: String) -> Prepared {
    let mut all = ours::pending(&ours::platform()?)?;
    let now = SystemTime::now();
    Ok(run(move || {
        let pending = all.pop().ok_or(())?;
        pending.verify(&redirect, now).map_err(drop)
    }))
}

/// The request of a creation with this many entries of configuration.
fn configuration(entries: usize) -> Prepared {
    let platform = ours::platform()?;
    let mut create = ours::creations(&platform)?.pop().ok_or("no creation")?;
    for entry in 0..entries {
        create = create.configuration(format!("entry.number.{entry}"), format!("some value {entry}"));
    }
    Ok(run(move || create.request(&platform)))
}

/// One page of this many instances.
fn list(entries: usize) -> Prepared {
    let list = payload::list(entries);
    Ok(run(move || ListInstances::parse(Response::new(list.as_bytes()))))
}

/// The diagnosis of a creation of about this many bytes, whose entries lack a comma as often as said.
fn document(bytes: usize, mistakes: usize) -> Prepared {
    let text = payload::creation(bytes, mistakes);
    Ok(run(move || match your_moms_diagnosis::read(&text, &Expectations::default()) {
        Ok(_) => Err(()),
        Err(error) => Ok(error),
    }))
}

/// A list of this many pages, of ten instances each, over a transport that replies at once.
fn pages(count: usize) -> Prepared {
    let (body, sent) = (payload::list(10).into_bytes(), Arc::new(AtomicUsize::new(0)));
    let counter = sent.clone();
    let transport = transport_fn(move |_| {
        let number = counter.fetch_add(1, Ordering::Relaxed) + 1;
        let mut response = Response::new(body.clone());
        if number < count {
            response.headers_mut().insert("elements-next-page-token", number.into());
        }
        Ok(response)
    });
    let client =
        Client::new(ours::platform()?, transport, |_: Duration| (), |_: &mut [u8]| Ok::<(), String>(()));
    Ok(run(move || {
        sent.store(0, Ordering::Relaxed);
        let all: Result<Vec<_>, _> = client.pages(&ListInstances::new()).items().collect();
        all.map_err(drop).and_then(|all| if all.len() == 10 * count { Ok(all) } else { Err(()) })
    }))
}
