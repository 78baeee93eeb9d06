//! Which error kinds and which documented sentences have a case, and which have none.

use std::collections::BTreeMap;

use serde_json::Value;
use your_moms_core::{
    BuildError, CallbackError, Delivery, EntropyErrorKind, Error, ErrorClass, MalformedKind, PathErrorKind,
    ResponseErrorKind, TransportErrorKind, UntrustedOauthUrl, UrlErrorKind, ValueErrorKind,
};
use your_moms_diagnosis::DiagnosticKind;

use crate::{Case, Tree};

/// How a `source` begins that quotes the source document; what follows is a sentence of `sentences.json`, word for word.
pub const SENTENCE: &str = "the source document: ";

/// Cases by what they cover.
#[derive(Debug)]
pub struct Coverage {
    /// Each error kind of core, as `stage: kind`, with the names of its cases.
    pub kinds: BTreeMap<String, Vec<String>>,
    /// Each sentence, in the order of the document, with the names of its cases.
    pub sentences: Vec<(String, Vec<String>)>,
    /// Sentences that a case quotes and that the list does not have.
    pub unknown: Vec<String>,
}

impl Coverage {
    /// What the cases of `tree` cover.
    pub fn of(tree: &Tree) -> Self {
        let mut kinds: BTreeMap<String, Vec<String>> =
            required_kinds().into_iter().map(|kind| (kind, Vec::new())).collect();
        let mut sentences: Vec<_> =
            tree.sentences.iter().map(|sentence| (sentence.clone(), Vec::new())).collect();
        let mut unknown = Vec::new();
        for case in &tree.cases {
            for kind in kinds_of(case) {
                kinds.entry(kind).or_default().push(case.name.clone());
            }
            for quoted in case.content.source.iter().filter_map(|source| source.strip_prefix(SENTENCE)) {
                match sentences.iter_mut().find(|(sentence, _)| sentence == quoted) {
                    Some((_, cases)) => cases.push(case.name.clone()),
                    None => unknown.push(format!("{}: {quoted}", case.name)),
                }
            }
        }
        Self { kinds, sentences, unknown }
    }

    /// Everything that should have a case and has none, and every quotation that is not in the list.
    pub fn gaps(&self) -> Vec<String> {
        let kinds = self.kinds.iter().filter(|(_, cases)| cases.is_empty());
        let kinds = kinds.map(|(kind, _)| format!("no case expects the error `{kind}`"));
        let sentences = self.sentences.iter().filter(|(_, cases)| cases.is_empty());
        let sentences = sentences.map(|(sentence, _)| format!("no case quotes the sentence: {sentence}"));
        let unknown =
            self.unknown.iter().map(|quoted| format!("not in sentences.json, but quoted by {quoted}"));
        kinds.chain(sentences).chain(unknown).collect()
    }
}

/// Every kind of error that core has: its own lists, which are complete by construction.
pub fn required_kinds() -> Vec<String> {
    let lists: [(&str, &[&str]); 14] = [
        ("stage", Error::NAMES),
        ("class", ErrorClass::NAMES),
        ("build", BuildError::NAMES),
        ("url", UrlErrorKind::NAMES),
        ("value", ValueErrorKind::NAMES),
        ("path", PathErrorKind::NAMES),
        ("entropy", EntropyErrorKind::NAMES),
        ("transport", TransportErrorKind::NAMES),
        ("delivery", Delivery::NAMES),
        ("response", ResponseErrorKind::NAMES),
        ("untrusted", UntrustedOauthUrl::NAMES),
        ("callback", CallbackError::NAMES),
        ("malformed", MalformedKind::NAMES),
        ("document", DiagnosticKind::NAMES),
    ];
    let names = lists.into_iter().flat_map(|(of, names)| names.iter().map(move |name| (of, *name)));
    // These classes are those of a stage, which says as much.
    let of_stage = |(of, name)| of == "class" && ["untrusted", "ambiguous", "unresolved"].contains(&name);
    names.filter(|name| !of_stage(*name)).map(|(of, name)| format!("{of}: {name}")).collect()
}

/// The kinds that a case expects.
fn kinds_of(case: &Case) -> Vec<String> {
    let Some(error) = case.content.expect.get("error") else { return Vec::new() };
    let text = |member| error.get(member).and_then(Value::as_str);
    let Some(stage) = text("stage") else { return Vec::new() };
    let diagnostics = error.get("diagnostics").and_then(Value::as_array).into_iter().flatten();
    let all = diagnostics.chain([error]).filter_map(|error| error.get("kind")?.as_str());
    let mut kinds: Vec<_> = all.map(|kind| format!("{stage}: {kind}")).collect();
    kinds.extend(["delivery", "class"].into_iter().filter_map(|of| Some(format!("{of}: {}", text(of)?))));
    if let Some((kind, detail)) = text("kind").zip(text("detail")) {
        kinds.push(format!("{}: {detail}", of_detail(kind)));
    }
    if Error::NAMES.contains(&stage) {
        kinds.push(format!("stage: {stage}"));
    }
    if stage == "build" {
        kinds.push("class: invalid".to_owned());
    }
    kinds
}

/// Whose list the detail of an error of this kind is from.
fn of_detail(kind: &str) -> &'static str {
    match kind {
        "base-url" | "callback-url" | "url" => "url",
        "path" => "path",
        "entropy" => "entropy",
        "malformed" => "malformed",
        _ => "value",
    }
}
