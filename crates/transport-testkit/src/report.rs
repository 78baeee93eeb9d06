//! What the checks found.

use std::collections::{BTreeMap, BTreeSet};
use std::{fmt, slice};

use http::Method;

use crate::checks::Check;
use crate::fault::Fault;
use crate::faults::advice;
use crate::finding::Finding;
use crate::observation::Observation;
use crate::outcome::Outcome;
use crate::preflight::{self, PREFLIGHT_CHECK};
use crate::skipped::Skipped;
use crate::warning::{Warning, Warnings};
use crate::watchdog::Ended;

/// The results of all checks that ran.
#[derive(Clone, Debug, Default)]
pub struct Report {
    failures: Vec<Failure>,
    warnings: Vec<Warning>,
    skipped: Vec<Skipped>,
    cells: Vec<Cell>,
}

/// A rule of the contract that was broken.
#[derive(Clone, Debug)]
pub struct Failure {
    /// The name of the check.
    pub check: &'static str,
    /// What happened.
    pub seen: String,
    /// Why the rule is there.
    pub reason: &'static str,
    /// What to do in the transport.
    pub fix: &'static str,
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_together(f, slice::from_ref(self))
    }
}

/// Failures of one check, which differ in what was seen.
fn write_together(f: &mut fmt::Formatter<'_>, failures: &[Failure]) -> fmt::Result {
    let [Failure { check, reason, fix, .. }, ..] = failures else { return Ok(()) };
    f.write_str(check)?;
    failures.iter().try_for_each(|failure| write!(f, "\n  seen: {}", failure.seen))?;
    write!(f, "\n  why:  {reason}\n  fix:  {fix}")
}

/// What the transport made of one fault.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// The name of the fault.
    pub fault: &'static str,
    /// The request's method.
    pub method: Method,
    /// How the call ended.
    pub outcome: Outcome,
    /// How many bytes of the request the server read; with a time limit it depends on the size of the system's buffers.
    pub bytes_read: usize,
    /// Whether delivery and kind say all that can be known. `Unknown` in place of `NotSent` or `ResponseStarted` is
    /// allowed, and costs the caller a try that would have been safe; the kind is for people and logs, except
    /// `InvalidRequest` and `NoTls`, which keep the client from trying again and are failures where they are wrong.
    pub exact: bool,
    /// Whether a rule was broken here.
    pub violation: bool,
}

const SECRETS: (&str, &str) = (
    "errors are logged, and the platform's URLs, headers and bodies carry secrets",
    "build `TransportError` from `Delivery` and `TransportErrorKind` alone; keep no error of the HTTP library as its \
     source, at most an `io::Error` made from its `ErrorKind`",
);
const ONCE: (&str, &str) = (
    "a second `POST` makes a second instance, or burns a one-time code; only the caller knows what may run twice",
    "turn off the HTTP library's retries, on kept connections and over HTTP/2 as well",
);

const HANGS: (&str, &str) = (
    "a call that does not end by itself keeps its caller waiting forever, and its connection open",
    "limit the whole call by the smaller of `Limits::total` and `CallContext::of(&request).time_limit`, and connecting by \
     `Limits::connect`: name resolution, TCP, a proxy's tunnel and TLS together. A limit on each single read is not enough: \
     a server that drips one byte a second never runs into it",
);
const PANICS: (&str, &str) = (
    "a panic takes the caller's thread or task with it, and with it what was known of the request",
    "return a `TransportError` in place of each `unwrap`, `expect` and index in the transport",
);

fn panicked(what: &str) -> String {
    format!("the transport panicked: {what}")
}

impl Report {
    pub(crate) fn of_check(check: &Check, ended: Ended<Finding>) -> Self {
        let (seen, (reason, fix)) = match ended {
            Ended::Done(Finding::Passed) => return Self::default(),
            Ended::Done(Finding::Skipped(reason)) => {
                return Self { skipped: vec![Skipped { check: check.name, reason }], ..Self::default() };
            }
            Ended::Done(Finding::Failed(seen)) => (seen, (check.reason, check.fix)),
            Ended::Late(what) => (what, HANGS),
            Ended::Panicked(what) => (panicked(&what), PANICS),
        };
        Self::of_failure(Failure { check: check.name, seen, reason, fix })
    }

    pub(crate) fn of_preflight(ended: Ended<Result<(), String>>) -> Self {
        let seen = match ended {
            Ended::Done(Ok(())) => return Self::default(),
            Ended::Done(Err(seen)) | Ended::Late(seen) => seen,
            Ended::Panicked(what) => panicked(&what),
        };
        let (check, reason, fix) = (PREFLIGHT_CHECK, preflight::REASON, preflight::FIX);
        Self::of_failure(Failure { check, seen, reason, fix })
    }

    fn of_failure(failure: Failure) -> Self {
        Self { failures: vec![failure], ..Self::default() }
    }

    /// Of a call that did not end.
    pub(crate) fn of_hanging(fault: &Fault, method: &Method, what: &str) -> Self {
        Self::without_observation(fault, method, Outcome::Hung, what, HANGS)
    }

    pub(crate) fn of_panic(fault: &Fault, method: &Method, what: &str) -> Self {
        Self::without_observation(fault, method, Outcome::Panicked, &panicked(what), PANICS)
    }

    fn without_observation(
        fault: &Fault,
        method: &Method,
        outcome: Outcome,
        what: &str,
        (reason, fix): (&'static str, &'static str),
    ) -> Self {
        let seen = format!("{method} with fault {}: {what}", fault.name);
        let (method, check) = (method.clone(), fault.name);
        let cell = Cell { fault: fault.name, method, outcome, bytes_read: 0, exact: false, violation: true };
        Self { cells: vec![cell], ..Self::of_failure(Failure { check, seen, reason, fix }) }
    }

    pub(crate) fn of_fault(fault: &Fault, method: &Method, observation: Observation) -> Self {
        let Observation { outcome, bytes_read, misjudged, inexact, leak, repeated } = observation;
        let exact = misjudged.is_none() && inexact.is_none();
        let found = [
            (fault.name, misjudged, advice::on(fault.name)),
            (SECRET_CHECK, leak, SECRETS),
            (ONCE_CHECK, repeated, ONCE),
        ];
        let failures: Vec<_> = found
            .into_iter()
            .filter_map(|(check, seen, (reason, fix))| {
                let seen = format!("{method} with fault {}: {}", fault.name, seen?);
                Some(Failure { check, seen, reason, fix })
            })
            .collect();
        let violation = !failures.is_empty();
        let warning = inexact.map(|seen| Warning { check: fault.name, method: method.clone(), seen });
        let cell = Cell { exact, fault: fault.name, method: method.clone(), outcome, bytes_read, violation };
        Self { failures, warnings: warning.into_iter().collect(), cells: vec![cell], ..Self::default() }
    }

    pub(crate) fn and(mut self, other: Self) -> Self {
        self.failures.extend(other.failures);
        self.warnings.extend(other.warnings);
        self.skipped.extend(other.skipped);
        self.cells.extend(other.cells);
        self
    }

    /// Every broken rule.
    pub fn failures(&self) -> &[Failure] {
        &self.failures
    }

    /// Every error that is allowed and could be more exact.
    pub fn warnings(&self) -> &[Warning] {
        &self.warnings
    }

    /// Every check that could not be made, which is no failure.
    pub fn skipped(&self) -> &[Skipped] {
        &self.skipped
    }

    /// The names of the checks that failed. Faults are checks as well; that no error shows a secret, and that no call
    /// is sent twice, is checked in all of them, under the names [`SECRET_CHECK`] and [`ONCE_CHECK`].
    pub fn failed(&self) -> BTreeSet<&'static str> {
        self.failures.iter().map(|failure| failure.check).collect()
    }

    /// In a line, how many faults could be told more exactly, and how many checks were skipped. Empty if none of either sort
    /// ran.
    pub fn summary(&self) -> String {
        let (less, all) = (self.warnings.len(), self.cells.len());
        let exact = (all > 0).then(|| format!("{less} of {all} less exact than they could be"));
        let skipped = (!self.skipped.is_empty()).then(|| format!("{} skipped", self.skipped.len()));
        exact.into_iter().chain(skipped).collect::<Vec<_>>().join(", ")
    }

    /// The outcome of each fault, in a fixed order.
    pub fn cells(&self) -> &[Cell] {
        &self.cells
    }

    /// The names of the faults for which another transport's outcome differs, in delivery, kind or status.
    pub fn differences(&self, other: &Self) -> BTreeSet<&'static str> {
        let ends: BTreeMap<_, _> =
            other.cells.iter().map(|cell| ((cell.fault, cell.method.as_str()), cell.outcome)).collect();
        let differs = |cell: &&Cell| {
            ends.get(&(cell.fault, cell.method.as_str())).is_some_and(|outcome| *outcome != cell.outcome)
        };
        self.cells.iter().filter(differs).map(|cell| cell.fault).collect()
    }

    /// Nothing, if no check failed; what could be more exact, and what could not be checked, is printed to the standard error.
    ///
    /// # Panics
    /// With all failures.
    #[track_caller]
    pub fn assert(&self) {
        assert!(self.failures.is_empty(), "the transport breaks its contract\n\n{self}");
        if !self.warnings.is_empty() || !self.skipped.is_empty() {
            eprint!("{self}");
        }
    }
}

impl fmt::Display for Report {
    /// Every failure, with the reason of the rule and a fix; then, in a line each, what could not be checked and what could
    /// be more exact; then the [`summary`](Self::summary).
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let same = |a: &Failure, b: &Failure| a.check == b.check && a.reason == b.reason;
        for failures in self.failures.chunk_by(same) {
            write_together(f, failures)?;
            f.write_str("\n\n")?;
        }
        self.skipped.iter().try_for_each(|skipped| writeln!(f, "{skipped}"))?;
        write!(f, "{}", Warnings(&self.warnings))?;
        let summary = self.summary();
        if summary.is_empty() { Ok(()) } else { writeln!(f, "{summary}") }
    }
}

/// The check that no error shows a secret.
pub const SECRET_CHECK: &str = "no-secret-in-errors";
/// The check that one call reaches the server at most once.
pub const ONCE_CHECK: &str = "one-call-one-request";
