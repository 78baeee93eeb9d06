//! A page of another origin can press nothing and reads nothing.

use your_moms_browser_tests::{Browser, Failed, Outcome, same};
use your_moms_sandbox::{Armed, Decision, Record};

use crate::site::Site;
use crate::world::World;

/// What such a page must not change.
#[derive(Debug, PartialEq)]
struct State {
    armed: Vec<(u64, Armed)>,
    next: Option<Decision>,
    instances: usize,
    creations: usize,
}

fn state(world: &World) -> State {
    let sandbox = world.server.sandbox();
    let is_creation = |record: &&Record| record.method == "POST" && record.path.ends_with("/instances");
    State {
        armed: sandbox.armed().to_vec(),
        next: sandbox.next_decision(),
        instances: sandbox.instances().len(),
        creations: sandbox.journal().iter().filter(is_creation).count(),
    }
}

/// With something to destroy, and a page of the inspector and one of a provider open in the same browser.
async fn visited(world: &mut World) -> Result<(Browser, Site, State), Failed> {
    world.connect("dropbox", "office@example.org").await?;
    let anna = world.browser().await?;
    world.ask(&anna, "instagram").await?;
    anna.go(&world.at("/inspector/controls")).await?;
    anna.find("button").await?;
    Ok((anna, Site::start().await?, state(world)))
}

pub(super) async fn forms(world: &mut World) -> Outcome {
    let (anna, site, before) = visited(world).await?;
    let json = r#"{"call":"list","fault":"status-503","x":""#;
    let fields = "<input name=form value=0123456789abcdef01234567><input name=page value=sandbox-page-0>
        <input name=order value=list=reset-before><input name=decision value=allow><input name=call value=list>";
    let text = format!("<input name='{json}' value='\"}}'>");
    for (path, kind, fields, shown) in [
        ("/", "application/x-www-form-urlencoded", fields, "Pages of another origin must not use this"),
        ("/inspector/reset", "application/x-www-form-urlencoded", fields, "Pages of another origin"),
        ("/inspector/arm", "application/x-www-form-urlencoded", fields, "Pages of another origin"),
        ("/inspector/next", "multipart/form-data", fields, "Pages of another origin"),
        ("/_sandbox/faults", "text/plain", &text, "Pages of another origin"),
        ("/_sandbox/faults", "application/x-www-form-urlencoded", fields, "Pages of another origin"),
        ("/_sandbox/reset", "text/plain", &text, "Pages of another origin"),
        ("/_sandbox/next", "text/plain", &text, "Pages of another origin"),
        (
            "/provider/instagram/oauth/authorize",
            "application/x-www-form-urlencoded",
            fields,
            "This page was used before",
        ),
    ] {
        let action = world.at(path);
        let form = format!(
            "<form method=post action='{action}' enctype='{kind}'>{fields}<button>Win</button></form>"
        );
        anna.go(&site.put("/form", &form)).await?;
        anna.click("button").await?;
        anna.shows(shown).await?;
        same(path, &state(world), &before)?;
    }
    Ok(())
}

pub(super) async fn scripts(world: &mut World) -> Outcome {
    let (anna, site, before) = visited(world).await?;
    anna.go(&site.put("/script", "<p id=ready>Win</p>")).await?;
    anna.find("#ready").await?;
    for path in ["/", "/inspector/controls", "/inspector/journal", "/_sandbox", "/_sandbox/journal"] {
        let read = format!(
            "{DONE} fetch('{}', {{ credentials: 'include' }}).then(it => it.text()).then(it => done('read ' + it.length), it => done('refused'));",
            world.at(path)
        );
        same(path, anna.run_async(&read).await?.as_str(), Some("refused"))?;
    }
    let armed = r#"{"call":"list","fault":"status-503"}"#;
    for (kind, mode) in [("application/json", "cors"), ("text/plain", "cors"), ("text/plain", "no-cors")] {
        for path in ["/_sandbox/faults", "/_sandbox/reset", "/_sandbox/next"] {
            let send = format!(
                "{DONE} fetch('{}', {{ method: 'POST', mode: '{mode}', credentials: 'include',
                    headers: {{ 'Content-Type': '{kind}' }}, body: '{armed}' }})
                    .then(it => done(it.type), it => done('refused'));",
                world.at(path)
            );
            same(path, anna.run_async(&send).await?.as_str(), Some("refused"))?;
        }
    }
    for path in ["/_sandbox/journal", "/inspector/controls"] {
        let load = format!(
            "{DONE} const it = document.createElement('script');
                it.onload = () => done('loaded'); it.onerror = () => done('refused');
                it.src = '{}'; document.head.append(it);",
            world.at(path)
        );
        same(path, anna.run_async(&load).await?.as_str(), Some("refused"))?;
    }
    same("state", state(world), before)
}

const DONE: &str = "const done = arguments[arguments.length - 1];";

pub(super) async fn frames(world: &mut World) -> Outcome {
    let (anna, site, before) = visited(world).await?;
    let own = site.put("/own", "<form id=own><button>Mine</button></form>");
    let mut counted = Vec::new();
    for framed in [
        own,
        world.consent_url("instagram").await?,
        world.consent_url("etsy").await?,
        world.at("/"),
        world.at("/inspector/controls"),
    ] {
        let frame = format!("<iframe src='{framed}' onload='document.body.id = \"loaded\"'></iframe>");
        anna.go(&site.put("/frame", &frame)).await?;
        anna.find("#loaded").await?;
        anna.enter().await?;
        counted.push(anna.count("form, main, button").await?);
        anna.leave().await?;
    }
    // The first is its own, which shows that forms in frames are found.
    same("forms and buttons in frames", counted, [2, 0, 0, 0, 0])?;
    same("state", state(world), before)
}
