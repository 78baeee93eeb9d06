//! Documents that a person wrote.

use your_moms_diagnosis::{Document, Expectations, read};

use super::instance::{members, view};
use super::prints::Prints;
use super::problem::Problem;
use crate::format::document::{Input, Output};

pub(super) fn outcome(input: &Input, prints: &mut Prints) -> Result<Output, Problem> {
    let expect = Expectations { key: input.key.clone(), callback_url: input.callback_url.clone() };
    let document = read(&input.text, &expect)?;
    prints.debug(&document);
    match document {
        Document::Create(create) => Ok(Output::Create(members(&create)?)),
        Document::Instance(instance) => Ok(Output::Instance(Box::new(view(&instance)?))),
        Document::Command => Ok(Output::Command(true)),
        _ => Err(Problem::case("there is another kind of document now")),
    }
}
