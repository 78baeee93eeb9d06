//! `your-moms check`: what is wrong with an `instance.json` or a curl command, shown where it is.

mod veil;

use std::fs;
use std::io::{self, Read as _};
use std::path::Path;

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};
use serde::Serialize;
use your_moms_core::document::{self, Document, Expectations, Fault};

use crate::args::Check;
use crate::failure::Failure;
use crate::mask::Mask;
use crate::terminal;

/// The one JSON object of `--json`.
#[derive(Serialize)]
struct Report<'a> {
    file: &'a str,
    /// `create`, `instance` or `command`; null if there is a fault.
    document: Option<&'static str>,
    faults: Vec<Found>,
}

#[derive(Serialize)]
struct Found {
    line: usize,
    column: usize,
    kind: String,
    cause: String,
    mend: String,
}

impl Found {
    fn of(fault: &Fault) -> Self {
        let Fault { kind, line, column, mend, .. } = fault;
        Self {
            line: *line,
            column: *column,
            kind: format!("{kind:?}"),
            cause: fault.to_string(),
            mend: mend.clone(),
        }
    }
}

pub(crate) fn run(args: &Check, json: bool) -> Result<(), Failure> {
    let (name, text) = read(&args.file)?;
    let expect = Expectations { key: args.key.clone(), callback_url: args.callback_url.clone() };
    let (document, faults) = match document::read(&text, &expect) {
        Ok(document) => (kind(&document), Vec::new()),
        Err(error) => (None, error.faults().to_vec()),
    };
    if json {
        let report = Report { file: &name, document, faults: faults.iter().map(Found::of).collect() };
        terminal::json(&report)?;
    } else if faults.is_empty() {
        let what = match document {
            Some("create") => "what `POST /instances` takes",
            Some("instance") => "an instance, as the platform answers it",
            _ => "a curl command",
        };
        terminal::result(&format!("{name} has no fault. It is {what}."))?;
    } else {
        let shown = veil::veiled(&text);
        for fault in &faults {
            terminal::result(&snippet(&name, &shown, fault))?;
        }
    }
    match faults.len() {
        0 => Ok(()),
        1 => Err(Failure::failed(format!("{name} has a fault"))),
        count => Err(Failure::failed(format!("{name} has {count} faults"))),
    }
}

fn read(file: &Path) -> Result<(String, String), Failure> {
    let (name, bytes) = if file == Path::new("-") {
        let mut bytes = Vec::new();
        ("standard input".to_owned(), io::stdin().read_to_end(&mut bytes).map(|_| bytes))
    } else {
        (Mask::default().clean(&file.display().to_string()), fs::read(file))
    };
    let bytes = bytes.map_err(|error| Failure::failed(format!("{name} cannot be read")).because(&error))?;
    match String::from_utf8(bytes) {
        Ok(text) => Ok((name, text)),
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            Err(Failure::failed(format!("{name} is not UTF-8 text from byte {at} on"))
                .help("save it as UTF-8"))
        }
    }
}

fn kind(document: &Document) -> Option<&'static str> {
    match document {
        Document::Create(_) => Some("create"),
        Document::Instance(_) => Some("instance"),
        Document::Command => Some("command"),
        _ => None,
    }
}

/// The line with the fault marked, the cause above it and the mend below.
fn snippet(name: &str, shown: &str, fault: &Fault) -> String {
    let mask = Mask::default();
    let (cause, mend) = (mask.clean(&fault.to_string()), mask.clean(&fault.mend));
    let place = AnnotationKind::Primary.span(fault.span.clone());
    let group = Level::ERROR
        .primary_title(cause)
        .element(Snippet::source(shown).path(name).annotation(place))
        .element(Level::HELP.message(mend));
    Renderer::styled().render(&[group])
}
