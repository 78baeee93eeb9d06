//! The inspector's pages show what the sandbox knows and did.

use your_moms_browser_tests::{Outcome, same};

use crate::api::text;
use crate::world::World;

pub(super) async fn look(world: &mut World) -> Outcome {
    let anna = world.browser().await?;
    anna.go(&world.at("/")).await?;
    let credentials = world.server.sandbox().credentials().clone();
    for shown in [&world.base(), &credentials.user_secret, &credentials.organization_secret] {
        anna.shows(shown).await?;
    }
    let connectors = world.server.sandbox().connectors().len();
    same("connectors", anna.count("main details").await?, connectors)?;
    let client = world.server.sandbox().client("etsy").cloned().ok_or("no etsy")?;
    anna.run("[...document.querySelectorAll('details')].find(it => it.innerText.includes('etsy')).setAttribute('id', 'etsy')")
        .await?;
    anna.click("#etsy summary").await?;
    anna.shows(&client.api_secret).await?;

    anna.click("nav a[href='/inspector/instances']").await?;
    anna.shows("Nothing is connected yet.").await?;
    world.connect("instagram", "sandbox.baker").await?;
    anna.go(&world.at("/inspector/instances")).await?;
    let row = anna.text("tbody tr").await?;
    for shown in ["123", "Holiday pictures", "instagram", "sandbox.baker", "holidays"] {
        same(shown, row.contains(shown), true)?;
    }
    anna.click("tbody a").await?;
    anna.find("table.journal").await?;
    same("instance's requests", anna.count("tbody tr").await?, 1)
}

pub(super) async fn journal(world: &mut World) -> Outcome {
    let anna = world.browser().await?;
    anna.go(&world.at("/inspector/journal")).await?;
    anna.shows("No such request yet.").await?;
    // It loads itself.
    let instance = world.connect("instagram", "sandbox.traveller").await?;
    anna.find("table.journal").await?;
    anna.click("a[href='/inspector/journal?paused=yes']").await?;
    anna.shows("Paused").await?;
    // Step 1, the consent page, its button, and the creation.
    same("requests", anna.count("tbody tr").await?, 4)?;

    anna.click("select[name=call] option[value=create]").await?;
    anna.click("form.filter button").await?;
    anna.find("input[name=paused]").await?;
    anna.shows("Any").await?;
    anna.until("one request", || async { Ok(anna.count("tbody tr").await? == 1) }).await?;
    anna.click("tbody a").await?;
    anna.find("pre").await?;
    let page = anna.text("main").await?;
    for shown in [
        "Operation\ncreate",
        "123 (sandbox.traveller)",
        "POST /your_moms/api-v2/instances",
        "authorization: User …, Organization …",
        "\"code\": \"…\"",
        "\"token\": \"…\"",
        "\"name\": \"Holiday pictures\"",
    ] {
        same(shown, page.contains(shown), true)?;
    }
    let source = anna.run("return document.documentElement.outerHTML").await?.to_string();
    same("a secret", source.contains(&text(&instance, "token")?) || source.contains("sandbox-code"), false)
}
