//! Documents that a person wrote.

use serde::Deserialize;
use serde_json::{Value, json};
use your_moms_core::{CreateInstance, Credentials, Operation as _, Platform};
use your_moms_diagnosis::{Document, Expectations, read};

use super::prints::Prints;
use super::{Cannot, error, instance};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Input {
    text: String,
    /// The connector's key of the first step.
    key: Option<String>,
    /// The callback URL of the first step.
    callback_url: Option<String>,
}

pub(super) fn outcome(input: &Input, prints: &mut Prints) -> Result<Value, Cannot> {
    let expect = Expectations { key: input.key.clone(), callback_url: input.callback_url.clone() };
    match read(&input.text, &expect) {
        Ok(document) => {
            prints.debug(&document);
            match document {
                Document::Create(create) => body(&create, prints),
                Document::Instance(read) => Ok(json!({ "instance": instance::view(&read)? })),
                Document::Command => Ok(json!({ "command": true })),
                _ => Err(Cannot("there is another kind of document now".to_owned())),
            }
        }
        Err(fault) => Ok(json!({ "error": error::document(&fault, &input.text, prints) })),
    }
}

/// A creation is known by the body it comes to, in the source document's words.
fn body(create: &CreateInstance, prints: &mut Prints) -> Result<Value, Cannot> {
    let platform = Platform::new(Platform::BASE_URL, Credentials::new("user", "organization")?)?;
    match create.request(&platform) {
        Ok(request) => Ok(json!({ "create": serde_json::from_slice::<Value>(request.body())? })),
        Err(fault) => Ok(json!({ "error": error::build(&fault, prints) })),
    }
}
