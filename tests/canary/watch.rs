//! Secrets, the texts in which they may show, and where they may.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use your_moms_tests::Finder;

/// Something that was printed, and by what: `log of hyper_util`, `stderr of connect`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Text {
    pub(crate) channel: String,
    pub(crate) text: Vec<u8>,
}

impl Text {
    pub(crate) fn new(channel: impl Into<String>, text: impl Into<Vec<u8>>) -> Self {
        Self { channel: channel.into(), text: text.into() }
    }
}

/// A place where secrets are meant to show, and why.
pub(crate) struct Allowed {
    /// The channel.
    pub(crate) channel: &'static str,
    /// The kinds of secrets.
    pub(crate) kinds: &'static [&'static str],
    /// For people who change the list.
    #[expect(dead_code, reason = "a reason has readers and no use")]
    pub(crate) why: &'static str,
}

/// The secrets of a scene, by kind, and what was printed in it.
#[derive(Default)]
pub(crate) struct Scene {
    pub(crate) secrets: BTreeMap<String, BTreeSet<String>>,
    pub(crate) texts: Vec<Text>,
}

impl Scene {
    pub(crate) fn secret(&mut self, kind: &str, value: &str) {
        // All secrets of the sandbox begin alike, and that much may be seen.
        let value =
            if value.starts_with("sandbox-") { value.split_once("+/").map_or("", |it| it.1) } else { value };
        // What is shorter is no secret of this test.
        if value.len() >= 12 {
            self.secrets.entry(kind.to_owned()).or_default().insert(value.to_owned());
        }
    }

    pub(crate) fn text(&mut self, channel: impl Into<String>, text: impl Into<Vec<u8>>) {
        self.texts.push(Text::new(channel, text));
    }
}

/// What was looked for and found, of many scenes.
#[derive(Default)]
pub(crate) struct Watch {
    /// By channel and kind, the part of the first text with one.
    leaks: BTreeMap<(String, String), String>,
    kinds: BTreeMap<String, usize>,
    scenes: usize,
    texts: usize,
    bytes: usize,
}

impl Watch {
    /// Looks for the secrets of `scene` in its texts.
    pub(crate) fn look(&mut self, scene: Scene) {
        let secrets =
            scene.secrets.iter().flat_map(|(kind, values)| values.iter().map(move |value| (kind, value)));
        let finder = Finder::new(secrets);
        for (kind, values) in &scene.secrets {
            *self.kinds.entry(kind.clone()).or_default() += values.len();
        }
        self.scenes += 1;
        for Text { channel, text } in scene.texts.into_iter().collect::<HashSet<_>>() {
            self.texts += 1;
            self.bytes += text.len();
            for kind in finder.find(&text) {
                let place = (channel.clone(), kind.to_owned());
                self.leaks
                    .entry(place)
                    .or_insert_with(|| String::from_utf8_lossy(part(&finder, kind, &text)).into_owned());
            }
        }
    }

    /// Every kind in `kinds` was there to be found.
    pub(crate) fn planted(&self, kinds: &[&str]) {
        let missing: Vec<_> = kinds.iter().filter(|kind| !self.kinds.contains_key(**kind)).collect();
        assert!(missing.is_empty(), "not planted: {missing:?}");
    }

    /// Nothing showed but what is allowed, and all of that did.
    pub(crate) fn verdict(&self, allowed: &[Allowed]) -> Result<String, String> {
        let covers =
            |it: &Allowed, channel: &str, kind: &str| channel == it.channel && it.kinds.contains(&kind);
        let leaks = self
            .leaks
            .iter()
            .filter(|((channel, kind), _)| !allowed.iter().any(|it| covers(it, channel, kind)));
        let mut wrong: Vec<_> =
            leaks.map(|((channel, kind), text)| format!("{kind} in {channel}: {text}")).collect();
        for it in allowed {
            if !self.leaks.keys().any(|(channel, kind)| covers(it, channel, kind)) {
                wrong.push(format!("allowed, but never seen: {:?} in {}", it.kinds, it.channel));
            }
        }
        if wrong.is_empty() { Ok(self.totals()) } else { Err(wrong.join("\n")) }
    }

    /// What was looked at.
    fn totals(&self) -> String {
        let Self { scenes, texts, bytes, kinds, .. } = self;
        let secrets: usize = kinds.values().sum();
        format!(
            "{secrets} secrets of {} kinds, {scenes} scenes, {texts} texts, {} KB",
            kinds.len(),
            bytes / 1024
        )
    }
}

/// The part of a long text that shows a secret of this kind.
fn part<'a>(finder: &Finder, kind: &str, mut text: &'a [u8]) -> &'a [u8] {
    while let Some(half) = halves(text).into_iter().flatten().find(|half| finder.find(half).contains(&kind)) {
        text = half;
    }
    text
}

/// Both have the middle; short texts have none.
fn halves(text: &[u8]) -> Option<[&[u8]; 2]> {
    const OVERLAP: usize = 200;
    let middle = text.len() / 2;
    if text.len() <= 4 * OVERLAP {
        return None;
    }
    Some([text.get(..middle + OVERLAP)?, text.get(middle - OVERLAP..)?])
}
