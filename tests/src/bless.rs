//! Writing an outcome into its case, for a person to review.

use std::{fs, io};

use crate::{Case, Reply};

/// Rewrites the file of `case` so that it expects what `reply` says. Look at the difference before you keep it.
///
/// # Errors
/// The file cannot be written, or there is no outcome.
pub fn bless(case: &Case, reply: &Reply) -> io::Result<()> {
    if let Some(why) = reply.outcome.get("cannot") {
        return Err(io::Error::other(format!("{}: there is no outcome to write: {why}", case.name)));
    }
    let mut content = case.content.clone();
    content.expect = reply.outcome.clone();
    let mut text = serde_json::to_string_pretty(&content)?;
    text.push('\n');
    fs::write(&case.file, text)
}
