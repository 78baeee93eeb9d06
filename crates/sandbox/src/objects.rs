//! What the services behind the connectors have for their accounts.

use std::collections::HashMap;

use serde_json::{Map, Value};

use crate::catalogue::{Connector, Resource, Seed};

pub(crate) use collection::{Collection, Object};

mod collection;

/// Filled from the catalogue when somebody looks. All instances of an account share what it has.
#[derive(Default)]
pub(crate) struct Objects {
    held: HashMap<Place, Held>,
}

#[derive(PartialEq, Eq, Hash)]
struct Place {
    /// A clone has what its original has: both lead to the same service.
    connector: u64,
    account: String,
    path: String,
}

/// What is at the path of a resource.
pub(crate) enum Held {
    One(Object),
    Many(Collection),
}

impl Objects {
    /// What a connector had for anybody.
    pub(crate) fn forget(&mut self, connector: u64) {
        self.held.retain(|place, _| place.connector != connector);
    }

    pub(crate) fn of(&mut self, connector: &Connector, resource: &Resource, seed: Seed<'_>) -> &mut Held {
        let place = Place {
            connector: connector.root(),
            account: seed.account.to_owned(),
            path: resource.path.clone(),
        };
        self.held.entry(place).or_insert_with(|| match resource.seeded(seed) {
            Value::Array(objects) => Held::Many(Collection::new(resource, seed, objects)),
            Value::Object(object) => Held::One(object),
            // The catalogue has neither.
            _ => Held::One(Map::new()),
        })
    }
}
