//! What a hurried reader copies must be right in production: no Rust block of the documentation hands out something fixed
//! where something random belongs. The one section that may is headed "Driving the machines".

#![expect(clippy::unwrap_used, reason = "a test may panic: that is how it fails")]

use std::fs;
use std::path::{Path, PathBuf};

/// The section in which code draws its own random bytes.
const EXEMPT: &str = "Driving the machines";

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

#[test]
fn no_block_of_the_documentation_hands_out_something_fixed() {
    let files = files(&root());
    for name in ["README.md", "docs/ARCHITECTURE.md", "crates/core/src/lib.rs"] {
        assert!(files.contains(&root().join(name)), "{name} is not looked at");
    }
    let problems: Vec<String> = files
        .iter()
        .flat_map(|file| {
            let text = fs::read_to_string(file).unwrap();
            let found = if is_markdown(file) { markdown(&text) } else { source(&text, is_example(file)) };
            found.into_iter().map(|problem| format!("{}: {problem}", file.display()))
        })
        .collect();
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn every_page_of_the_documentation_is_compiled() {
    let compiled = fs::read_to_string(root().join("tests/src/lib.rs")).unwrap();
    for page in entries(&root().join("docs")).into_iter().filter(|file| is_markdown(file)) {
        let name = page.file_name().unwrap().to_str().unwrap();
        let included = compiled.contains(&format!("include_str!(\"../../docs/{name}\")"));
        assert!(included, "tests/src/lib.rs does not include docs/{name}");
    }
}

/// Mermaid ends a statement at a `;` and an entity begins with `#`, also in the middle of a message: what follows makes no
/// diagram.
#[test]
fn a_diagram_has_nothing_in_it_that_ends_a_statement_early() {
    let mut statements = 0;
    for file in files(&root()).into_iter().filter(|file| is_markdown(file)) {
        let text = fs::read_to_string(&file).unwrap();
        for diagram in text.split("```mermaid\n").skip(1).filter_map(|rest| rest.split("```").next()) {
            for line in diagram.lines() {
                assert!(!line.contains([';', '#']), "{}: {line}", file.display());
                statements += 1;
            }
        }
    }
    assert!(statements > 0, "no diagram");
}

#[test]
fn a_planted_block_is_found() {
    let fence = |info: &str, code: &str| format!("# Embed it\n```{info}\n{code}\n```\n");
    for (info, code, found) in [
        ("rust", "let entropy = Entropy::from_bytes(&bytes)?;", "`Entropy`"),
        ("", "let state = State::from_random([7; 32]);", "the byte array `[7; 32]`"),
        ("rust,no_run", "let bytes = [0u8; 48];", "the byte array `[0u8; 48]`"),
        (
            "",
            "f([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16])",
            "the byte array `[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16]`",
        ),
        ("", "f(\"ym-9f86d081884c7d659a2feaa0c55ad015\")", "a fixed marker"),
        ("rust", "client.create(create, \"marker-4e1f\")", "a fixed marker"),
    ] {
        assert_eq!(markdown(&fence(info, code)), [format!("the block of line 2 has {found}")], "{code}");
        let comment = fence(info, code).replace('\n', "\n    /// ");
        let comment = format!("    /// {comment}\n");
        assert_eq!(source(&comment, false), [format!("the block of line 2 has {found}")], "{code}");
        assert_eq!(source(code, true), [format!("the block of line 1 has {found}")], "{code}");
    }
}

#[test]
fn what_may_stand_there_is_not_found() {
    for text in [
        "# Driving the machines\n## Random bytes\n```\nEntropy::from_bytes(&[7; 48])\n```\n",
        "```compile_fail,E0382\nMarker::new(entropy); let _: Entropy;\n```\n",
        "```console\n$ your-moms marker-4e1f [7; 32]\n```\n",
        "Entropy, and [7; 32], in text alone\n",
        "```\nlet buffer = [0; 4096]; let pair = [1, 2]; let at = bytes[16];\n```\n",
    ] {
        assert_eq!(markdown(text), [""; 0], "{text}");
    }
    let after = "# Driving the machines\ntext\n# Security\n```\nlet _ = Entropy::new();\n```\n";
    assert_eq!(markdown(after), ["the block of line 4 has `Entropy`"]);
    assert_eq!(
        source("let entropy = Entropy::from_bytes(&[7; 48]); // no example, no comment", false),
        [""; 0]
    );
}

/// A Rust block: where it begins, and its code.
struct Block {
    line: usize,
    code: String,
    must_not_compile: bool,
}

fn markdown(text: &str) -> Vec<String> {
    blocks(text.lines().enumerate().map(|(at, line)| (at + 1, line))).iter().flat_map(problems).collect()
}

/// The comments of a source file that are documentation; of an example, its code as well.
fn source(text: &str, example: bool) -> Vec<String> {
    let mut found = Vec::new();
    let mut comment: Vec<(usize, &str)> = Vec::new();
    for (at, line) in text.lines().chain([""]).enumerate() {
        let line = line.trim_start();
        if let Some(line) = line.strip_prefix("///").or_else(|| line.strip_prefix("//!")) {
            comment.push((at + 1, line.strip_prefix(' ').unwrap_or(line)));
        } else {
            found.extend(blocks(comment.drain(..)).iter().flat_map(problems));
        }
    }
    if example && !text.contains(EXEMPT) {
        found.extend(problems(&Block { line: 1, code: text.to_owned(), must_not_compile: false }));
    }
    found
}

/// The Rust blocks outside the exempt section.
fn blocks<'a>(lines: impl Iterator<Item = (usize, &'a str)>) -> Vec<Block> {
    let mut found = Vec::new();
    let mut open: Option<Option<Block>> = None;
    let mut exempt: Option<usize> = None;
    for (line, text) in lines {
        let fence = text.trim_start().strip_prefix("```");
        match (&mut open, fence) {
            (None, Some(info)) => {
                let block =
                    Block { line, code: String::new(), must_not_compile: info.contains("compile_fail") };
                open = Some((exempt.is_none() && is_rust(info)).then_some(block));
            }
            (Some(block), Some(_)) => {
                found.extend(block.take());
                open = None;
            }
            (Some(Some(block)), None) => {
                block.code.push_str(text);
                block.code.push('\n');
            }
            (Some(None), None) => {}
            (None, None) => {
                let level = text.len() - text.trim_start_matches('#').len();
                if level > 0 && text[level..].starts_with(' ') {
                    exempt = exempt.filter(|of| *of < level);
                    if text.trim_start_matches('#').trim() == EXEMPT {
                        exempt = Some(level);
                    }
                }
            }
        }
    }
    found
}

/// As rustdoc decides it.
fn is_rust(info: &str) -> bool {
    let known = ["rust", "no_run", "should_panic", "ignore", "compile_fail"];
    info.split([',', ' ']).map(str::trim).filter(|word| !word.is_empty()).all(|word| {
        known.contains(&word) || word.starts_with("edition") || (word.len() == 5 && word.starts_with('E'))
    })
}

fn problems(block: &Block) -> Vec<String> {
    let code = block.code.as_str();
    let mut found = Vec::new();
    let is_name = |c: char| c.is_alphanumeric() || c == '_';
    if !block.must_not_compile && code.split(|c| !is_name(c)).any(|word| word == "Entropy") {
        found.push("`Entropy`".to_owned());
    }
    found.extend(byte_arrays(code).map(|array| format!("the byte array `{array}`")));
    let is_marker =
        |(at, _): (usize, &str)| code[at + 3..].bytes().take_while(u8::is_ascii_hexdigit).count() == 32;
    if code.contains("\"marker-") || code.match_indices("ym-").any(is_marker) {
        found.push("a fixed marker".to_owned());
    }
    found.into_iter().map(|what| format!("the block of line {} has {what}", block.line)).collect()
}

/// Arrays of numbers that are as long as random bytes are: 16 to 64.
fn byte_arrays(code: &str) -> impl Iterator<Item = &str> {
    let number = |text: &str| text.trim().trim_end_matches("u8").trim_end_matches('_').parse::<usize>().ok();
    let is_long = |length: usize| (16..=64).contains(&length);
    code.match_indices('[').filter_map(move |(at, _)| {
        let end = at + code[at..].find(']')?;
        let inside = &code[at + 1..end];
        let is_fixed = if let Some((value, length)) = inside.split_once(';') {
            number(value).is_some() && number(length).is_some_and(is_long)
        } else {
            let values: Vec<_> = inside.split(',').filter(|value| !value.trim().is_empty()).collect();
            is_long(values.len()) && values.iter().all(|value| number(value).is_some())
        };
        is_fixed.then_some(&code[at..=end])
    })
}

/// Everything that a reader may copy from.
fn files(root: &Path) -> Vec<PathBuf> {
    let mut files = vec![root.join("README.md")];
    files.extend(entries(&root.join("docs")));
    files.extend(below(&root.join("examples")));
    for package in entries(&root.join("crates")) {
        files.push(package.join("README.md"));
        files.extend(["src", "examples"].iter().flat_map(|folder| below(&package.join(folder))));
    }
    let is_text = |file: &PathBuf| is_markdown(file) || file.extension().is_some_and(|it| it == "rs");
    files.into_iter().filter(|file| file.is_file() && is_text(file)).collect()
}

fn below(folder: &Path) -> Vec<PathBuf> {
    let all = entries(folder).into_iter().filter(|entry| !entry.ends_with("target"));
    all.flat_map(|entry| if entry.is_dir() { below(&entry) } else { vec![entry] }).collect()
}

/// What is in a folder; nothing if there is no such folder.
fn entries(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten();
    let mut entries: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    entries
}

fn is_markdown(file: &Path) -> bool {
    file.extension().is_some_and(|it| it == "md")
}

/// An example of a package is copied whole. The programs below `examples` are applications: an array there may be a buffer.
fn is_example(file: &Path) -> bool {
    let folders: Vec<_> =
        file.strip_prefix(root()).unwrap().components().map(std::path::Component::as_os_str).collect();
    matches!(folders.as_slice(), [crates, _, examples, ..] if *crates == "crates" && *examples == "examples")
}
