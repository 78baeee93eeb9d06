//! The mistakes: each changes what our implementation is asked, or what it answered.

use serde_json::{Value, json};
use your_moms_conformance::{Answer, Group, Question, ours};

/// One mistake, in one group.
pub(crate) struct Mutation {
    pub(crate) name: &'static str,
    pub(crate) group: Group,
    /// The case that is there for it.
    pub(crate) caught_by: &'static str,
    mistake: Mistake,
}

enum Mistake {
    /// Another input than the one that was asked.
    Input(fn(&mut Value)),
    /// Another outcome than the one that came.
    Outcome(fn(&mut Value)),
    /// Something more that is printed, from the input.
    Print(fn(&Value) -> String),
}

impl Mutation {
    pub(crate) fn answer(&self, question: &Question) -> Answer {
        let mut question = question.clone();
        if question.group != self.group {
            return ours::answer(&question);
        }
        if let Mistake::Input(change) = self.mistake {
            change(&mut question.input);
        }
        let mut answer = ours::answer(&question);
        match self.mistake {
            Mistake::Input(_) => {}
            Mistake::Outcome(change) => change(&mut answer.outcome),
            Mistake::Print(print) => answer.prints.push(print(&question.input)),
        }
        answer
    }
}

const fn mutation(name: &'static str, group: Group, caught_by: &'static str, mistake: Mistake) -> Mutation {
    Mutation { name, group, caught_by, mistake }
}

/// All of them.
pub(crate) const MUTATIONS: [Mutation; 27] = {
    use Group::{Callback, Document, Request, Response, Retry};
    use Mistake::{Input, Outcome, Print};
    [
        mutation(
            "drop-accept",
            Request,
            "request/oauth-url.documented",
            Outcome(|o| remove(o, "/headers", "accept")),
        ),
        mutation(
            "drop-authorization",
            Request,
            "request/create-instance.documented",
            Outcome(|o| remove(o, "/headers", "authorization")),
        ),
        mutation(
            "add-a-header",
            Request,
            "request/oauth-url.documented",
            Outcome(|o| set(o, "/headers", "user-agent", json!("other/1"))),
        ),
        mutation(
            "plus-for-space",
            Request,
            "request/oauth-url.encodes-space",
            Outcome(|o| replace(o, "/url", "%20", "+")),
        ),
        mutation(
            "one-vocabulary",
            Request,
            "request/call.three-parts.elements",
            Input(|i| set(i, "/platform", "vocabulary", json!("your_moms"))),
        ),
        mutation(
            "accept-plain-http",
            Request,
            "request/platform.refuses-plain-http",
            Input(|i| replace(i, "/platform/base_url", "http://api.", "https://api.")),
        ),
        mutation(
            "send-placeholders",
            Request,
            "request/create-instance.placeholder-name",
            Input(|i| replace(i, "/parameters/name", "<INSERT_", "x")),
        ),
        mutation(
            "forget-required-entries",
            Request,
            "request/create-instance.missing-entries",
            Input(|i| remove(i, "/parameters", "required")),
        ),
        mutation("print-the-request", Request, "request/oauth-url.documented", Print(Value::to_string)),
        mutation(
            "follow-redirects",
            Response,
            "response/create-instance.redirected-307",
            Input(|i| {
                if (300..400)
                    .contains(&i.pointer("/answer/status").and_then(Value::as_u64).unwrap_or_default())
                {
                    set(i, "/answer", "status", json!(200));
                }
            }),
        ),
        mutation(
            "believe-any-state",
            Response,
            "response/oauth-url.untrusted-other-state",
            Input(|i| set(i, "/asked", "state", json!("instagram"))),
        ),
        mutation(
            "drop-unknown-members",
            Response,
            "response/create-instance.unknown-members",
            Outcome(|o| remove(o, "/kept", "new")),
        ),
        mutation(
            "stop-at-the-first-page",
            Response,
            "response/list-instances.next-page",
            Outcome(|o| null(o, "/next")),
        ),
        mutation(
            "hide-the-message",
            Response,
            "response/create-instance.refused-missing-entries",
            Outcome(|o| remove(o, "/error", "message")),
        ),
        mutation(
            "quote-the-body",
            Response,
            "response/create-instance.unreadable-token-of-odd-type",
            Print(Value::to_string),
        ),
        mutation(
            "keep-meta-fragment",
            Callback,
            "callback/meta-fragment",
            Input(|i| replace(i, "/redirect", "#", "%23")),
        ),
        mutation(
            "accept-second-state",
            Callback,
            "callback/duplicate-state",
            Input(|i| replace(i, "/redirect", "&state=other", "")),
        ),
        mutation(
            "ignore-the-state",
            Callback,
            "callback/state-mismatch-other",
            Input(|i| replace(i, "/redirect", "state=instagram", "state=state-Sentinel-6")),
        ),
        mutation(
            "decode-twice",
            Callback,
            "callback/percent-decoded-once",
            Input(|i| replace(i, "/redirect", "%25", "%")),
        ),
        mutation("never-expire", Callback, "callback/lifetime-too-late", Input(|i| remove(i, "", "times"))),
        mutation(
            "accept-placeholders",
            Document,
            "document/sample.instance-json-verbatim",
            Input(|i| replace(i, "/text", "<INSERT_", "x")),
        ),
        mutation(
            "accept-trailing-comma",
            Document,
            "document/syntax.trailing-comma",
            Input(|i| replace(i, "/text", ",\n}", "\n}")),
        ),
        mutation(
            "point-where-reading-stopped",
            Document,
            "document/sample.answer-verbatim",
            Outcome(|o| {
                let line = o.pointer("/error/faults/0/line").and_then(Value::as_u64).unwrap_or_default();
                set(o, "/error/faults/0", "line", json!(line + 1));
            }),
        ),
        mutation(
            "retry-a-post",
            Retry,
            "retry/maybe-sent.create-instance",
            Input(|i| replace(i, "/operation", "create-instance", "oauth-url-in-body")),
        ),
        mutation(
            "ignore-retry-after",
            Retry,
            "retry/retry-after.429.list-instances",
            Input(|i| remove(i, "/try/answered", "headers")),
        ),
        mutation(
            "try-for-ever",
            Retry,
            "retry/backoff.last",
            Outcome(|o| set(o, "", "wait_ms", json!([500, 1000]))),
        ),
        mutation(
            "wait-an-hour",
            Retry,
            "retry/retry-after.over-the-cap",
            Input(|i| set(i, "", "policy", json!({ "tries": 3, "base_ms": 500, "cap_ms": 3_600_000 }))),
        ),
    ]
};

/// Sets a member of the object at `pointer`, if there is one.
fn set(value: &mut Value, pointer: &str, member: &str, to: Value) {
    if let Some(object) = value.pointer_mut(pointer).and_then(Value::as_object_mut) {
        object.insert(member.to_owned(), to);
    }
}

fn remove(value: &mut Value, pointer: &str, member: &str) {
    if let Some(object) = value.pointer_mut(pointer).and_then(Value::as_object_mut) {
        object.remove(member);
    }
}

fn null(value: &mut Value, pointer: &str) {
    if let Some(found) = value.pointer_mut(pointer) {
        *found = Value::Null;
    }
}

/// Replaces in the text at `pointer`, if there is one.
fn replace(value: &mut Value, pointer: &str, from: &str, to: &str) {
    if let Some(found) = value.pointer_mut(pointer)
        && let Some(text) = found.as_str()
    {
        *found = Value::from(text.replace(from, to));
    }
}
