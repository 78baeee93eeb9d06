//! Calls with a kept instance token: `GET /ping`, and the hub resources of its connector.

use serde_json::json;

use super::{Answer, Ask};
use crate::answer::{Refusal, json_response};
use crate::sandbox::Sandbox;

impl Sandbox {
    pub(super) fn ping(&self, ask: &Ask<'_>) -> Answer {
        let connector = self.instance_call(ask)?.connector;
        Ok(json_response(&json!({ "endpoint": connector.key })))
    }

    pub(super) fn resource(&self, ask: &Ask<'_>, path: &str) -> Answer {
        let connector = self.instance_call(ask)?.connector;
        let answer = connector.resource(path).ok_or_else(|| {
            Refusal::not_found(format!("No resource found at this path for {}.", connector.name))
        })?;
        Ok(json_response(&answer()))
    }
}
