//! Golden files against the schema of their format.

use jsonschema::Validator;
use serde_json::Value;

use crate::Group;
use crate::format::schema;

/// The schema, ready to be asked, one for each group.
pub(crate) struct Schema(Vec<(Group, Validator)>);

impl Schema {
    /// The schema has a definition named after each group.
    pub(crate) fn new() -> Result<Self, String> {
        let schema = schema();
        let for_group = |group: Group| {
            let mut schema = schema.clone();
            let root = schema.as_object_mut().ok_or("is not an object")?;
            root.insert("$ref".to_owned(), Value::from(format!("#/$defs/{group}")));
            let validator = jsonschema::validator_for(&schema).map_err(|error| error.to_string())?;
            Ok((group, validator))
        };
        Group::ALL.into_iter().map(for_group).collect::<Result<_, String>>().map(Self)
    }

    /// Everything that is wrong with a file of this group, each with the place.
    pub(crate) fn faults(&self, group: Group, file: &Value) -> Vec<String> {
        let validators = self.0.iter().filter(|(other, _)| *other == group);
        validators
            .flat_map(|(_, validator)| validator.iter_errors(file))
            .map(|error| format!("at `{}`: {error}", error.instance_path()))
            .collect()
    }
}
