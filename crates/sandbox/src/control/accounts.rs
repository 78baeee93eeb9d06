//! `/_sandbox/accounts`: who can sign in at the providers, and who has.

use http::StatusCode;
use serde_json::{Map, Value, json};

use super::{Outcome, Problem};
use crate::sandbox::Sandbox;

impl Sandbox {
    pub(super) fn control_account(&mut self, body: &Map<String, Value>) -> Outcome {
        let name = name(body)?;
        self.add_provider_account(name);
        Ok(json!({ "name": name }))
    }

    pub(super) fn control_sign_in(&mut self, body: &Map<String, Value>) -> Outcome {
        let name = name(body)?;
        if !self.sign_in(name) {
            let message = "No provider has this account. GET /_sandbox/connectors lists those they have.";
            return Err(Problem::new(StatusCode::NOT_FOUND, message));
        }
        Ok(json!({ "name": name }))
    }
}

fn name(body: &Map<String, Value>) -> Result<&str, Problem> {
    let name = body.get("name").and_then(Value::as_str).filter(|name| !name.trim().is_empty());
    name.ok_or_else(|| Problem::bad("Give {\"name\": \"carla\"}, the name of an account at the providers."))
}
