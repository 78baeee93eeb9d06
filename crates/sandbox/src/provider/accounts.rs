//! Whose accounts there are at each provider, and who is signed in.

use std::collections::HashMap;

use serde_json::{Map, Value};

use super::Provider;
use crate::catalogue::{Connector, Seed};

#[derive(Default)]
pub(super) struct Accounts {
    /// At every provider, besides those of the catalogue.
    added: Vec<String>,
    /// By the id of the connector; where nobody is named, the first account is signed in.
    signed_in: HashMap<u64, String>,
}

impl Provider {
    /// A blank name, or one that is there already, adds nothing.
    pub(crate) fn add_account(&mut self, name: &str) {
        let added = &mut self.accounts.added;
        if !name.trim().is_empty() && !added.iter().any(|other| other == name) {
            added.push(name.to_owned());
        }
    }

    /// Those of the catalogue come first, so that each keeps its place.
    pub(crate) fn accounts_of<'a>(&'a self, connector: &'a Connector) -> impl Iterator<Item = &'a str> {
        let own = &connector.service.accounts;
        let added = self.accounts.added.iter().filter(|name| !own.contains(name));
        own.iter().chain(added).map(String::as_str)
    }

    /// `false` if there is no such account at this provider.
    pub(crate) fn sign_in(&mut self, connector: &Connector, account: &str) -> bool {
        let known = self.accounts_of(connector).any(|name| name == account);
        if known {
            self.accounts.signed_in.insert(connector.id, account.to_owned());
        }
        known
    }

    pub(crate) fn signed_in<'a>(&'a self, connector: &'a Connector) -> &'a str {
        let named = self.accounts.signed_in.get(&connector.id);
        // A private connector may have lost an account.
        let named = named.and_then(|named| self.accounts_of(connector).find(|account| account == named));
        named.or_else(|| self.accounts_of(connector).next()).unwrap_or_default()
    }

    /// Where nobody is asked for consent: the account that one of the required entries names, else the first.
    pub(crate) fn account_in<'a>(
        &'a self,
        connector: &'a Connector,
        configuration: &Map<String, Value>,
    ) -> &'a str {
        let names = |account: &str| {
            connector.required_entries().any(|key| configuration.get(key).is_some_and(|it| it == account))
        };
        let found = self.accounts_of(connector).find(|account| names(account));
        found.or_else(|| self.accounts_of(connector).next()).unwrap_or_default()
    }

    /// What decides which objects an account has.
    pub(crate) fn seed<'a>(&self, connector: &Connector, account: &'a str) -> Seed<'a> {
        let index = (0..).zip(self.accounts_of(connector)).find(|(_, name)| *name == account);
        Seed { account, index: index.map_or(0, |(index, _)| index) }
    }
}
