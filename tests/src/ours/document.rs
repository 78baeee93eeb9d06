//! Documents that a person wrote.

use your_moms_core::Vocabulary;
use your_moms_diagnosis::{Document, Expectations, read};

use super::instance::{members, view};
use super::prints::Prints;
use super::problem::Problem;
use crate::format::document::{Input, Output};
use crate::format::platform::Known;

pub(super) fn outcome(input: &Input, prints: &mut Prints) -> Result<Output, Problem> {
    let expect = Expectations {
        key: input.key.clone(),
        callback_url: input.callback_url.clone(),
        vocabulary: input.vocabulary.map(|known| match known {
            Known::YourMoms => Vocabulary::YOUR_MOMS,
            Known::Elements => Vocabulary::ELEMENTS,
        }),
    };
    let document = read(&input.text, &expect)?;
    prints.debug(&document);
    match document {
        Document::Create(create) => Ok(Output::Create(members(&create)?)),
        Document::Update(update) => Ok(Output::Update(members(&update)?)),
        Document::Request(request) => {
            Ok(Output::Request(serde_json::to_value(&request).map_err(Problem::case)?))
        }
        Document::Instance(instance) => Ok(Output::Instance(Box::new(view(&instance)?))),
        Document::Command => Ok(Output::Command(true)),
        _ => Err(Problem::case("there is another kind of document now")),
    }
}
