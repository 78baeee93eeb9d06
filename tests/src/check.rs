//! Comparing a reply with its case.

use serde::Serialize;

use crate::{Case, Difference, Reply, differences};

/// What came of one case.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Verdict {
    /// The name of the case.
    pub case: String,
    /// Where the outcome is not the expected one.
    pub differences: Vec<Difference>,
    /// What was printed and must not be.
    pub leaks: Vec<Leak>,
}

/// A text that must never be printed, and the print it is in.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Leak {
    /// The text.
    pub sentinel: String,
    /// The print.
    pub print: String,
}

impl Verdict {
    /// Whether there is nothing to complain of.
    pub fn passes(&self) -> bool {
        self.differences.is_empty() && self.leaks.is_empty()
    }
}

/// Compares all of the outcome, and looks for each sentinel in all that was printed.
pub fn check(case: &Case, reply: &Reply) -> Verdict {
    let mut differences = differences(&case.content.expect, &reply.outcome);
    differences.retain(|difference| !is_wording_left_out(difference));
    let mut leaks = Vec::new();
    for sentinel in &case.content.never_prints {
        for print in reply.prints.iter().filter(|print| print.contains(sentinel)) {
            leaks.push(Leak { sentinel: sentinel.clone(), print: print.clone() });
        }
    }
    Verdict { case: case.name.clone(), differences, leaks }
}

/// The words of an error and of its help are an implementation's own: one in another language may give none. If it gives
/// them they are compared, as ours always are.
fn is_wording_left_out(difference: &Difference) -> bool {
    difference.actual.is_none()
        && difference.pointer.starts_with("/error/")
        && (difference.pointer.ends_with("/says") || difference.pointer.ends_with("/help"))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::Group;
    use crate::format::Content;

    fn case(expect: Value) -> Case {
        let content = Content {
            why: String::new(),
            source: Vec::new(),
            flags: Vec::new(),
            input: Value::Null,
            expect,
            never_prints: vec!["hush".to_owned()],
        };
        Case { name: "retry/x".to_owned(), group: Group::Retry, file: "x.json".into(), content }
    }

    fn reply(outcome: Value, print: &str) -> Reply {
        Reply { case: "retry/x".to_owned(), outcome, prints: vec![print.to_owned()] }
    }

    #[test]
    fn words_may_be_left_out_but_not_differ() {
        let case = case(json!({"error": {"kind": "lost", "says": "gone"}}));
        assert!(check(&case, &reply(json!({"error": {"kind": "lost"}}), "")).passes());
        assert!(!check(&case, &reply(json!({"error": {"kind": "lost", "says": "went"}}), "")).passes());
        assert!(!check(&case, &reply(json!({"error": {"says": "gone"}}), "")).passes());
    }

    #[test]
    fn a_sentinel_in_a_print_is_a_leak() {
        let verdict = check(&case(json!({})), &reply(json!({}), "Secret(hush)"));
        assert_eq!(verdict.leaks, [Leak { sentinel: "hush".to_owned(), print: "Secret(hush)".to_owned() }]);
        assert!(!verdict.passes());
    }
}
