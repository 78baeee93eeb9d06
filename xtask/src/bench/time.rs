//! Time and throughput, as ratios of what was measured in turns. They depend on the machine and what else it does, so that no
//! limit is for them.

use std::error::Error;

use super::figures::ratio;
use super::goals::{LIBRARIES, STEPS, TRIPS};
use super::measure::Programs;
use super::server::Server;
use super::session::Session;
use super::table::table;

/// How often each case is measured; the fastest run of all counts, which other programs have disturbed the least.
const ROUNDS: usize = 6;

/// How often a case runs after its first time, as often as its inputs allow.
const TIMES: u64 = 31;

/// The same of a case that makes many calls in each run.
const FEW_TIMES: u64 = 5;

/// How many calls are made at once, besides one by one.
const AT_ONCE: [usize; 2] = [16, 256];

const INTRODUCTION: &str = "
Ratios of the fastest runs, measured in turns, when this was last asked for. They depend on the machine and what else it
does, so that nothing is compared with them. Throughput is that of a thousand calls over plain HTTP on kept connections,
asynchronous ones on one thread, blocking ones on as many threads as are made at once; more than 1 is better there.
";

pub(super) fn run(session: &mut Session<'_>) -> Result<(), Box<dyn Error>> {
    let programs = Programs::build()?;
    let server = Server::start(&programs)?;
    let has_row = |name: &str| session.options.has_row(name);
    let text = INTRODUCTION.to_owned()
        + &steps(&programs, has_row)?
        + &trips(&programs, server.port, has_row)?
        + &throughput(&programs, server.port, has_row)?;
    session.section("Time", &text)
}

fn steps(programs: &Programs, has_row: impl Fn(&str) -> bool) -> Result<String, Box<dyn Error>> {
    let mut rows = Vec::new();
    for step in STEPS.iter().filter(|step| has_row(&step.name())) {
        let cases: Vec<_> =
            ["ours"].iter().chain(step.peers).map(|by| format!("{}.{by}", step.letter)).collect();
        let fastest = fastest(programs, &cases, 0, TIMES)?;
        let Some((ours, peers)) = fastest.split_first() else { continue };
        let beside =
            step.peers.iter().zip(peers).map(|(peer, time)| format!("{peer} {:.2}", ratio(*ours, *time)));
        rows.push(vec![step.name(), beside.collect::<Vec<_>>().join(", ")]);
    }
    Ok(table(&["step", "time, ours ÷ the peer's"], &rows))
}

fn trips(programs: &Programs, port: usize, has_row: impl Fn(&str) -> bool) -> Result<String, Box<dyn Error>> {
    let mut rows = Vec::new();
    for library in LIBRARIES {
        for (trip, what) in TRIPS.iter().filter(|(trip, _)| has_row(&format!("{trip}.{library}"))) {
            let cases = ["ours", "idiomatic", "bare"].map(|whose| format!("trip.{trip}.{library}.{whose}"));
            if let [ours, idiomatic, bare] = *fastest(programs, &cases, port, TIMES)? {
                let beside = |time: u64| format!("{:.2}", ratio(ours, time));
                rows.push(vec![format!("{library}: {what}"), beside(idiomatic), beside(bare)]);
            }
        }
    }
    Ok(table(&["time of a round trip", "ours ÷ idiomatic", "ours ÷ bare"], &rows))
}

/// Calls in a second.
fn throughput(
    programs: &Programs,
    port: usize,
    has_row: impl Fn(&str) -> bool,
) -> Result<String, Box<dyn Error>> {
    let mut rows = Vec::new();
    for library in LIBRARIES.iter().filter(|library| has_row(&format!("throughput.{library}"))) {
        let mut row = vec![(*library).to_owned()];
        let case = |whose: &str| format!("trip.plain.pooled.get.{library}.{whose}");
        let one_by_one = ["ours", "idiomatic"].map(case);
        let mut push = |cases: &[String], times: u64| -> Result<(), Box<dyn Error>> {
            if let [ours, idiomatic] = *fastest(programs, cases, port, times)? {
                row.push(format!("{:.2}", ratio(idiomatic, ours)));
            }
            Ok(())
        };
        push(&one_by_one, TIMES)?;
        for count in AT_ONCE {
            push(&one_by_one.each_ref().map(|case| format!("{case}.{count}")), FEW_TIMES)?;
        }
        rows.push(row);
    }
    Ok(table(&["throughput of GET, ours ÷ idiomatic", "1 at once", "16 at once", "256 at once"], &rows))
}

/// The fastest time of each case, measured in turns.
fn fastest(
    programs: &Programs,
    cases: &[String],
    size: usize,
    times: u64,
) -> Result<Vec<u64>, Box<dyn Error>> {
    let mut fastest = vec![u64::MAX; cases.len()];
    for _ in 0..ROUNDS {
        for (best, case) in fastest.iter_mut().zip(cases) {
            *best = programs.time(case, size, times)?.min(*best);
        }
    }
    Ok(fastest)
}
