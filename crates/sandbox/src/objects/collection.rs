//! Objects of one kind, in the order in which they came, found by their ids.

use std::collections::{BTreeMap, HashMap};
use std::ops::Bound;

use serde_json::{Map, Value};

use crate::catalogue::{Resource, Seed, id_text};

pub(crate) type Object = Map<String, Value>;

pub(crate) struct Collection {
    id_member: String,
    /// The number of the account, which goes into the ids of what is created.
    account: u64,
    by_place: BTreeMap<u64, Object>,
    place_of: HashMap<String, u64>,
    next_place: u64,
    /// Where ids are numbers, the next one.
    next_number: Option<u64>,
}

impl Collection {
    pub(super) fn new(resource: &Resource, seed: Seed<'_>, objects: Vec<Value>) -> Self {
        let mut collection = Self {
            id_member: resource.id_member.clone(),
            account: seed.index.saturating_add(1),
            by_place: BTreeMap::new(),
            place_of: HashMap::new(),
            next_place: 1,
            next_number: None,
        };
        for object in objects {
            if let Value::Object(object) = object {
                let number = object.get(&collection.id_member).and_then(Value::as_u64);
                let next = number.map(|number| number.saturating_add(1));
                collection.next_number = collection.next_number.max(next);
                collection.add(object);
            }
        }
        collection
    }

    pub(crate) fn id_member(&self) -> &str {
        &self.id_member
    }

    pub(crate) fn len(&self) -> usize {
        self.by_place.len()
    }

    /// Those after a place, each with its own, in ascending order.
    pub(crate) fn after(&self, place: u64) -> impl Iterator<Item = (u64, &Object)> {
        let places = (Bound::Excluded(place), Bound::Unbounded);
        self.by_place.range(places).map(|(place, object)| (*place, object))
    }

    pub(crate) fn get_mut(&mut self, id: &str) -> Option<&mut Object> {
        self.by_place.get_mut(self.place_of.get(id)?)
    }

    /// Adds an object under a new id, whatever id it came with.
    pub(crate) fn create(&mut self, mut object: Object) -> &Object {
        let id = self.new_id();
        object.insert(self.id_member.clone(), id);
        let place = self.add(object);
        self.by_place.entry(place).or_default()
    }

    pub(crate) fn remove(&mut self, id: &str) -> Option<Object> {
        self.by_place.remove(&self.place_of.remove(id)?)
    }

    fn add(&mut self, object: Object) -> u64 {
        let place = self.next_place;
        self.next_place = place.saturating_add(1);
        if let Some(id) = object.get(&self.id_member).and_then(id_text) {
            self.place_of.insert(id, place);
        }
        self.by_place.insert(place, object);
        place
    }

    fn new_id(&mut self) -> Value {
        if let Some(number) = &mut self.next_number {
            let id = *number;
            *number = id.saturating_add(1);
            return id.into();
        }
        // The catalogue may have taken it.
        let ids = (self.next_place..).map(|number| format!("sandbox-{}-{number}", self.account));
        let mut free = ids.filter(|id| !self.place_of.contains_key(id));
        free.next().unwrap_or_default().into()
    }
}
