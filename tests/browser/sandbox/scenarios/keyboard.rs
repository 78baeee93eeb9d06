//! Everything without a mouse.

use your_moms_browser_tests::{Browser, Outcome, same};

use crate::api::text;
use crate::world::{World, back, parameter};

const TAB: &str = "\u{E004}";
const ENTER: &str = "\u{E007}";
const SPACE: &str = " ";
const DOWN: &str = "\u{E015}";

/// Numbers what Tab is to reach: of radio buttons of one name, the checked one.
const NUMBER: &str = "
    const all = [...document.querySelectorAll('a[href], button, input, select, summary, [tabindex=\"0\"]')];
    const wanted = all.filter(it => it.type !== 'hidden' && !it.disabled && it.checkVisibility()
        && (it.type !== 'radio' || it.checked));
    wanted.forEach((it, index) => it.dataset.number = index);
    return wanted.length";

/// The number of what has the focus, and whether that can be seen: on itself, or on the label around it.
const FOCUSED: &str = "
    const it = document.activeElement;
    const shows = it => it && getComputedStyle(it).outlineStyle !== 'none'
        && parseFloat(getComputedStyle(it).outlineWidth) >= 2;
    return `${it.dataset.number} ${it.matches(':focus-visible') && (shows(it) || shows(it.closest('label')))}`";

pub(super) async fn reaches_everything(world: &mut World) -> Outcome {
    world.connect("dropbox", "office@example.org").await?;
    world.server.sandbox().decide_next(None);
    world.list().await?;
    let fault = "list=status-503".parse::<your_moms_sandbox::Armed>()?;
    world.server.sandbox().arm(fault.call, fault.fault, fault.times);
    let newest = world.server.sandbox().journal().last().map(|record| record.number).unwrap_or_default();
    let anna = world.browser().await?;
    for path in [
        "/",
        "/inspector/journal?paused=yes",
        &format!("/inspector/journal/{}", newest - 1),
        "/inspector/instances",
        "/inspector/controls",
        "/inspector/nowhere",
    ] {
        anna.go(&world.at(path)).await?;
        anna.find("footer").await?;
        tab_through(&anna, path).await?;
    }
    for key in ["instagram", "etsy"] {
        world.ask(&anna, key).await?;
        tab_through(&anna, key).await?;
    }
    Ok(())
}

async fn tab_through(browser: &Browser, page: &str) -> Outcome {
    let wanted = browser.run(NUMBER).await?.as_u64().ok_or("no number")?;
    let mut reached = Vec::new();
    for _ in 0..wanted {
        browser.press(TAB).await?;
        reached.push(browser.run(FOCUSED).await?.as_str().unwrap_or_default().to_owned());
    }
    let expected: Vec<_> = (0..wanted).map(|number| format!("{number} true")).collect();
    same(page, reached, expected)
}

/// Enter on a choice decides nothing; on a button it presses that one.
pub(super) async fn enter(world: &mut World) -> Outcome {
    let anna = world.browser().await?;
    world.ask(&anna, "instagram").await?;
    anna.press(TAB).await?;
    anna.press(DOWN).await?;
    let checked = "return document.querySelector('input:checked').value";
    same("chosen", anna.run(checked).await?.as_str(), Some("sandbox.baker"))?;
    anna.press(ENTER).await?;
    // A form that had been sent would have left the page by the time the next command is done.
    same("page", anna.run(checked).await?.as_str(), Some("sandbox.baker"))?;
    same("presses", pressed(world), 0)?;

    let focused = "return document.activeElement.value";
    anna.press(TAB).await?;
    same("first button", anna.run(focused).await?.as_str(), Some("deny"))?;
    anna.press(TAB).await?;
    same("second button", anna.run(focused).await?.as_str(), Some("allow"))?;
    anna.press(ENTER).await?;
    let code = parameter(&back(&anna).await?, "code").ok_or("no code")?;
    let instance = world.api().create("instagram", &world.application.callback(), &code).await?;
    let person = world.api().resource(&instance, "/users/self").await?;
    same("user name", text(&person, "username")?, "sandbox.baker")?;
    same("presses", pressed(world), 1)?;

    // The inspector's buttons are pressed by the space bar as well.
    anna.go(&world.at("/inspector/controls")).await?;
    anna.run("document.querySelector('button[value=deny]').focus()").await?;
    anna.press(SPACE).await?;
    anna.shows("It denies by itself.").await
}

/// How many buttons of consent pages were pressed.
fn pressed(world: &World) -> usize {
    let sandbox = world.server.sandbox();
    let presses =
        sandbox.journal().iter().filter(|record| record.call == Some(your_moms_sandbox::Call::Consent));
    presses.count()
}
