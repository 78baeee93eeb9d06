//! Connectors that an account has made for itself.

use serde_json::{Value, json};

use super::connector::Connector;
use super::{check, fix};
use crate::account::AccountId;

impl Connector {
    /// Reads a description as a file of the catalogue has it; the text says what to change.
    pub(crate) fn from_value(description: Value) -> Result<Self, String> {
        let connector: Self =
            serde_json::from_value(description).map_err(|error| fix::with_fix(&error.to_string()))?;
        check::connector(&connector).map_err(|mistake| mistake.in_short())?;
        Ok(connector)
    }

    /// The same as a connector of one account, and as a clone of the connector with this id.
    pub(crate) fn owned(self, owner: Option<AccountId>, clone_of: Option<u64>) -> Self {
        Self { owner, clone_of, ..self }
    }

    pub(crate) fn with_active(&self, active: bool) -> Self {
        Self { active, ..self.clone() }
    }

    /// A description of it, from which another can be made.
    pub(crate) fn export(&self) -> Value {
        // It has no maps with other keys than texts.
        serde_json::to_value(self).unwrap_or_else(|_| json!({}))
    }

    /// The connector that this one is a clone of, also over several steps; else itself.
    pub(crate) fn root(&self) -> u64 {
        self.clone_of.unwrap_or(self.id)
    }
}
