//! Consent pages: what the buttons do, and what happens where there is none to press.

use std::time::Duration;

use your_moms_browser_tests::{Browser, Failed, Outcome, same};

use crate::api::text;
use crate::world::{STATE, World, back, parameter};

pub(super) async fn allow(world: &mut World) -> Outcome {
    let anna = world.browser().await?;
    world.ask(&anna, "instagram").await?;
    anna.allow().await?;
    let url = back(&anna).await?;
    same("state", parameter(&url, "state").as_deref(), Some(STATE))?;
    same("error", parameter(&url, "error"), None::<String>)?;
    let code = parameter(&url, "code").ok_or("no code")?;
    let instance = world.api().create("instagram", &world.application.callback(), &code).await?;
    same("name", text(&instance, "name")?, "Holiday pictures")?;
    same("visits", world.application.asked().len(), 1)
}

pub(super) async fn deny(world: &mut World) -> Outcome {
    let anna = world.browser().await?;
    world.ask(&anna, "instagram").await?;
    anna.deny().await?;
    let url = back(&anna).await?;
    same("state", parameter(&url, "state").as_deref(), Some(STATE))?;
    same("error", parameter(&url, "error").as_deref(), Some("access_denied"))?;
    same("code", parameter(&url, "code"), None::<String>)
}

/// The account chosen on the consent page is the one connected: the instance has its objects.
pub(super) async fn second_account(world: &mut World) -> Outcome {
    let anna = world.browser().await?;
    let mut found = Vec::new();
    for account in ["sandbox.traveller", "sandbox.baker"] {
        world.ask(&anna, "instagram").await?;
        anna.click(&format!("input[value='{account}']")).await?;
        anna.allow().await?;
        let code = parameter(&back(&anna).await?, "code").ok_or("no code")?;
        let instance = world.api().create("instagram", &world.application.callback(), &code).await?;
        let person = world.api().resource(&instance, "/users/self").await?;
        found.push(text(&person, "username")?);
    }
    same("user names", found, ["sandbox.traveller", "sandbox.baker"])?;
    let instances = world.server.sandbox().instances();
    let accounts: Vec<_> = instances.into_iter().map(|instance| instance.account).collect();
    same("accounts", accounts, ["sandbox.traveller", "sandbox.baker"])
}

/// Four accounts and four permissions leave room for both buttons on a small screen.
pub(super) async fn in_sight(world: &mut World) -> Outcome {
    for name in ["carla", "somebody.with.a.long.name@department.example.org"] {
        world.server.sandbox().add_provider_account(name);
    }
    let anna = world.browser().await?;
    anna.resize(800, 700).await?;
    world.ask(&anna, "instagram").await?;
    same("accounts", anna.count("input[name=account]").await?, 4)?;
    same("permissions", anna.count("main li").await?, 4)?;
    for button in ["allow", "deny"] {
        let script =
            "const it = document.querySelector(`button[value=${arguments[0]}]`).getBoundingClientRect();
            return it.top >= 0 && it.bottom <= innerHeight && it.left >= 0 && it.right <= innerWidth";
        same(button, anna.run_with(script, button).await?.as_bool(), Some(true))?;
    }
    Ok(())
}

/// Nobody is sent to an address that is not registered.
pub(super) async fn wrong_redirect(world: &mut World) -> Outcome {
    let anna = world.browser().await?;
    let elsewhere = world.application.origin.clone() + "/elsewhere";
    let url = world.api().oauth_url("instagram", &elsewhere, STATE).await?;
    anna.go(&url).await?;
    anna.shows("The redirect_uri is not one that the application has registered.").await?;
    same("buttons", anna.count("button").await?, 0)?;
    same("host", anna.url().await?.path(), "/provider/instagram/oauth/authorize")?;
    same("visits", world.application.asked(), Vec::<String>::new())
}

pub(super) async fn oauth1(world: &mut World) -> Outcome {
    let anna = world.browser().await?;
    world.ask(&anna, "etsy").await?;
    anna.shows("Allow access to your Etsy account?").await?;
    anna.allow().await?;
    let url = back(&anna).await?;
    for name in ["oauth_token", "oauth_verifier"] {
        same(name, parameter(&url, name).is_some_and(|value| value.starts_with("sandbox-")), true)?;
    }
    same("state", parameter(&url, "state").as_deref(), Some(STATE))?;
    world.ask(&anna, "etsy").await?;
    anna.deny().await?;
    let url = back(&anna).await?;
    same("verifier of a denial", parameter(&url, "oauth_verifier"), None::<String>)
}

pub(super) async fn too_late(world: &mut World) -> Outcome {
    let anna = world.browser().await?;
    world.ask(&anna, "dropbox").await?;
    world.server.sandbox().advance(Duration::from_secs(601));
    anna.allow().await?;
    refused(&anna).await?;

    // The page that was used already is gone, also where the browser still has it.
    world.ask(&anna, "dropbox").await?;
    let page = anna.attribute("input[name=page]", "value").await?.ok_or("no page")?;
    anna.allow().await?;
    back(&anna).await?;
    world.ask(&anna, "dropbox").await?;
    anna.run_with("document.querySelector('input[name=page]').value = arguments[0]", &page).await?;
    anna.allow().await?;
    refused(&anna).await?;
    same("visits", world.application.asked().len(), 1)
}

async fn refused(browser: &Browser) -> Result<(), Failed> {
    browser.shows("This page was used before, or was open for more than ten minutes.").await
}
