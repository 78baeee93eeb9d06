//! Whole round trips, beside the idiomatic use of the same library, and beside the library alone.

use std::error::Error;
use std::fmt::Write as _;
use std::iter;

use super::figures::{Figures, ratio};
use super::goals::{LIBRARIES, TRIP_GOALS, TRIPS, TripGoal};
use super::measure::Programs;
use super::server::Server;
use super::session::Session;
use super::table::{beside, grouped, is_met, reasons, table};
use super::{page, parallel, plot};

/// How often a trip is made after the first.
const TIMES: u64 = 20;

/// How often a ratio is measured that is above the record, before it counts: a busy machine may make a program wait more often.
const TRIES: usize = 3;

/// Who makes a trip.
const WHOSE: [&str; 3] = ["ours", "idiomatic", "bare"];

const INTRODUCTION: &str = "
To a server on loopback, whose own instructions are not counted. **Ours** goes over the adapter; **idiomatic** is the same
library as one uses it, with the same time limits, headers and parsed type; **bare** is the library alone, with no limits and
nothing parsed. A GET reads an instance. A creation never goes on a connection that was used before; a POST with an
instance's token does where its caller says so. How often a program waits, and the random numbers of TLS, change the ratio
to the idiomatic use by less than 2 %, mostly by less than 0.5 %, so that it has a record.
";

/// A round trip as measured, each figure for each of [`WHOSE`].
struct Measured {
    /// `plain.pooled.get.ureq`.
    case: String,
    what: String,
    goal: Option<&'static TripGoal>,
    figures: [Figures; 3],
    system_calls: [f64; 3],
}

impl Measured {
    /// Our instructions beside the idiomatic use's and the bare library's.
    fn ratios(&self) -> [f64; 2] {
        let [ours, idiomatic, bare] = self.figures.map(|figures| figures.instructions);
        [ratio(ours, idiomatic), ratio(ours, bare)]
    }

    /// Our system calls beyond the idiomatic use's, rounded: a few depend on how often a program waits.
    fn further_calls(&self) -> f64 {
        let [ours, idiomatic, _] = self.system_calls;
        // A zero below zero becomes one above it.
        (ours - idiomatic).round() + 0.0
    }

    fn misses_a_goal(&self) -> bool {
        let [of_idiomatic, _] = self.ratios();
        self.goal.is_some_and(|goal| {
            goal.ratio.is_some_and(|most| !is_met(of_idiomatic, most))
                || goal.further_calls.is_some_and(|most| self.further_calls() > most)
        })
    }
}

pub(super) fn run(session: &mut Session<'_>) -> Result<(), Box<dyn Error>> {
    let programs = Programs::build()?;
    let server = Server::start(&programs)?;
    if session.options.check {
        check(session, &programs, server.port)
    } else {
        all(session, &programs, server.port)
    }
}

/// The name of each trip over each library, and what to say of it.
fn chosen(session: &Session<'_>) -> Vec<(String, String)> {
    let all = LIBRARIES.iter().flat_map(|library| {
        TRIPS.iter().map(move |(trip, what)| (format!("{trip}.{library}"), format!("{library}: {what}")))
    });
    all.filter(|(case, _)| session.options.has_row(case)).collect()
}

fn measure(programs: &Programs, port: usize, case: &str, what: &str) -> Result<Measured, Box<dyn Error>> {
    let (mut figures, mut system_calls) = (Vec::new(), Vec::new());
    for whose in WHOSE {
        let case = format!("trip.{case}.{whose}");
        figures.push(programs.measure(&case, port, TIMES)?);
        system_calls.push(programs.system_calls(&case, port, TIMES)?);
    }
    Ok(Measured {
        case: case.to_owned(),
        what: what.to_owned(),
        goal: TRIP_GOALS.iter().find(|goal| goal.case == case),
        figures: figures.try_into().map_err(|_| "three figures")?,
        system_calls: system_calls.try_into().map_err(|_| "three counts")?,
    })
}

/// Only the ratios that have a record.
fn check(session: &mut Session<'_>, programs: &Programs, port: usize) -> Result<(), Box<dyn Error>> {
    let chosen = chosen(session);
    let ratios = parallel::map(&chosen, |(case, _)| {
        let count = |whose: &str| programs.instructions(&format!("trip.{case}.{whose}"), port, TIMES);
        let mut lowest = f64::MAX;
        for _ in 0..TRIES {
            lowest = lowest.min(ratio(count("ours")?, count("idiomatic")?));
            if session.record.above_ratio(case, lowest).is_none() {
                break;
            }
        }
        Ok(lowest)
    })?;
    let mut rows = Vec::new();
    for ((case, what), ratio) in chosen.into_iter().zip(ratios) {
        session.ratio(&case, ratio);
        rows.push(vec![what, format!("{ratio:.3}")]);
    }
    println!("{}", table(&["round trip", "ours ÷ idiomatic"], &rows));
    Ok(())
}

fn all(session: &mut Session<'_>, programs: &Programs, port: usize) -> Result<(), Box<dyn Error>> {
    let chosen = chosen(session);
    let all = parallel::map(&chosen, |(case, what)| measure(programs, port, case, what))?;
    for measured in &all {
        let [of_idiomatic, _] = measured.ratios();
        session.ratio(&measured.case, of_idiomatic);
    }
    let mut profiles = Vec::new();
    for measured in all.iter().filter(|measured| session.writes() && measured.misses_a_goal()) {
        let profile = programs.profile(&format!("trip.{}.ours", measured.case), port)?;
        profiles.push((measured.what.clone(), measured.goal.and_then(|goal| goal.why), profile));
    }
    let mut text = INTRODUCTION.to_owned() + &instructions(&all, session) + &further(&all);
    if session.writes() {
        let bars: Vec<_> = all
            .iter()
            .map(|measured| (measured.what.clone(), measured.ratios()))
            .map(|(what, [of_idiomatic, _])| (what, of_idiomatic))
            .collect();
        plot::ratios("instructions, ours ÷ idiomatic", &bars, &page::picture("performance-trips.svg"))?;
        let _ = write!(
            text,
            "\n![Instructions of round trips as a fraction of the idiomatic use's](images/performance-trips.svg)\n\
             \n### Round trips that miss a goal\n{}",
            reasons(&profiles)
        );
    }
    session.section("Round trips", &text)
}

fn instructions(all: &[Measured], session: &Session<'_>) -> String {
    let row = |measured: &Measured| {
        let [of_idiomatic, of_bare] = measured.ratios();
        let record = session.record.ratio_of(&measured.case);
        iter::once(measured.what.clone())
            .chain(measured.figures.map(|figures| grouped(figures.instructions)))
            .chain([
                beside(of_idiomatic, measured.goal.and_then(|goal| goal.ratio)),
                record.map_or_else(|| "–".to_owned(), |record| format!("{record:.2}")),
                format!("{of_bare:.2}"),
            ])
            .collect()
    };
    let columns = ["instructions", "ours", "idiomatic", "bare", "ours ÷ idiomatic", "record", "ours ÷ bare"];
    table(&columns, &all.iter().map(row).collect::<Vec<_>>())
}

/// Allocations and system calls.
fn further(all: &[Measured]) -> String {
    let row = |measured: &Measured| {
        let beyond = measured.further_calls();
        let goal = match measured.goal.and_then(|goal| goal.further_calls) {
            None => String::new(),
            Some(goal) if beyond <= goal => format!(" (goal {goal}: met)"),
            Some(goal) => format!(" (goal {goal}: **{:+}**)", beyond - goal),
        };
        iter::once(measured.what.clone())
            .chain(measured.figures.map(|figures| grouped(figures.allocations)))
            .chain(measured.system_calls.map(|calls| format!("{calls:.1}")))
            .chain([format!("{beyond:+}{goal}")])
            .collect()
    };
    let columns = [
        "allocations and system calls",
        "our allocations",
        "idiomatic",
        "bare",
        "our system calls",
        "idiomatic",
        "bare",
        "beyond idiomatic",
    ];
    table(&columns, &all.iter().map(row).collect::<Vec<_>>())
}
