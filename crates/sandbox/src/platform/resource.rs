//! Instance requests: `GET /ping`, and the hub resources of its connector.

use serde_json::{Value, json};

use super::page::Window;
use super::{Around, Incoming, Outcome, Platform};
use crate::behaviour::SMALL_PAGE;
use crate::instance::{Instance, timestamp};
use crate::response::{Refusal, about, instance_response};

impl Platform {
    pub(super) fn ping(&self, incoming: &Incoming<'_>) -> Outcome {
        let instance = self.usable(incoming)?;
        let body = json!({ "endpoint": instance.connector.key, "dateTime": timestamp(incoming.now) });
        Ok(instance_response(instance.id, &body))
    }

    pub(super) fn resource(
        &mut self,
        incoming: &Incoming<'_>,
        path: &[String],
        around: &Around<'_>,
    ) -> Outcome {
        let instance = self.usable(incoming)?;
        let id = instance.id;
        let path: Vec<&str> = path.iter().map(String::as_str).collect();
        let found = instance.connector.resource(&path);
        let Some((resource, None)) = found else { return Err(Refusal::none_found("resource")) };
        let account = instance.provider_account(around.provider);
        match resource.seeded(around.provider.seed(&instance.connector, account)) {
            Value::Array(entries) => {
                let mut window = Window::of(&incoming.query())?;
                let limited = self.behaviour.page_size.is_some_and(|at_most| window.limit(at_most));
                let page = window.page((1..).zip(entries));
                if limited && !page.is_last() {
                    self.shown_behaviours.push(SMALL_PAGE);
                }
                Ok(about(id, page.into_response(|entry| entry)))
            }
            resource => Ok(instance_response(id, &resource)),
        }
    }

    /// The instance of the token, with or without the organization; 403 if it is disabled or the provider refuses it.
    fn usable(&self, incoming: &Incoming<'_>) -> Result<&Instance, Refusal> {
        let id = self.proven(incoming)?.instance;
        let instance = id.and_then(|id| self.instances.get(id));
        let instance = instance.ok_or_else(|| Refusal::unauthorized(incoming.noun))?;
        if instance.disabled {
            return Err(Refusal::forbidden("The instance is disabled."));
        }
        if !instance.valid {
            let message = format!("{} refused the request.", instance.connector.name);
            return Err(Refusal::by_provider(message, json!({ "error": "invalid_token" }).to_string()));
        }
        Ok(instance)
    }
}
