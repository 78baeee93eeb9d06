//! Accounts are connected, looked at and disconnected.

use std::time::Duration;

use http::StatusCode;
use your_moms_sandbox::{Call, Fault, Moment};

use crate::person::Person as _;
use crate::world::World;
use your_moms_browser_tests::fits;
use your_moms_browser_tests::{Outcome, same};

pub(super) async fn connect(world: &mut World) -> Outcome {
    let (web, _worker) = (world.serve()?, world.work()?);
    let anna = world.browser().await?;
    anna.sign_up(&web.url, "anna").await?;
    anna.connect("instagram").await?;
    anna.gone("[data-progress]").await?;
    anna.open_account(&web.url).await?;
    anna.shows("First light over the harbour").await?;
    same("instances", world.instances(), 1)?;
    same("creations sent", world.calls(Call::CreateInstance), 1)?;
    let kept = "SELECT COUNT(*) FROM accounts WHERE sealed LIKE '%sandbox-%'";
    same("tokens in clear text", world.database.number(kept).await?, 0)
}

/// All of it on a screen as narrow as a telephone's, where every button can be reached.
pub(super) async fn phone(world: &mut World) -> Outcome {
    let (web, _worker) = (world.serve()?, world.work()?);
    let anna = world.browser().await?;
    anna.resize(360, 740).await?;
    anna.sign_up(&web.url, "anna with a name that is as long as a name can be, 64 characters").await?;
    fits(&anna, "no account").await?;
    anna.connect("dropbox").await?;
    fits(&anna, "accounts").await?;
    anna.open_account(&web.url).await?;
    anna.fill("#name", &"Donaudampfschifffahrtsgesellschaft".repeat(2)).await?;
    anna.click("#rename").await?;
    anna.shows("DonaudampfschifffahrtsgesellschaftDonau").await?;
    fits(&anna, "account").await?;
    anna.click("#disconnect").await?;
    anna.gone("[data-account]").await?;
    same("instances", world.instances(), 0)
}

/// Both are at the provider at the same time; what one of them withdraws there, the other does not notice.
pub(super) async fn two_users(world: &mut World) -> Outcome {
    let (web, _worker) = (world.serve()?, world.work()?);
    let (anna, ben) = (world.browser().await?, world.browser().await?);
    anna.sign_up(&web.url, "anna").await?;
    ben.sign_up(&web.url, "ben").await?;
    anna.ask_for("instagram").await?;
    ben.ask_for("instagram").await?;
    ben.allow().await?;
    anna.allow().await?;
    let accounts = [(&anna, "of Anna"), (&ben, "of Ben")];
    for (browser, name) in accounts {
        browser.find("[data-account]").await?;
        same("accounts in the list", browser.count("[data-account]").await?, 1)?;
        browser.open_account(&web.url).await?;
        browser.fill("#name", name).await?;
        browser.click("#rename").await?;
        browser.shows(name).await?;
    }
    let instances = world.sandbox.sandbox().instances();
    let mut names: Vec<_> = instances.iter().map(|instance| instance.name.as_str()).collect();
    names.sort_unstable();
    same("instances", names, ["of Anna", "of Ben"])?;

    let of_ben = instances.iter().find(|instance| instance.name == "of Ben").ok_or("Ben has an instance")?;
    world.sandbox.sandbox().revoke(of_ben.id);
    ben.open_account(&web.url).await?;
    ben.find("[data-status=expired]").await?;
    anna.open_account(&web.url).await?;
    anna.shows("First light over the harbour").await?;

    // Another user's account is not there at all.
    let own = anna.url().await?;
    ben.go(own.as_str()).await?;
    ben.find("[data-error=not-found]").await.map(drop)
}

pub(super) async fn reconnect(world: &mut World) -> Outcome {
    let (web, _worker) = (world.serve()?, world.work()?);
    let anna = world.browser().await?;
    anna.sign_up(&web.url, "anna").await?;
    anna.connect("instagram").await?;
    let first = anna.open_account(&web.url).await?;
    anna.click("#disconnect").await?;
    anna.gone("[data-account]").await?;
    same("instances after disconnecting", world.instances(), 0)?;
    anna.connect("instagram").await?;
    let second = anna.open_account(&web.url).await?;
    anna.shows("First light over the harbour").await?;
    same("instances", world.instances(), 1)?;
    same("the same account", first == second, false)
}

pub(super) async fn keep_house(world: &mut World) -> Outcome {
    let (web, _worker) = (world.serve()?, world.work()?);
    let anna = world.browser().await?;
    anna.sign_up(&web.url, "anna").await?;
    anna.connect("instagram").await?;
    let id = anna.open_account(&web.url).await?;
    anna.fill("#name", "Trains <&> harbours").await?;
    anna.click("#rename").await?;
    anna.shows("Trains <&> harbours").await?;
    anna.click("#disable").await?;
    anna.find("[data-status=disabled]").await?;
    anna.click("#enable").await?;
    anna.find("[data-status=connected]").await?;
    anna.shows("Platform 9, running late").await?;

    let instance = world.sandbox.sandbox().instances().first().map(|instance| instance.id);
    let instance = instance.ok_or("there is an instance")?;
    world.sandbox.sandbox().revoke(instance);
    anna.open_account(&web.url).await?;
    anna.find("[data-status=expired]").await?;
    anna.click("#reauthorize").await?;
    anna.allow().await?;
    anna.find("#connect-instagram").await?;
    anna.gone("[data-progress]").await?;
    same("the same account", anna.open_account(&web.url).await?, id)?;
    anna.find("[data-status=connected]").await?;
    anna.shows("Platform 9, running late").await?;
    same("instances", world.instances(), 1)?;

    anna.click("#sign-out").await?;
    anna.find("#sign-in").await?;
    anna.sign_in(&web.url, "anna").await?;
    anna.find("[data-account]").await.map(drop)
}

/// The same account at the provider.
pub(super) async fn twice(world: &mut World) -> Outcome {
    let (web, _worker) = (world.serve()?, world.work()?);
    let anna = world.browser().await?;
    anna.sign_up(&web.url, "anna").await?;
    anna.connect("instagram").await?;
    anna.ask_for("instagram").await?;
    anna.allow().await?;
    anna.find("[data-account] ~ [data-account]").await?;
    anna.find("[data-duplicate]").await?;
    same("instances", world.instances(), 2)?;
    anna.click("[data-duplicate] button").await?;
    anna.gone("[data-duplicate]").await?;
    same("accounts", anna.count("[data-account]").await?, 1)?;
    same("instances", world.instances(), 1)
}

/// A response that is lost costs nothing; a refusal says what to do.
pub(super) async fn mishaps(world: &mut World) -> Outcome {
    let (web, _worker) = (world.serve()?, world.work()?);
    let anna = world.browser().await?;
    anna.sign_up(&web.url, "anna").await?;
    world.sandbox.sandbox().fail_next(Call::CreateInstance, Fault::Reset(Moment::After));
    anna.connect("instagram").await?;
    same("instances", world.instances(), 1)?;
    same("creations sent", world.calls(Call::CreateInstance), 1)?;

    let busy =
        Fault::Status { status: StatusCode::SERVICE_UNAVAILABLE, retry_after: Some(Duration::from_hours(1)) };
    world.sandbox.sandbox().fail_next(Call::OauthUrl, busy);
    anna.click("#connect-dropbox").await?;
    anna.find("[data-error=unavailable]").await?;
    anna.find("[data-request-id]").await?;
    anna.find("[data-platform-request-id]").await?;

    anna.go(&format!("{}/accounts", web.url)).await?;
    let refused = Fault::Status { status: StatusCode::BAD_REQUEST, retry_after: None };
    world.sandbox.sandbox().fail_next(Call::CreateInstance, refused);
    anna.ask_for("dropbox").await?;
    anna.allow().await?;
    anna.find("[data-error=refused]").await?;
    same("instances", world.instances(), 1)
}

/// The tab is closed while the account is on its way.
pub(super) async fn closed(world: &mut World) -> Outcome {
    let (web, _worker) = (world.serve()?, world.work()?);
    let anna = world.browser().await?;
    anna.sign_up(&web.url, "anna").await?;
    anna.ask_for("dropbox").await?;
    world.sandbox.sandbox().fail_next(Call::CreateInstance, Fault::Delay(Duration::from_millis(700)));
    anna.allow().await?;
    anna.find("[data-progress]").await?;
    anna.go("about:blank").await?;
    world.received(Call::CreateInstance, 1).await?;
    anna.go(&format!("{}/accounts", web.url)).await?;
    anna.find("[data-account]").await?;
    same("instances", world.instances(), 1)
}
