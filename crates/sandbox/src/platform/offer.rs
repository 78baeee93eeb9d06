//! What can be connected, and what is behind an instance: keys, hubs, metadata, objects and documentation.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::page::Window;
use super::{Incoming, Outcome, Platform};
use crate::catalogue::{Connector, Deployment};
use crate::instance::Instance;
use crate::response::{Refusal, instance_response, json_response};
use crate::route::Which;

const PARAMETERS: [&str; 2] = ["nextPage", "pageSize"];

impl Platform {
    /// `GET /{nouns}/keys`
    pub(super) fn keys(&self, incoming: &Incoming<'_>) -> Outcome {
        self.every_connector(incoming, |connector| connector.key.as_str().into())
    }

    /// `GET /{nouns}/metadata` and `/{nouns}/{keyOrId}/metadata`
    pub(super) fn metadata(&self, incoming: &Incoming<'_>, key: Option<&str>) -> Outcome {
        let Some(key) = key else { return self.every_connector(incoming, Connector::metadata_json) };
        let account = self.platform_call(incoming)?;
        Ok(json_response(&self.known(incoming, account, key)?.metadata_json()))
    }

    fn every_connector(&self, incoming: &Incoming<'_>, shown: impl Fn(&Connector) -> Value) -> Outcome {
        let account = self.platform_call(incoming)?;
        let query = incoming.query();
        query.only(&PARAMETERS)?;
        let page = Window::of(&query)?.page(self.visible(account).map(|it| (it.id, it)));
        if page.is_empty() {
            return Err(Refusal::none_found(incoming.noun.plural()));
        }
        Ok(page.into_response(|connector| shown(connector)))
    }

    /// `GET /hubs`: each with the keys of its connectors.
    pub(super) fn hubs(&self, incoming: &Incoming<'_>) -> Outcome {
        let account = self.platform_call(incoming)?;
        let mut hubs: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for connector in self.visible(account) {
            hubs.entry(&connector.hub).or_default().push(&connector.key);
        }
        if hubs.is_empty() {
            return Err(Refusal::none_found("hubs"));
        }
        let hub = |(key, connectors)| json!({ "key": key, incoming.noun.plural(): connectors });
        Ok(json_response(&hubs.into_iter().map(hub).collect()))
    }

    /// `GET /{nouns}/{keyOrId}/docs`
    pub(super) fn connector_docs(&self, incoming: &Incoming<'_>, key: &str, origin: &str) -> Outcome {
        let account = self.platform_call(incoming)?;
        let deployment = Deployment { origin, noun: incoming.noun };
        Ok(json_response(&self.known(incoming, account, key)?.docs_json(deployment)))
    }

    /// `GET /{nouns}/{keyOrId}/transformations`: nobody has defined one.
    pub(super) fn transformations(&self, incoming: &Incoming<'_>, key: &str) -> Outcome {
        let account = self.platform_call(incoming)?;
        self.known(incoming, account, key)?;
        Ok(json_response(&json!({})))
    }

    /// `GET /instances/{id}/docs`
    pub(super) fn instance_docs(&self, incoming: &Incoming<'_>, which: &Which, origin: &str) -> Outcome {
        let instance = self.chosen(incoming, which)?;
        let deployment = Deployment { origin, noun: incoming.noun };
        Ok(instance_response(instance.id, &instance.connector.docs_json(deployment)))
    }

    /// `GET /instances/{id}/objects` and `/objects`, and what an object of one kind looks like. `None` is the instance of
    /// the token, as for every hub resource.
    pub(super) fn instance_objects(
        &self,
        incoming: &Incoming<'_>,
        which: Option<&Which>,
        name: Option<&str>,
    ) -> Outcome {
        let instance: &Instance = match which {
            Some(which) => self.chosen(incoming, which)?,
            None => self.usable(incoming)?,
        };
        let resources = instance.connector.resources();
        let about = |refusal: Refusal| refusal.about(instance.id);
        let shown = match name {
            Some(name) => {
                let found = resources.iter().find(|it| it.object_name() == name);
                found.ok_or_else(|| about(Refusal::none_found("object")))?.metadata_json()
            }
            None if resources.is_empty() => return Err(about(Refusal::none_found("objects"))),
            None => resources.iter().map(|it| Value::from(it.object_name())).collect(),
        };
        Ok(instance_response(instance.id, &shown))
    }

    /// A part of the platform in which there is nothing here, such as `GET /formulas`.
    pub(super) fn empty_part(&self, incoming: &Incoming<'_>, what: &str) -> Outcome {
        self.platform_call(incoming)?;
        Err(Refusal::none_found(what))
    }

    /// `GET /organizations/objects/definitions`
    pub(super) fn definitions(&self, incoming: &Incoming<'_>) -> Outcome {
        self.platform_call(incoming)?;
        Ok(json_response(&json!({})))
    }
}
