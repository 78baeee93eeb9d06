//! How much an application has to make up for what the library leaves to it. More than this, and the library lacks something.

use std::error::Error;
use std::fs;
use std::path::Path;

/// Lines of code.
const MOST: usize = 40;

pub(super) fn check() -> Result<(), Box<dyn Error>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/web/src/glue.rs");
    let lines = count(&fs::read_to_string(path)?);
    println!("examples/web/src/glue.rs: {lines} lines of code, at most {MOST}");
    if lines > MOST { Err("that is too much: it belongs into the library".into()) } else { Ok(()) }
}

/// Comments and empty lines are not counted.
fn count(text: &str) -> usize {
    let is_code = |line: &&str| !line.is_empty() && !line.starts_with("//");
    text.lines().map(str::trim).filter(is_code).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_empty_lines_are_not_counted() {
        assert_eq!(count("//! A.\n\n/// B.\nfn b() { // C.\n    \n    c();\n    // d();\n}\n"), 3);
        assert_eq!(count(""), 0);
    }
}
