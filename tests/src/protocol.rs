//! What goes to an implementation and what comes back: one JSON object a line, a reply to each question, in order.

use std::io::{self, BufRead, Write};

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::Group;

/// A case as an implementation sees it: without the expectation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Question {
    /// The name of the case, to be given back.
    pub case: String,
    /// What is asked.
    pub group: Group,
    /// The input of the case.
    pub input: Value,
}

/// What an implementation made of a case.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Reply {
    /// The name of the case.
    pub case: String,
    /// In the form of an expectation. An implementation that does not understand the input, or would lead its
    /// conversation otherwise, replies `{"cannot": "why"}`, which no case expects.
    pub outcome: Value,
    /// Everything that the implementation could write into a log about the values of this case.
    #[serde(default)]
    pub prints: Vec<String>,
}

/// Replies to every question of `questions`, a line each, until it ends.
///
/// # Errors
/// Reading or writing failed, or a line is no question.
pub fn serve(
    questions: impl BufRead,
    mut replies: impl Write,
    reply: impl Fn(&Question) -> Reply,
) -> io::Result<()> {
    for line in questions.lines() {
        let question = serde_json::from_str(&line?)?;
        serde_json::to_writer(&mut replies, &reply(&question))?;
        replies.write_all(b"\n")?;
        replies.flush()?;
    }
    Ok(())
}
