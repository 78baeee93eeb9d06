//! A check that needs a process of its own: its environment, its network.
//!
//! Both belong to the whole process, and other tests run in this one. So such a check runs the test that it is part of once
//! more, in a child; there the kit does nothing but the check's few calls.

use std::io::Write;
use std::process::Command;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use std::{env, io, process};

use crate::finding::Finding;
use crate::own_test::{OwnTest, Way};
use crate::subject::Subject;
use crate::watchdog::Ended;
use crate::{child, watchdog};

/// The part of a check that is done in the child.
pub(crate) struct Rerun {
    /// The check's name.
    pub(crate) check: &'static str,
    pub(crate) calls: fn(&dyn Subject) -> Finding,
}

/// Tells the child which check is meant,
const CHECK: &str = "YOUR_MOMS_TESTKIT_CHECK";
/// and for which kit.
const KIT: &str = "YOUR_MOMS_TESTKIT_KIT";
/// Stands before the child's finding; without it the child did not get to the check.
const RESULT: &str = "your-moms-testkit found: ";
/// Held by the kit that makes the calls, until the process ends.
static SERVING: Mutex<()> = Mutex::new(());
/// Less than a check may take, more than all the calls in the child.
const LIMIT: Duration = Duration::from_secs(50);

impl Rerun {
    /// Makes the calls in a child. `prepare` changes the command that starts it.
    pub(crate) fn run(&self, own_test: &OwnTest, prepare: impl Fn(Command) -> Command) -> Finding {
        let mut tried = String::new();
        for way in own_test.ways() {
            let ended = match self.start(way, &prepare) {
                Ok(ended) => ended,
                Err(error) => {
                    return Finding::Failed(format!("this test cannot be started again: {error}"));
                }
            };
            let mut results = ended.stdout.lines().filter_map(|line| line.split_once(RESULT));
            if let Some(finding) = results.find_map(|(_, result)| Finding::parse(result)) {
                return finding;
            }
            tried = ended.to_string();
            // Another way is only for threads that have a name and are no test's.
            if !ended.stdout.contains("running 0 tests") {
                break;
            }
        }
        Finding::Failed(format!(
            "this test was run again, in a process of its own, and ended before its kit was made, or without a result: {tried}"
        ))
    }

    fn start(&self, way: &Way, prepare: impl Fn(Command) -> Command) -> io::Result<child::Ended> {
        let mut command = prepare(way.command()?);
        command.env(CHECK, self.check).env(KIT, &way.kit);
        child::run(&mut command, LIMIT)
    }

    fn is_meant(&self) -> bool {
        env::var(CHECK).is_ok_and(|check| check == self.check)
    }

    fn finding(&self, subject: &Arc<dyn Subject>) -> Finding {
        match watchdog::run(subject, self.calls) {
            Ended::Done(finding) => finding,
            Ended::Late(what) => Finding::Failed(what),
            Ended::Panicked(what) => Finding::Failed(format!("the transport panicked: {what}")),
        }
    }
}

/// Whether this process is a child of a check: a kit in it has nothing else to do.
pub(crate) fn is_child() -> bool {
    env::var_os(CHECK).is_some()
}

/// In a child that was started for this kit: makes the calls of its check, prints what it found and ends the process. A
/// return could wait long: what a transport was doing can go on in threads that its executor waits for.
pub(crate) fn serve_as_child(all: &[Rerun], subject: &Arc<dyn Subject>, own_test: &OwnTest) {
    if !env::var(KIT).is_ok_and(|kit| own_test.is(&kit)) {
        return;
    }
    if let Some(rerun) = all.iter().find(|rerun| rerun.is_meant()) {
        // Other threads of this process can come to kits that would do as well, and there is one port for a name server.
        let _first = SERVING.lock().unwrap_or_else(PoisonError::into_inner);
        let finding = rerun.finding(subject);
        // Not `println!`: test harnesses keep what it prints.
        let _ = writeln!(io::stdout(), "\n{RESULT}{finding}");
        process::exit(0);
    }
}
