//! What the objects of a resource look like, as far as those in the catalogue tell.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::resource::Resource;

impl Resource {
    /// The name of its objects, which is one segment of a path: `folders-contents`.
    pub(crate) fn object_name(&self) -> String {
        self.path.replace('/', "-")
    }

    /// `{"fields": [{"path", "type", "vendorPath"}]}`; the path of a member inside another has a dot.
    pub(crate) fn metadata_json(&self) -> Value {
        let mut fields = BTreeMap::new();
        self.examples().for_each(|object| collect(object, "", &mut fields));
        let field = |(path, kind): (String, &str)| {
            let mut field = json!({ "path": path, "vendorPath": path, "type": kind });
            if let (true, Some(members)) = (path == self.id_member && !self.singleton, field.as_object_mut())
            {
                members.insert("primaryKey".to_owned(), true.into());
            }
            field
        };
        json!({ "fields": fields.into_iter().map(field).collect::<Value>() })
    }

    /// As a schema of Swagger 2.0.
    pub(super) fn schema_json(&self) -> Value {
        let mut members = Map::new();
        for object in self.examples() {
            for (name, value) in object {
                let known = members.get(name).is_some_and(|schema| *schema != json!({}));
                if !known {
                    members.insert(name.clone(), schema(value));
                }
            }
        }
        json!({ "type": "object", "properties": members })
    }

    fn examples(&self) -> impl Iterator<Item = &Map<String, Value>> {
        let all = std::iter::once(&self.template).chain(self.objects.values());
        all.flat_map(|value| value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice))
            .filter_map(Value::as_object)
    }
}

/// A member that is null tells nothing of its type, until another object does.
fn collect(object: &Map<String, Value>, before: &str, fields: &mut BTreeMap<String, &'static str>) {
    for (name, value) in object {
        let path = format!("{before}{name}");
        if let Value::Object(inner) = value {
            collect(inner, &format!("{path}."), fields);
        } else if value.is_null() {
            fields.entry(path).or_insert("string");
        } else {
            fields.insert(path, kind(value));
        }
    }
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Bool(_) => "boolean",
        Value::Number(number) if number.is_f64() => "number",
        Value::Number(_) => "integer",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
        Value::String(_) | Value::Null => "string",
    }
}

fn schema(value: &Value) -> Value {
    match value {
        Value::Null => json!({}),
        Value::Object(members) => {
            let properties: Map<_, _> = members.iter().map(|(name, it)| (name.clone(), schema(it))).collect();
            json!({ "type": "object", "properties": properties })
        }
        Value::Array(items) => {
            let items = items.first().map_or_else(|| json!({}), schema);
            json!({ "type": "array", "items": items })
        }
        value => json!({ "type": kind(value) }),
    }
}
