//! A connector as the platform shows it.

use serde_json::{Value, json};

use super::connector::{Connector, Entry};
use super::resource::Resource;

impl Connector {
    /// What the platform calls its kind of authentication, such as `oauth2`.
    pub(crate) fn authentication(&self) -> &'static str {
        self.authentication.name()
    }

    pub(crate) fn to_json(&self) -> Value {
        let mut shown = json!({
            "id": self.id,
            "name": self.name,
            "key": self.key,
            "description": self.description,
            "image": self.image,
            "active": self.active,
            "deleted": false,
            // False for OAuth 2 connectors too, as the platform has it.
            "typeOauth": false,
            "trialAccount": false,
            "transformationsEnabled": true,
            "authentication": { "type": self.authentication() },
            "hub": self.hub,
            "parameters": [],
        });
        if let (Some(_), Some(members)) = (self.owner, shown.as_object_mut()) {
            members.insert("private".to_owned(), true.into());
        }
        shown
    }

    pub(crate) fn metadata_json(&self) -> Value {
        json!({
            "id": self.id,
            "key": self.key,
            "name": self.name,
            "hub": self.hub,
            "active": self.active,
            "authentication": { "type": self.authentication() },
            "objects": self.resources().iter().map(Resource::object_name).collect::<Vec<_>>(),
        })
    }

    /// `[{"id", "key", "required", …}]`, in the order in which a form would show the entries.
    pub(crate) fn configuration_json(&self) -> Value {
        let entry = |(id, order, entry): (u64, u64, &Entry)| {
            json!({
                "id": id,
                "name": entry.name,
                "key": entry.key,
                "description": entry.name,
                "defaultValue": entry.default,
                "type": entry.kind,
                "required": entry.required,
                "hideFromConsole": entry.internal,
                "internal": entry.internal,
                "active": true,
                "displayOrder": order,
                "groupControl": false,
            })
        };
        self.numbered_entries().map(entry).collect()
    }
}
