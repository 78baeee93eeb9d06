//! Whole round trips to a server on this machine that replies to everything with an instance. Over each library there are
//! three: `ours`, through the adapter; `idiomatic`, the library as one uses it, with the same limits, headers and parsed type;
//! `bare`, the library alone, which only reads the body.

mod calls;
mod drive;
mod over_reqwest;
mod over_tower;
mod over_ureq;
mod trip;

use std::error::Error;

use crate::Prepared;
use drive::{asynchronous, blocking};
use trip::Trip;

/// The case of this name: [`Trip::named`], after it the library and whose it is, and how many are made at once if that is
/// more than one: `plain.pooled.get.ureq.ours.16`.
pub(crate) fn prepare(name: &str, port: usize) -> Prepared {
    let parts: Vec<&str> = name.split('.').collect();
    let (trip, library, whose, at_once) = match parts.as_slice() {
        [tls, pool, method, library, whose] => (Trip::named([tls, pool, method], port)?, library, whose, 1),
        [tls, pool, method, library, whose, at_once] => {
            (Trip::named([tls, pool, method], port)?, library, whose, at_once.parse()?)
        }
        _ => return Err(unknown(name)),
    };
    match (*library, *whose) {
        ("reqwest", "ours") => asynchronous(at_once, over_reqwest::ours(&trip)?),
        ("reqwest", "idiomatic") => asynchronous(at_once, over_reqwest::idiomatic(trip)?),
        ("reqwest", "bare") => asynchronous(at_once, over_reqwest::bare(trip)?),
        ("tower", "ours") => asynchronous(at_once, over_tower::ours(&trip)?),
        ("tower", "idiomatic") => asynchronous(at_once, over_tower::idiomatic(trip)?),
        ("tower", "bare") => asynchronous(at_once, over_tower::bare(trip)?),
        ("ureq", "ours") => Ok(blocking(at_once, over_ureq::ours(&trip)?)),
        ("ureq", "idiomatic") => Ok(blocking(at_once, over_ureq::idiomatic(trip))),
        ("ureq", "bare") => Ok(blocking(at_once, over_ureq::bare(trip)?)),
        _ => Err(unknown(name)),
    }
}

fn unknown(name: &str) -> Box<dyn Error> {
    format!("there is no trip {name}").into()
}
