//! Instances as outcomes.

use serde_json::{Value, json};
use your_moms_core::{Connector, Instance};

use super::Cannot;

/// What core tells of an instance, and what it keeps of it: every member that came.
pub(super) fn view(instance: &Instance) -> Result<Value, Cannot> {
    Ok(json!({
        "id": instance.id(),
        "token": instance.token().expose(),
        "name": instance.name(),
        "connector": instance.connector().map(connector),
        "configuration": instance.configuration().map(|(key, value)| Ok((key.to_owned(), serde_json::to_value(value)?)))
            .collect::<Result<serde_json::Map<_, _>, Cannot>>()?,
        "tags": instance.tags(),
        "valid": instance.is_valid(),
        "disabled": instance.is_disabled(),
        "kept": serde_json::to_value(instance)?,
    }))
}

fn connector(connector: &Connector) -> Value {
    json!({
        "id": connector.id(),
        "key": connector.key(),
        "name": connector.name(),
        "hub": connector.hub(),
        "authentication": connector.authentication(),
    })
}
