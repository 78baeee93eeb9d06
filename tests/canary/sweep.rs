//! Every operation, through every fault, over every adapter.

use std::collections::BTreeSet;
use std::time::Duration;

use your_moms_core::RetryPolicy;
use your_moms_sandbox::{Fault, Times};

use crate::acts::{self, ACTS};
use crate::app::App;
use crate::watch::Watch;
use crate::ways::{WAYS, Way};
use crate::{capture, service};

/// Waits are not waited for, and the search for a creation looks twice.
pub(crate) const POLICY: RetryPolicy = RetryPolicy {
    tries: 2,
    base: Duration::from_millis(1),
    cap: Duration::from_secs(20),
    search: Duration::from_secs(1),
    deadline: Duration::MAX,
};

/// What every scene has, and what only some have.
pub(crate) const KINDS: [&str; 14] = [
    "user secret",
    "organization secret",
    "client secret",
    "state",
    "code",
    "request token",
    "request token secret",
    "verifier",
    "instance token",
    "password",
    "provider token",
    "unknown member",
    "caller's own value",
    "unknown parameter",
];

pub(crate) fn run(watch: &mut Watch) -> String {
    let names = acts::names();
    let mut calls = 0;
    for way in WAYS {
        let prepared = way.prepared();
        for (form, _) in std::iter::once(("", "")).chain(Fault::FORMS) {
            let fault: Option<Fault> = (!form.is_empty()).then(|| form.parse().unwrap());
            let is_slow =
                ["delay", "drip", "late"].iter().any(|word| form.contains(word)) && form != "shows-late-2";
            let (server, sandbox, carrier) = prepared.open(7, is_slow);
            let policy = if is_slow { RetryPolicy::NEVER } else { POLICY };
            let app = App::new(&carrier, policy, sandbox, true);
            // Once, so that what follows succeeds, and always, so that it ends.
            for times in [Times::Once, Times::Always] {
                for act in &ACTS {
                    let armed = fault.map(|fault| app.sandbox.sandbox().arm(act.meets, fault, times));
                    (act.run)(&app);
                    if let Some(id) = armed {
                        app.sandbox.sandbox().disarm(id);
                    }
                }
                if is_slow || fault.is_none() {
                    break;
                }
            }
            drop(server);
            let sent: Vec<_> = std::mem::take(&mut *app.sent.lock().unwrap());
            calls += sent.len();
            let sent: BTreeSet<_> = sent.into_iter().map(str::to_owned).collect();
            assert_eq!(sent, names, "operations without a canary, {way:?}, {form}");
            // The sandbox cannot tell who asks.
            if way == Way::Reqwest {
                service::look_at(&app);
            }
            let mut scene = std::mem::take(&mut *app.scene.lock().unwrap());
            scene.texts.extend(capture::taken());
            watch.look(scene);
        }
    }
    format!(
        "{} operations in {} acts, {} faults, {} ways, {calls} requests",
        names.len(),
        ACTS.len(),
        Fault::FORMS.len(),
        WAYS.len()
    )
}
