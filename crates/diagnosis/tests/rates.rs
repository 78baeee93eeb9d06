//! How often the diagnosis is right. Valid documents are broken in every way and at every place that people break them, one
//! mistake each; then: is a mistake reported on the right line, and does the edit give the document back?
//!
//! `cargo test -p your-moms-diagnosis --test rates -- --nocapture` prints the rates.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may panic: that is how it fails")]

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::Value;
use your_moms_diagnosis::{Expectations, read};

/// A text with one mistake, and the lines on which people would look for it.
struct Broken {
    how: &'static str,
    text: String,
    lines: Vec<usize>,
}

/// What came of the mistakes of one kind.
#[derive(Default)]
struct Rate {
    broken: usize,
    line_right: usize,
    edits: usize,
    edit_right: usize,
    wrong: Vec<String>,
}

/// The same document as people lay it out: indented by blanks or tabs, and on one line.
fn documents() -> Vec<String> {
    let create = r#"{
  "your_mom": {
    "key": "instagram"
  },
  "providerData": {
    "code": "4/abc-def_ghi"
  },
  "configuration": {
    "oauth.api.key": "client-1",
    "oauth.api.secret": "s3cret+/=",
    "oauth.callback.url": "https://www.mycoolapp.com/auth",
    "event.notification.enabled": true,
    "pagination.max": 100
  },
  "tags": [
    "team-a",
    "team b"
  ],
  "name": "My photos, and others"
}
"#;
    let response = r#"{
  "id": 123,
  "name": "Test",
  "token": "5MOr3Sl/E4kww6mTjmjBYV/hAUAzz1g=",
  "element": {
    "id": 74,
    "key": "instagram",
    "active": false,
    "authentication": {
      "type": "oauth2"
    },
    "hub": "social",
    "parameters": []
  },
  "provisionInteractions": [],
  "valid": true,
  "fields": [
    {
      "a": 1,
      "b": "two"
    },
    {
      "a": -2.5,
      "b": null
    }
  ],
  "cachingEnabled": false
}
"#;
    [create, response]
        .iter()
        .flat_map(|text| {
            let value: Value = serde_json::from_str(text).unwrap();
            let wide = text.lines().fold(String::new(), |mut wide, line| {
                let _ = writeln!(wide, "{}{line}", &line[..line.len() - line.trim_start().len()]);
                wide
            });
            let tabs = text.replace("  ", "\t");
            [(*text).to_owned(), wide, tabs, value.to_string(), text.replace('\n', "\r\n")]
        })
        .collect()
}

/// The words of a valid text: what each is, and where.
fn words(text: &str) -> Vec<(usize, usize)> {
    let mut words = Vec::new();
    let mut at = 0;
    let bytes = text.as_bytes();
    while at < bytes.len() {
        let start = at;
        match bytes[at] {
            b'"' => {
                at += 1;
                while bytes[at] != b'"' {
                    at += 1;
                }
                at += 1;
            }
            b'{' | b'}' | b'[' | b']' | b':' | b',' => at += 1,
            byte if byte.is_ascii_whitespace() => {
                at += 1;
                continue;
            }
            _ => {
                while !matches!(bytes[at], b',' | b'}' | b']') && !bytes[at].is_ascii_whitespace() {
                    at += 1;
                }
            }
        }
        words.push((start, at));
    }
    words
}

fn line_of(text: &str, at: usize) -> usize {
    1 + text[..at].matches('\n').count()
}

fn replaced(text: &str, start: usize, end: usize, with: &str) -> String {
    format!("{}{with}{}", &text[..start], &text[end..])
}

/// Where the bracket is that closes, or opens, the one at `at`.
fn partner(text: &str, words: &[(usize, usize)], at: usize) -> usize {
    let mut open = Vec::new();
    for (start, _) in words {
        match text.as_bytes()[*start] {
            b'{' | b'[' => open.push(*start),
            b'}' | b']' => {
                let opened = open.pop().unwrap();
                if opened == at {
                    return *start;
                }
                if *start == at {
                    return opened;
                }
            }
            _ => {}
        }
    }
    at
}

fn broken(text: &str) -> Vec<Broken> {
    let words = words(text);
    let mut all = Vec::new();
    let mut add = |how, text: String, lines: Vec<usize>| all.push(Broken { how, text, lines });
    for (index, (start, end)) in words.iter().copied().enumerate() {
        let here = line_of(text, start);
        let word = &text[start..end];
        match word {
            "{" | "[" => {
                let close = line_of(text, partner(text, &words, start));
                add("drop an opening bracket", replaced(text, start, end, ""), vec![here, here + 1]);
                add(
                    "double an opening bracket",
                    replaced(text, start, end, &word.repeat(2)),
                    vec![here, close],
                );
                let other = if word == "{" { "[" } else { "{" };
                add(
                    "mistype an opening bracket",
                    replaced(text, start, end, other),
                    vec![here, here + 1, close],
                );
            }
            "}" | "]" => {
                let open = line_of(text, partner(text, &words, start));
                add("drop a closing bracket", replaced(text, start, end, ""), vec![open]);
                add("double a closing bracket", replaced(text, start, end, &word.repeat(2)), vec![here]);
                let other = if word == "}" { "]" } else { "}" };
                add("mistype a closing bracket", replaced(text, start, end, other), vec![here, open]);
                // The whole line is lost, with its comma.
                let line_start = text[..start].rfind('\n').map_or(0, |at| at + 1);
                if text[line_start..start].trim().is_empty() && text.contains('\n') {
                    let line_end = start + text[start..].find('\n').unwrap_or(0) + 1;
                    add(
                        "drop a closing line",
                        replaced(text, line_start, line_end, ""),
                        vec![open, here - 1],
                    );
                }
            }
            ":" => {
                add("drop a colon", replaced(text, start, end, ""), vec![here]);
                add("double a colon", replaced(text, start, end, "::"), vec![here]);
                add("mistype a colon", replaced(text, start, end, "="), vec![here]);
            }
            "," => {
                add("drop a comma", replaced(text, start, end, ""), vec![here, here + 1]);
                add("double a comma", replaced(text, start, end, ",,"), vec![here]);
                add("mistype a comma", replaced(text, start, end, ";"), vec![here]);
                if let Some((next, next_end)) =
                    words.get(index + 1).copied().filter(|(next, _)| text.as_bytes()[*next] == b'"')
                {
                    let name = &text[next..next_end];
                    let swapped =
                        format!("{}{name},{}{}", &text[..start], &text[end..next], &text[next_end..]);
                    add("swap a comma with what follows", swapped, vec![here, here + 1]);
                }
            }
            _ if word.starts_with('"') => {
                add("drop an opening quote", replaced(text, start, start + 1, ""), vec![here]);
                add("drop a closing quote", replaced(text, end - 1, end, ""), vec![here]);
                add("double an opening quote", replaced(text, start, start + 1, "\"\""), vec![here]);
                add("double a closing quote", replaced(text, end - 1, end, "\"\""), vec![here]);
                add(
                    "curl both quotes",
                    replaced(text, start, end, &format!("“{}”", &word[1..word.len() - 1])),
                    vec![here],
                );
                add("curl an opening quote", replaced(text, start, start + 1, "“"), vec![here]);
                add("curl a closing quote", replaced(text, end - 1, end, "”"), vec![here]);
                add(
                    "single quotes",
                    replaced(text, start, end, &format!("'{}'", &word[1..word.len() - 1])),
                    vec![here],
                );
                if let Some(blank) = word.find(' ') {
                    add("wrap a text", replaced(text, start + blank, start + blank + 1, "\n"), vec![here]);
                }
            }
            _ => {}
        }
        if matches!(word, "}" | "]")
            && words.get(index + 1).is_some_and(|(next, _)| matches!(text.as_bytes()[*next], b'}' | b']'))
        {
            add("a comma at the end", replaced(text, start, end, &format!("{word},")), vec![here]);
        }
    }
    all
}

fn judge(rate: &mut Rate, broken: &Broken, value: &Value) {
    // Some mistakes make other documents, which are as valid.
    if serde_json::from_str::<Value>(&broken.text).is_ok() {
        return;
    }
    rate.broken += 1;
    let error = read(&broken.text, &Expectations::default()).unwrap_err();
    let lines: Vec<usize> = error.diagnostics().iter().map(|diagnostic| diagnostic.span.start.line).collect();
    let line_right = lines.iter().any(|line| broken.lines.contains(line));
    rate.line_right += usize::from(line_right);
    let fixed = error.fixed(&broken.text);
    let edit_right =
        fixed.as_ref().map(|fixed| serde_json::from_str::<Value>(fixed).is_ok_and(|after| after == *value));
    rate.edits += usize::from(edit_right.is_some());
    rate.edit_right += usize::from(edit_right == Some(true));
    if !line_right || edit_right == Some(false) {
        rate.wrong.push(format!(
            "{}\nlines {lines:?}, expected {:?}\n{error}\n{}",
            broken.text,
            broken.lines,
            fixed.unwrap_or_default()
        ));
    }
}

#[test]
fn mistakes_are_found_where_they_are_and_edits_fix_them() {
    let mut rates: BTreeMap<&str, Rate> = BTreeMap::new();
    for text in documents() {
        let value = serde_json::from_str(&text).unwrap();
        for broken in broken(&text) {
            judge(rates.entry(broken.how).or_default(), &broken, &value);
        }
    }
    let percent = |part: usize, of: usize| {
        100.0 * f64::from(u32::try_from(part).unwrap()) / f64::from(u32::try_from(of.max(1)).unwrap())
    };
    let mut all = Rate::default();
    println!(
        "{:34} {:>6} {:>11} {:>13} {:>11}",
        "mistake", "cases", "line right", "edit offered", "edit right"
    );
    let row = |name: &str, rate: &Rate| {
        let Rate { broken, line_right, edits, edit_right, .. } = rate;
        println!(
            "{name:34} {broken:6} {:10.1} % {:11.1} % {:9.1} %",
            percent(*line_right, *broken),
            percent(*edits, *broken),
            percent(*edit_right, *edits)
        );
    };
    for (name, rate) in &rates {
        row(name, rate);
        all.broken += rate.broken;
        all.line_right += rate.line_right;
        all.edits += rate.edits;
        all.edit_right += rate.edit_right;
    }
    row("all", &all);
    if std::env::var_os("SHOW_WRONG").is_some() {
        for (name, rate) in &rates {
            rate.wrong.iter().take(4).for_each(|wrong| println!("\n=== {name}\n{wrong}"));
        }
    }
    assert!(percent(all.line_right, all.broken) >= 95.0, "too few lines are right");
    assert!(percent(all.edit_right, all.edits) >= 95.0, "too few edits are right");
}
