//! The steps of the flow beside their peers, and what grows with its input.

use std::error::Error;

use super::goals::{GROWS, GROWTH, STEPS, Step};
use super::measure::{Figures, Programs};
use super::record::Record;
use super::{Options, report, trips};

/// How often a case runs after its first time.
const TIMES: u64 = 10;
const LARGE_TIMES: u64 = 2;

/// A step as measured.
pub(super) struct Measured {
    pub(super) step: &'static Step,
    pub(super) ours: Figures,
    pub(super) record: Option<Figures>,
    pub(super) peers: Vec<(&'static str, Figures)>,
}

/// One input of what grows, as measured.
pub(super) struct Grown {
    pub(super) unit: &'static str,
    pub(super) size: usize,
    pub(super) figures: Figures,
    /// The instructions as a multiple of those for a tenth of the input.
    pub(super) multiple: Option<f64>,
}

pub(super) fn run(options: &Options) -> Result<usize, Box<dyn Error>> {
    let programs = Programs::build()?;
    let mut record = Record::read()?;
    let mut rows: Vec<(String, Figures)> = Vec::new();
    let mut steps = Vec::new();
    for step in STEPS.iter().filter(|step| options.has_row(&step.name())) {
        let measured = measure(step, &programs, &record, options)?;
        rows.push((step.letter.to_owned(), measured.ours));
        steps.push(measured);
    }
    print!("{}", report::steps(&steps));
    let mut growth: Vec<Grown> = Vec::new();
    for (case, unit, sizes) in GROWTH.iter().filter(|(case, ..)| options.has_row(case)) {
        let mut before: Option<Figures> = None;
        for size in *sizes {
            let figures = programs.measure(case, *size, LARGE_TIMES)?;
            let multiple = before.map(|before| report::ratio(figures.instructions, before.instructions));
            rows.push((format!("{case} {size}"), figures));
            growth.push(Grown { unit, size: *size, figures, multiple });
            before = Some(figures);
        }
    }
    print!("{}", report::growth(&growth));
    let trips = trips::measure(&programs, options)?;
    if options.record {
        for (row, figures) in &rows {
            record.lower(row, *figures);
        }
        record.write()?;
        for measured in &mut steps {
            measured.record = record.of(measured.step.letter);
        }
    }
    let mut past: Vec<String> = rows.iter().flat_map(|(row, figures)| record.above(row, *figures)).collect();
    past.extend(growth.iter().filter(|grown| grown.multiple.is_some_and(|times| times > GROWS)).map(
        |grown| format!("{} {}: more than {GROWS} times what a tenth of it costs", grown.size, grown.unit),
    ));
    if !past.is_empty() {
        println!("\n{}", past.join("\n"));
        if let Some(tools) = record.other_tools()? {
            println!("{tools}");
        }
    }
    if !options.check && options.row.is_none() {
        let mut profiles = Vec::new();
        for Measured { step, .. } in
            steps.iter().filter(|measured| measured.ours.instructions > measured.step.goal.0)
        {
            profiles.push((*step, programs.profile(&format!("{}.ours", step.letter))?));
        }
        report::write(&steps, &growth, &trips, &profiles)?;
    }
    Ok(past.len())
}

fn measure(
    step: &'static Step,
    programs: &Programs,
    record: &Record,
    options: &Options,
) -> Result<Measured, Box<dyn Error>> {
    let case = |by: &str| programs.measure(&format!("{}.{by}", step.letter), 0, TIMES);
    let mut peers = Vec::new();
    for peer in step.peers.iter().filter(|_| !options.check) {
        peers.push((*peer, case(peer)?));
    }
    Ok(Measured { step, ours: case("ours")?, record: record.of(step.letter), peers })
}
