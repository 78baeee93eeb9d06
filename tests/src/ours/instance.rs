//! Instances as outcomes.

use serde_json::{Map, Value};
use your_moms_core::{Connector, Instance};

use super::Cannot;
use crate::format::instance as format;

/// What core tells of an instance, and what it keeps of it: every member that came.
pub(super) fn view(instance: &Instance) -> Result<format::Instance, Cannot> {
    let configuration =
        instance.configuration().map(|(key, value)| Ok((key.to_owned(), serde_json::to_value(value)?)));
    Ok(format::Instance {
        id: instance.id(),
        token: instance.token().expose().to_owned(),
        name: instance.name().map(str::to_owned),
        connector: instance.connector().map(connector),
        configuration: configuration.collect::<Result<_, Cannot>>()?,
        tags: instance.tags().into_iter().map(str::to_owned).collect(),
        valid: instance.is_valid(),
        disabled: instance.is_disabled(),
        kept: members(serde_json::to_value(instance)?)?,
    })
}

/// The members of an object.
pub(super) fn members(value: Value) -> Result<Map<String, Value>, Cannot> {
    match value {
        Value::Object(members) => Ok(members),
        _ => Err(Cannot("this is no object".to_owned())),
    }
}

fn connector(connector: &Connector) -> format::Connector {
    format::Connector {
        id: connector.id(),
        key: connector.key().map(str::to_owned),
        name: connector.name().map(str::to_owned),
        hub: connector.hub().map(str::to_owned),
        authentication: connector.authentication().map(str::to_owned),
    }
}
