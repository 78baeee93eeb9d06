//! The tables, as Markdown: on the terminal, and in `docs/PERFORMANCE.md`.

use std::error::Error;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use super::goals::{GROWS, OF_REQWEST, PEAK, PEERS, Step};
use super::packages::PACKAGES;
use super::steps::{Grown, Measured};
use super::trips::Trip;
use super::{packages, plot, record};

/// `this` as a multiple of `that`.
#[expect(clippy::cast_precision_loss, reason = "digits that nobody reads")]
pub(super) fn ratio(this: u64, that: u64) -> f64 {
    if that == 0 { 0.0 } else { this as f64 / that as f64 }
}

/// `12 345 678`.
fn grouped(count: u64) -> String {
    let digits = count.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push('\u{202f}');
        }
        text.push(digit);
    }
    text
}

/// By how much a goal is missed.
fn missed(figure: u64, goal: u64) -> String {
    if figure <= goal {
        "met".to_owned()
    } else {
        format!("**+{:.0} %**", (ratio(figure, goal) - 1.0) * 100.0)
    }
}

fn table(columns: &[&str], rows: &[Vec<String>]) -> String {
    let mut text = format!("| {} |\n|---|{}\n", columns.join(" | "), "--:|".repeat(columns.len() - 1));
    for row in rows {
        let _ = writeln!(text, "| {} |", row.join(" | "));
    }
    text
}

/// The steps beside record and goal, and beside their peers.
pub(super) fn steps(all: &[Measured]) -> String {
    if all.is_empty() {
        return String::new();
    }
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
    format!("\n{}{}", table(&columns, &rows), peers(all))
}

fn peers(all: &[Measured]) -> String {
    let mut rows = Vec::new();
    for Measured { step, ours, peers, .. } in all {
        for (peer, figures) in peers {
            let of_instructions = ratio(ours.instructions, figures.instructions);
            let is_building = *peer == "reqwest";
            let mark = match (is_building, of_instructions > OF_REQWEST) {
                (true, true) => format!(" (goal {OF_REQWEST:.2})"),
                _ => String::new(),
            };
            rows.push(vec![
                format!("{}. {peer}", step.letter),
                grouped(figures.instructions),
                grouped(figures.allocations),
                grouped(figures.bytes),
                grouped(figures.peak),
                format!("{of_instructions:.2}{mark}"),
                format!("{:.2}", ratio(ours.allocations, figures.allocations)),
            ]);
        }
    }
    if rows.is_empty() {
        return String::new();
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
    format!("\n{}", table(&columns, &rows))
}

/// What grows.
pub(super) fn growth(all: &[Grown]) -> String {
    let rows: Vec<_> = all
        .iter()
        .map(|Grown { unit, size, figures, multiple }| {
            let multiple = multiple.map_or_else(String::new, |times| {
                format!("×{times:.1}{}", if times > GROWS { " **!**" } else { "" })
            });
            let (largest, peak) = PEAK;
            let is_limited = unit.contains("instance") && *size == largest;
            let goal = if is_limited {
                format!(" (goal {}: {})", grouped(peak), missed(figures.peak, peak))
            } else {
                String::new()
            };
            vec![
                format!("{} {unit}", grouped(*size as u64)),
                grouped(figures.instructions),
                multiple,
                grouped(figures.allocations),
                format!("{}{goal}", grouped(figures.peak)),
            ]
        })
        .collect();
    let columns = ["input", "instructions", "beside a tenth", "allocations", "peak of the heap"];
    if rows.is_empty() { String::new() } else { format!("\n{}", table(&columns, &rows)) }
}

/// Round trips beside the idiomatic use of the same library.
pub(super) fn trips(all: &[Trip]) -> String {
    let rows: Vec<_> = all
        .iter()
        .map(|Trip { what, goal, ours, idiomatic, system_calls }| {
            let goal = goal.map_or_else(String::new, |goal| format!(" (goal {goal:.2})"));
            vec![
                (*what).to_owned(),
                grouped(ours.instructions),
                grouped(idiomatic.instructions),
                format!("{:.2}{goal}", ratio(ours.instructions, idiomatic.instructions)),
                grouped(ours.allocations),
                grouped(idiomatic.allocations),
                format!("{:.1}", system_calls.0),
                format!("{:.1}", system_calls.1),
            ]
        })
        .collect();
    let columns = [
        "round trip",
        "ours",
        "idiomatic",
        "ratio",
        "our allocations",
        "idiomatic",
        "our system calls",
        "idiomatic",
    ];
    if rows.is_empty() { String::new() } else { format!("\n{}", table(&columns, &rows)) }
}

/// The packages that a program brings in.
fn packages() -> Result<String, Box<dyn Error>> {
    let mut rows = Vec::new();
    for (what, package, features, goal) in PACKAGES {
        let (count, goal) = (packages::count(package, features)? as u64, goal as u64);
        rows.push(vec![what.to_owned(), grouped(count), grouped(goal), missed(count, goal)]);
    }
    Ok(table(&["what is added", "packages", "goal", ""], &rows))
}

/// Where the steps that miss their goals spend their instructions.
fn spent(profiles: &[(&Step, Vec<String>)]) -> String {
    let mut text = String::new();
    for (step, functions) in profiles {
        let _ = write!(text, "\n{}\n\n```text\n{}\n```\n", step.name(), functions.join("\n"));
    }
    if text.is_empty() { "\nEvery goal is met.\n".to_owned() } else { text }
}

/// Writes `docs/PERFORMANCE.md`.
pub(super) fn write(
    all: &[Measured],
    grown: &[Grown],
    round_trips: &[Trip],
    profiles: &[(&Step, Vec<String>)],
) -> Result<(), Box<dyn Error>> {
    let mut peers = String::new();
    for (peer, what) in PEERS {
        let _ = writeln!(peers, "* **{peer}**: {what}.");
    }
    let text = format!(
        "# What it costs

Written by `cargo xtask bench --filter steps`, with {tools}.

Instructions are counted by callgrind, as the difference between a program that runs a case once and one that runs it more
often; allocations (reallocations included), bytes and the peak by an allocator that counts, in a program of its own. The drop
of what was made is included, and so are our checks, most of which the peers do not make. The payloads are the source
document's. Where a goal is missed, the table says by how much.

## The steps
{steps}
![Instructions as a fraction of each peer's](images/performance-ratios.svg)

The peers:

{peers}
Building a request should cost {OF_REQWEST:.2} of what reqwest's own builder costs.

## Where a goal is missed

The functions in which a step that misses its goal spends most instructions itself, calls to others not counted.
{spent}
## Growth

Ten times the input may cost {GROWS:.0} times the instructions. The peak is what is held beyond the input itself.
{growth}
![Instructions by input, each as a multiple of its smallest](images/performance-growth.svg)

## Round trips

To a server on loopback over plain HTTP, beside the same library as one uses it with the same limits, headers and parsed type.
Reported, and no part of `--check`: how often a program waits differs from run to run.
{round_trips}
## Packages

Distinct packages that a program builds, ours included, and not those of build scripts.

{packages}
## Measuring again

```sh
cargo xtask bench --filter steps            # measures all of it, and writes this file; needs valgrind and strace
cargo xtask bench --filter steps --row 'e. '   # the rows whose names hold this text
cargo xtask bench --check                   # fails where a figure is more than 2 % above the record
cargo xtask bench --filter steps --record   # writes the figures that are lower into the record
```

The record, `crates/bench/record.json`, holds the best figures so far and only goes down. Another compiler makes other code:
`--check` says so where it is not the one of the record.
",
        tools = record::tools()?,
        steps = steps(all),
        growth = growth(grown),
        spent = spent(profiles),
        round_trips = trips(round_trips),
        packages = packages()?,
    );
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs");
    plot::ratios(all, &docs.join("images/performance-ratios.svg"))?;
    plot::growth(grown, &docs.join("images/performance-growth.svg"))?;
    Ok(fs::write(docs.join("PERFORMANCE.md"), text)?)
}
