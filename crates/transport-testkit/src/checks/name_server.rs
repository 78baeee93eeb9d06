//! The limit on connecting covers name resolution.
//!
//! Only a name server that stays silent shows it, and which one is asked is a matter of the whole machine. So this check has
//! its calls made in a process with a network of its own, where the kit can be the name server.

use std::process::Command;
use std::time::Duration;

use http::Method;
use your_moms_core::{Delivery, TransportErrorKind};

use super::{Bench, Check};
use crate::certificates::PROXIED_HOST;
use crate::fault::{Fault, Scene};
use crate::finding::Finding;
use crate::name_server::NameServer;
use crate::namespace;
use crate::request::secret_request;
use crate::rerun::Rerun;
use crate::server::Server;
use crate::subject::Subject;

pub(super) const HANGS: Check = Check {
    name: DNS_HANGS.name,
    reason: "the system's resolver waits much longer for a silent name server than a caller expects a call to take, and \
             blocks its thread meanwhile; what ends while connecting is known not to have been sent, and is safe to repeat",
    fix: "let `limits.connect` begin before name resolution. Where the resolver blocks, run it on another thread, and do not \
          wait for that thread when the time is up",
    run: dns_hangs,
};

pub(super) const RERUN: Rerun = Rerun { check: DNS_HANGS.name, calls };

const DNS_HANGS: Fault = Fault {
    name: "dns-hangs",
    deliveries: &[Delivery::NotSent],
    kinds: &[TransportErrorKind::Timeout],
    response: None,
    scene: || Scene::new(format!("http://{PROXIED_HOST}")).hasty_to_connect(),
};

/// Long after the limit on connecting, and long before that of the whole call and before resolvers ask again.
const SILENCE: Duration = Duration::from_secs(4);

fn dns_hangs(bench: &Bench<'_>) -> Result<(), String> {
    let finding = match namespace::try_one() {
        Ok(()) => RERUN.run(bench.own_test, |command: Command| namespace::within(&command)),
        Err(why) => Finding::Skipped(format!("no network of its own can be had here for a process: {why}")),
    };
    bench.settle(finding)
}

fn calls(subject: &dyn Subject) -> Finding {
    let findings = [Method::GET, Method::POST].into_iter().map(|method| call(subject, &method));
    findings.into_iter().find(|finding| !matches!(finding, Finding::Passed)).unwrap_or(Finding::Passed)
}

fn call(subject: &dyn Subject, method: &Method) -> Finding {
    let Scene { base, settings, .. } = (DNS_HANGS.scene)();
    let names = match NameServer::start(SILENCE) {
        Ok(names) => names,
        Err(error) => return Finding::Skipped(format!("the kit cannot be a name server: {error}")),
    };
    let server = Server::plain(|wire| {
        if wire.request().is_some() {
            wire.write("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n");
        }
    });
    let transport = subject.open(&settings);
    let reply = transport.call(secret_request(method, &format!("{base}:{}", server.address().port())));
    let (was_asked, has_answered) = (names.was_asked(), names.has_answered());
    names.finish();
    drop(transport);
    let observation = DNS_HANGS.judge(&reply, &server.finish());
    if has_answered {
        return Finding::Failed(format!(
            "{method} still waited when a name server responded after {SILENCE:?}, with a limit of {:?} on connecting",
            settings.limits.connect
        ));
    }
    match observation.misjudged {
        Some(what) => Finding::Failed(format!("{method} to a name that no server resolved: {what}")),
        None if was_asked => Finding::Passed,
        None => Finding::Skipped("the transport does not ask the name server of the system".to_owned()),
    }
}
