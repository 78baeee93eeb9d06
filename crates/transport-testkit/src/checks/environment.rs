//! A proxy that the environment names.
//!
//! The environment belongs to the whole process, and other tests run in this one. So this check runs the test that it
//! is part of once more, in a child with an environment of its own; there the kit does nothing but these few calls.

use std::io::Write;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use std::{env, io, process};

use http::Method;

use super::{Bench, Check, ensure, expect_status, settings};
use crate::own_test::{OwnTest, Way};
use crate::request::{secret_request, shows_a_secret};
use crate::server::Server;
use crate::subject::Subject;
use crate::watchdog::Ended;
use crate::wire::Wire;
use crate::{certificates, child, watchdog};

pub(super) const PROXY: Check = Check {
    name: "environment-proxy",
    reason: "libraries send every request through HTTP_PROXY or ALL_PROXY, those to this machine and those in the clear as well",
    fix: "use a proxy from the environment for https only, as a tunnel, and never for loopback",
    run: environment_proxy,
};

/// Tells the child which kit is meant.
const CHILD: &str = "YOUR_MOMS_TESTKIT_PROXY_CHECK";
/// Stands before the child's result; without it the child did not get to the check.
const RESULT: &str = "your-moms-testkit environment-proxy: ";
/// Less than a check may take, more than all the calls in the child.
const CHILD_LIMIT: Duration = Duration::from_secs(50);

const VARIABLES: [&str; 6] =
    ["HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"];

fn environment_proxy(bench: &Bench<'_>) -> Result<(), String> {
    // Whatever is asked of it, it takes, and waits for what comes through.
    let proxy = Server::plain(|wire| {
        if wire.request().is_some() && wire.write("HTTP/1.1 200 OK\r\n\r\n") {
            wire.hold();
        }
    });
    let result = in_child(bench.own_test, proxy.address());
    let seen = proxy.finish();
    result?;
    ensure(seen.iter().all(|seen| !shows_a_secret(seen)), || {
        "the proxy saw a request in the clear".to_owned()
    })?;
    let loopback =
        seen.iter().any(|seen| ["127.0.0.1", "localhost", "[::1]"].iter().any(|host| seen.contains(host)));
    ensure(!loopback, || "the proxy was asked for a loopback address".to_owned())
}

/// Makes the calls in a process whose environment names the proxy.
fn in_child(own_test: &OwnTest, proxy: SocketAddr) -> Result<(), String> {
    let mut tried = String::new();
    for way in own_test.ways() {
        let ended =
            run_child(way, proxy).map_err(|error| format!("this test cannot be started again: {error}"))?;
        let result = ended.stdout.lines().find_map(|line| line.split_once(RESULT)).map(|(_, result)| result);
        match result {
            Some("") => return Ok(()),
            Some(problem) => return Err(problem.to_owned()),
            None => tried = ended.to_string(),
        }
        // Another way is only for threads that have a name and are no test's.
        if !ended.stdout.contains("running 0 tests") {
            break;
        }
    }
    Err(format!(
        "this test was run again, in a process of its own, and ended before its kit was made, or without a result: {tried}"
    ))
}

fn run_child(way: &Way, proxy: SocketAddr) -> io::Result<child::Ended> {
    let mut command = way.command()?;
    command.env(CHILD, &way.kit).env_remove("NO_PROXY").env_remove("no_proxy");
    // CGI programs are told the client's `Proxy` header this way; some libraries ignore HTTP_PROXY then.
    command.env_remove("REQUEST_METHOD");
    command.envs(VARIABLES.map(|variable| (variable, format!("http://{proxy}"))));
    child::run(&mut command, CHILD_LIMIT)
}

/// Whether this process is a child of the check: a kit in it has nothing to do.
pub(crate) fn is_child() -> bool {
    env::var_os(CHILD).is_some()
}

/// In the child that was started for this kit: makes the calls, prints the result and ends the process.
pub(crate) fn serve_as_child(subject: &Arc<dyn Subject>, own_test: &OwnTest) {
    if !env::var(CHILD).is_ok_and(|kit| own_test.is(&kit)) {
        return;
    }
    let result = match watchdog::run(subject, calls) {
        Ended::Done(result) => result,
        Ended::Late(what) => Err(format!("with a proxy in the environment: {what}")),
        Ended::Panicked(what) => {
            Err(format!("with a proxy in the environment the transport panicked: {what}"))
        }
    };
    let problem = result.err().unwrap_or_default();
    // Not `println!`: test harnesses keep what it prints.
    let _ = writeln!(io::stdout(), "\n{RESULT}{}", problem.replace('\n', " "));
    process::exit(0);
}

fn calls(subject: &dyn Subject) -> Result<(), String> {
    fn ok(wire: &mut Wire) {
        while wire.request().is_some() && wire.write("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n") {}
    }
    let settings = settings();
    for method in [Method::GET, Method::POST] {
        for server in [Server::plain(ok), Server::tls(certificates::good(), ok)] {
            let by_name = server.url().replace("127.0.0.1", "localhost");
            for base in [server.url(), by_name] {
                let reply = subject.open(&settings).call(secret_request(&method, &base));
                expect_status(&format!("{method} {base}"), &reply, 200)?;
            }
        }
        // Cannot succeed without a proxy, and may not go through one.
        let reply = subject.open(&settings).call(secret_request(&method, "http://platform.test"));
        ensure(reply.is_err(), || "a request in the clear to a host nobody knows got a response".to_owned())?;
    }
    Ok(())
}
