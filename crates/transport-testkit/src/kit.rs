//! Runs the checks and reports.

use std::collections::BTreeMap;
use std::fmt;
use std::future::Future;
use std::panic::Location;
use std::pin::Pin;
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use http::Method;
use your_moms_core::{AsyncTransport, Transport};

use crate::checks::{self, Bench, Check};
use crate::fault::Fault;
use crate::faults;
use crate::names;
use crate::own_test::OwnTest;
use crate::preflight;
use crate::report::Report;
use crate::rerun;
use crate::settings::Settings;
use crate::subject::{Async, Blocking, Subject};
use crate::watchdog::{self, Ended};

/// A check mostly waits, so many can run at once.
const WORKERS: usize = 12;

/// Each fault meets a request that may reuse a connection and one that may not: they can take different ways through a
/// transport.
const METHODS: [Method; 2] = [Method::GET, Method::POST];

/// The checks, for one transport.
pub struct Kit {
    subject: Arc<dyn Subject>,
    own_test: Arc<OwnTest>,
    left_out: Vec<String>,
    /// Dropped after `subject`.
    _keeper: Keeper,
}

impl Kit {
    /// For a blocking transport. `make` is called for each check, from several threads.
    #[track_caller]
    pub fn blocking<T: Transport + 'static>(make: impl Fn(&Settings) -> T + Send + Sync + 'static) -> Self {
        Self::of::<T>(Arc::new(Blocking(make)))
    }

    /// For an asynchronous transport. `block_on` runs a future to its end on the executor that the transport needs; it
    /// is called from several threads, none of which belongs to an executor.
    #[track_caller]
    pub fn asynchronous<T: AsyncTransport + 'static>(
        block_on: impl Fn(Pin<Box<dyn Future<Output = ()> + Send + '_>>) + Send + Sync + 'static,
        make: impl Fn(&Settings) -> T + Send + Sync + 'static,
    ) -> Self {
        Self::of::<T>(Arc::new(Async { block_on, make }))
    }

    #[track_caller]
    fn of<T>(subject: Arc<dyn Subject>) -> Self {
        let own_test = OwnTest::of_kit_at::<T>(Location::caller());
        rerun::serve_as_child(checks::RERUNS, &subject, &own_test);
        let keeper = Keeper::of(Arc::clone(&subject));
        Self { subject, own_test: Arc::new(own_test), left_out: Vec::new(), _keeper: keeper }
    }

    /// Leaves out the checks whose names begin with `name`, for what a transport does not do: `proxy`, say.
    ///
    /// # Panics
    /// If there is no such check.
    #[track_caller]
    pub fn without(mut self, name: &str) -> Self {
        names::assert_begins_one(name);
        self.left_out.push(name.to_owned());
        self
    }

    /// The names of all checks that are not left out.
    pub fn names(&self) -> Vec<&'static str> {
        names::all().filter(|name| !self.is_left_out(name)).collect()
    }

    /// Runs every check.
    pub fn run(&self) -> Report {
        self.run_all(&self.names())
    }

    /// Runs the checks of these names.
    ///
    /// # Panics
    /// If there is no check of one of these names.
    #[track_caller]
    pub fn run_named(&self, names: &[&str]) -> Report {
        names::assert_known(names);
        self.run_all(names)
    }

    fn run_all(&self, names: &[&str]) -> Report {
        if rerun::is_child() {
            return Report::default();
        }
        let preflight = Report::of_preflight(watchdog::run(&self.subject, preflight::run));
        if !preflight.failures().is_empty() {
            return preflight;
        }
        let checks = checks::ALL.iter().filter(|check| names.contains(&check.name)).map(Job::Check);
        let faults = faults::all().filter(|fault| names.contains(&fault.name));
        let faults =
            faults.flat_map(|fault| METHODS.into_iter().map(move |method| Job::Fault(fault, method)));
        let jobs: Vec<_> = checks.chain(faults).collect();

        let queue = Mutex::new(jobs.into_iter().enumerate());
        let next = || queue.lock().unwrap_or_else(PoisonError::into_inner).next();
        let done = Mutex::new(BTreeMap::new());
        thread::scope(|scope| {
            for _ in 0..WORKERS {
                scope.spawn(|| {
                    while let Some((index, job)) = next() {
                        let report = job.run(&self.subject, &self.own_test);
                        done.lock().unwrap_or_else(PoisonError::into_inner).insert(index, report);
                    }
                });
            }
        });
        let done = done.into_inner().unwrap_or_else(PoisonError::into_inner);
        done.into_values().fold(Report::default(), Report::and)
    }

    fn is_left_out(&self, name: &str) -> bool {
        self.left_out.iter().any(|left_out| name.starts_with(left_out))
    }
}

impl fmt::Debug for Kit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Kit")
            .field("own_test", &self.own_test)
            .field("without", &self.left_out)
            .finish_non_exhaustive()
    }
}

/// Lets a subject be dropped on a thread of its own. It can own an executor, which a thread that runs another one must not
/// drop, and a test may run on such a thread.
struct Keeper {
    _end: Sender<()>,
}

impl Keeper {
    fn of(subject: Arc<dyn Subject>) -> Self {
        let (end, ended) = channel();
        thread::spawn(move || {
            // Fails when the keeper is dropped.
            let _: Result<(), _> = ended.recv();
            drop(subject);
        });
        Self { _end: end }
    }
}

enum Job {
    Check(&'static Check),
    Fault(&'static Fault, Method),
}

impl Job {
    fn run(self, subject: &Arc<dyn Subject>, own_test: &Arc<OwnTest>) -> Report {
        match self {
            Self::Check(check) => {
                let own_test = Arc::clone(own_test);
                let run = move |subject: &dyn Subject| Bench::new(subject, &own_test).run(check);
                Report::of_check(check, watchdog::run(subject, run))
            }
            Self::Fault(fault, method) => {
                let run = {
                    let method = method.clone();
                    move |subject: &dyn Subject| fault.observe(subject, &method)
                };
                match watchdog::run(subject, run) {
                    Ended::Done(observation) => Report::of_fault(fault, &method, observation),
                    Ended::Late(what) => Report::of_hanging(fault, &method, &what),
                    Ended::Panicked(what) => Report::of_panic(fault, &method, &what),
                }
            }
        }
    }
}
