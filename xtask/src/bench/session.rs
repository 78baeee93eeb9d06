//! What the benches share: the options, the record, and what is past a limit.

use std::error::Error;

use super::figures::Figures;
use super::options::Options;
use super::page;
use super::record::Record;

pub(super) struct Session<'a> {
    pub(super) options: &'a Options,
    pub(super) record: Record,
    /// A line for each figure that is past a limit.
    pub(super) past: Vec<String>,
}

impl<'a> Session<'a> {
    pub(super) fn new(options: &'a Options) -> Result<Self, Box<dyn Error>> {
        Ok(Self { options, record: Record::read()?, past: Vec::new() })
    }

    /// Keeps the figures of a row if they are lower and shall be recorded, and compares them with the record.
    pub(super) fn figures(&mut self, row: &str, figures: Figures) {
        if self.options.record {
            self.record.lower(row, figures);
        }
        self.past.extend(self.record.above(row, figures));
    }

    /// The same for a ratio that is repeatable.
    pub(super) fn ratio(&mut self, row: &str, ratio: f64) {
        if self.options.record {
            self.record.lower_ratio(row, ratio);
        }
        self.past.extend(self.record.above_ratio(row, ratio));
    }

    /// Whether the page gets what is measured: not from a part of the rows, and not while only checking.
    pub(super) fn writes(&self) -> bool {
        !self.options.check && self.options.row.is_none()
    }

    /// Prints a section of the page, and writes it there.
    pub(super) fn section(&self, title: &str, text: &str) -> Result<(), Box<dyn Error>> {
        println!("\n## {title}\n{text}");
        if self.writes() { page::write(title, text) } else { Ok(()) }
    }

    /// Writes the record, if it shall be, and says what is past a limit.
    pub(super) fn end(mut self) -> Result<usize, Box<dyn Error>> {
        if self.options.record {
            self.record.write()?;
        }
        if !self.past.is_empty() {
            println!("\n{}", self.past.join("\n"));
            if let Some(tools) = self.record.other_tools()? {
                println!("{tools}");
            }
        }
        Ok(self.past.len())
    }
}
