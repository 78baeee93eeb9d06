//! `/_sandbox/faults`: which faults wait for which call.

use http::{Method, Request, StatusCode};
use serde_json::{Map, Value, json};

use super::{Outcome, Problem, is_read, object};
use crate::fault::{Armed, Times};
use crate::sandbox::Sandbox;

impl Sandbox {
    pub(super) fn control_faults(&mut self, request: &Request<&[u8]>, id: Option<&str>) -> Outcome {
        let method = request.method();
        match id {
            None if is_read(method) => Ok(self.armed().iter().map(shown).collect()),
            None if method == Method::POST => self.arm_from(&object(request)?),
            None if method == Method::DELETE => {
                self.disarm_all();
                Ok(json!({}))
            }
            None => Err(Problem::method("GET, POST, DELETE")),
            Some(_) if !(is_read(method) || method == Method::DELETE) => Err(Problem::method("GET, DELETE")),
            Some(id) => {
                let armed = self.armed().iter().find(|(armed, _)| armed.to_string() == id).copied();
                let armed = armed.ok_or_else(|| {
                    let message = "No fault with this id waits. GET /_sandbox/faults lists those that do.";
                    Problem::new(StatusCode::NOT_FOUND, message)
                })?;
                if method == Method::DELETE {
                    self.disarm(armed.0);
                }
                Ok(shown(&armed))
            }
        }
    }

    fn arm_from(&mut self, body: &Map<String, Value>) -> Outcome {
        let armed = order(body).map_err(Problem::bad)?;
        let id = self.arm(armed.call, armed.fault, armed.times);
        Ok(shown(&(id, armed)))
    }
}

/// `{"call", "fault", "times"}`; `times` is a number, `"once"` or `"always"`, and once if it is left out.
fn order(body: &Map<String, Value>) -> Result<Armed, String> {
    if let Some(unknown) = body.keys().find(|name| !["call", "fault", "times"].contains(&name.as_str())) {
        return Err(format!("`{unknown}` is not possible here: give call, fault and times."));
    }
    let text = |name: &str| {
        let text = body.get(name).and_then(Value::as_str);
        text.ok_or_else(|| {
            format!("Give {name}, as in {{\"call\": \"create\", \"fault\": \"reset-after\", \"times\": 3}}.")
        })
    };
    let times = match body.get("times") {
        None | Some(Value::Null) => Times::Once,
        Some(Value::String(text)) => text.parse().map_err(|error| format!("{error}"))?,
        Some(other) => other.to_string().parse().map_err(|error| format!("{error}"))?,
    };
    Ok(Armed {
        call: text("call")?.parse().map_err(|error| format!("{error}"))?,
        fault: text("fault")?.parse().map_err(|error| format!("{error}"))?,
        times,
    })
}

fn shown((id, armed): &(u64, Armed)) -> Value {
    json!({
        "id": id,
        "call": armed.call.name(),
        "fault": armed.fault.to_string(),
        "times": match armed.times {
            Times::Count(count) => count.into(),
            times => Value::from(times.to_string()),
        },
    })
}
