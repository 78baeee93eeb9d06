//! A proxy that the environment names.

use std::net::SocketAddr;
use std::process::Command;

use http::Method;

use super::{Bench, Check, ensure, expect_status, settings};
use crate::certificates;
use crate::finding::Finding;
use crate::request::{secret_request, shows_a_secret};
use crate::rerun::Rerun;
use crate::server::Server;
use crate::subject::Subject;
use crate::wire::Wire;

pub(super) const PROXY: Check = Check {
    name: "environment-proxy",
    reason: "libraries send every request through HTTP_PROXY or ALL_PROXY, those to this machine and those in the clear as well",
    fix: "use a proxy from the environment for https only, as a tunnel, and never for loopback",
    run: environment_proxy,
};

pub(super) const RERUN: Rerun = Rerun { check: PROXY.name, calls };

const VARIABLES: [&str; 6] =
    ["HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"];

fn environment_proxy(bench: &Bench<'_>) -> Result<(), String> {
    // Whatever is asked of it, it takes, and waits for what comes through.
    let proxy = Server::plain(|wire| {
        if wire.request().is_some() && wire.write("HTTP/1.1 200 OK\r\n\r\n") {
            wire.hold();
        }
    });
    let address = proxy.address();
    let finding = RERUN.run(bench.own_test, |command| prepare(command, address));
    let seen = proxy.finish();
    bench.settle(finding)?;
    ensure(seen.iter().all(|seen| !shows_a_secret(seen)), || {
        "the proxy saw a request in the clear".to_owned()
    })?;
    let loopback =
        seen.iter().any(|seen| ["127.0.0.1", "localhost", "[::1]"].iter().any(|host| seen.contains(host)));
    ensure(!loopback, || "the proxy was asked for a loopback address".to_owned())
}

fn prepare(mut command: Command, proxy: SocketAddr) -> Command {
    command.env_remove("NO_PROXY").env_remove("no_proxy");
    // CGI programs are told the client's `Proxy` header this way; some libraries ignore HTTP_PROXY then.
    command.env_remove("REQUEST_METHOD");
    command.envs(VARIABLES.map(|variable| (variable, format!("http://{proxy}"))));
    command
}

fn calls(subject: &dyn Subject) -> Finding {
    try_calls(subject).map_err(|problem| format!("with a proxy in the environment: {problem}")).into()
}

fn try_calls(subject: &dyn Subject) -> Result<(), String> {
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
