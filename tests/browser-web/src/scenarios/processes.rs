//! Several processes over one database, some of which die.

use std::time::Duration;

use your_moms_sandbox::{Call, Fault};

use crate::person::Person as _;
use crate::world::World;
use your_moms_browser_tests::{Outcome, same};

/// Longer than any scenario: the response does not come while this worker lives.
const FOREVER: Duration = Duration::from_mins(10);

/// The browser begins at one process and comes back to the other.
pub(super) async fn elsewhere(world: &mut World) -> Outcome {
    let second = world.serve()?;
    let first = world.serve_as(Some(&second.url))?;
    let _worker = world.work()?;
    let anna = world.browser().await?;
    anna.sign_up(&first.url, "anna").await?;
    anna.connect("instagram").await?;
    let there = anna.url().await?;
    same("the page's address", there.as_str().starts_with(&second.url), true)?;
    anna.open_account(&first.url).await?;
    anna.shows("First light over the harbour").await?;
    same("instances", world.instances(), 1)
}

/// The program without an argument: everything in one process, a sandbox among it.
pub(super) async fn alone(world: &mut World) -> Outcome {
    let web = world.alone()?;
    let anna = world.browser().await?;
    anna.sign_up(&web.url, "anna").await?;
    for service in ["instagram", "dropbox"] {
        anna.connect(service).await?;
        anna.gone("[data-progress]").await?;
    }
    same("accounts", anna.count("[data-account]").await?, 2)?;
    anna.open_account(&web.url).await?;
    anna.shows("First light over the harbour").await
}

/// Nobody works when the user comes back. What was begun waits, and a process that serves browsers may come and go.
pub(super) async fn late(world: &mut World) -> Outcome {
    let (web, anna) = (world.serve()?, world.browser().await?);
    anna.sign_up(&web.url, "anna").await?;
    anna.ask_for("instagram").await?;
    anna.allow().await?;
    anna.find("[data-progress]").await?;
    drop(web);
    let _worker = world.work()?;
    world.received(Call::CreateInstance, 1).await?;

    let web = world.serve()?;
    anna.go(&format!("{}/accounts", web.url)).await?;
    anna.find("[data-account]").await?;
    same("instances", world.instances(), 1)
}

/// SIGKILL hits the worker when the platform has made the instance and has not responded. Another one finds it.
pub(super) async fn killed(world: &mut World) -> Outcome {
    let (web, mut doomed) = (world.serve()?, world.work()?);
    let anna = world.browser().await?;
    anna.sign_up(&web.url, "anna").await?;
    world.sandbox.sandbox().fail_next(Call::CreateInstance, Fault::Delay(FOREVER));
    anna.ask_for("instagram").await?;
    anna.allow().await?;
    world.received(Call::CreateInstance, 1).await?;
    doomed.kill()?;
    anna.find("[data-progress]").await?;

    let _other = world.work()?;
    anna.find("[data-account]").await?;
    anna.gone("[data-progress]").await?;
    anna.open_account(&web.url).await?;
    anna.shows("First light over the harbour").await?;
    same("instances", world.instances(), 1)?;
    same("creations sent", world.calls(Call::CreateInstance), 1)
}

/// SIGSTOP: the job runs a second time elsewhere, and then the first worker goes on with it.
pub(super) async fn frozen(world: &mut World) -> Outcome {
    let (web, mut frozen) = (world.serve()?, world.work()?);
    let anna = world.browser().await?;
    anna.sign_up(&web.url, "anna").await?;
    world.sandbox.sandbox().fail_next(Call::CreateInstance, Fault::Delay(Duration::from_secs(2)));
    anna.ask_for("instagram").await?;
    anna.allow().await?;
    world.received(Call::CreateInstance, 1).await?;
    world.freeze(&frozen).await?;

    let mut other = world.work()?;
    anna.find("[data-account]").await?;
    frozen.thaw()?;
    // It has the platform's response, and keeps what another one has kept: the statement that ends a job's work.
    frozen.logs("DELETE FROM attempts").await?;
    anna.gone("[data-progress]").await?;
    anna.open_account(&web.url).await?;
    anna.shows("First light over the harbour").await?;

    // Both end in good order, with all they had begun.
    frozen.terminate()?;
    other.terminate()?;
    same("accounts", world.database.number("SELECT COUNT(*) FROM accounts").await?, 1)?;
    same("attempts", world.database.number("SELECT COUNT(*) FROM attempts").await?, 0)?;
    same("instances", world.instances(), 1)?;
    same("creations sent", world.calls(Call::CreateInstance), 1)
}
