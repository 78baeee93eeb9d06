//! Leaks that are planted on purpose: each is found, in each channel.

use std::fmt;

use your_moms_tests::ours::Prints;

use crate::capture;
use crate::watch::{Allowed, Scene, Watch};

const SECRET: &str = "canary-1hFq8Ws3MxA5vTj7Zn";

fn verdict_on(scene: Scene, allowed: &[Allowed]) -> Result<String, String> {
    let mut watch = Watch::default();
    watch.look(scene);
    watch.verdict(allowed)
}

fn scene() -> Scene {
    let mut scene = Scene::default();
    scene.secret("token", SECRET);
    scene
}

#[derive(Debug)]
struct Leaky;

impl fmt::Display for Leaky {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(SECRET)
    }
}

impl std::error::Error for Leaky {}

#[derive(Debug)]
struct Outer(Leaky);

impl fmt::Display for Outer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("nothing to see")
    }
}

impl std::error::Error for Outer {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.0)
    }
}

#[test]
fn a_leak_fails_wherever_it_is() {
    let _capture = capture::start();
    log::trace!(target: "some_crate::deep", "sent {:?}", SECRET.as_bytes());
    tracing::trace!(secret = SECRET.replace('-', "%2D"), "an event");
    let mut leaks = scene();
    leaks.texts = capture::taken();
    let mut prints = Prints::default();
    prints.error(&Outer(Leaky));
    leaks.text("error", prints.into_texts().join("\n"));
    leaks.text("stdout", format!("{{\"token\": \"{SECRET}\"}}"));
    leaks.text("value", format!("{:#?}", Some(SECRET)));
    let found = verdict_on(leaks, &[]).unwrap_err();
    for channel in ["log of some_crate", "trace", "error", "stdout", "value"] {
        assert!(found.contains(&format!("token in {channel}: ")), "{channel}: {found}");
    }
}

#[test]
fn of_a_long_text_the_leak_is_shown() {
    let mut leaks = scene();
    leaks.text("page", format!("{0}<b title=\"{SECRET}\">{0}", "<p>nothing</p>\n".repeat(1000)));
    let found = verdict_on(leaks, &[]).unwrap_err();
    assert!(found.contains(SECRET) && found.len() < 1000, "{found}");
}

#[test]
fn a_place_that_is_allowed_must_be_needed() {
    let allowed = [Allowed { channel: "stdout", kinds: &["token"], why: "this is a test" }];
    let mut leaks = scene();
    leaks.text("stdout", SECRET);
    assert!(verdict_on(leaks, &allowed).is_ok());
    let unneeded = verdict_on(scene(), &allowed).unwrap_err();
    assert!(unneeded.contains("never seen"), "{unneeded}");
    let mut elsewhere = scene();
    elsewhere.text("stdout of another", SECRET);
    assert!(verdict_on(elsewhere, &allowed).is_err());
}
