//! `your-moms check`: what is wrong with an `instance.json` or a curl command, shown where it is.

mod veil;

use std::fs;
use std::io::{self, Read as _};
use std::path::Path;

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};
use serde::Serialize;
use your_moms_diagnosis::{Diagnostic, Document, Expectations};

use crate::args::Check;
use crate::failure::Failure;
use crate::mask::Mask;
use crate::terminal;

/// The one JSON object of `--json`.
#[derive(Serialize)]
struct Report<'a> {
    file: &'a str,
    /// `create`, `instance` or `command`; null if something is wrong.
    document: Option<&'static str>,
    diagnostics: Vec<Entry<'a>>,
}

#[derive(Serialize)]
struct Entry<'a> {
    line: usize,
    column: usize,
    kind: String,
    message: &'a str,
    help: Option<&'a str>,
}

impl<'a> Entry<'a> {
    fn of(diagnostic: &'a Diagnostic) -> Self {
        let Diagnostic { kind, span, message, help, .. } = diagnostic;
        Self {
            line: span.start.line,
            column: span.start.column,
            kind: format!("{kind:?}"),
            message,
            help: help.as_deref(),
        }
    }
}

pub(crate) fn run(args: &Check, json: bool) -> Result<(), Failure> {
    let (name, text) = read(&args.file)?;
    let expect = Expectations {
        key: args.key.clone(),
        callback_url: args.callback_url.clone(),
        ..Expectations::default()
    };
    let (document, diagnostics) = match your_moms_diagnosis::read(&text, &expect) {
        Ok(document) => (kind(&document), Vec::new()),
        Err(error) => (None, error.diagnostics().to_vec()),
    };
    if json {
        let diagnostics = diagnostics.iter().map(Entry::of).collect();
        let report = Report { file: &name, document, diagnostics };
        terminal::json(&report)?;
    } else if diagnostics.is_empty() {
        let what = match document {
            Some("create") => "what `POST /instances` takes",
            Some("instance") => "an instance, as the platform sends it",
            _ => "a curl command",
        };
        terminal::result(&format!("{name} has no mistakes. It is {what}."))?;
    } else {
        let shown = veil::veiled(&text);
        for diagnostic in &diagnostics {
            terminal::result(&snippet(&name, &shown, diagnostic))?;
        }
    }
    match diagnostics.len() {
        0 => Ok(()),
        1 => Err(Failure::failed(format!("{name} has a mistake"))),
        count => Err(Failure::failed(format!("{name} has {count} mistakes"))),
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

/// The line with the mistake marked, the message above it and the help below.
fn snippet(name: &str, shown: &str, diagnostic: &Diagnostic) -> String {
    let mask = Mask::default();
    let place = AnnotationKind::Primary.span(diagnostic.span.bytes.clone());
    let snippet = Snippet::source(shown).path(name).annotation(place);
    let group = Level::ERROR.primary_title(mask.clean(&diagnostic.message)).element(snippet);
    let help = diagnostic.help.as_deref().map(|help| Level::HELP.message(mask.clean(help)));
    Renderer::styled().render(&[group.elements(help)])
}
