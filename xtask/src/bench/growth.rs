//! What grows with its input.

use std::error::Error;

use super::figures::{Grown, ratio};
use super::goals::{GROWS, GROWTH, PEAK};
use super::measure::Programs;
use super::session::Session;
use super::table::{grouped, missed, table};
use super::{page, parallel, plot};

/// How often a case runs after its first time.
const TIMES: u64 = 2;

pub(super) fn run(session: &mut Session<'_>) -> Result<(), Box<dyn Error>> {
    let programs = Programs::build()?;
    let chosen = GROWTH.iter().filter(|(case, ..)| session.options.has_row(case));
    let inputs: Vec<_> =
        chosen.flat_map(|(case, unit, sizes)| sizes.iter().map(move |size| (*case, *unit, *size))).collect();
    let figures = parallel::map(&inputs, |(case, _, size)| programs.measure(case, *size, TIMES))?;
    let mut all: Vec<Grown> = Vec::new();
    for ((case, unit, size), figures) in inputs.into_iter().zip(figures) {
        session.figures(&format!("{case} {size}"), figures);
        let tenth = all.last().filter(|before| before.unit == unit);
        let multiple = tenth.map(|tenth| ratio(figures.instructions, tenth.figures.instructions));
        all.push(Grown { unit, size, figures, multiple });
    }
    session.past.extend(all.iter().filter(|grown| grown.multiple.is_some_and(|times| times > GROWS)).map(
        |grown| format!("{} {}: more than {GROWS} times what a tenth of it costs", grown.size, grown.unit),
    ));
    let mut text = format!(
        "\nTen times the input may cost {GROWS} times the instructions. The peak is what is held beyond the input itself.\n"
    );
    text += &table(
        &["input", "instructions", "beside a tenth", "allocations", "peak of the heap"],
        &all.iter().map(row).collect::<Vec<_>>(),
    );
    if session.writes() {
        plot::growth(&all, &page::picture("performance-growth.svg"))?;
        text +=
            "\n![Instructions by input, each as a multiple of its smallest](images/performance-growth.svg)\n";
    }
    text += &goals(&all);
    session.section("Growth", &text)
}

fn row(Grown { unit, size, figures, multiple }: &Grown) -> Vec<String> {
    vec![
        format!("{} {unit}", grouped(*size as u64)),
        grouped(figures.instructions),
        multiple.map_or_else(String::new, |times| format!("×{times:.1}")),
        grouped(figures.allocations),
        grouped(figures.peak),
    ]
}

fn goals(all: &[Grown]) -> String {
    let mut rows = Vec::new();
    if let Some(most) = all.iter().filter_map(|grown| grown.multiple).reduce(f64::max) {
        let verdict = if most <= GROWS { "met" } else { "**missed**" };
        rows.push(vec![
            "instructions of ten times the input, at most".to_owned(),
            format!("×{most:.1} (goal ×{GROWS}: {verdict})"),
        ]);
    }
    let (unit, size, peak) = PEAK;
    if let Some(grown) = all.iter().find(|grown| grown.unit == unit && grown.size == size) {
        let (now, size) = (grown.figures.peak, grouped(size as u64));
        rows.push(vec![
            format!("peak of the heap of {size} {unit}"),
            format!("{} (goal {}: {})", grouped(now), grouped(peak), missed(now, peak)),
        ]);
    }
    table(&["figure", "now"], &rows)
}
