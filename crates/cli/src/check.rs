//! `your-moms check`: what is wrong with an `instance.json` or a curl command, shown where it is.

mod fix;
mod shown;

use std::fs::File;
use std::io;
use std::path::Path;

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};
use serde::Serialize;
use your_moms_core::Vocabulary;
use your_moms_diagnosis::{Diagnostic, Document, DocumentError, Edit, Expectations, Span};

use crate::args::{Check, Vocabulary as Words};
use crate::blocking;
use crate::failure::Failure;
use crate::mask::Mask;
use crate::terminal;
use shown::Shown;

/// The one JSON object of `--json`.
#[derive(Serialize)]
struct Report<'a> {
    file: &'a str,
    /// `create`, `update`, `request`, `instance` or `command`; null if something is wrong.
    document: Option<&'static str>,
    diagnostics: Vec<Entry<'a>>,
    /// How many more there are; absent if none.
    #[serde(skip_serializing_if = "is_zero")]
    omitted: usize,
}

#[derive(Serialize)]
struct Entry<'a> {
    kind: &'static str,
    line: usize,
    column: usize,
    span: Place,
    message: &'a str,
    help: Option<&'a str>,
    edit: Option<Change<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    alternative: Option<Change<'a>>,
}

/// A part of the file. Lines and columns count from 1, bytes from 0; columns are characters.
#[derive(Serialize)]
struct Place {
    bytes: [usize; 2],
    start: Point,
    end: Point,
}

#[derive(Serialize)]
struct Point {
    line: usize,
    column: usize,
}

/// `replacement` in place of what stands at `span`.
#[derive(Serialize)]
struct Change<'a> {
    span: Place,
    replacement: &'a str,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
fn is_zero(count: &usize) -> bool {
    *count == 0
}

impl Place {
    fn of(span: &Span) -> Self {
        let point =
            |position: your_moms_diagnosis::Position| Point { line: position.line, column: position.column };
        Self { bytes: [span.bytes.start, span.bytes.end], start: point(span.start), end: point(span.end) }
    }
}

impl<'a> Entry<'a> {
    fn of(diagnostic: &'a Diagnostic) -> Self {
        let Diagnostic { kind, span, message, help, edit, alternative, .. } = diagnostic;
        let change = |edit: &'a Edit| Change { span: Place::of(&edit.span), replacement: &edit.replacement };
        Self {
            kind: kind.name(),
            line: span.start.line,
            column: span.start.column,
            span: Place::of(span),
            message,
            help: help.as_deref(),
            edit: edit.as_ref().map(change),
            alternative: alternative.as_ref().map(change),
        }
    }
}

pub(crate) fn run(args: &Check, vocabulary: Option<Words>, json: bool) -> Result<(), Failure> {
    let (name, mut text) = read(&args.file)?;
    let expect = Expectations {
        key: args.key.clone(),
        callback_url: args.callback_url.clone(),
        vocabulary: vocabulary.map(|words| match words {
            Words::YourMoms => Vocabulary::YOUR_MOMS,
            Words::Elements => Vocabulary::ELEMENTS,
        }),
    };
    if args.fix {
        if args.file == Path::new("-") {
            return Err(Failure::usage("--fix needs the name of a file"));
        }
        text = fix::run(&args.file, &name, &text, &expect, args.yes)?;
    }
    report(&name, &text, &your_moms_diagnosis::read(&text, &expect), json)
}

fn report(
    name: &str,
    text: &str,
    outcome: &Result<Document, DocumentError>,
    json: bool,
) -> Result<(), Failure> {
    let document = outcome.as_ref().ok().and_then(kind);
    let diagnostics = outcome.as_ref().err().map(DocumentError::diagnostics).unwrap_or_default();
    let omitted = outcome.as_ref().err().map_or(0, DocumentError::omitted);
    if json {
        let diagnostics = diagnostics.iter().map(Entry::of).collect();
        terminal::json(&Report { file: name, document, diagnostics, omitted })?;
    } else if diagnostics.is_empty() {
        let what = match document {
            Some("create") => "what `POST /instances` takes",
            Some("update") => "what `PATCH /instances` takes",
            Some("request") => "JSON, but not what makes or changes an instance",
            Some("instance") => "an instance, as the platform sends it",
            _ => "a curl command",
        };
        terminal::result(&format!("{name} has no mistakes. It is {what}."))?;
    } else {
        let shown = Shown::of(text);
        for diagnostic in diagnostics {
            terminal::result(&snippet(name, &shown, diagnostic))?;
        }
    }
    match diagnostics.len() + omitted {
        0 => Ok(()),
        1 => Err(Failure::failed(format!("{name} has a mistake"))),
        count if omitted > 0 => {
            Err(Failure::failed(format!("{name} has {count} mistakes; these are the first")))
        }
        count => Err(Failure::failed(format!("{name} has {count} mistakes"))),
    }
}

fn read(file: &Path) -> Result<(String, String), Failure> {
    let (name, bytes) = if file == Path::new("-") {
        ("standard input".to_owned(), blocking::bytes(io::stdin()))
    } else {
        (Mask::default().clean(&file.display().to_string()), File::open(file).and_then(blocking::bytes))
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
        Document::Update(_) => Some("update"),
        Document::Request(_) => Some("request"),
        Document::Instance(_) => Some("instance"),
        Document::Command => Some("command"),
        _ => None,
    }
}

/// The line with the mistake marked, the message above it and the help below.
fn snippet(name: &str, shown: &Shown, diagnostic: &Diagnostic) -> String {
    let mask = Mask::default();
    let place = AnnotationKind::Primary.span(shown.place(diagnostic.span.bytes.clone()));
    let snippet = Snippet::source(shown.text.as_str()).annotation(place);
    let group = Level::ERROR.primary_title(mask.clean(&diagnostic.message)).element(snippet);
    let help = diagnostic.help.as_deref().map(|help| Level::HELP.message(mask.clean(help)));
    let rendered = Renderer::styled().render(&[group.elements(help)]);
    // Where a secret is hidden the shown column is another one than the file's, which is the one to tell.
    let (title, rest) = rendered.split_once('\n').unwrap_or((&rendered, ""));
    let margin = " ".repeat(diagnostic.span.end.line.to_string().len());
    format!("{title}\n{margin}--> {name}:{}\n{rest}", diagnostic.span.start)
}
