//! An `instance.json` (or a curl command) written by a person: read it, or say what is wrong, where, and how to mend it.
//!
//! The source document asks for "straight quotes", "plain text formatting" and no spaces at the ends of lines, and its own
//! samples break these rules: one bracket of the sample answer is never closed. What it and other published samples get
//! wrong, people's files get wrong; each of these classes is a [`FaultKind`].

mod command;
mod content;
mod kind;
mod scan;

use std::fmt;
use std::ops::Range;

pub use kind::FaultKind;

use crate::{CreateInstance, Instance};

/// What a text was read as.
#[derive(Debug)]
#[non_exhaustive]
pub enum Document {
    /// The body of a creation.
    Create(CreateInstance),
    /// The platform's answer to one: it has a token.
    Instance(Instance),
    /// A curl command without a fault.
    Command,
}

/// What is known from elsewhere and must agree with the document.
#[derive(Clone, Debug, Default)]
pub struct Expectations {
    /// The connector's key, as it stands in the path of the first step.
    pub key: Option<String>,
    /// The callback URL of the first step.
    pub callback_url: Option<String>,
}

/// Reads a document.
///
/// ```
/// use your_moms_core::document::{Expectations, FaultKind, read};
///
/// let text = "{\n  \"your_mom\": {\n    \"key\": \"instagram\"\n  }\n  \"name\": \"Photos\"\n}";
/// let error = read(text, &Expectations::default()).unwrap_err();
/// let fault = &error.faults()[0];
/// assert_eq!((fault.kind, fault.line, fault.column), (FaultKind::MissingComma, 4, 4));
/// assert_eq!(error.to_string(), "line 4, column 4: a comma is missing before what follows; write `,` here");
/// ```
///
/// # Errors
/// [`DocumentError`] with the first fault of the syntax, or with every fault of the content.
pub fn read(text: &str, expect: &Expectations) -> Result<Document, DocumentError> {
    if command::is_command(text) {
        return match command::faults(text, expect) {
            faults if faults.is_empty() => Ok(Document::Command),
            faults => Err(DocumentError::new(text, faults)),
        };
    }
    let root = scan::scan(text).map_err(|fault| DocumentError::new(text, vec![fault]))?;
    let faults = content::faults(&root, expect);
    if !faults.is_empty() {
        return Err(DocumentError::new(text, faults));
    }
    content::convert(text, &root).map_err(|fault| DocumentError::new(text, vec![fault]))
}

/// What is wrong with a document: one fault of its syntax, or all faults of its content, in the order of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentError(Vec<Fault>);

impl DocumentError {
    fn new(text: &str, mut found: Vec<Found>) -> Self {
        found.sort_by_key(|found| found.span.start);
        Self(found.into_iter().map(|found| Fault::new(text, found)).collect())
    }

    /// The faults; there is at least one.
    pub fn faults(&self) -> &[Fault] {
        &self.0
    }
}

impl fmt::Display for DocumentError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, fault) in self.0.iter().enumerate() {
            let separator = if at == 0 { "" } else { "\n" };
            write!(f, "{separator}line {}, column {}: {fault}; {}", fault.line, fault.column, fault.mend)?;
        }
        Ok(())
    }
}

impl std::error::Error for DocumentError {}

/// One fault. `Display` says what is wrong; neither it nor [`mend`](Self::mend) quotes a value of the document, but for
/// a callback URL.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Fault {
    /// Which of the known faults it is.
    pub kind: FaultKind,
    /// The line it begins in, from 1.
    pub line: usize,
    /// The column it begins in, in characters, from 1.
    pub column: usize,
    /// Where it is, in bytes of the text.
    pub span: Range<usize>,
    /// What to do about it.
    pub mend: String,
    what: String,
}

impl Fault {
    fn new(text: &str, found: Found) -> Self {
        let before = text.get(..found.span.start).unwrap_or(text);
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        Self {
            kind: found.kind,
            line: 1 + before.matches('\n').count(),
            column: 1 + before.get(line_start..).unwrap_or_default().chars().count(),
            span: found.span,
            mend: found.mend,
            what: found.what,
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.what)
    }
}

/// A fault before its line and column are counted.
struct Found {
    kind: FaultKind,
    span: Range<usize>,
    what: String,
    mend: String,
}

impl Found {
    fn new(kind: FaultKind, span: Range<usize>, what: impl Into<String>, mend: impl Into<String>) -> Self {
        Self { kind, span, what: what.into(), mend: mend.into() }
    }
}

/// The plain character that an editor replaced by `c`.
fn plain(c: char) -> Option<&'static str> {
    match c {
        '\u{201c}'..='\u{201f}' | '\u{ab}' | '\u{bb}' => Some("\""),
        '\u{2018}'..='\u{201b}' => Some("'"),
        '\u{2010}'..='\u{2015}' | '\u{2212}' => Some("-"),
        '\u{a0}' | '\u{2000}'..='\u{200b}' | '\u{202f}' | '\u{3000}' => Some("space"),
        _ => None,
    }
}

fn typographic(at: usize, c: char, plain: &str) -> Found {
    let mend = match plain {
        "space" => "write a plain space, and edit the file as plain text".to_owned(),
        _ => format!("write a straight `{plain}`, and edit the file as plain text"),
    };
    let what = if plain == "space" {
        "this is no plain space".to_owned()
    } else {
        format!("`{c}` comes from an editor")
    };
    Found::new(FaultKind::Typographic, at..at + c.len_utf8(), what, mend)
}
