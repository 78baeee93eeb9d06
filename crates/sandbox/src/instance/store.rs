//! All instances of all accounts, found by id, by token, by connector and by tag, however many there are.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Bound;
use std::sync::Arc;

use super::Instance;
use crate::account::AccountId;
use crate::catalogue::Connector;

/// What a list may ask for.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Mark {
    /// Everything that an account has.
    Any,
    /// By the id of the connector.
    Connector(u64),
    /// In lower case.
    Tag(String),
}

#[derive(Default)]
pub(crate) struct Instances {
    by_id: BTreeMap<u64, Instance>,
    by_token: HashMap<String, u64>,
    by_mark: HashMap<(AccountId, Mark), BTreeSet<u64>>,
    /// Those that lists do not show yet, and for how many more list requests.
    hidden: BTreeMap<u64, u32>,
}

impl Instances {
    pub(crate) fn insert(&mut self, instance: Instance) {
        self.by_token.insert(instance.token.clone(), instance.id);
        self.mark(&instance);
        self.by_id.insert(instance.id, instance);
    }

    pub(crate) fn remove(&mut self, id: u64) -> Option<Instance> {
        let instance = self.by_id.remove(&id)?;
        self.by_token.remove(&instance.token);
        self.hidden.remove(&id);
        self.unmark(&instance);
        Some(instance)
    }

    pub(crate) fn get(&self, id: u64) -> Option<&Instance> {
        self.by_id.get(&id)
    }

    pub(crate) fn get_mut(&mut self, id: u64) -> Option<&mut Instance> {
        self.by_id.get_mut(&id)
    }

    pub(crate) fn of_token(&self, token: &str) -> Option<&Instance> {
        self.get(*self.by_token.get(token)?)
    }

    /// By ascending id.
    pub(crate) fn all(&self) -> impl Iterator<Item = &Instance> {
        self.by_id.values()
    }

    /// Those of an account that have this mark and an id above `after`, in ascending order.
    pub(crate) fn of_account(
        &self,
        account: AccountId,
        mark: Mark,
        after: u64,
    ) -> impl Iterator<Item = &Instance> {
        let ids = (Bound::Excluded(after), Bound::Unbounded);
        let marked = self.by_mark.get(&(account, mark)).into_iter();
        marked.flat_map(move |marked| marked.range(ids)).filter_map(|id| self.get(*id))
    }

    pub(crate) fn replace_tags(&mut self, id: u64, tags: Vec<String>) {
        self.remark(id, |instance| instance.tags = tags);
    }

    /// Makes it an instance of another connector.
    pub(crate) fn move_to(&mut self, id: u64, connector: Arc<Connector>) {
        self.remark(id, |instance| instance.set_connector(connector));
    }

    fn remark(&mut self, id: u64, change: impl FnOnce(&mut Instance)) {
        if let Some(mut instance) = self.by_id.remove(&id) {
            self.unmark(&instance);
            change(&mut instance);
            self.mark(&instance);
            self.by_id.insert(id, instance);
        }
    }

    /// Lets the next `requests` list requests of its account not show an instance.
    pub(crate) fn hide(&mut self, id: u64, requests: u32) {
        if requests > 0 {
            self.hidden.insert(id, requests);
        }
    }

    pub(crate) fn hidden_of(&self, account: AccountId) -> impl Iterator<Item = &Instance> {
        let hidden = self.hidden.keys().filter_map(|id| self.get(*id));
        hidden.filter(move |instance| instance.account == account)
    }

    pub(crate) fn is_hidden(&self, id: u64) -> bool {
        self.hidden.contains_key(&id)
    }

    /// Counts one list request of `account`.
    pub(crate) fn count_list_request(&mut self, account: AccountId) {
        let by_id = &self.by_id;
        self.hidden.retain(|id, requests| {
            if by_id.get(id).is_some_and(|instance| instance.account == account) {
                *requests -= 1;
            }
            *requests > 0
        });
    }

    fn mark(&mut self, instance: &Instance) {
        for mark in instance.marks() {
            self.by_mark.entry((instance.account, mark)).or_default().insert(instance.id);
        }
    }

    fn unmark(&mut self, instance: &Instance) {
        for mark in instance.marks() {
            let key = (instance.account, mark);
            if let Some(ids) = self.by_mark.get_mut(&key) {
                ids.remove(&instance.id);
                if ids.is_empty() {
                    self.by_mark.remove(&key);
                }
            }
        }
    }
}

impl Mark {
    /// Letter case does not count.
    pub(crate) fn tag(tag: &str) -> Self {
        Self::Tag(tag.to_lowercase())
    }
}

impl Instance {
    fn marks(&self) -> impl Iterator<Item = Mark> {
        let tags = self.tags.iter().map(|tag| Mark::tag(tag));
        [Mark::Any, Mark::Connector(self.connector.id)].into_iter().chain(tags)
    }
}
