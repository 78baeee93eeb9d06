//! Deliberately wrong implementations: each must fail a case, or the cases would prove nothing.
//!
//! The program is both sides. As a test it starts itself, once for each mutation, with `--mutate NAME`: that is our own
//! implementation with one mistake, speaking JSON Lines.

mod mutation;

use std::collections::BTreeSet;
use std::sync::LazyLock;
use std::{env, io};

use libtest_mimic::{Arguments, Failed, Trial};
use mutation::{MUTATIONS, Mutation};
use your_moms_conformance::{Group, Program, Tree, check, ours, serve};

static TREE: LazyLock<Tree> = LazyLock::new(|| Tree::read(&Tree::default_path()));

fn main() -> io::Result<()> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    if let [option, name] = arguments.as_slice()
        && option == "--mutate"
    {
        let mutation = MUTATIONS.iter().find(|mutation| mutation.name == name);
        let answer = |question: &_| {
            mutation.map_or_else(|| ours::answer(question), |mutation| mutation.answer(question))
        };
        return serve(io::stdin().lock(), io::stdout().lock(), answer);
    }
    let mut trials: Vec<Trial> =
        MUTATIONS.iter().map(|mutation| Trial::test(mutation.name, || caught(mutation))).collect();
    trials.push(Trial::test("no mutation fails nothing", unchanged));
    trials.push(Trial::test("every group has a mutation", every_group));
    libtest_mimic::run(&Arguments::from_args(), trials).exit();
}

fn caught(mutation: &Mutation) -> Result<(), Failed> {
    let failed = failed(mutation.name)?;
    if failed.contains(mutation.caught_by) {
        return Ok(());
    }
    Err(format!("{} should fail; these do: {failed:?}", mutation.caught_by).into())
}

fn unchanged() -> Result<(), Failed> {
    let failed = failed("nothing")?;
    if failed.is_empty() { Ok(()) } else { Err(format!("{failed:?}").into()) }
}

fn every_group() -> Result<(), Failed> {
    let without =
        Group::ALL.into_iter().find(|group| !MUTATIONS.iter().any(|mutation| mutation.group == *group));
    without.map_or(Ok(()), |group| Err(format!("{group} has none").into()))
}

/// The cases that fail when this program is started with the mutation.
fn failed(mutation: &str) -> Result<BTreeSet<&'static str>, Failed> {
    let this = env::current_exe()?;
    let mut program = Program::start(&format!("'{}' --mutate {mutation}", this.display()))?;
    let mut failed = BTreeSet::new();
    for case in &TREE.cases {
        if !check(case, &program.ask(&case.question())?).passes() {
            failed.insert(case.name.as_str());
        }
    }
    Ok(failed)
}
