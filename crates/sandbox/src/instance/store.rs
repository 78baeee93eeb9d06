//! All instances of all accounts, found by id, by token and by tag.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Bound;

use super::Instance;
use crate::account::AccountId;

#[derive(Default)]
pub(crate) struct Instances {
    by_id: BTreeMap<u64, Instance>,
    by_token: HashMap<String, u64>,
    /// Tags in lower case.
    by_tag: HashMap<(AccountId, String), BTreeSet<u64>>,
    /// Those that lists do not show yet, and for how many more list requests.
    hidden: BTreeMap<u64, u32>,
}

impl Instances {
    pub(crate) fn insert(&mut self, instance: Instance) {
        self.by_token.insert(instance.token.clone(), instance.id);
        self.index(instance.account, instance.id, &instance.tags);
        self.by_id.insert(instance.id, instance);
    }

    pub(crate) fn remove(&mut self, id: u64) -> Option<Instance> {
        let instance = self.by_id.remove(&id)?;
        self.by_token.remove(&instance.token);
        self.hidden.remove(&id);
        self.forget(instance.account, id, &instance.tags);
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

    /// Those of an account with an id above `after`, in ascending order; with a tag, those that have it in any letter
    /// case.
    pub(crate) fn of_account<'a>(
        &'a self,
        account: AccountId,
        tag: Option<&str>,
        after: u64,
    ) -> Box<dyn Iterator<Item = &'a Instance> + 'a> {
        let ids = (Bound::Excluded(after), Bound::Unbounded);
        match tag {
            None => {
                let all = self.by_id.range(ids).map(|(_, instance)| instance);
                Box::new(all.filter(move |instance| instance.account == account))
            }
            Some(tag) => {
                let tagged = self.by_tag.get(&(account, tag.to_lowercase()));
                let ids = tagged.into_iter().flat_map(move |tagged| tagged.range(ids));
                Box::new(ids.filter_map(|id| self.get(*id)))
            }
        }
    }

    pub(crate) fn replace_tags(&mut self, id: u64, tags: Vec<String>) {
        let Some(instance) = self.by_id.get_mut(&id) else { return };
        let account = instance.account;
        let old = std::mem::take(&mut instance.tags);
        self.forget(account, id, &old);
        self.index(account, id, &tags);
        if let Some(instance) = self.by_id.get_mut(&id) {
            instance.tags = tags;
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

    fn index(&mut self, account: AccountId, id: u64, tags: &[String]) {
        for tag in tags {
            self.by_tag.entry((account, tag.to_lowercase())).or_default().insert(id);
        }
    }

    fn forget(&mut self, account: AccountId, id: u64, tags: &[String]) {
        for tag in tags {
            let key = (account, tag.to_lowercase());
            if let Some(ids) = self.by_tag.get_mut(&key) {
                ids.remove(&id);
                if ids.is_empty() {
                    self.by_tag.remove(&key);
                }
            }
        }
    }
}
