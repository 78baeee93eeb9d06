//! The golden files of a folder.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::format::Content;
use crate::schema::Schema;
use crate::{Case, Group};

/// All cases of a folder, the sentences they must cover, and what could not be read.
#[derive(Debug, Default)]
pub struct Tree {
    /// The cases, sorted by name.
    pub cases: Vec<Case>,
    /// The sentences of the source document that state a fact; each needs a case that quotes it.
    pub sentences: Vec<String>,
    /// What is wrong with the files themselves. A run with any of these has failed.
    pub unreadable: Vec<Unreadable>,
}

/// A file that is no case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable {
    /// Which one.
    pub file: PathBuf,
    /// What is wrong with it.
    pub why: String,
}

impl Tree {
    /// Where this workspace has its cases.
    pub fn default_path() -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("golden")
    }

    /// Reads every file under `root`.
    pub fn read(root: &Path) -> Self {
        let mut tree = Self::default();
        if let Some((file, sentences)) = tree.file(&root.join("sentences.json")) {
            match serde_json::from_value(sentences) {
                Ok(sentences) => tree.sentences = sentences,
                Err(error) => tree.unreadable.push(Unreadable { file, why: error.to_string() }),
            }
        }
        match Schema::new() {
            Ok(schema) => Group::ALL.into_iter().for_each(|group| tree.read_group(root, group, &schema)),
            Err(why) => tree.unreadable.push(Unreadable { file: root.to_owned(), why }),
        }
        tree.cases.sort_by(|left, right| left.name.cmp(&right.name));
        tree
    }

    fn read_group(&mut self, root: &Path, group: Group, schema: &Schema) {
        let folder = root.join(group.name());
        let files = match files(&folder) {
            Ok(files) => files,
            Err(error) => return self.unreadable.push(Unreadable { file: folder, why: error.to_string() }),
        };
        for file in files {
            let Some((file, value)) = self.file(&file) else { continue };
            match case(group, file.clone(), value, schema) {
                Ok(case) => self.cases.push(case),
                Err(problems) => {
                    let problems = problems.into_iter().map(|why| Unreadable { file: file.clone(), why });
                    self.unreadable.extend(problems);
                }
            }
        }
    }

    fn file(&mut self, file: &Path) -> Option<(PathBuf, Value)> {
        let read = fs::read_to_string(file)
            .map_err(|error| error.to_string())
            .and_then(|text| serde_json::from_str(&text).map_err(|error| error.to_string()));
        match read {
            Ok(value) => Some((file.to_owned(), value)),
            Err(why) => {
                self.unreadable.push(Unreadable { file: file.to_owned(), why });
                None
            }
        }
    }
}

fn files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut files: Vec<PathBuf> =
        fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path())).collect::<io::Result<_>>()?;
    files.sort();
    Ok(files)
}

fn case(group: Group, file: PathBuf, value: Value, schema: &Schema) -> Result<Case, Vec<String>> {
    let problems = schema.problems(group, &value);
    if !problems.is_empty() {
        return Err(problems);
    }
    let one = |problem: String| vec![problem];
    let stem = file.file_name().and_then(|name| name.to_str()).and_then(|name| name.strip_suffix(".json"));
    let stem = stem.ok_or_else(|| one("its name does not end in `.json`".to_owned()))?;
    let name = format!("{group}/{stem}");
    let content: Content = serde_json::from_value(value).map_err(|error| one(error.to_string()))?;
    // A sentinel that is not given to the implementation could never be printed: the case would prove nothing.
    let input = content.input.to_string();
    match content.never_prints.iter().find(|sentinel| !input.contains(sentinel.as_str())) {
        Some(sentinel) => Err(one(format!("the sentinel `{sentinel}` is not in the input"))),
        None => Ok(Case { name, group, file, content }),
    }
}
