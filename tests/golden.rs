//! Each golden file as a test of its own name, and checks of all of them together.

use std::fs;

use libtest_mimic::{Arguments, Failed, Trial};
use your_moms_tests::format;
use your_moms_tests::{self as conformance, Case, Coverage, Tree};

fn main() {
    let tree = Tree::read(&Tree::default_path());
    let coverage = Coverage::of(&tree);
    let mut trials: Vec<Trial> = tree.cases.into_iter().map(trial).collect();

    let unreadable: Vec<String> =
        tree.unreadable.iter().map(|it| format!("{}: {}", it.file.display(), it.why)).collect();
    trials.push(Trial::test("every file can be read", move || none(&unreadable)));

    let gaps = coverage.gaps();
    trials
        .push(Trial::test("every error kind and every documented sentence has a case", move || none(&gaps)));

    let generated =
        [("../COVERAGE.md", conformance::coverage_page(&coverage)), ("schema.json", format::schema_file())];
    for (name, expected) in generated {
        trials.push(Trial::test(format!("{name} is current"), move || is_current(name, &expected)));
    }

    libtest_mimic::run(&Arguments::from_args(), trials).exit();
}

fn trial(case: Case) -> Trial {
    Trial::test(case.name.clone(), move || {
        let verdict = conformance::check(&case, &conformance::ours::reply(&case.question()));
        if verdict.passes() {
            return Ok(());
        }
        let repeat = format!("cargo xtask conformance --filter {}", case.name);
        Err(conformance::Failed::new(&case, verdict, repeat).to_string().into())
    })
}

fn none(problems: &[String]) -> Result<(), Failed> {
    if problems.is_empty() { Ok(()) } else { Err(problems.join("\n").into()) }
}

fn is_current(name: &str, expected: &str) -> Result<(), Failed> {
    if fs::read_to_string(Tree::default_path().join(name))? == expected {
        return Ok(());
    }
    Err("it is stale; run `cargo xtask conformance --table`".into())
}
