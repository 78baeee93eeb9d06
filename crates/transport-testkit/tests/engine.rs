//! The kit runs in every kind of test, and ends whatever the transport does.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that cannot be set up has failed")]

mod clients;

use std::collections::BTreeSet;
use std::env;
use std::process::Command;
use std::thread;
use std::time::Duration;

use async_trait::async_trait;
use http::{Request, Response};
use tokio::runtime::{Handle, Runtime};
use your_moms_core::{AsyncTransport, Reply, transport_fn};
use your_moms_transport_testkit::{Kit, Outcome, PREFLIGHT_CHECK, Report, Settings};

/// One of each sort: a check, a fault, and those that run the calling test again.
const FEW: &[&str] = &["response-body", "body-cut", "environment-proxy", "dns-hangs"];

fn asynchronous() -> Kit {
    let runtime = Runtime::new().unwrap();
    Kit::asynchronous(move |future| runtime.block_on(future), clients::asynchronous)
}

fn passes(kit: &Kit) {
    let report = kit.run_named(FEW);
    report.assert();
    assert_eq!(report.cells().len(), if is_child() { 0 } else { 2 });
}

/// Whether the kit is running this test once more.
fn is_child() -> bool {
    env::var_os("YOUR_MOMS_TESTKIT_CHECK").is_some()
}

#[test]
fn in_a_test() {
    passes(&asynchronous());
    passes(&Kit::blocking(clients::blocking));
}

#[tokio::test]
async fn in_a_test_of_tokio() {
    passes(&asynchronous());
    passes(&Kit::blocking(clients::blocking));
}

#[tokio::test(flavor = "multi_thread")]
async fn in_a_test_of_tokio_with_many_threads() {
    passes(&asynchronous());
    let handle = Handle::current();
    passes(&Kit::asynchronous(move |future| handle.block_on(future), clients::asynchronous));
}

#[tokio::test]
async fn off_the_thread_of_the_test() {
    tokio::task::spawn_blocking(|| passes(&asynchronous())).await.unwrap();
}

#[test]
fn within_the_guard_of_a_runtime() {
    let runtime = Runtime::new().unwrap();
    let _guard = runtime.enter();
    let handle = runtime.handle().clone();
    passes(&Kit::asynchronous(move |future| handle.block_on(future), clients::asynchronous));
}

#[test]
fn two_at_once() {
    let (one, other) = (asynchronous(), asynchronous());
    thread::scope(|scope| {
        scope.spawn(|| passes(&one));
        passes(&other);
    });
}

/// In the process that runs this test again, any kit of the place will do, and both come there at once.
#[test]
fn two_made_at_once_off_the_thread_of_the_test() {
    let run = || asynchronous().run_named(&["dns-hangs"]);
    let reports = thread::scope(|scope| [(); 2].map(|()| scope.spawn(run)).map(|kit| kit.join().unwrap()));
    for report in reports {
        report.assert();
        assert!(!report.to_string().contains("cannot be a name server"), "{report}");
    }
}

#[test]
#[ignore = "`in_a_test_that_is_ignored` runs it"]
fn ignored() {
    passes(&asynchronous());
}

#[test]
fn in_a_test_that_is_ignored() {
    let output = own_test(&["ignored", "--exact", "--ignored"]);
    assert!(output.contains("1 passed"), "{output}");
}

/// As a runner does that starts a process for each test.
#[test]
fn alone_in_a_process() {
    let output = own_test(&["in_a_test", "--exact", "--nocapture", "--test-threads=1"]);
    assert!(output.contains("1 passed"), "{output}");
}

fn own_test(arguments: &[&str]) -> String {
    let mut command = Command::new(env::current_exe().unwrap());
    // Where a check runs this whole program again, its child must not be joined by another that looks for the same kit.
    command.args(arguments).env_remove("YOUR_MOMS_TESTKIT_KIT");
    let output = command.output().unwrap();
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

/// The environment's proxies, with which a child of the kit runs, make this one print and fail.
#[test]
fn what_a_child_printed_is_shown() {
    let make = |settings: &Settings| {
        if is_child() {
            eprintln!("the transport's last words");
            std::process::exit(7);
        }
        clients::blocking(settings)
    };
    let report = Kit::blocking(make).run_named(&["environment-proxy"]);
    let [failure] = report.failures() else { panic!("{report}") };
    assert!(failure.seen.contains("exit status: 7"), "{failure}");
    assert!(failure.seen.contains("the transport's last words"), "{failure}");
}

/// Waits as long as the server likes.
struct Unlimited(Box<dyn AsyncTransport>);

impl Unlimited {
    fn new(settings: &Settings) -> Self {
        let mut settings = settings.clone();
        settings.limits.connect = Duration::from_secs(3600);
        settings.limits.total = Duration::from_secs(3600);
        Self(clients::asynchronous(&settings))
    }
}

#[async_trait]
impl AsyncTransport for Unlimited {
    async fn send(&self, mut request: Request<Vec<u8>>) -> Reply {
        request.extensions_mut().clear();
        self.0.send(request).await
    }
}

/// The kit ends, and names what hung.
#[test]
fn a_transport_without_time_limits() {
    let runtime = Runtime::new().unwrap();
    let kit = Kit::asynchronous(move |future| runtime.block_on(future), Unlimited::new);
    let report = kit.run();
    let hung: BTreeSet<_> =
        report.cells().iter().filter(|cell| cell.outcome == Outcome::Hung).map(|cell| cell.fault).collect();
    for fault in ["silent-after-request", "body-drips", "connect-hangs", "tls-hangs", "proxy-hangs"] {
        assert!(hung.contains(fault), "{hung:?}");
    }
    let skipped: Vec<_> = report.skipped().iter().map(|skipped| skipped.check).collect();
    let others = ["call-deadline", "connect-limit", "proxy-connect-limit", "dns-hangs"];
    let others = others.into_iter().filter(|name| !skipped.contains(name));
    let names: BTreeSet<_> = hung.iter().copied().chain(others).collect();
    assert_eq!(report.failed(), names, "{report}");
    let seen = report.failures().iter().find(|failure| failure.check == "body-drips");
    let seen = seen.map(|failure| failure.seen.as_str()).unwrap();
    assert!(seen.starts_with("GET with fault body-drips: the call had not ended after "), "{seen}");
    assert!(seen.ends_with(" s, and its limit is 1.5 s"), "{seen}");
}

fn fails_the_preflight(report: &Report, seen: &str) {
    let [failure] = report.failures() else { panic!("{report}") };
    assert_eq!(failure.check, PREFLIGHT_CHECK);
    assert!(failure.seen.contains(seen), "{failure}");
    assert_eq!(report.cells(), []);
}

#[test]
fn a_transport_that_panics_at_once() {
    let make = |_: &Settings| transport_fn(|_| panic!("not yet written"));
    fails_the_preflight(&Kit::blocking(make).run(), "the transport panicked: not yet written");
}

#[test]
fn a_transport_that_panics_later() {
    let make = |settings: &Settings| {
        let good = clients::blocking(settings);
        transport_fn(move |request| {
            let reply = your_moms_core::Transport::send(&good, request);
            assert!(reply.is_ok(), "did not expect that");
            reply
        })
    };
    let report = Kit::blocking(make).run_named(&["body-cut", "response-body"]);
    assert_eq!(report.failed(), BTreeSet::from(["body-cut"]));
    assert!(report.cells().iter().all(|cell| cell.outcome == Outcome::Panicked));
    assert!(report.to_string().contains("the transport panicked: did not expect that"), "{report}");
}

#[test]
fn a_transport_that_makes_up_its_responses() {
    let make = |_: &Settings| transport_fn(|_| Ok(Response::builder().status(404).body(Vec::new()).unwrap()));
    fails_the_preflight(&Kit::blocking(make).run(), "GET: status 404, and the server sent 200");
}

/// The runtime's only thread waits for the kit, and the kit for the runtime.
#[tokio::test]
async fn a_runtime_that_waits_for_the_kit() {
    let handle = Handle::current();
    let kit = Kit::asynchronous(move |future| handle.block_on(future), clients::asynchronous);
    fails_the_preflight(&kit.run(), "the call had not ended after ");
}

#[test]
#[should_panic(expected = "no checks are named [\"no-redirects\"]; there are: method-and-target, ")]
fn an_unknown_name_is_not_run() {
    asynchronous().run_named(&["no-redirect", "no-redirects"]);
}

#[test]
#[should_panic(expected = "no check has a name that begins with \"proxies\"; there are: method-and-target, ")]
fn an_unknown_name_is_not_left_out() {
    let _ = asynchronous().without("proxies");
}
