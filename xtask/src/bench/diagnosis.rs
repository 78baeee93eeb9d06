//! The diagnosis of texts of any shape: linear, and not much dearer than parsing a good one.

use std::error::Error;
use std::fmt::Write as _;
use std::iter;

use super::session::Session;
use super::{callgrind, parallel};

/// 250 KB, 500 KB, 1 MB.
const SIZES: [usize; 3] = [250_000, 500_000, 1_000_000];

/// What 1 MB may cost, as a multiple of what 1 MB of valid JSON costs as a `serde_json::Value`.
const DEAREST: f64 = 10.0;

/// What twice the text may cost, as a multiple of what the text costs.
const GROWTH: f64 = 2.2;

/// A name, and what a text is made of: a beginning, what is repeated, an end.
type Shape = (&'static str, &'static str, &'static str, &'static str);

const SHAPES: [Shape; 72] = [
    ("brackets that open", "", "[", ""),
    ("brackets on lines", "", "{\n", ""),
    ("brackets that close", "", "]", ""),
    ("objects in objects", "", "\"a\": {\n", ""),
    ("lists never closed", "{", "\"a\": [\n  1\n", "}"),
    ("mistyped brackets", "{", "\"a\": [}, ", ""),
    ("lists closed as objects", "[", "[1}", ""),
    ("closing brackets between", "[", "1}, ", "]"),
    ("quotes", "", "\"", ""),
    ("quotes with letters", "{\"a\": \"", "\"x", ""),
    ("quotes with commas", "{\"a\": \"", "\",", ""),
    ("names never closed", "{\"aaaa", ",\"aaaa", ""),
    ("a name over lines", "{\"", "aaaa\n", ""),
    ("a token over lines", "{\"a\": \"", "a1\n", ""),
    ("a text over lines", "{\"a\": \"", "text goes on\n", "\"}"),
    ("backslashes in a text", "{\"a\": \"", "\\", ""),
    ("curly quotes", "", "“x”", ""),
    ("curly quotes with commas", "{\"a\": ", "“x,", ""),
    ("single quotes", "[", "'a', ", "]"),
    ("commas", "[", ",", ""),
    ("no commas", "[", "1 ", "]"),
    ("trailing commas", "[", "[1,],\n", "1]"),
    ("text without quotes", "{\"a\": ", "ab ", ""),
    ("text without quotes before a quote", "{", "ab ", ": \""),
    ("comments", "", "/* x ", ""),
    ("comments on lines", "", "# x\n", ""),
    ("templates", "[", "{{x}},", "1]"),
    ("templates never closed", "", "{{ ", ""),
    ("placeholders never closed", "", "<", ""),
    ("dots", "[", "... ", "]"),
    ("dots among words", "{\"a\": \"b c ", "... ", "\"}"),
    ("schemes without a host", "", "https::::", ""),
    ("names with a comma", "", "\"password\",\"x\":", ""),
    ("headers without quotes", "curl ", "-H A: b ", ""),
    ("empty lines", "{", "\n", ""),
    ("markup", "{\"a\": \"", "<a href=\"x\">y</a>", "\"}"),
    ("names after names", "", "\"a\":", ""),
    ("a list without brackets", "{\"a\": ", "\"x\", ", "\"y\"}"),
    ("one name many times", "{", "\"a\": 1,", "\"b\": 1}"),
    ("a misspelt name many times", "{\"your_mom\": {\"key\": \"k\"}", ", \"tag\": 1", "}"),
    (
        "misspelt entries",
        "{\"your_mom\": {\"key\": \"k\"}, \"configuration\": {\"a\": 1",
        ", \"oauth.api.kye\": 1",
        "}}",
    ),
    ("placeholders", "{\"your_mom\": {\"key\": \"k\"}, \"tags\": [\"a\"", ", \"<INSERT_TAG>\"", "]}"),
    ("curl words", "curl ", "a ", ""),
    ("curl words on lines", "curl\n", "a\n", ""),
    ("curl options on lines", "curl\n", "-X GET\n", ""),
    ("curl commands", "", "curl x\n", ""),
    ("curl exports", "", "export A=b\n", "curl x"),
    ("curl quotes", "curl ", "'", ""),
    ("curl quotes in a body", "curl -d '{\"", "'x ", ""),
    ("curl double quotes in a body", "curl -d \"{", "\"", ""),
    ("curl backslashes", "curl ", "\\ ", ""),
    ("curl backslashes in quotes", "curl '", "\\", ""),
    ("curl backslashes on lines", "curl ", "\\\n", ""),
    ("curl backslashes with blanks", "curl ", "\\ \n", ""),
    ("curl empty lines", "curl", "\n", "-X"),
    ("curl curly quotes", "curl ", "“a” ", ""),
    ("curl quotes that are forgotten", "curl ", "-H 'a: b\n-X GET\n", ""),
    ("curl here-documents", "curl ", "<<A\n", ""),
    ("curl comments", "curl \\\n", "# a\n", "-X"),
    ("curl operators", "curl https://h.example/?", "a=b&", ""),
    ("curl bodies", "curl ", "-d '{}' ", "https://h.example/instances"),
    ("curl a body", "curl -d '{", "\"a\": 1\n", "}' https://h.example/instances"),
    ("curl an escaped body", "curl -d \"{", "\\\"a\\\": 1,", "}\" x"),
    ("curl a word with escapes", "curl ", "\\\"a", ""),
    ("curl headers", "curl ", "-H 'Authorization: User a Organization b' ", ""),
    ("curl a header", "curl -H 'Authorization: ", "User a ", "'"),
    ("curl URLs", "curl ", "https://a.example/x?callbackUrl=http://x ", ""),
    ("curl spaces in a URL", "curl 'https://h.example/", "a ", "'"),
    ("curl placeholders in a URL", "curl 'https://h.example/", "<a b> ", "'"),
    ("curl a query", "curl 'https://h.example/?", "callbackUrl=a&", "'"),
    ("secret names", "", "\"token\" ", ""),
    ("secret values", "{", "\"token\": \"a\"b\n", "}"),
];

pub(super) fn run(session: &mut Session<'_>) -> Result<(), Box<dyn Error>> {
    let program = callgrind::example("your-moms-diagnosis", "measure")?;
    // What reading a text from standard input costs does not depend on its shape.
    let idle = parallel::map(&SIZES, |size| callgrind::instructions(&program, &["nothing"], &valid(*size)))?;
    let costs = |what: &str, text: &dyn Fn(usize) -> String| -> Result<Vec<f64>, Box<dyn Error>> {
        let cost = |(size, idle): (usize, &u64)| {
            let count = callgrind::instructions(&program, &[what], &text(size))?;
            Ok(millions(count.saturating_sub(*idle)))
        };
        SIZES.into_iter().zip(&idle).map(cost).collect()
    };
    let parsed = costs("value", &valid)?.into_iter().fold(0.0, f64::max);
    println!("1 MB of valid JSON as a value costs {parsed:.1} million instructions; of these:\n");
    println!(
        "{:36} {:8} {:>8} {:>8} {:>8} {:>8} {:>8}",
        "shape", "", "250 KB", "500 KB", "1 MB", "growth", "multiple"
    );
    let shapes = iter::once(None).chain(SHAPES.iter().map(Some));
    let shapes = shapes.filter(|shape| session.options.has_row(name(*shape)));
    let rows: Vec<_> =
        ["read", "secrets"].iter().flat_map(|what| shapes.clone().map(move |shape| (*what, shape))).collect();
    let measured = parallel::map(&rows, |(what, shape)| costs(what, &|size| text(*shape, size)))?;
    for ((what, shape), costs) in rows.into_iter().zip(measured) {
        let name = name(shape);
        let [small, medium, large] = *costs else { return Err("three costs were expected".into()) };
        // What stops early costs next to nothing; there growth is noise.
        let growth = if large < parsed / 100.0 { 1.0 } else { (medium / small).max(large / medium) };
        let multiple = large / parsed;
        let mark = if growth > GROWTH || multiple > DEAREST { "!" } else { "" };
        if !mark.is_empty() {
            session.past.push(format!("{name}, {what}: not linear, or too dear"));
        }
        println!(
            "{name:36} {what:8} {small:8.1} {medium:8.1} {large:8.1} {growth:8.2} {multiple:8.2} {mark}"
        );
    }
    Ok(())
}

/// The name of a shape, or of no shape at all.
fn name(shape: Option<&Shape>) -> &'static str {
    shape.map_or("valid", |(name, ..)| name)
}

/// A text of about this size.
fn text(shape: Option<&Shape>, size: usize) -> String {
    shape.map_or_else(
        || valid(size),
        |(_, begin, middle, end)| format!("{begin}{}{end}", middle.repeat(size / middle.len())),
    )
}

fn millions(count: u64) -> f64 {
    f64::from(u32::try_from(count / 1000).unwrap_or(u32::MAX)) / 1000.0
}

/// A creation with many entries.
fn valid(size: usize) -> String {
    let mut text = String::from("{\"your_mom\": {\"key\": \"instagram\"}, \"configuration\": {\n");
    let mut number = 0;
    while text.len() < size {
        let _ = writeln!(text, "  \"entry.number.{number}\": \"some value {number}\",");
        number += 1;
    }
    text.push_str("  \"last\": 1\n}}\n");
    text
}
