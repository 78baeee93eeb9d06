//! `POST /_sandbox/time`: the clock under a test's control.

use std::time::{Duration, SystemTime};

use serde_json::{Map, Value, json};

use super::{Outcome, Problem};
use crate::instance::timestamp;
use crate::sandbox::Sandbox;

impl Sandbox {
    pub(super) fn control_time(&mut self, body: &Map<String, Value>, now: SystemTime) -> Outcome {
        let seconds = body.get("advance_seconds").and_then(Value::as_f64);
        let by = seconds.and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
        let by = by.ok_or_else(|| {
            Problem::bad(
                "Give {\"advance_seconds\": 601}: a number that is not negative. The clock only goes ahead.",
            )
        })?;
        self.advance(by);
        // `now` has what it was ahead before.
        Ok(json!({ "now": timestamp(now.checked_add(by).unwrap_or(now)) }))
    }
}
