//! Private connectors: an account makes, changes, clones and deletes its own. A description is what a file of the
//! catalogue has, and what an export gives.

use std::sync::Arc;

use http::StatusCode;
use serde_json::Value;

use super::body::Object;
use super::{Around, Incoming, Outcome, Platform};
use crate::account::AccountId;
use crate::catalogue::Connector;
use crate::instance::Mark;
use crate::response::{Refusal, empty, json_response};

impl Platform {
    /// `POST /{nouns}`: an `id` in the description is replaced, so that it may be an export.
    pub(super) fn create_connector(&mut self, incoming: &Incoming<'_>, around: &mut Around<'_>) -> Outcome {
        let account = self.platform_call(incoming)?;
        let mut description = incoming.json_object()?;
        description.insert("id".to_owned(), self.catalogue.free_id().into());
        let connector = read(description)?;
        self.add_connector(connector.owned(Some(account), None), None, around)
    }

    /// `POST /{nouns}/{keyOrId}/clone`: the body may give it a `key` and a `name`.
    pub(super) fn clone_connector(
        &mut self,
        incoming: &Incoming<'_>,
        key: &str,
        around: &mut Around<'_>,
    ) -> Outcome {
        let account = self.platform_call(incoming)?;
        let original = self.known(incoming, account, key)?;
        let changes =
            if incoming.request.body().is_empty() { Object::new() } else { incoming.json_object()? };
        if changes.keys().any(|name| name != "key" && name != "name") {
            return Err(Refusal::bad_request(
                "A clone may be given a key and a name; change the rest later.",
            ));
        }
        let Value::Object(mut description) = original.export() else {
            return Err(Refusal::none_found("export"));
        };
        description.insert("id".to_owned(), self.catalogue.free_id().into());
        description.insert("key".to_owned(), self.catalogue.free_key(&original.key).into());
        description.extend(changes);
        let connector = read(description)?.owned(Some(account), Some(original.root()));
        self.add_connector(connector, Some(&original), around)
    }

    fn add_connector(
        &mut self,
        connector: Connector,
        original: Option<&Connector>,
        around: &mut Around<'_>,
    ) -> Outcome {
        if self.catalogue.by_key(&connector.key).is_some() {
            let message = format!("The key {:?} is taken: choose another.", connector.key);
            return Err(Refusal::new(StatusCode::CONFLICT, message));
        }
        // The application is registered at the provider, whichever connector leads there.
        around.provider.add_client(&connector, original);
        Ok(json_response(&self.catalogue.put(connector).to_json()))
    }

    /// `PUT /{nouns}/{keyOrId}`: a whole description. Key, id and whether it is active may be left out.
    pub(super) fn update_connector(
        &mut self,
        incoming: &Incoming<'_>,
        key: &str,
        around: &mut Around<'_>,
    ) -> Outcome {
        let (_, old) = self.own_connector(incoming, key)?;
        let mut description = incoming.json_object()?;
        description.insert("id".to_owned(), old.id.into());
        description.entry("key").or_insert_with(|| old.key.as_str().into());
        description.entry("active").or_insert(old.active.into());
        let new = read(description)?.owned(old.owner, old.clone_of);
        if new.key != old.key {
            let noun = incoming.noun.singular();
            return Err(Refusal::bad_request(format!("The key in the body is not the key of the {noun}.")));
        }
        if new.clone_of.is_none() {
            self.objects.forget(new.id);
        }
        around.provider.add_client(&new, None);
        Ok(json_response(&self.replace_connector(new).to_json()))
    }

    /// `DELETE /{nouns}/{keyOrId}`
    pub(super) fn delete_connector(
        &mut self,
        incoming: &Incoming<'_>,
        key: &str,
        around: &mut Around<'_>,
    ) -> Outcome {
        let (account, connector) = self.own_connector(incoming, key)?;
        if self.instances.of_account(account, Mark::Connector(connector.id), 0).next().is_some() {
            let message = format!("{} has instances: delete them first.", connector.key);
            return Err(Refusal::new(StatusCode::CONFLICT, message));
        }
        self.catalogue.remove(&connector);
        self.objects.forget(connector.id);
        around.provider.remove_client(&connector);
        Ok(empty())
    }

    /// `PUT` and `DELETE /{nouns}/{keyOrId}/active`
    pub(super) fn activate_connector(&mut self, incoming: &Incoming<'_>, key: &str, active: bool) -> Outcome {
        let (_, connector) = self.own_connector(incoming, key)?;
        self.replace_connector(connector.with_active(active));
        Ok(empty())
    }

    /// `GET /{nouns}/{keyOrId}/export`
    pub(super) fn export_connector(&self, incoming: &Incoming<'_>, key: &str) -> Outcome {
        let account = self.platform_call(incoming)?;
        Ok(json_response(&self.known(incoming, account, key)?.export()))
    }

    /// A connector that the account may change.
    fn own_connector(
        &self,
        incoming: &Incoming<'_>,
        key: &str,
    ) -> Result<(AccountId, Arc<Connector>), Refusal> {
        let account = self.platform_call(incoming)?;
        let connector = self.known(incoming, account, key)?;
        if connector.owner == Some(account) {
            return Ok((account, connector));
        }
        let (noun, key) = (incoming.noun.singular(), &connector.key);
        Err(Refusal::forbidden(format!("The {noun} {key} is everybody's: clone it, and change the clone.")))
    }

    /// Its instances are then instances of the new one.
    fn replace_connector(&mut self, connector: Connector) -> Arc<Connector> {
        let owner = connector.owner;
        let connector = self.catalogue.put(connector);
        let instances = owner.into_iter().flat_map(|account| {
            self.instances.of_account(account, Mark::Connector(connector.id), 0).map(|instance| instance.id)
        });
        for id in instances.collect::<Vec<_>>() {
            self.instances.move_to(id, Arc::clone(&connector));
        }
        connector
    }
}

/// Every connector that an account makes is private, as exporters say on their own.
fn read(mut description: Object) -> Result<Connector, Refusal> {
    if description.remove("private").is_some_and(|private| private != true) {
        return Err(Refusal::bad_request("`private` can only be true: remove it."));
    }
    Connector::from_value(Value::Object(description))
        .map_err(|mistake| Refusal::bad_request(format!("{mistake}.")))
}
