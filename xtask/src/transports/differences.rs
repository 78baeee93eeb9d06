//! Where the adapters end differently, and why none of them is wrong.

use your_moms_transport_testkit::Report;

use super::adapters::BASE;

/// The adapter, the beginning of the names of the faults that it ends differently with from [`BASE`], and why.
const KNOWN: &[(&str, &str, &str)] = &[
    (
        "ureq",
        "response-during-upload",
        "ureq reads only when the whole request is sent, and runs into its time limit",
    ),
    ("ureq", "http2-", "ureq does not speak HTTP/2, and is turned away with 505"),
    (
        "ureq",
        "interim-responses-without-end",
        "ureq counts 1xx responses towards its limit on the head, reqwest does not",
    ),
    (
        "ureq",
        "trailers-without-end",
        "ureq skips trailers until the time is up, hyper has a limit on their size",
    ),
];

/// Prints the known differences of `adapter`. A difference that is not known is a violation, and so is a known one that is
/// gone. `again` asks whether a fault makes a difference when it comes a second time.
pub(super) fn violations(
    adapter: &str,
    base: &Report,
    report: &Report,
    again: impl Fn(&str) -> bool,
) -> usize {
    let found = base.differences(report);
    let known: Vec<_> = KNOWN.iter().filter(|(of, ..)| *of == adapter).collect();
    let mut violations = 0;
    println!("\nknown differences of {adapter} from {BASE}: {}", known.len());
    for (_, name, why) in &known {
        println!("  {name}: {why}");
        if !found.iter().any(|fault| fault.starts_with(name)) {
            println!("violation: {name} is no longer a difference");
            violations += 1;
        }
    }
    let is_known = |fault: &str| known.iter().any(|(_, name, _)| fault.starts_with(name));
    for fault in found.iter().filter(|fault| !is_known(fault) && again(fault)) {
        println!("violation: {fault} is a difference that is not known");
        violations += 1;
    }
    violations
}
