//! This workspace's core as an implementation: one file a group.

mod authorization;
mod callback;
mod conversation;
mod creation;
mod document;
mod error;
mod instance;
mod operation;
mod parameters;
mod platform;
mod prints;
mod problem;
mod received;
mod request;
mod response;
mod retry;
mod show;
mod stored;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

pub use prints::Prints;

use crate::{Group, Question, Reply};
use problem::Problem;

/// What core makes of a case.
pub fn reply(question: &Question) -> Reply {
    let mut prints = Prints::default();
    let outcome = match question.group {
        Group::Request => ask(question, &mut prints, request::outcome),
        Group::Response => ask(question, &mut prints, response::outcome),
        Group::Callback => ask(question, &mut prints, callback::outcome),
        Group::Document => ask(question, &mut prints, document::outcome),
        Group::Retry => ask(question, &mut prints, retry::outcome),
        Group::Stored => ask(question, &mut prints, stored::outcome),
    };
    let outcome = outcome.unwrap_or_else(|problem| match problem {
        Problem::Case(why) => json!({ "cannot": why }),
        Problem::Failed(failed) => json!({ "error": error::failure(&failed, &mut prints) }),
    });
    Reply { case: question.case.clone(), outcome, prints: prints.into_texts() }
}

fn ask<I: DeserializeOwned, O: Serialize>(
    question: &Question,
    prints: &mut Prints,
    outcome: fn(&I, &mut Prints) -> Result<O, Problem>,
) -> Result<Value, Problem> {
    let input = I::deserialize(&question.input).map_err(Problem::case)?;
    serde_json::to_value(outcome(&input, prints)?).map_err(Problem::case)
}
