//! Every operation of core, and everything that a client does with them.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::time::SystemTime;

use serde::de::IgnoredAny;
use serde_json::json;
use your_moms_core::{
    Authorize, ConnectorKey, CreateInstance, CreateOnce, DeleteInstance, DisableInstance, Disconnect,
    EnableInstance, GetConnector, GetConnectorConfiguration, GetInstance, GetInstanceConfiguration,
    GetOauth1Token, GetOauthUrl, InstanceRequest, Json, ListConnectors, Operation as _, PendingAuthorization,
    Ping, Registration, Search, UpdateInstance, UpdateInstanceConfiguration,
};
use your_moms_sandbox::Call;

use crate::app::{App, OWN, PASSWORD, entropy};

/// What somebody else's page sends a browser with.
const FORGED: &str = "canary-4dGo8Ni2QxB6mKr9We";

/// One thing that an application does, and the call of the platform that a fault is armed for.
pub(crate) struct Act {
    pub(crate) meets: Call,
    pub(crate) run: fn(&App),
}

/// In an order in which each finds what it needs.
pub(crate) const ACTS: [Act; 26] = [
    Act { meets: Call::OauthUrl, run: |app| authorize(app, &app.registration("instagram")) },
    Act {
        meets: Call::OauthUrl,
        run: |app| authorize(app, &app.registration("dropbox").in_body().with_authorization()),
    },
    Act {
        meets: Call::OauthUrl,
        run: |app| authorize(app, &App::with_parameter(app.registration("instagram"))),
    },
    Act { meets: Call::OauthUrl, run: get_oauth_url },
    Act { meets: Call::Oauth1Token, run: |app| authorize(app, &app.registration("etsy")) },
    Act { meets: Call::Oauth1Token, run: get_oauth1_token },
    Act { meets: Call::CreateInstance, run: |app| create(app, &app.creation("instagram")) },
    Act { meets: Call::CreateInstance, run: |app| create(app, &app.creation("etsy")) },
    Act { meets: Call::CreateInstance, run: create_with_password },
    Act { meets: Call::ListInstances, run: recover },
    Act { meets: Call::ListInstances, run: list },
    Act { meets: Call::GetInstance, run: |app| call(app, &GetInstance::new(&app.instance)) },
    Act { meets: Call::GetInstance, run: |app| call(app, &GetInstance::new(app.instance.token())) },
    Act { meets: Call::UpdateInstance, run: update },
    Act { meets: Call::UpdateInstance, run: reauthorize },
    Act { meets: Call::DisableInstance, run: |app| call(app, &DisableInstance::new(app.instance.token())) },
    Act { meets: Call::EnableInstance, run: |app| call(app, &EnableInstance::new(app.instance.token())) },
    Act {
        meets: Call::InstanceConfiguration,
        run: |app| call(app, &GetInstanceConfiguration::new(app.instance.token())),
    },
    Act { meets: Call::UpdateInstanceConfiguration, run: configure },
    Act { meets: Call::Catalogue, run: |app| call(app, &ListConnectors::new()) },
    Act { meets: Call::Connector, run: |app| call(app, &GetConnector::new(key("instagram"))) },
    Act {
        meets: Call::Configuration,
        run: |app| call(app, &GetConnectorConfiguration::new(key("servicenow"))),
    },
    Act { meets: Call::Ping, run: |app| call(app, &Ping::new(app.instance.token())) },
    Act { meets: Call::Resource, run: requests },
    Act {
        meets: Call::DeleteInstance,
        run: |app| call(app, &DeleteInstance::new(app.other_instance().token())),
    },
    Act { meets: Call::DeleteInstance, run: disconnect },
];

/// The names of all operations, from the source of core: one that is new and not above is missed.
pub(crate) fn names() -> BTreeSet<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates/core/src/operations");
    let name_of = |path: &Path| {
        let text = fs::read_to_string(path).unwrap();
        let mut lines = text.lines().map(str::trim);
        let name =
            lines.find_map(|line| line.strip_prefix("const NAME: &'static str = \"")?.strip_suffix("\";"))?;
        Some(name.to_owned())
    };
    let names: BTreeSet<_> =
        fs::read_dir(folder).unwrap().filter_map(|entry| name_of(&entry.unwrap().path())).collect();
    assert!(names.len() >= 16, "{names:?}");
    names
}

fn key(key: &str) -> ConnectorKey {
    ConnectorKey::new(key).unwrap()
}

fn call<O: your_moms_core::Operation<Output: std::fmt::Debug> + std::fmt::Debug>(app: &App, operation: &O) {
    app.prints(operation, &app.caller.call(operation));
}

fn authorize(app: &App, registration: &Registration) {
    let (platform, policy) = (app.caller.platform(), app.caller.policy());
    let machine = Authorize::new(registration, platform, policy, entropy(), SystemTime::now());
    let result = app.caller.run(machine);
    app.prints(registration, &result);
    let Ok((url, pending)) = result else { return };
    app.scene.lock().unwrap().harvest_url(url.expose());
    // The user says no; what comes back is no redirect of theirs; or it is too late.
    let denied = app.sandbox.deny(url.expose()).unwrap();
    let copy =
        || serde_json::from_value::<PendingAuthorization>(serde_json::to_value(&pending).unwrap()).unwrap();
    let later = SystemTime::now() + std::time::Duration::from_secs(601);
    let foreign = format!("/callback?code={FORGED}&state={FORGED}&error={FORGED}&error_description={FORGED}");
    app.scene.lock().unwrap().harvest_url(&foreign);
    for (redirect, now) in [(&denied, SystemTime::now()), (&denied, later), (&foreign, SystemTime::now())] {
        app.error(&copy().verify(redirect, now).unwrap_err());
    }
}

fn get_oauth_url(app: &App) {
    let registration = app.registration("instagram");
    let (get, pending) =
        PendingAuthorization::start(app.caller.platform(), &registration, entropy(), SystemTime::now());
    app.shows("value", &pending);
    let get: GetOauthUrl = get;
    let result = app.caller.call(&get);
    app.prints(&get, &result);
    if let Ok(url) = result {
        match url.check(&get, app.caller.platform()) {
            Ok(url) => app.shows("value", &url),
            Err(error) => app.error(&error),
        }
    }
}

fn get_oauth1_token(app: &App) {
    let registration = app.registration("etsy");
    let get = GetOauth1Token::new(&registration);
    let result = app.caller.call(&get);
    app.prints(&get, &result);
    if let Ok(token) = result {
        let (get, pending) =
            PendingAuthorization::start(app.caller.platform(), &registration, entropy(), SystemTime::now());
        app.prints(&pending.with_request_token(&token), &app.caller.call(&get.request_token(&token)));
    }
}

fn create(app: &App, create: &CreateInstance) {
    for _ in 0..2 {
        let machine = CreateOnce::new(create, app.caller.platform(), app.caller.policy());
        app.prints(create, &app.caller.run(machine));
    }
}

fn create_with_password(app: &App) {
    let new = CreateInstance::new(key("servicenow"), your_moms_core::Marker::new(entropy()));
    let new = new
        .configuration("username", "someone")
        .configuration("password", PASSWORD)
        .field("appointment", Json::new(&OWN).unwrap())
        .header("x-appointment", OWN);
    create(app, &new);
    app.error(
        &new.configuration("oauth.user.token", format!("<{PASSWORD}>"))
            .request(app.caller.platform())
            .unwrap_err(),
    );
}

fn recover(app: &App) {
    let record = app.creation("instagram").record();
    let found = app.caller.run(Search::new(&record, app.caller.platform(), app.caller.policy()));
    app.prints(&record, &found);
}

fn list(app: &App) {
    let listed: Result<Vec<_>, _> = app.caller.listed().into_iter().collect();
    app.prints(&app.caller.shown(), &listed);
}

fn update(app: &App) {
    call(app, &UpdateInstance::new(&app.instance).name("Holiday").tags(&app.instance, ["team"]));
}

fn reauthorize(app: &App) {
    let registration = app.registration("instagram");
    call(app, &app.authorized(&registration).reauthorize(&app.instance, &registration).unwrap());
}

fn configure(app: &App) {
    app.secret("password", PASSWORD);
    call(app, &UpdateInstanceConfiguration::new(&app.instance, "password", PASSWORD));
}

fn requests(app: &App) {
    let token = app.instance.token();
    call(app, &InstanceRequest::get("/hubs/social/media", token).query("appointment", OWN));
    call(app, &InstanceRequest::get("/hubs/social/media", token).page::<IgnoredAny>());
    call(app, &InstanceRequest::get("/hubs/social/media", token).json::<u64>());
    let post = InstanceRequest::post("/hubs/social/media", token).json_body(&json!({ "appointment": OWN }));
    call(app, &post.header("x-appointment", OWN));
    call(app, &InstanceRequest::post("/hubs/social/media", token).body("text/csv", OWN));
    call(app, &Ping::new(token).with_header("x-appointment", OWN));
    let wrong =
        InstanceRequest::get(format!("/hubs/../x?{OWN}"), token).header("x-other", &format!("{OWN}\n"));
    call(app, &wrong);
}

fn disconnect(app: &App) {
    let instance = app.other_instance();
    app.prints(
        &instance,
        &app.caller.run(Disconnect::new(&instance, app.caller.platform(), app.caller.policy())),
    );
}
