//! This workspace's core as an implementation: one file a group.

mod callback;
mod create;
mod document;
mod error;
mod instance;
mod operation;
mod platform;
mod prints;
mod request;
mod response;
mod retry;

use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::{Answer, Group, Question};
use prints::Prints;

/// What core makes of a case.
pub fn answer(question: &Question) -> Answer {
    let mut prints = Prints::default();
    let input = &question.input;
    let outcome = match question.group {
        Group::Request => read(input).and_then(|input| request::outcome(&input, &mut prints)),
        Group::Response => read(input).and_then(|input| response::outcome(&input, &mut prints)),
        Group::Callback => read(input).and_then(|input| callback::outcome(&input, &mut prints)),
        Group::Retry => read(input).and_then(|input| retry::outcome(&input, &mut prints)),
        Group::Document => read(input).and_then(|input| document::outcome(&input, &mut prints)),
    };
    let outcome = outcome.unwrap_or_else(|Cannot(why)| json!({ "cannot": why }));
    Answer { case: question.case.clone(), outcome, prints: prints.into_texts() }
}

/// Why the input of a case cannot be put to core: a fault of the case, not of core.
struct Cannot(String);

impl<E: std::error::Error> From<E> for Cannot {
    fn from(error: E) -> Self {
        Self(error.to_string())
    }
}

fn read<T: DeserializeOwned>(input: &Value) -> Result<T, Cannot> {
    Ok(T::deserialize(input)?)
}
