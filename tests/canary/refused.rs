//! Values that core refuses, and stored forms that it cannot read back: what their errors say is searched, too.

use std::error::Error as StdError;
use std::sync::Arc;
use std::time::SystemTime;

use serde::de::DeserializeOwned;
use your_moms_core::{
    Authorize, Authorized, CallbackUrl, Credentials, Entropy, Instance, InstanceRequest, Operation as _,
    PendingAuthorization, Platform, Registration, RetryPolicy, State,
};
use your_moms_sandbox::{Sandbox, SandboxTransport};

use crate::app::{App, entropy};
use crate::caller::Carrier;
use crate::capture;
use crate::watch::Watch;

const REFUSED: &str = "canary-0yLm6Xs2RfT8uWb4Ke";
const URL: &str = "https://app.example/auth";

type Errors = Vec<Box<dyn StdError>>;

pub(crate) fn run(watch: &mut Watch) -> String {
    let sandbox = SandboxTransport::new(Sandbox::new(7));
    let carrier = Carrier::Blocking(Arc::new(sandbox.clone()));
    let app = App::new(&carrier, RetryPolicy::NEVER, sandbox, true);
    app.secret("refused value", REFUSED);
    let (values, forms) = (values(&app), forms(&app));
    values.iter().chain(&forms).for_each(|error| app.error(error.as_ref()));
    let mut scene = std::mem::take(&mut *app.scene.lock().unwrap());
    scene.texts.extend(capture::taken());
    watch.look(scene);
    format!("{} values and {} stored forms that are refused", values.len(), forms.len())
}

/// In every place that takes a secret, or in which somebody puts one.
fn values(app: &App) -> Errors {
    let platform = app.caller.platform();
    let get = |path: &str| InstanceRequest::get(path, app.instance.token());
    let in_url = format!("https://me:{REFUSED}@app.example/");
    let credentials = || Credentials::new("user", "organization").unwrap();
    let registration = |secret: &str| Registration::new("instagram", "key", secret, URL);
    vec![
        refused(Platform::new(&in_url, credentials())),
        refused(Platform::new(REFUSED, credentials())),
        refused(CallbackUrl::new(in_url)),
        refused(Credentials::new(format!("{REFUSED},"), "organization")),
        refused(Credentials::new("user", format!("<{REFUSED}>"))),
        refused(registration(&format!("{REFUSED}\n"))),
        refused(State::new(format!("{REFUSED} {REFUSED}"))),
        refused(Entropy::from_bytes(REFUSED.as_bytes())),
        refused(get(&format!("/hubs?token={REFUSED}")).request(platform)),
        refused(get("/hubs").header("x-token", &format!("{REFUSED}\n")).request(platform)),
        refused(get("/hubs").query("token", format!("<{REFUSED}>")).header("a b", REFUSED).request(platform)),
        refused(app.creation("instagram").provider_data("code", format!("<{REFUSED}>")).request(platform)),
    ]
}

/// What an application has stored, and then cut.
fn forms(app: &App) -> Errors {
    let etsy = app.registration("etsy");
    let (platform, policy) = (app.caller.platform(), app.caller.policy());
    let machine = Authorize::new(&etsy, platform, policy, entropy(), SystemTime::now());
    let (_, pending) = app.caller.run(machine).unwrap();
    let authorized = app.authorized(&app.registration("instagram"));
    [
        unreadable::<PendingAuthorization>(&serde_json::to_string(&pending).unwrap()),
        unreadable::<Authorized>(&serde_json::to_string(&authorized.expose()).unwrap()),
        unreadable::<Instance>(&serde_json::to_string(&app.instance.expose()).unwrap()),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn unreadable<T: DeserializeOwned>(form: &str) -> Errors {
    // Put into JSON twice, it is one text.
    let twice = serde_json::Value::from(form).to_string();
    let ends = (1..form.len()).filter_map(|end| form.get(..end));
    ends.chain([twice.as_str()]).map(|form| refused(serde_json::from_str::<T>(form))).collect()
}

fn refused<T, E: StdError + 'static>(result: Result<T, E>) -> Box<dyn StdError> {
    Box::new(result.err().unwrap())
}
