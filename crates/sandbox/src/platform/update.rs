//! `PUT` and `PATCH` of one instance: a new name, other tags, another configuration, or a new authorization.

use std::sync::Arc;

use serde_json::Value;

use super::body::{self, Object};
use super::redeem::{self, redeem};
use super::{Around, Incoming, Outcome, Platform};
use crate::response::{Refusal, instance_response};

impl Platform {
    /// Both methods change what the body names and keep the rest. The token of the instance stays the same.
    pub(super) fn update_instance(
        &mut self,
        incoming: &Incoming<'_>,
        id: u64,
        around: &mut Around<'_>,
    ) -> Outcome {
        let body = incoming.json_object()?;
        let instance = self.instances.get(id).ok_or_else(|| Refusal::none_found("instance"))?;
        check_same(&body, "id", id)?;
        let named = self.named_connector(incoming, instance.account, &body)?;
        let connector = named.unwrap_or_else(|| Arc::clone(&instance.connector));
        if connector.root() != instance.connector.root() {
            let noun = incoming.noun.singular();
            return Err(Refusal::bad_request(format!(
                "An instance can be moved to a clone of its {noun}, or back; not to another {noun}."
            )));
        }
        let moves = connector.id != instance.connector.id;
        let (name, tags) = (body::name(&body)?, body::tags(&body)?);
        let mut changes = body::configuration(&body)?;
        instance.leave_masked(&mut changes);

        let authorizes = body::object(&body, "providerData")?.is_some_and(|data| !data.is_empty());
        let mut granted = None;
        if authorizes {
            let mut configuration = instance.configuration().clone();
            configuration.extend(changes.clone());
            // Last, since it spends the code.
            granted = redeem(incoming, around, &connector, &body, &configuration)?;
            changes.extend(granted.iter().flat_map(redeem::entries));
        }
        if incoming.interrupted {
            return Err(Refusal::bad_request("The connection was reset."));
        }

        if let Some(tags) = tags {
            self.instances.replace_tags(id, tags);
        }
        if moves {
            self.instances.move_to(id, connector);
        }
        let behaviour = self.behaviour;
        let instance = self.instances.get_mut(id).ok_or_else(|| Refusal::none_found("instance"))?;
        if let Some(name) = name {
            instance.name = name;
        }
        instance.configure(changes);
        instance.valid |= authorizes;
        if let Some(access) = granted {
            instance.granted_by = Some(access.account);
        }
        Ok(instance_response(id, &instance.to_json(incoming.noun, behaviour)))
    }
}

fn check_same(body: &Object, name: &str, id: u64) -> Result<(), Refusal> {
    match body.get(name) {
        None | Some(Value::Null) => Ok(()),
        Some(given) if given.as_u64() == Some(id) => Ok(()),
        Some(_) => Err(Refusal::bad_request("The id in the body is not the id of the instance.")),
    }
}
