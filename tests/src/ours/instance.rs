//! Instances as outcomes.

use serde::Serialize;
use serde_json::{Map, Value};
use your_moms_core::{Connector, Instance};

use super::problem::Problem;
use crate::format::instance as format;

/// What core tells of an instance, and what it keeps of it: every member that came.
pub(super) fn view(instance: &Instance) -> Result<format::Instance, Problem> {
    let configuration = instance.configuration().into_iter();
    let configuration = configuration.map(|(key, value)| Ok((key, serde_json::to_value(value)?)));
    let mut stored = members(&instance.expose())?;
    Ok(format::Instance {
        id: instance.id(),
        token: instance.token().expose().to_owned(),
        name: instance.name().map(str::to_owned),
        connector: instance.connector().map(connector_view),
        configuration: configuration.collect::<serde_json::Result<_>>().map_err(Problem::case)?,
        tags: instance.tags().to_vec(),
        valid: instance.is_valid(),
        disabled: instance.is_disabled(),
        kept: members(&stored.remove("instance"))?,
    })
}

/// The members of what is written as an object.
pub(super) fn members(value: &impl Serialize) -> Result<Map<String, Value>, Problem> {
    match serde_json::to_value(value).map_err(Problem::case)? {
        Value::Object(members) => Ok(members),
        _ => Err(Problem::case("this is no object")),
    }
}

pub(super) fn connector_view(connector: &Connector) -> format::Connector {
    format::Connector {
        id: connector.id(),
        key: connector.key().map(str::to_owned),
        name: connector.name().map(str::to_owned),
        hub: connector.hub().map(str::to_owned),
        authentication: connector.authentication().map(str::to_owned),
    }
}
