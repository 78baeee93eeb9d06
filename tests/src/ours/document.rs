//! Documents that a person wrote.

use your_moms_core::{CreateInstance, Credentials, Operation as _, Platform};
use your_moms_diagnosis::{Document, Expectations, read};

use super::prints::Prints;
use super::{Cannot, error, instance};
use crate::format::Outcome;
use crate::format::document::{Input, Output};

pub(super) fn outcome(input: &Input, prints: &mut Prints) -> Result<Outcome<Output>, Cannot> {
    let expect = Expectations { key: input.key.clone(), callback_url: input.callback_url.clone() };
    match read(&input.text, &expect) {
        Ok(document) => {
            prints.debug(&document);
            match document {
                Document::Create(create) => body(&create, prints),
                Document::Instance(read) => {
                    Ok(Outcome::Done(Output::Instance(Box::new(instance::view(&read)?))))
                }
                Document::Command => Ok(Outcome::Done(Output::Command(true))),
                _ => Err(Cannot("there is another kind of document now".to_owned())),
            }
        }
        Err(failure) => Ok(Outcome::Failed { error: error::document(&failure, prints) }),
    }
}

/// A creation is known by the body it comes to, in the source document's words.
fn body(create: &CreateInstance, prints: &mut Prints) -> Result<Outcome<Output>, Cannot> {
    let platform = Platform::new(Platform::BASE_URL, Credentials::new("user", "organization")?)?;
    Ok(match create.request(&platform) {
        Ok(request) => Outcome::Done(Output::Create(serde_json::from_slice(request.body())?)),
        Err(failure) => Outcome::Failed { error: error::build(&failure, prints) },
    })
}
