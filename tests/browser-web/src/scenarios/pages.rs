//! Every page, wide and narrow, light and dark: axe-core finds nothing serious, nothing is wider than the screen, and a
//! picture is taken.

use http::StatusCode;
use your_moms_sandbox::{Call, Fault, Moment, Substitute};

use crate::person::Person as _;
use crate::world::World;
use your_moms_browser_tests::Browser;
use your_moms_browser_tests::Outcome;

pub(super) async fn look(world: &mut World) -> Outcome {
    let (web, worker) = (world.serve()?, world.work()?);
    let anna = world.browser().await?;
    let accounts = format!("{}/accounts", web.url);
    anna.go(&format!("{}/", web.url)).await?;
    anna.find("#sign-in").await?;
    show(world, &anna, "sign-in").await?;
    anna.fill("#username", "nobody").await?;
    anna.fill("#password", "nobody's password").await?;
    anna.click("#sign-in").await?;
    anna.find("[data-error]").await?;
    show(world, &anna, "sign-in-refused").await?;

    anna.sign_up(&web.url, "anna").await?;
    show(world, &anna, "accounts-empty").await?;
    anna.ask_for("instagram").await?;
    show(world, &anna, "consent").await?;
    anna.deny().await?;
    anna.find("[data-error=denied]").await?;
    show(world, &anna, "denied").await?;
    anna.go(&format!("{}/no-such-page", web.url)).await?;
    anna.find("[data-error=not-found]").await?;
    show(world, &anna, "not-found").await?;

    anna.go(&accounts).await?;
    anna.connect("instagram").await?;
    anna.gone("[data-progress]").await?;
    anna.open_account(&web.url).await?;
    show(world, &anna, "account-instagram").await?;
    anna.click("#disable").await?;
    anna.find("[data-status=disabled]").await?;
    show(world, &anna, "account-disabled").await?;
    anna.click("#enable").await?;
    anna.find("[data-status=connected]").await?;
    let busy = Fault::Status { status: StatusCode::BAD_REQUEST, retry_after: None };
    world.sandbox.sandbox().fail_next(Call::Resource, busy);
    let own = anna.url().await?;
    anna.go(own.as_str()).await?;
    anna.find("[data-error=refused]").await?;
    show(world, &anna, "account-refused").await?;

    anna.go(&accounts).await?;
    let refusal = Substitute::own(StatusCode::BAD_REQUEST);
    let fault = Fault::Instead { moment: Moment::Before, substitute: refusal };
    world.sandbox.sandbox().fail_next(Call::CreateInstance, fault);
    anna.ask_for("dropbox").await?;
    anna.allow().await?;
    anna.find("[data-attempt][data-error]").await?;
    anna.ask_for("dropbox").await?;
    anna.allow().await?;
    anna.find("[data-account] ~ [data-account]").await?;
    anna.ask_for("instagram").await?;
    anna.allow().await?;
    anna.find("[data-duplicate]").await?;

    // One that stays on its way: nobody works any more.
    drop(worker);
    anna.ask_for("instagram").await?;
    anna.allow().await?;
    anna.find("[data-progress]").await?;
    show(world, &anna, "accounts").await?;
    for (service, page) in [("Dropbox", "account-dropbox"), ("Instagram", "account-twin")] {
        anna.go(&accounts).await?;
        let find = "[...document.querySelectorAll('[data-account]')].find(it => it.innerText.includes(arguments[0]))";
        let id = anna.run_with(&format!("return {find}.dataset.account"), service).await?;
        anna.go(&format!("{accounts}/{}", id.as_str().ok_or("no such account")?)).await?;
        anna.find("#disconnect").await?;
        show(world, &anna, page).await?;
    }
    Ok(())
}

async fn show(world: &World, browser: &Browser, page: &str) -> Outcome {
    world.application.setting.show(browser, page).await
}
