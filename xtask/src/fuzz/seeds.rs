//! What the fuzzer begins with: the inputs of the golden files, in the form that each target takes.

use std::collections::BTreeSet;
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::emptied;

/// Of the documents shorter than this, in bytes, every so many are also repeated: reading those takes long.
const REPEATED_LENGTH: usize = 256;
const REPEATED_SHARE: usize = 8;

/// How many operations the target `parse` has. A seed names one by its number.
const OPERATIONS: usize = 18;

/// Writes them into a folder for each target.
pub(super) fn write(golden: &Path, folder: &Path) -> Result<(), Box<dyn Error>> {
    let cases = |group: &str| cases(&golden.join(group));
    let (callback, document, request, response) =
        (cases("callback")?, cases("document")?, cases("request")?, cases("response")?);
    let mut all = request.clone();
    all.extend(response.iter().cloned());
    all.extend(cases("retry")?);
    let redirects = texts(&callback, "redirect");
    let seeds: [(&str, BTreeSet<Vec<u8>>); 10] = [
        ("base_url", texts(&all, "base_url")),
        ("callback", redirects.clone()),
        ("callback_url", texts(&all, "callback_url")),
        ("diagnosis", documents(&texts(&document, "text"))),
        ("listener", redirects.iter().map(|redirect| arriving(redirect)).collect()),
        ("oauth_url", texts(&all, "oauthUrl")),
        ("parse", responses(&response)?),
        (
            "retry_after",
            all.iter().flat_map(|case| replies(case)).map(|reply| head("", reply).into_bytes()).collect(),
        ),
        ("round_trip", BTreeSet::new()),
        ("sandbox", request.iter().filter_map(|case| case.get("expect")).flat_map(sent).collect()),
    ];
    for (target, seeds) in seeds {
        let folder = folder.join(target);
        emptied(&folder)?;
        for (number, seed) in seeds.iter().enumerate() {
            fs::write(folder.join(number.to_string()), seed)?;
        }
    }
    Ok(())
}

fn cases(folder: &Path) -> Result<Vec<Value>, Box<dyn Error>> {
    let mut files: Vec<PathBuf> =
        fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path())).collect::<Result<_, _>>()?;
    files.sort();
    files.iter().map(|file| Ok(serde_json::from_slice(&fs::read(file)?)?)).collect()
}

/// Every text under this name, wherever it stands.
fn texts(cases: &[Value], name: &str) -> BTreeSet<Vec<u8>> {
    cases
        .iter()
        .flat_map(|case| under(case, name))
        .filter_map(Value::as_str)
        .map(|text| text.as_bytes().to_vec())
        .collect()
}

fn under<'a>(value: &'a Value, name: &str) -> Vec<&'a Value> {
    let mut found = Vec::new();
    match value {
        Value::Object(members) => {
            for (member, value) in members {
                if member == name {
                    found.push(value);
                }
                found.extend(under(value, name));
            }
        }
        Value::Array(items) => found.extend(items.iter().flat_map(|item| under(item, name))),
        _ => {}
    }
    found
}

fn replies(case: &Value) -> Vec<&Value> {
    under(case, "reply")
}

/// The operation's number, the status, and the message. Operations are counted in the order of their names.
fn responses(cases: &[Value]) -> Result<BTreeSet<Vec<u8>>, Box<dyn Error>> {
    let operation =
        |case: &Value| case.pointer("/input/operation").and_then(Value::as_str).map(str::to_owned);
    let names: BTreeSet<String> = cases.iter().filter_map(operation).collect();
    if names.len() != OPERATIONS {
        let count = names.len();
        return Err(format!(
            "the golden files read {count} operations, and the target `parse` {OPERATIONS}: change `OPERATIONS` in \
             fuzz/src/parse.rs and in xtask/src/fuzz/seeds.rs"
        )
        .into());
    }
    let seed = |case: &Value| {
        let name = operation(case)?;
        let number = u8::try_from(names.iter().position(|other| *other == name)?).ok()?;
        let reply = case.pointer("/input/reply")?;
        let status = u16::try_from(reply.get("status")?.as_u64()?).ok()?.checked_sub(100)?;
        let mut seed = vec![number];
        seed.extend(status.to_le_bytes());
        seed.extend(head("", reply).into_bytes());
        Some(seed)
    };
    Ok(cases.iter().filter_map(seed).collect())
}

/// The request that a browser sends for a redirect.
fn arriving(redirect: &[u8]) -> Vec<u8> {
    let text = String::from_utf8_lossy(redirect);
    let query = text.trim().split('#').next().unwrap_or_default();
    let query = query.split_once('?').map_or(query, |(_, query)| query);
    format!("GET /callback?{query}\nhost: 127.0.0.1:8080\naccept: text/html\n\n").into_bytes()
}

/// Each document once, and some many times in a row.
fn documents(texts: &BTreeSet<Vec<u8>>) -> BTreeSet<Vec<u8>> {
    let seed = |times: u8| move |text: &Vec<u8>| [&[times], text.as_slice()].concat();
    let repeated = texts.iter().filter(|text| text.len() < REPEATED_LENGTH).step_by(REPEATED_SHARE);
    texts.iter().map(seed(0)).chain(repeated.map(seed(u8::MAX))).collect()
}

/// A request as core writes it, and with `HEAD` in place of its method.
fn sent(expect: &Value) -> Vec<Vec<u8>> {
    let method = expect.get("method").and_then(Value::as_str);
    method.into_iter().chain(["HEAD"]).filter_map(|method| with_method(method, expect)).collect()
}

fn with_method(method: &str, expect: &Value) -> Option<Vec<u8>> {
    let url = expect.get("url")?.as_str()?;
    let (_, after) = url.split_once("://")?;
    let target = after.find('/').map_or("/", |at| after.get(at..).unwrap_or_default());
    Some(head(&format!("{method} {target}"), expect).into_bytes())
}

/// The first line, the headers, an empty line, and the body.
fn head(first: &str, message: &Value) -> String {
    let mut text = format!("{first}\n");
    let mut header = |name: &str, value: &str| text.extend([name, ": ", value, "\n"]);
    match message.get("headers") {
        Some(Value::Object(members)) => {
            members.iter().for_each(|(name, value)| header(name, value.as_str().unwrap_or_default()));
        }
        Some(Value::Array(pairs)) => {
            for pair in pairs {
                let part = |at| pair.get(at).and_then(Value::as_str).unwrap_or_default();
                header(part(0), part(1));
            }
        }
        _ => {}
    }
    text.push('\n');
    text.push_str(&body(message.get("body")));
    text
}

/// JSON as text, or the text that a case gives instead.
fn body(body: Option<&Value>) -> String {
    let Some(body) = body.filter(|body| !body.is_null()) else { return String::new() };
    let body = body.get("json").or(body.get("text")).unwrap_or(body);
    body.as_str().map_or_else(|| body.to_string(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_operation_of_the_golden_files_is_fuzzed() {
        let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/golden");
        let folder = tempfile::tempdir().unwrap();
        write(&golden, folder.path()).unwrap();
        let numbers = fs::read_dir(folder.path().join("parse")).unwrap().map(|seed| {
            let seed = fs::read(seed.unwrap().path()).unwrap();
            usize::from(*seed.first().unwrap())
        });
        assert_eq!(numbers.collect::<BTreeSet<_>>(), (0..OPERATIONS).collect());
    }
}
