//! A proxy that the environment names.
//!
//! The environment belongs to the whole process, and other tests run in this one. So this check runs the test that it
//! is part of once more, in a child with an environment of its own; there the kit does nothing but these few calls.

use std::io::Write;
use std::{env, io, process};

use http::Method;

use super::{Bench, Check, ensure, expect_status, settings};
use crate::certificates;
use crate::request::{secret_request, shows_a_secret};
use crate::server::Server;
use crate::subject::Subject;
use crate::wire::Wire;

pub(super) const PROXY: Check = Check {
    name: "environment-proxy",
    reason: "libraries send every request through HTTP_PROXY or ALL_PROXY, those to this machine and those in the clear as well",
    fix: "use a proxy from the environment for https only, as a tunnel, and never for loopback",
    run: environment_proxy,
};

/// Names the transport's type to the child.
const CHILD: &str = "YOUR_MOMS_TESTKIT_PROXY_CHECK";
/// Stands before the child's result; without it the child did not get to the check.
const RESULT: &str = "your-moms-testkit environment-proxy: ";

const VARIABLES: [&str; 6] =
    ["HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"];

fn environment_proxy(bench: &Bench<'_>) -> Result<(), String> {
    // Whatever is asked of it, it takes, and waits for what comes through.
    let proxy = Server::plain(|wire| {
        if wire.request().is_some() && wire.write("HTTP/1.1 200 OK\r\n\r\n") {
            wire.hold();
        }
    });
    let mut child =
        bench.own_test.command().map_err(|error| format!("this test cannot be started again: {error}"))?;
    child.env(CHILD, bench.subject.type_name()).env_remove("NO_PROXY").env_remove("no_proxy");
    // CGI programs are told the client's `Proxy` header this way; some libraries ignore HTTP_PROXY then.
    child.env_remove("REQUEST_METHOD");
    for variable in VARIABLES {
        child.env(variable, format!("http://{}", proxy.address()));
    }
    let output = child.output().map_err(|error| format!("this test cannot be started again: {error}"))?;
    let seen = proxy.finish();

    let printed = String::from_utf8_lossy(&output.stdout);
    let result =
        printed.lines().find_map(|line| line.split_once(RESULT)).map(|(_, result)| result.to_owned());
    match result.as_deref() {
        Some("") => {}
        Some(problem) => return Err(problem.to_owned()),
        None => return Err(format!("the child ended without a result; it printed: {printed}")),
    }
    ensure(seen.iter().all(|seen| !shows_a_secret(seen)), || {
        "the proxy saw a request in the clear".to_owned()
    })?;
    let loopback =
        seen.iter().any(|seen| ["127.0.0.1", "localhost", "[::1]"].iter().any(|host| seen.contains(host)));
    ensure(!loopback, || "the proxy was asked for a loopback address".to_owned())
}

/// In a child of the check: makes the calls, prints the result and ends the process. `true` in a child that was started
/// for another transport, which has nothing to do here; `false` in any other process.
pub(crate) fn is_for_another(subject: &dyn Subject) -> bool {
    let Ok(name) = env::var(CHILD) else { return false };
    if name == subject.type_name() {
        let problem = calls(subject).err().unwrap_or_default();
        // Not `println!`: test harnesses keep what it prints.
        let _ = writeln!(io::stdout(), "\n{RESULT}{}", problem.replace('\n', " "));
        process::exit(0);
    }
    true
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
