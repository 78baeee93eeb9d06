//! Runs the checks and reports.

use std::collections::BTreeMap;
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Mutex, PoisonError};
use std::thread;

use http::Method;
use your_moms_core::{AsyncTransport, Transport};

use crate::checks::{self, Bench, Check, environment};
use crate::fault::Fault;
use crate::faults;
use crate::own_test::OwnTest;
use crate::report::Report;
use crate::settings::Settings;
use crate::subject::{Async, Blocking, Subject};

/// A check mostly waits, so many can run at once.
const WORKERS: usize = 8;

/// Each fault meets a request that may reuse a connection and one that may not: they can take different ways through a
/// transport.
const METHODS: [Method; 2] = [Method::GET, Method::POST];

/// The checks, for one transport.
pub struct Kit<'a> {
    subject: Box<dyn Subject + 'a>,
    skipped: Vec<&'a str>,
}

impl<'a> Kit<'a> {
    /// For a blocking transport. `make` is called for each check, from several threads.
    pub fn blocking<T: Transport + 'static>(make: impl Fn(&Settings) -> T + Sync + 'a) -> Self {
        Self { subject: Box::new(Blocking(make)), skipped: Vec::new() }
    }

    /// For an asynchronous transport. `block_on` runs a future to its end on the executor that the transport needs; it
    /// is called from several threads.
    pub fn asynchronous<T: AsyncTransport + 'static>(
        block_on: impl Fn(Pin<Box<dyn Future<Output = ()> + Send + '_>>) + Sync + 'a,
        make: impl Fn(&Settings) -> T + Sync + 'a,
    ) -> Self {
        Self { subject: Box::new(Async { block_on, make }), skipped: Vec::new() }
    }

    /// Leaves out the checks whose names begin with `name`, for what a transport does not do: `proxy`, say.
    pub fn without(mut self, name: &'a str) -> Self {
        self.skipped.push(name);
        self
    }

    /// The names of all checks that are not left out.
    pub fn names(&self) -> Vec<&'static str> {
        let names = checks::ALL.iter().map(|check| check.name).chain(faults::all().map(|fault| fault.name));
        names.filter(|name| !self.is_skipped(name)).collect()
    }

    /// Runs every check.
    pub fn run(&self) -> Report {
        self.run_named(&self.names())
    }

    /// Runs the checks of these names.
    pub fn run_named(&self, names: &[&str]) -> Report {
        let own_test = OwnTest::of_this_thread();
        if environment::is_for_another(&*self.subject) {
            return Report::default();
        }
        let checks = checks::ALL.iter().filter(|check| names.contains(&check.name)).map(Job::Check);
        let faults = faults::all().filter(|fault| names.contains(&fault.name));
        let faults =
            faults.flat_map(|fault| METHODS.into_iter().map(move |method| Job::Fault(fault, method)));
        let jobs: Vec<_> = checks.chain(faults).collect();

        let queue = Mutex::new(jobs.iter().enumerate());
        let next = || queue.lock().unwrap_or_else(PoisonError::into_inner).next();
        let done = Mutex::new(BTreeMap::new());
        thread::scope(|scope| {
            for _ in 0..WORKERS {
                scope.spawn(|| {
                    while let Some((index, job)) = next() {
                        let report = job.run(&*self.subject, &own_test);
                        done.lock().unwrap_or_else(PoisonError::into_inner).insert(index, report);
                    }
                });
            }
        });
        let done = done.into_inner().unwrap_or_else(PoisonError::into_inner);
        done.into_values().fold(Report::default(), Report::and)
    }

    fn is_skipped(&self, name: &str) -> bool {
        self.skipped.iter().any(|skipped| name.starts_with(skipped))
    }
}

impl fmt::Debug for Kit<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Kit")
            .field("transport", &self.subject.type_name())
            .field("without", &self.skipped)
            .finish_non_exhaustive()
    }
}

enum Job {
    Check(&'static Check),
    Fault(&'static Fault, Method),
}

impl Job {
    fn run(&self, subject: &dyn Subject, own_test: &OwnTest) -> Report {
        match self {
            Self::Check(check) => Report::of_check(check, (check.run)(&Bench { subject, own_test })),
            Self::Fault(fault, method) => Report::of_fault(fault, method, fault.observe(subject, method)),
        }
    }
}
