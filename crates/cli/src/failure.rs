//! What the user is told when something goes wrong: what, why, and what to do.

mod call;

use std::error::Error as StdError;
use std::iter;

use serde_json::{Value, json};
use your_moms_core::BuildError;

use crate::exit::Exit;

/// What the standard library says of errors it has no word for.
const SAYS_NOTHING: [&str; 2] = ["uncategorized error", "other error"];

/// The end of a command that did not succeed. Nothing in it is secret: what others wrote has gone through a [`Mask`](crate::mask::Mask).
#[derive(Debug)]
pub(crate) struct Failure {
    exit: Exit,
    /// For programs: the class of a call's error, or what ended the command otherwise.
    class: &'static str,
    status: Option<u16>,
    request_id: Option<String>,
    what: String,
    why: Vec<String>,
    help: Option<String>,
}

impl Failure {
    fn new(exit: Exit, what: impl Into<String>) -> Self {
        let (class, what) = (exit.class(), what.into());
        Self { exit, class, status: None, request_id: None, what, why: Vec::new(), help: None }
    }

    pub(crate) fn failed(what: impl Into<String>) -> Self {
        Self::new(Exit::Failed, what)
    }

    pub(crate) fn usage(what: impl Into<String>) -> Self {
        Self::new(Exit::Usage, what)
    }

    pub(crate) fn denied(what: impl Into<String>) -> Self {
        Self::new(Exit::Denied, what)
    }

    pub(crate) fn timed_out(what: impl Into<String>) -> Self {
        Self::new(Exit::TimedOut, what)
    }

    pub(crate) fn interrupted(what: impl Into<String>) -> Self {
        Self::new(Exit::Interrupted, what)
    }

    /// Adds an error that prints no secret, and what lies behind it.
    pub(crate) fn because(mut self, error: &dyn StdError) -> Self {
        self.why.extend(chain(error).map(|cause| format!("caused by: {cause}")));
        self
    }

    /// Adds a line of explanation.
    pub(crate) fn note(mut self, line: impl Into<String>) -> Self {
        self.why.push(line.into());
        self
    }

    pub(crate) fn help(self, help: impl Into<String>) -> Self {
        Self { help: Some(help.into()), ..self }
    }

    /// The same with another exit code.
    pub(crate) fn ending(self, exit: Exit) -> Self {
        Self { exit, ..self }
    }

    /// For programs: one object.
    pub(crate) fn to_json(&self) -> Value {
        let Self { class, status, request_id, what, why, help, .. } = self;
        json!({
            "class": class, "status": status, "request_id": request_id, "message": what, "details": why, "fix": help,
        })
    }

    pub(crate) fn exit(&self) -> Exit {
        self.exit
    }

    pub(crate) fn what(&self) -> &str {
        &self.what
    }

    pub(crate) fn why(&self) -> &[String] {
        &self.why
    }

    pub(crate) fn advice(&self) -> Option<&str> {
        self.help.as_deref()
    }
}

/// A value of the user's that cannot be used.
impl From<BuildError> for Failure {
    fn from(error: BuildError) -> Self {
        Self::usage(error.to_string())
    }
}

/// A command line that cannot be read.
impl From<clap::Error> for Failure {
    fn from(error: clap::Error) -> Self {
        let text = error.render().to_string();
        // What is wrong, perhaps tips, and how to use the command, with an empty line before each.
        let mut parts = text.trim_start_matches("error: ").split("\n\n").map(one_line);
        let failure = Self::usage(parts.next().unwrap_or_default());
        let tip = parts.find_map(|part| part.strip_prefix("tip: ").map(str::to_owned));
        failure
            .help(tip.unwrap_or_else(|| "`your-moms --help` lists the commands and the options".to_owned()))
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// An error and what lies behind it, without texts that say nothing.
fn chain<'a>(error: &'a (dyn StdError + 'a)) -> impl Iterator<Item = String> {
    let texts = iter::successors(Some(error), |&error| error.source()).map(ToString::to_string);
    texts.filter(|text| !SAYS_NOTHING.contains(&text.as_str()))
}
