//! How far lines are indented.

/// The indentation of every line, in columns.
pub(crate) struct Indents<'a> {
    text: &'a str,
    starts: Vec<usize>,
    columns: Vec<usize>,
}

impl<'a> Indents<'a> {
    /// Where tabs and blanks are mixed, a tab is as wide as the narrowest indentation by blanks.
    pub(crate) fn of(text: &'a str) -> Self {
        let starts: Vec<usize> =
            [0].into_iter().chain(memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| at + 1)).collect();
        let blanks = |start: &usize| {
            let line = text.get(*start..).unwrap_or_default();
            line.len() - line.trim_start_matches([' ', '\t']).len()
        };
        let prefixes: Vec<&str> =
            starts.iter().map(|start| text.get(*start..*start + blanks(start)).unwrap_or_default()).collect();
        let by_blanks = prefixes.iter().filter(|prefix| prefix.starts_with(' ')).map(|prefix| prefix.len());
        let tab = by_blanks.filter(|width| *width > 1).min().unwrap_or(4).min(8);
        let columns = prefixes
            .iter()
            .map(|prefix| prefix.bytes().map(|byte| if byte == b'\t' { tab } else { 1 }).sum());
        let columns = columns.collect();
        Self { text, starts, columns }
    }

    pub(crate) fn of_line(&self, line: usize) -> usize {
        self.columns.get(line).copied().unwrap_or_default()
    }

    /// What a line begins with, to begin another with it.
    pub(crate) fn prefix(&self, line: usize) -> &'a str {
        let start = self.starts.get(line).copied().unwrap_or_default();
        let rest = self.text.get(start..).unwrap_or_default();
        rest.get(..rest.len() - rest.trim_start_matches([' ', '\t']).len()).unwrap_or_default()
    }
}
