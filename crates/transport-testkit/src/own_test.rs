//! The test that is running and the kit within it, so that another process can run it again and know that kit.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::panic::Location;
use std::process::Command;
use std::{env, io, thread};

thread_local! {
    /// How many kits this thread has made at each place.
    static MADE: RefCell<BTreeMap<String, usize>> = const { RefCell::new(BTreeMap::new()) };
}

/// A kit, and the ways that lead to it in another process.
#[derive(Debug)]
pub(crate) struct OwnTest {
    /// The transport's type and the place in the code.
    kit: String,
    /// Which kit of that place on its thread: a helper function can make several.
    number: usize,
    /// The first is tried first.
    ways: Vec<Way>,
}

/// Arguments of a test program that lead to a kit, and what it is called there.
#[derive(Debug)]
pub(crate) struct Way {
    arguments: Vec<OsString>,
    pub(crate) kit: String,
}

impl OwnTest {
    /// For a kit that is made at `place` for transports of the type `T`.
    pub(crate) fn of_kit_at<T>(place: &Location<'_>) -> Self {
        let kit = format!("{} at {place}", std::any::type_name::<T>());
        let number = count(&kit);
        let numbered = numbered(&kit, number);
        // On the main thread a harness runs a single test, or all of them in order, or there is no harness.
        let as_this_process = |kit| Way { arguments: env::args_os().skip(1).collect(), kit };
        let ways = match thread::current().name() {
            Some("main") => vec![as_this_process(numbered)],
            // A test's thread has its test's name. Whether the test is an ignored one cannot be asked for.
            Some(test) => {
                let arguments = [test, "--exact", "--nocapture", "--include-ignored"];
                let by_name = Way { arguments: arguments.map(OsString::from).to_vec(), kit: numbered };
                vec![by_name, as_this_process(kit.clone())]
            }
            // Nobody knows how the threads of a pool share out the tests; any kit of this place will do.
            None => vec![as_this_process(kit.clone())],
        };
        Self { kit, number, ways }
    }

    pub(crate) fn ways(&self) -> &[Way] {
        &self.ways
    }

    /// Whether a process that was told to look for `kit` has found it.
    pub(crate) fn is(&self, kit: &str) -> bool {
        self.kit == kit || numbered(&self.kit, self.number) == kit
    }
}

impl Way {
    pub(crate) fn command(&self) -> io::Result<Command> {
        let mut command = Command::new(env::current_exe()?);
        command.args(&self.arguments);
        Ok(command)
    }
}

fn numbered(kit: &str, number: usize) -> String {
    format!("{kit}, number {number}")
}

fn count(kit: &str) -> usize {
    MADE.with_borrow_mut(|made| {
        let number = made.entry(kit.to_owned()).or_default();
        *number += 1;
        *number
    })
}
