//! Every page, wide and narrow, light and dark: axe-core finds nothing serious, nothing is wider than the screen, and a
//! picture is taken.

use std::time::Duration;

use your_moms_browser_tests::{Outcome, same};
use your_moms_sandbox::{Armed, Decision};

use crate::world::{STATE, World};

pub(super) async fn inspector(world: &mut World) -> Outcome {
    let anna = world.browser().await?;
    let setting = world.setting.clone();
    let show = async |path: &str, page: &str| {
        anna.go(&world.at(path)).await?;
        anna.find("footer").await?;
        anna.run("document.querySelectorAll('details').forEach((it, index) => it.open = index < 2)").await?;
        setting.show(&anna, page).await
    };
    show("/", "start").await?;
    show("/inspector/journal?paused=yes", "journal-empty").await?;
    show("/inspector/instances", "instances-empty").await?;
    show("/inspector/controls", "controls").await?;
    show("/inspector/nowhere", "problem").await?;

    world.connect("dropbox", "office@example.org").await?;
    world.connect("instagram", "sandbox.baker").await?;
    let long = "Donaudampfschifffahrtsgesellschaft".repeat(2);
    let basic = serde_json::json!({
        "your_mom": { "key": "servicenow" },
        "configuration": { "username": "u", "password": "p" },
        "name": long,
        "tags": [long, "incidents", "a tag of several words"],
    });
    world.api().call("POST", "/instances", Some(&basic)).await?;
    world.api().call("POST", "/instances", Some(&serde_json::json!({}))).await?;
    for fault in
        ["list=status-503", "list=reset-before", "create=gateway-html-502-cut-late-2s-retry-7s-after:always"]
    {
        let Armed { call, fault, times } = fault.parse()?;
        world.server.sandbox().arm(call, fault, times);
    }
    same("a list that is refused", world.list().await?, 503)?;
    same("a list that is reset", world.list().await.is_err(), true)?;
    world.server.sandbox().decide_next(Some(Decision::Deny));
    let records: Vec<_> = world.server.sandbox().journal().iter().map(|it| (it.number, it.status)).collect();
    let reset = records.iter().find(|(_, status)| status.is_none()).ok_or("no reset")?.0;
    let creation = records.iter().rev().find(|(_, status)| status.is_some_and(|it| it == 400));
    let creation = creation.ok_or("no refused creation")?.0 - 1;
    show("/inspector/journal?paused=yes", "journal").await?;
    show("/inspector/journal?status=5xx&call=list&paused=yes", "journal-filtered").await?;
    show(&format!("/inspector/journal/{creation}"), "record").await?;
    show(&format!("/inspector/journal/{reset}"), "record-reset").await?;
    show("/inspector/instances", "instances").await?;
    show("/inspector/controls", "controls-armed").await
}

pub(super) async fn provider(world: &mut World) -> Outcome {
    let anna = world.browser().await?;
    let setting = world.setting.clone();
    world.ask(&anna, "dropbox").await?;
    setting.show(&anna, "consent").await?;
    world.server.sandbox().advance(Duration::from_secs(601));
    anna.allow().await?;
    anna.shows("This page was used before").await?;
    setting.show(&anna, "consent-expired").await?;
    world.ask(&anna, "etsy").await?;
    setting.show(&anna, "consent-oauth1").await?;
    let elsewhere = world.application.origin.clone() + "/elsewhere";
    anna.go(&world.api().oauth_url("instagram", &elsewhere, STATE).await?).await?;
    anna.find("main").await?;
    setting.show(&anna, "consent-refused").await?;
    for name in ["carla", "somebody.with.a.long.name@department.example.org"] {
        world.server.sandbox().add_provider_account(name);
    }
    world.ask(&anna, "instagram").await?;
    setting.show(&anna, "consent-four-accounts").await
}
