//! This workspace's core as an implementation: one file a group.

mod callback;
mod conversation;
mod create;
mod document;
mod error;
mod instance;
mod operation;
mod platform;
mod prints;
mod reply;
mod request;
mod response;
mod retry;
mod stored;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::{Answer, Group, Question};
use prints::Prints;

/// What core makes of a case.
pub fn answer(question: &Question) -> Answer {
    let mut prints = Prints::default();
    let outcome = match question.group {
        Group::Request => ask(question, &mut prints, request::outcome),
        Group::Response => ask(question, &mut prints, response::outcome),
        Group::Callback => ask(question, &mut prints, callback::outcome),
        Group::Document => ask(question, &mut prints, document::outcome),
        Group::Retry => ask(question, &mut prints, retry::outcome),
        Group::Stored => ask(question, &mut prints, stored::outcome),
    };
    let outcome = outcome.unwrap_or_else(|Cannot(why)| json!({ "cannot": why }));
    Answer { case: question.case.clone(), outcome, prints: prints.into_texts() }
}

/// Why the input of a case cannot be put to core: a mistake of the case, not of core.
struct Cannot(String);

impl<E: std::error::Error> From<E> for Cannot {
    fn from(error: E) -> Self {
        Self(error.to_string())
    }
}

fn ask<I: DeserializeOwned, O: Serialize>(
    question: &Question,
    prints: &mut Prints,
    outcome: fn(&I, &mut Prints) -> Result<O, Cannot>,
) -> Result<Value, Cannot> {
    Ok(serde_json::to_value(outcome(&I::deserialize(&question.input)?, prints)?)?)
}
