//! `docs/PERFORMANCE.md`, of which each bench writes its section. What stands before the first and after the last is written by
//! hand.

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use super::record;

fn docs() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs")
}

/// The file of a picture.
pub(super) fn picture(name: &str) -> PathBuf {
    docs().join("images").join(name)
}

/// Puts a text in place of what the section of this title has.
pub(super) fn write(title: &str, text: &str) -> Result<(), Box<dyn Error>> {
    let file = docs().join("PERFORMANCE.md");
    let page = fs::read_to_string(&file)?;
    let text = format!("{text}\nMeasured with {}.\n", record::tools()?);
    let page = replaced(&page, title, &text).ok_or_else(|| format!("the page has no section {title:?}"))?;
    Ok(fs::write(file, page)?)
}

/// The page with another text in a section, if it has that section.
fn replaced(page: &str, title: &str, text: &str) -> Option<String> {
    let heading = format!("\n## {title}\n");
    let start = page.find(&heading)? + heading.len();
    let rest = page.get(start..)?;
    let end = rest.find("\n## ").map_or(page.len(), |end| start + end);
    Some(format!("{}{text}{}", page.get(..start)?, page.get(end..)?))
}

#[cfg(test)]
mod tests {
    use super::replaced;

    const PAGE: &str = "# Page\n\n## One\n\nold\n\n### Part\n\nold\n\n## Two\n\nkept\n";

    #[test]
    fn a_section_is_replaced_as_a_whole() {
        assert_eq!(
            replaced(PAGE, "One", "\nnew\n").as_deref(),
            Some("# Page\n\n## One\n\nnew\n\n## Two\n\nkept\n")
        );
        assert_eq!(
            replaced(PAGE, "Two", "\nnew\n").as_deref(),
            Some("# Page\n\n## One\n\nold\n\n### Part\n\nold\n\n## Two\n\nnew\n")
        );
        assert_eq!(replaced(PAGE, "Three", "\nnew\n"), None);
    }
}
