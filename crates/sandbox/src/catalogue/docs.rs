//! A connector's resources as a Swagger 2.0 document.

use serde_json::{Map, Value, json};

use super::connector::Connector;
use super::resource::Resource;
use crate::noun::Noun;

/// The schema of a refusal, under a name that no object of a service is likely to have.
const REFUSAL: &str = "platform.refusal";

/// Where the API is that the document describes.
#[derive(Clone, Copy)]
pub(crate) struct Deployment<'a> {
    pub(crate) origin: &'a str,
    pub(crate) noun: Noun,
}

impl Connector {
    pub(crate) fn docs_json(&self, deployment: Deployment<'_>) -> Value {
        let (scheme, host) = deployment.origin.split_once("://").unwrap_or(("http", deployment.origin));
        let mut definitions: Map<_, _> =
            self.resources.iter().map(|it| (it.object_name(), it.schema_json())).collect();
        let text = json!({ "type": "string" });
        let refusal = json!({ "requestId": text, "message": text, "providerMessage": text });
        definitions.insert(REFUSAL.to_owned(), json!({ "type": "object", "properties": refusal }));
        json!({
            "swagger": "2.0",
            "info": { "title": self.name, "description": self.description, "version": "api-v2" },
            "host": host,
            "basePath": deployment.noun.base_path(),
            "schemes": [scheme],
            "consumes": ["application/json"],
            "produces": ["application/json"],
            "paths": self.resources.iter().flat_map(|it| self.paths(it, deployment.noun)).collect::<Map<_, _>>(),
            "definitions": definitions,
        })
    }

    /// Of a collection: the list, and an object in it.
    fn paths(&self, resource: &Resource, noun: Noun) -> Vec<(String, Value)> {
        let path = format!("/hubs/{}/{}", self.hub, resource.path);
        let own = Operations { resource, noun, id: false };
        if resource.singleton {
            return vec![(path, own.of(&["get", "put", "patch"]))];
        }
        let object = Operations { id: true, ..own };
        vec![
            (format!("{path}/{{{}}}", resource.id_member), object.of(&["get", "put", "patch", "delete"])),
            (path, own.of(&["get", "post"])),
        ]
    }
}

#[derive(Clone, Copy)]
struct Operations<'a> {
    resource: &'a Resource,
    noun: Noun,
    /// Whether the path goes on to one object.
    id: bool,
}

impl Operations<'_> {
    fn of(self, methods: &[&str]) -> Value {
        methods.iter().map(|method| ((*method).to_owned(), self.one(method))).collect::<Map<_, _>>().into()
    }

    fn one(self, method: &str) -> Value {
        let name = self.resource.object_name();
        let object = json!({ "$ref": format!("#/definitions/{name}") });
        let is_list = method == "get" && !self.id && !self.resource.singleton;
        let mut done = json!({ "description": "Done." });
        if let (true, Some(members)) = (method != "delete", done.as_object_mut()) {
            let list = json!({ "type": "array", "items": object });
            members.insert("schema".to_owned(), if is_list { list } else { object.clone() });
        }
        let refused = json!({
            "description": "Refused.",
            "schema": { "$ref": format!("#/definitions/{REFUSAL}") },
        });
        let suffix = if self.id { "-by-id" } else { "" };
        json!({
            "operationId": format!("{method}-{name}{suffix}"),
            "tags": [name],
            "parameters": self.parameters(method, is_list, &object),
            "responses": { "200": done, "default": refused },
        })
    }

    fn parameters(self, method: &str, is_list: bool, object: &Value) -> Value {
        let word = self.noun.header_word();
        let mut parameters = vec![json!({
            "name": "Authorization",
            "in": "header",
            "description": format!("User <user secret>, {word} <token>"),
            "required": true,
            "type": "string",
        })];
        if self.id {
            let id = &self.resource.id_member;
            parameters.push(json!({ "name": id, "in": "path", "required": true, "type": "string" }));
        }
        if is_list {
            let query =
                |name: &str, kind| json!({ "name": name, "in": "query", "required": false, "type": kind });
            parameters.extend([query("where", "string"), query("nextPage", "string")]);
            parameters.extend([query("pageSize", "integer"), query("returnTotalCount", "boolean")]);
            parameters.extend(self.resource.parameters.keys().map(|name| query(name, "string")));
        }
        if ["post", "put", "patch"].contains(&method) {
            parameters.push(json!({ "name": "body", "in": "body", "required": true, "schema": object }));
        }
        parameters.into()
    }
}
