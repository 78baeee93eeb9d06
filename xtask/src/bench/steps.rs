//! The steps of the flow beside their peers.

use std::error::Error;
use std::fmt::Write as _;

use super::figures::{Figures, ratio};
use super::goals::{OF_REQWEST, PEERS, STEPS, Step};
use super::measure::Programs;
use super::session::Session;
use super::table::{beside, grouped, is_met, missed, reasons, table};
use super::{page, parallel, plot};

/// How often a case runs after its first time.
const TIMES: u64 = 10;

/// A step as measured.
struct Measured {
    step: &'static Step,
    ours: Figures,
    record: Option<Figures>,
    peers: Vec<(&'static str, Figures)>,
}

impl Measured {
    /// Ours as a fraction of what reqwest's own builder costs, where that is more than it should be.
    fn is_dearer_than_built(&self) -> bool {
        self.peers.iter().any(|(peer, figures)| {
            *peer == "reqwest" && !is_met(ratio(self.ours.instructions, figures.instructions), OF_REQWEST)
        })
    }

    fn misses_a_goal(&self) -> bool {
        let (instructions, allocations) = self.step.goal;
        self.ours.instructions > instructions
            || self.ours.allocations > allocations
            || self.is_dearer_than_built()
    }
}

pub(super) fn run(session: &mut Session<'_>) -> Result<(), Box<dyn Error>> {
    let programs = Programs::build()?;
    let options = session.options;
    let chosen: Vec<_> = STEPS.iter().filter(|step| options.has_row(&step.name())).collect();
    let figures = parallel::map(&chosen, |step| {
        let case = |by: &str| programs.measure(&format!("{}.{by}", step.letter), 0, TIMES);
        let peers = step.peers.iter().filter(|_| !options.check);
        let peers: Result<Vec<_>, Box<dyn Error>> = peers.map(|peer| Ok((*peer, case(peer)?))).collect();
        Ok((case("ours")?, peers?))
    })?;
    let mut all = Vec::new();
    for (step, (ours, peers)) in chosen.into_iter().zip(figures) {
        session.figures(step.letter, ours);
        all.push(Measured { step, ours, record: session.record.of(step.letter), peers });
    }
    let mut profiles = Vec::new();
    for measured in all.iter().filter(|measured| session.writes() && measured.misses_a_goal()) {
        let profile = programs.profile(&format!("{}.ours", measured.step.letter), 0)?;
        profiles.push((measured.step.name(), measured.step.why, profile));
    }
    let mut text = steps(&all) + &peers(&all);
    if session.writes() {
        let bars: Vec<_> = all.iter().flat_map(bars).collect();
        plot::ratios("instructions, ours ÷ the peer's", &bars, &page::picture("performance-ratios.svg"))?;
        let _ = write!(
            text,
            "\n![Instructions as a fraction of each peer's](images/performance-ratios.svg)\n\nThe peers:\n\n"
        );
        for (peer, what) in PEERS {
            let _ = writeln!(text, "* **{peer}**: {what}.");
        }
        let _ = write!(text, "\n### Steps that miss a goal\n{}", reasons(&profiles));
    }
    session.section("The steps", &text)
}

/// The steps beside record and goal.
fn steps(all: &[Measured]) -> String {
    let columns =
        ["step", "instructions", "record", "goal", "", "allocations", "record", "goal", "", "bytes", "peak"];
    let rows: Vec<_> = all
        .iter()
        .map(|Measured { step, ours, record, .. }| {
            let best = |count: Option<u64>| count.map_or_else(|| "–".to_owned(), grouped);
            let (instructions, allocations) = step.goal;
            vec![
                step.name(),
                grouped(ours.instructions),
                best(record.map(|record| record.instructions)),
                grouped(instructions),
                missed(ours.instructions, instructions),
                grouped(ours.allocations),
                best(record.map(|record| record.allocations)),
                grouped(allocations),
                missed(ours.allocations, allocations),
                grouped(ours.bytes),
                grouped(ours.peak),
            ]
        })
        .collect();
    table(&columns, &rows)
}

/// The same beside the peers.
fn peers(all: &[Measured]) -> String {
    let mut rows = Vec::new();
    for Measured { step, ours, peers, .. } in all {
        for (peer, figures) in peers {
            let goal = (*peer == "reqwest").then_some(OF_REQWEST);
            rows.push(vec![
                format!("{}. {peer}", step.letter),
                grouped(figures.instructions),
                grouped(figures.allocations),
                grouped(figures.bytes),
                grouped(figures.peak),
                beside(ratio(ours.instructions, figures.instructions), goal),
                format!("{:.2}", ratio(ours.allocations, figures.allocations)),
            ]);
        }
    }
    let columns = [
        "peer",
        "instructions",
        "allocations",
        "bytes",
        "peak",
        "ours ÷ its instructions",
        "ours ÷ its allocations",
    ];
    table(&columns, &rows)
}

fn bars(measured: &Measured) -> Vec<(String, f64)> {
    let Measured { step, ours, peers, .. } = measured;
    let bar = |(peer, figures): &(&str, Figures)| {
        (format!("{} {peer}", step.letter), ratio(ours.instructions, figures.instructions))
    };
    peers.iter().map(bar).collect()
}
