//! Redirects that bring nothing, come again, or come late.

use your_moms_sandbox::Call;

use crate::person::Person as _;
use crate::world::World;
use your_moms_browser_tests::{Outcome, same};

pub(super) async fn deny(world: &mut World) -> Outcome {
    let (web, _worker) = (world.serve()?, world.work()?);
    let anna = world.browser().await?;
    anna.sign_up(&web.url, "anna").await?;
    for service in ["instagram", "dropbox"] {
        anna.go(&format!("{}/accounts", web.url)).await?;
        anna.ask_for(service).await?;
        anna.deny().await?;
        anna.find("[data-error=denied]").await?;
    }
    same("creations sent", world.calls(Call::CreateInstance), 0)?;
    same("pending", world.database.number("SELECT COUNT(*) FROM pending").await?, 0)
}

/// The redirect comes a second time, in the same browser and in another user's.
pub(super) async fn replay(world: &mut World) -> Outcome {
    let (web, worker) = (world.serve()?, world.work()?);
    let (anna, mallory) = (world.browser().await?, world.browser().await?);
    anna.sign_up(&web.url, "anna").await?;
    mallory.sign_up(&web.url, "mallory").await?;
    anna.ask_for("instagram").await?;
    let page = anna.url().await?;
    let redirect = world.sandbox.transport().allow(page.as_str())?;

    mallory.go(&redirect).await?;
    mallory.find("[data-error=state-mismatch]").await?;
    anna.go(&redirect).await?;
    anna.find("[data-account]").await?;
    anna.go(&redirect).await?;
    anna.find("[data-error=state-mismatch]").await?;
    mallory.go(&format!("{}/accounts", web.url)).await?;
    mallory.find("#connect-instagram").await?;
    same("accounts of another", mallory.count("[data-account]").await?, 0)?;
    drop(worker);
    same("instances", world.instances(), 1)?;
    same("creations sent", world.calls(Call::CreateInstance), 1)
}

/// The session ends while its user is at the provider.
pub(super) async fn expired(world: &mut World) -> Outcome {
    let (web, _worker) = (world.serve()?, world.work()?);
    let anna = world.browser().await?;
    anna.sign_up(&web.url, "anna").await?;
    anna.ask_for("instagram").await?;
    world.database.execute("UPDATE sessions SET expires_at = 1").await?;
    anna.allow().await?;
    anna.find("[data-error=signed-out]").await?;
    same("creations sent", world.calls(Call::CreateInstance), 0)?;
    anna.sign_in(&web.url, "anna").await?;
    anna.connect("instagram").await?;
    same("instances", world.instances(), 1)
}
