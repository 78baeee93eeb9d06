//! Whole round trips over plain HTTP, beside the same libraries as one uses them. They are reported and never gated: how often
//! a program waits differs from run to run.

use std::error::Error;

use super::measure::{Figures, Programs};
use super::{Options, report, server};

const TRIPS: [(&str, &str, Option<f64>); 4] = [
    ("trip.get.reqwest", "GET over reqwest", Some(1.0)),
    ("trip.get.ureq", "GET over ureq", Some(0.95)),
    ("trip.post.reqwest", "creation over reqwest, fresh connection", None),
    ("trip.post.ureq", "creation over ureq, fresh connection", None),
];

/// How often a trip is made after the first.
const TIMES: u64 = 20;

/// A round trip as measured.
pub(super) struct Trip {
    pub(super) what: &'static str,
    /// Our instructions as a fraction of the idiomatic use's.
    pub(super) goal: Option<f64>,
    pub(super) ours: Figures,
    pub(super) idiomatic: Figures,
    /// Ours, and the idiomatic use's.
    pub(super) system_calls: (f64, f64),
}

pub(super) fn measure(programs: &Programs, options: &Options) -> Result<Vec<Trip>, Box<dyn Error>> {
    if options.check {
        return Ok(Vec::new());
    }
    let port = usize::from(server::start()?);
    let mut all = Vec::new();
    for (case, what, goal) in TRIPS.iter().filter(|(case, ..)| options.has_row(case)) {
        let measure = |by: &str| programs.measure(&format!("{case}.{by}"), port, TIMES);
        let calls = |by: &str| programs.system_calls(&format!("{case}.{by}"), port, TIMES);
        all.push(Trip {
            what,
            goal: *goal,
            ours: measure("ours")?,
            idiomatic: measure("idiomatic")?,
            system_calls: (calls("ours")?, calls("idiomatic")?),
        });
    }
    print!("{}", report::trips(&all));
    Ok(all)
}
