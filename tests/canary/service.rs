//! What the sandbox shows of itself: its journal, the pages of its inspector, its control API, and its consent pages.

use std::collections::HashSet;
use std::time::SystemTime;

use http::Request;
use your_moms_core::Authorize;

use crate::app::{App, entropy};

pub(crate) fn look_at(app: &App) {
    let sandbox = app.sandbox.sandbox();
    let mut scene = app.scene.lock().unwrap();
    scene.text("sandbox's Debug", format!("{sandbox:?} {sandbox:#?} {:?}", app.sandbox));
    scene.text("sandbox's Debug", format!("{:?} {:?}", sandbox.instances(), sandbox.credentials()));
    for record in sandbox.journal() {
        scene.text("journal", format!("{record} {record:?} {record:#?}"));
        scene.text("journal", record.request.to_string());
        scene.text("journal", record.response.as_ref().map(ToString::to_string).unwrap_or_default());
    }
    let host = sandbox.origin().trim_start_matches("http://").to_owned();
    // One of each kind: there are hundreds.
    let mut kinds = HashSet::new();
    let records = sandbox.journal().iter();
    let records = records.filter(|record| kinds.insert((record.call, record.status, record.fault.clone())));
    let pages = records
        .map(|record| record.number)
        .flat_map(|number| [format!("/inspector/journal/{number}"), format!("/_sandbox/journal/{number}")]);
    let pages: Vec<_> = pages.collect();
    drop((sandbox, scene));
    let others = [
        "/",
        "/inspector/journal",
        "/inspector/instances",
        "/inspector/controls",
        "/_sandbox",
        "/_sandbox/connectors",
        "/_sandbox/instances",
    ];
    let others = others.iter().chain(&["/_sandbox/journal", "/_sandbox/faults"]).map(ToString::to_string);
    for path in others.chain(pages).chain(["instagram", "etsy"].map(|connector| consent_page(app, connector)))
    {
        let request = Request::get(&path).header("host", &host).body(&b""[..]).unwrap();
        let response = app.sandbox.sandbox().handle(&request, SystemTime::now());
        assert_eq!(response.status(), 200, "{path}");
        let channel = match path.split('/').collect::<Vec<_>>().as_slice() {
            ["", "_sandbox", "journal", _] => "control API /_sandbox/journal/{number}".to_owned(),
            ["", "inspector", "journal", _] => "inspector /journal/{number}".to_owned(),
            ["", "provider", ..] => "consent page".to_owned(),
            ["", "_sandbox", ..] => format!("control API {path}"),
            _ => format!("inspector {path}").replace("/inspector", ""),
        };
        app.scene.lock().unwrap().text(channel, response.into_body());
    }
}

/// Where a provider asks the user, without the host.
fn consent_page(app: &App, connector: &str) -> String {
    let (platform, policy) = (app.helper.platform(), app.helper.policy());
    let registration = app.registration(connector);
    let machine = Authorize::new(&registration, platform, policy, entropy(), SystemTime::now());
    let (url, _) = app.helper.run(machine).unwrap();
    let mut scene = app.scene.lock().unwrap();
    scene.harvest_url(url.expose());
    let (_, path) = url.expose().split_once("://").and_then(|(_, rest)| rest.split_once('/')).unwrap();
    format!("/{path}")
}
