//! The format of the golden files, stated once: these types read the files and write the outcomes, and their schema,
//! generated, is what each file is checked against and what other implementations read (`tests/golden/schema.json`).
//!
//! Types and documentation only; nothing here knows an implementation. A member that may be absent says so by
//! `skip_serializing_if`; every other one is required, although it may be null.

pub mod authorization;
pub mod callback;
pub mod creation;
pub mod document;
pub mod entropy;
pub mod failure;
pub mod instance;
pub mod message;
pub mod operation;
pub mod parameters;
pub mod platform;
pub mod request;
pub mod response;
pub mod retry;
pub mod stored;

use std::borrow::Cow;
use std::convert::Infallible;
use std::marker::PhantomData;

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::Group;
use failure::Failure;

/// The content of a golden file. The runner handles `input` and `expect` of all groups alike, as JSON.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Content<I = Value, E = Value> {
    /// What breaks for a user if this fails.
    #[schemars(length(min = 20))]
    pub why: String,
    /// Where the rule comes from, quoted. What follows `the source document: ` stands word for word in sentences.json.
    #[schemars(length(min = 1), inner(regex(pattern = SOURCE)))]
    pub source: Vec<String>,
    /// What kind of rule it is.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(min = 1), extend("uniqueItems" = true))]
    pub flags: Vec<Flag>,
    /// What the implementation is given.
    pub input: I,
    /// Everything that must come of it.
    pub expect: E,
    /// Texts of the input that no print of anything made in the case may contain.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(min = 1), inner(length(min = 8)), extend("uniqueItems" = true))]
    pub never_prints: Vec<String>,
}

const SOURCE: &str = "^(the source document|the platform's documentation|live deployments|published samples|HTTP libraries|this library|POSIX.1-2017 XCU [0-9.]+|curl\\(1\\)|RFC [0-9]+(, appendix [A-Z](\\.[0-9]+)*| §[0-9]+(\\.[0-9]+)*)): .+";

/// What kind of rule a case is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Flag {
    /// Text exactly as the source document prints it.
    Verbatim,
    /// The same with its slip corrected.
    AsMeant,
    /// About what is shown to whom.
    Secret,
    /// About doing nothing twice.
    Once,
    /// Accepts what deployments, providers and people really send.
    Lenient,
    /// Refuses what the documents would let pass; another implementation may differ here, and should say so.
    Strict,
}

impl Flag {
    /// The flag as the files write it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Verbatim => "verbatim",
            Self::AsMeant => "as-meant",
            Self::Secret => "secret",
            Self::Once => "once",
            Self::Lenient => "lenient",
            Self::Strict => "strict",
        }
    }
}

/// What comes of an input: a `T`, or an object with the one member `error`. It exists in the schema alone.
#[derive(Debug)]
pub enum Outcome<T> {
    #[doc(hidden)]
    Never(Infallible, PhantomData<T>),
}

// By hand, so that what is wrong with a value is said of the value, and not that it is no error either.
impl<T: JsonSchema> JsonSchema for Outcome<T> {
    fn schema_name() -> Cow<'static, str> {
        format!("OutcomeOf{}", T::schema_name()).into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let failed = json_schema!({
            "type": "object",
            "properties": { "error": generator.subschema_for::<Failure>() },
            "additionalProperties": false,
        });
        json_schema!({
            "if": { "type": "object", "required": ["error"] },
            "then": failed,
            "else": generator.subschema_for::<T>(),
        })
    }
}

/// The schema of all golden files: a definition named after each group, and those that they refer to.
pub fn schema() -> Value {
    // The contract of serialization: what is always written is required.
    let mut generator = SchemaSettings::draft2020_12().for_serialize().into_generator();
    let mut definitions = Map::new();
    for group in Group::ALL {
        let file = match group {
            Group::Request => file::<request::Input, Outcome<request::Output>>,
            Group::Response => file::<response::Input, Outcome<response::Output>>,
            Group::Callback => file::<callback::Input, Outcome<callback::Output>>,
            Group::Document => file::<document::Input, Outcome<document::Output>>,
            Group::Retry => file::<retry::Input, Outcome<response::Output>>,
            Group::Stored => file::<stored::Input, Outcome<stored::Output>>,
        };
        let mut schema = file(&mut generator);
        schema.insert("description".to_owned(), group.description().into());
        definitions.insert(group.name().to_owned(), schema.to_value());
    }
    definitions.extend(generator.take_definitions(true));
    serde_json::json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Golden files",
        "description": "One case a file. The folder is the group, and each group has the definition of its name below; the runner refuses a file that does not fit. Written by `cargo xtask conformance --table`.",
        "$defs": definitions,
    })
}

/// The schema as `tests/golden/schema.json` holds it.
pub fn schema_file() -> String {
    format!("{:#}\n", schema())
}

fn file<I: JsonSchema, E: JsonSchema>(generator: &mut SchemaGenerator) -> Schema {
    Content::<I, E>::json_schema(generator)
}

/// Whether a flag of a case is not set, and need not be written.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands over a reference")]
pub(crate) fn unset(flag: &bool) -> bool {
    !*flag
}
