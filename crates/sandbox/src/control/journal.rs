//! `/_sandbox/journal`: what was asked of the sandbox.

use http::{Request, StatusCode};
use serde_json::{Map, Value, json};

use super::{Outcome, Problem};
use crate::console::Filter;
use crate::instance::timestamp;
use crate::journal::{Message, Record};
use crate::params::Params;
use crate::sandbox::Sandbox;

impl Sandbox {
    pub(super) fn shown_journal(&self, request: &Request<&[u8]>) -> Outcome {
        let query = Params::from_form(request.uri().query().unwrap_or_default().as_bytes());
        let filter = Filter::of(&query).map_err(Problem::bad)?;
        Ok(self.journal().iter().filter(|record| filter.matches(record)).map(summary).collect())
    }

    pub(super) fn shown_record(&self, number: &str) -> Outcome {
        let record = number.parse().ok().and_then(|number| self.journal.get(number)).ok_or_else(|| {
            let message =
                "The journal has no such record (any more). GET /_sandbox/journal lists those it has.";
            Problem::new(StatusCode::NOT_FOUND, message)
        })?;
        let mut shown = summary(record);
        if let Some(members) = shown.as_object_mut() {
            members.insert("request".to_owned(), message(&record.request));
            members.insert("response".to_owned(), record.response.as_ref().map(message).into());
        }
        Ok(shown)
    }
}

fn summary(record: &Record) -> Value {
    json!({
        "number": record.number,
        "at": timestamp(record.at),
        "duration_ms": record.duration.map(|duration| duration.as_secs_f64() * 1000.0),
        "call": record.call.map(crate::route::Call::name),
        "method": record.method,
        "path": record.path,
        "status": record.status.map(|status| status.as_u16()),
        "instance": record.instance,
        "account": record.account,
        "fault": record.fault,
        "behaviours": record.behaviours,
    })
}

/// The body is JSON where it was, and text otherwise.
fn message(message: &Message) -> Value {
    let fields: Map<_, _> =
        message.fields.iter().map(|(name, value)| (name.clone(), value.clone().into())).collect();
    let body = serde_json::from_str(&message.body).unwrap_or_else(|_| Value::from(message.body.clone()));
    json!({ "start": message.start, "fields": fields, "body": body })
}
