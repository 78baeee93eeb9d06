//! Other languages, where JSON should stand.

use crate::DiagnosticKind;
use crate::finding::Finding;

/// The finding, if `text` is in another language as a whole.
pub(super) fn language(text: &str) -> Option<Finding> {
    let first = text
        .lines()
        .map(str::trim)
        .find(|line| !line.is_empty() && !line.starts_with('#') && !line.starts_with("//"))?;
    let start = first.as_ptr() as usize - text.as_ptr() as usize;
    let (name, help) = if is_http(first) {
        (
            "HTTP, not JSON",
            "the file holds the body alone; headers go into the command, as `-H 'Name: value'`",
        )
    } else if is_program(first) {
        (
            // Python assigns as JavaScript does.
            "program code, not JSON",
            "keep the object alone, from its `{` to its `}`, with every name in straight quotes",
        )
    } else if first.starts_with('<')
        && (first.starts_with("<!") || first.starts_with("<?") || first.starts_with("</") || is_markup(first))
    {
        ("XML or HTML, not JSON", "write the same values as JSON, beginning with `{`")
    } else if first.starts_with("http://") || first.starts_with("https://") {
        ("a URL, not JSON", "the file holds the body alone, beginning with `{`")
    } else if is_option(first) {
        ("a part of a curl command, not JSON", "check the whole command, beginning with `curl`")
    } else if is_yaml(text, first) {
        (
            "YAML, not JSON",
            "write the same values as JSON: names and text in straight quotes, blocks in `{` and `}`",
        )
    } else if first.starts_with("```") {
        ("Markdown, not JSON", "remove the line of backticks before the document, and the one behind it")
    } else {
        return None;
    };
    let message = format!("this is {name}");
    Some(Finding::new(DiagnosticKind::OtherLanguage, start..start + first.len(), message, help))
}

fn is_http(line: &str) -> bool {
    let methods = ["GET ", "POST ", "PUT ", "PATCH ", "DELETE ", "HTTP/"];
    let headers = ["authorization:", "content-type:", "accept:", "host:"];
    let lower = line.get(..line.len().min(20)).unwrap_or_default().to_ascii_lowercase();
    methods.iter().any(|method| line.starts_with(method))
        || headers.iter().any(|header| lower.starts_with(header))
}

fn is_program(line: &str) -> bool {
    let words = [
        "var ",
        "let ",
        "const ",
        "function ",
        "function(",
        "module.exports",
        "require(",
        "import ",
        "export default",
        "return ",
        "from ",
        "def ",
        "print(",
        "<?php",
        "$.ajax(",
        "fetch(",
        "axios",
        "requests.",
    ];
    let assigned = line.split_once('=').is_some_and(|(name, value)| {
        let name = name.trim();
        let is_name =
            !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '.' | '$'));
        is_name && value.trim_start().starts_with(['{', '[', '"', '\''])
    });
    words.iter().any(|word| line.starts_with(word)) || assigned || line.starts_with('(')
}

/// `-H …`, without the line before it.
fn is_option(line: &str) -> bool {
    let short = ["-H ", "-d ", "-X ", "-u ", "-F "].iter().any(|option| line.starts_with(option));
    short || line.strip_prefix("--").is_some_and(|name| name.starts_with(|c: char| c.is_ascii_lowercase()))
}

fn is_markup(line: &str) -> bool {
    let name = line.trim_start_matches('<');
    let end = name.find([' ', '>', '/']).unwrap_or(name.len());
    let name = name.get(..end).unwrap_or_default();
    !name.is_empty() && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit())
}

/// Lines such as `name: value`, without brackets and quotes around names.
fn is_yaml(text: &str, first: &str) -> bool {
    let entry = |line: &str| {
        line.split_once(':').is_some_and(|(name, value)| {
            let name = name.trim_start_matches("- ").trim();
            let is_name =
                !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '.' | '-'));
            is_name
                && (value.is_empty() || value.starts_with(' '))
                && !value.trim_end().ends_with(['{', '[', ','])
        })
    };
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    first == "---" || entry(first) && lines.take(20).all(|line| entry(line) || line.starts_with("- "))
}
