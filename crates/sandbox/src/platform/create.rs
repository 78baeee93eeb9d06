//! `POST /instances`: the source document's Step 2.

use std::sync::Arc;

use serde_json::Value;

use super::body::{self, Object};
use super::redeem::{self, redeem};
use super::{Around, Incoming, Outcome, Platform};
use crate::account::AccountId;
use crate::behaviour::TAGS_STRIPPED;
use crate::catalogue::Connector;
use crate::instance::{Draft, Instance};
use crate::response::{Refusal, instance_response};

impl Platform {
    /// `in_path` is the connector in `POST /{nouns}/{keyOrId}/instances`, where the body need not name it.
    pub(super) fn create_instance(
        &mut self,
        incoming: &Incoming<'_>,
        in_path: Option<&str>,
        around: &mut Around<'_>,
    ) -> Outcome {
        let account = self.platform_call(incoming)?;
        let body = incoming.json_object()?;
        let connector = self.chosen_connector(incoming, account, &body, in_path)?;
        let given = body::configuration(&body)?;
        check_complete(&connector, &given)?;
        let name = body::name(&body)?.unwrap_or_else(|| connector.name.clone());
        // Without tags, the name becomes the only one.
        let tags = body::tags(&body)?.filter(|tags| !tags.is_empty()).unwrap_or_else(|| vec![name.clone()]);

        let mut configuration: Object =
            connector.defaults().map(|(key, value)| (key.to_owned(), Value::from(value))).collect();
        configuration.extend(given);
        // Last, since it spends the code: whatever else is wrong with the request leaves the code usable.
        let granted = redeem(incoming, around, &connector, &body, &configuration)?;
        configuration.extend(granted.iter().flat_map(redeem::entries));
        if incoming.interrupted {
            return Err(Refusal::bad_request("The connection was reset."));
        }

        let granted_by = granted.map(|access| access.account);
        let tags = if self.behaviour.strips_tags {
            self.shown_behaviours.push(TAGS_STRIPPED);
            Vec::new()
        } else {
            tags
        };
        let id = self.next_instance_id;
        self.next_instance_id += 1;
        let token = around.random.secret("instance-token");
        let draft = Draft { account, granted_by, name, connector, configuration, tags };
        let instance = Instance::new(id, token, draft, incoming.now);
        let response = instance_response(id, &instance.to_json(incoming.noun, self.behaviour));
        self.instances.insert(instance);
        self.instances.hide(id, self.behaviour.shows_after);
        Ok(response)
    }

    /// By `{noun}.key` or `{noun}.id` in the body, or by the path; both must mean the same.
    fn chosen_connector(
        &self,
        incoming: &Incoming<'_>,
        account: AccountId,
        body: &Object,
        in_path: Option<&str>,
    ) -> Result<Arc<Connector>, Refusal> {
        let noun = incoming.noun.singular();
        let in_path = in_path.map(|key| self.known(incoming, account, key)).transpose()?;
        match (in_path, self.named_connector(incoming, account, body)?) {
            (Some(path), Some(body)) if path.id != body.id => {
                Err(Refusal::bad_request(format!("The {noun} in the path is not the {noun} in the body.")))
            }
            (Some(connector), _) | (None, Some(connector)) => Ok(connector),
            (None, None) => {
                Err(Refusal::bad_request(format!("You must provide {noun}.key to create an instance.")))
            }
        }
    }

    /// The connector in the body; with both key and id they must agree.
    pub(super) fn named_connector(
        &self,
        incoming: &Incoming<'_>,
        account: AccountId,
        body: &Object,
    ) -> Result<Option<Arc<Connector>>, Refusal> {
        let noun = incoming.noun.singular();
        let wrong = || Refusal::bad_request(format!("{noun}.key must be a string, and {noun}.id a number."));
        let Some(named) = body::object(body, noun)? else { return Ok(None) };
        let by_key = match named.get("key") {
            None | Some(Value::Null) => None,
            Some(Value::String(key)) => Some(self.known(incoming, account, key)?),
            Some(_) => return Err(wrong()),
        };
        let by_id = match named.get("id") {
            None | Some(Value::Null) => None,
            Some(Value::Number(id)) => Some(self.known(incoming, account, &id.to_string())?),
            Some(_) => return Err(wrong()),
        };
        match (&by_key, &by_id) {
            (Some(by_key), Some(by_id)) if by_key.id != by_id.id => {
                Err(Refusal::bad_request(format!("{noun}.key and {noun}.id name different connectors.")))
            }
            _ => Ok(by_key.or(by_id)),
        }
    }
}

/// "An error will result notifying her of which entries she is missing."
fn check_complete(connector: &Connector, given: &Object) -> Result<(), Refusal> {
    let missing: Vec<_> =
        connector.required_entries().filter(|key| body::text(given, key).is_none()).collect();
    if missing.is_empty() {
        return Ok(());
    }
    Err(Refusal::bad_request(format!("Missing required configuration entries: {}.", missing.join(", "))))
}
