//! Golden files against the schema of their format.

use jsonschema::error::ValidationErrorKind;
use jsonschema::{ValidationError, Validator};
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
    pub(crate) fn problems(&self, group: Group, file: &Value) -> Vec<String> {
        let validators = self.0.iter().filter(|(other, _)| *other == group);
        validators
            .flat_map(|(_, validator)| validator.iter_errors(file))
            .flat_map(|error| told(&error))
            .collect()
    }
}

/// What is wrong, with the place. Of a value that may have one of several forms: what keeps it from the nearest.
fn told(error: &ValidationError<'_>) -> Vec<String> {
    match error.kind() {
        ValidationErrorKind::AnyOf { context } | ValidationErrorKind::OneOfNotValid { context } => {
            // Rather not a form that is told by a name which this value does not have.
            let named_otherwise = |form: &[ValidationError<'_>]| {
                form.iter().any(|error| matches!(error.kind(), ValidationErrorKind::Constant { .. }))
            };
            let nearest = context.iter().min_by_key(|form| (named_otherwise(form), form.len()));
            nearest.into_iter().flatten().flat_map(told).collect()
        }
        _ => vec![format!("at `{}`: {error}", error.instance_path())],
    }
}
