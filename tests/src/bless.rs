//! Writing an outcome into its case, for a person to review.

use std::{fs, io};

use crate::{Answer, Case};

/// Rewrites the file of `case` so that it expects what `answer` says. Look at the difference before you keep it.
///
/// # Errors
/// The file cannot be written, or the answer is that the input was not understood.
pub fn bless(case: &Case, answer: &Answer) -> io::Result<()> {
    if let Some(why) = answer.outcome.get("cannot") {
        return Err(io::Error::other(format!("{}: the input was not understood: {why}", case.name)));
    }
    let mut content = case.content.clone();
    content.expect = answer.outcome.clone();
    let mut text = serde_json::to_string_pretty(&content)?;
    text.push('\n');
    fs::write(&case.file, text)
}
