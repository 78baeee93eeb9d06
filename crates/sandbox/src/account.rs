//! The accounts of the platform: each has its own secrets and sees its own instances.

use serde_json::{Value, json};

use crate::credentials::Credentials;
use crate::random::Random;

/// Which account, by the order in which they were added.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct AccountId(usize);

pub(crate) struct Accounts {
    first: Credentials,
    others: Vec<Credentials>,
}

impl Accounts {
    pub(crate) fn new(random: &mut Random) -> Self {
        Self { first: draw(random), others: Vec::new() }
    }

    pub(crate) fn add(&mut self, random: &mut Random) -> Credentials {
        let credentials = draw(random);
        self.others.push(credentials.clone());
        credentials
    }

    pub(crate) fn first(&self) -> &Credentials {
        &self.first
    }

    /// The account of this user.
    pub(crate) fn of_user(&self, user_secret: &str) -> Option<(AccountId, &Credentials)> {
        let all = std::iter::once(&self.first).chain(&self.others).enumerate();
        all.map(|(index, account)| (AccountId(index), account))
            .find(|(_, account)| account.user_secret == user_secret)
    }
}

impl AccountId {
    /// The platform's user of this account, as every instance shows them.
    pub(crate) fn user(self) -> Value {
        let number = self.0.saturating_add(1);
        json!({
            "id": number,
            "emailAddress": format!("user-{number}@sandbox.invalid"),
            "firstName": "Sandbox",
            "lastName": format!("User {number}"),
        })
    }
}

fn draw(random: &mut Random) -> Credentials {
    Credentials {
        user_secret: random.secret("user-secret"),
        organization_secret: random.secret("organization-secret"),
    }
}
