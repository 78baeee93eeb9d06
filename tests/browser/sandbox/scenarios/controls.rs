//! The inspector's buttons, and what they do to an application.

use your_moms_browser_tests::{Browser, Outcome, same};

use crate::world::{STATE, World, back, parameter};

const CONTROLS: &str = "/inspector/controls";

pub(super) async fn faults(world: &mut World) -> Outcome {
    let anna = world.browser().await?;
    anna.go(&world.at(CONTROLS)).await?;
    anna.shows("None is armed.").await?;
    anna.click("button[value='create=status-503']").await?;
    anna.find(".armed li").await?;
    let (status, _) = world.api().call("POST", "/instances", Some(&serde_json::json!({}))).await?;
    same("status", status.as_u16(), 503)?;
    let (status, _) = world.api().call("POST", "/instances", Some(&serde_json::json!({}))).await?;
    same("status after it", status.as_u16(), 400)?;
    anna.go(&world.at(CONTROLS)).await?;
    anna.shows("None is armed.").await?;

    // Any of them, and always.
    anna.click("select[name=call] option[value=list]").await?;
    anna.fill("input[name=fault]", "status-418").await?;
    anna.click("select[name=times] option[value=always]").await?;
    anna.click("form.filter button").await?;
    anna.find(".armed li").await?;
    for _ in 0..2 {
        same("status", world.list().await?, 418)?;
    }
    anna.click(".armed button").await?;
    anna.shows("None is armed.").await?;
    same("status of a list of none", world.list().await?, 404)?;

    anna.fill("input[name=fault]", "explodes").await?;
    anna.click("form.filter button").await?;
    anna.shows("This cannot be done").await?;
    anna.shows("explodes").await?;
    same("armed", world.server.sandbox().armed().len(), 0)
}

pub(super) async fn next_and_reset(world: &mut World) -> Outcome {
    let anna = world.browser().await?;
    for (button, found, value) in [("allow", "code", None), ("deny", "error", Some("access_denied"))] {
        anna.go(&world.at(CONTROLS)).await?;
        anna.click(&format!("button[value={button}]")).await?;
        decides(&anna, button).await?;
        anna.go(&world.consent_url("dropbox").await?).await?;
        let url = back(&anna).await?;
        let parameter_found = parameter(&url, found).ok_or_else(|| format!("no {found}"))?;
        same("error", value.unwrap_or(&parameter_found), parameter_found.as_str())?;
        same("state", parameter(&url, "state").as_deref(), Some(STATE))?;
    }
    // Only the next one: this page asks.
    world.ask(&anna, "dropbox").await?;
    anna.go(&world.at(CONTROLS)).await?;
    anna.click("button[value=allow]").await?;
    decides(&anna, "allow").await?;
    anna.click("button[value=ask]").await?;
    anna.shows("It asks, with an Allow and a Deny button.").await?;

    world.connect("dropbox", "office@example.org").await?;
    let secrets = world.server.sandbox().credentials().clone();
    anna.click("button[value='create=reset-after']").await?;
    anna.find(".armed li").await?;
    anna.click("button.danger").await?;
    anna.shows("None is armed.").await?;
    let sandbox = world.server.sandbox();
    same("instances", sandbox.instances().len(), 0)?;
    same("journal", sandbox.journal().len(), 0)?;
    same("user secret", &sandbox.credentials().user_secret, &secrets.user_secret)
}

async fn decides(browser: &Browser, button: &str) -> Outcome {
    let verb = if button == "allow" { "allows" } else { "denies" };
    browser.shows(&format!("It {verb} by itself.")).await
}
