//! One run: what the program does, and what it is told.

use std::thread;

use tokio::runtime::Runtime;
use your_moms_core::{CreateInstance, CreateRecord, RetryPolicy};

use super::cases::{Case, Scenario};
use super::common::Failed;
use super::mishap::Kind;
use super::process::{Driver, Process};
use super::verdict::{Creation, Observed, Plan, Statement, Told};
use super::world::World;

/// Runs `case`.
pub(crate) fn run(case: &Case, runtime: &Runtime, driver: Driver) -> Result<Observed, Failed> {
    let stage = Stage { world: World::start()?, case, runtime, driver };
    let mut plays = match case.scenario {
        Scenario::PairOfUsers => stage.pair([0, 0])?,
        Scenario::PairOfAccounts => stage.pair([0, 1])?,
        _ => vec![stage.single()?],
    };
    // A program that is told that an instance may exist looks again later.
    for play in &mut plays {
        if play.creation.outcome() == Some(&Told::MayExist) {
            let told = stage.recover(play)?;
            stage.note(play, told)?;
        }
    }
    let missing = stage.missing(plays.len())?;
    Ok(Observed {
        truth: stage.world.truth()?,
        certainly_not: case.mishap.certainly_not && case.scenario.hears(),
        waited: plays.iter().map(|play| play.process.waited()).sum(),
        creations: plays.into_iter().map(|play| play.creation).collect(),
        missing,
    })
}

/// Where a case is played.
struct Stage<'a> {
    world: World,
    case: &'a Case,
    runtime: &'a Runtime,
    driver: Driver,
}

/// A program with a creation, and what it has been told so far.
struct Play<'a> {
    process: Process<'a>,
    create: CreateInstance,
    /// What the program stored before it sent the creation.
    record: String,
    creation: Creation,
}

impl<'a> Stage<'a> {
    fn start(&self, account: usize) -> Result<Process<'a>, Failed> {
        self.world.process(self.case, account, self.runtime, self.driver)
    }

    fn prepare(&self, account: usize, user: usize) -> Result<Play<'a>, Failed> {
        let process = self.start(account)?;
        let (create, plan): (_, Plan) = self.world.prepare(&process, self.case, account, user)?;
        let record = serde_json::to_string(&create.record())?;
        Ok(Play { process, create, record, creation: Creation { plan, statements: Vec::new() } })
    }

    fn note(&self, play: &mut Play<'_>, told: Told) -> Result<(), Failed> {
        play.creation.statements.push(Statement { told, truth: self.world.truth()? });
        Ok(())
    }

    /// In another process, by what was stored.
    fn recover(&self, play: &Play<'_>) -> Result<Told, Failed> {
        let record: CreateRecord = serde_json::from_str(&play.record)?;
        let told = self.start(play.creation.plan.account)?.recover(&record);
        Ok(told.shown_late(self.world.last_list_was_early()))
    }

    fn single(&self) -> Result<Play<'a>, Failed> {
        let mut play = self.prepare(0, 0)?;
        self.world.arm(self.case, 1);
        let told = match self.case.scenario {
            Scenario::Impatient => {
                let impatient = self.start(0)?.with_policy(RetryPolicy::NEVER);
                vec![impatient.create(&play.create)?, self.recover(&play)?]
            }
            Scenario::Crash => {
                self.start(0)?.send_and_forget(&play.create);
                vec![self.recover(&play)?]
            }
            Scenario::TwiceAtOnce => {
                at_once([(&play.process, &play.create), (&play.process, &play.create)])?.into()
            }
            Scenario::CancelAgain => {
                play.process.cancel(&play.create, || self.world.arrived() > 0);
                vec![play.process.create(&play.create)?]
            }
            Scenario::CancelRecover => {
                play.process.cancel(&play.create, || self.world.arrived() > 0);
                vec![self.recover(&play)?]
            }
            Scenario::Again => {
                let first = play.process.create(&play.create)?;
                self.note(&mut play, first)?;
                vec![play.process.create(&play.create)?]
            }
            Scenario::Once | Scenario::PairOfUsers | Scenario::PairOfAccounts => {
                vec![play.process.create(&play.create)?]
            }
        };
        for told in told {
            self.note(&mut play, told)?;
        }
        Ok(play)
    }

    /// Two creations at once, of the same connector.
    fn pair(&self, accounts: [usize; 2]) -> Result<Vec<Play<'a>>, Failed> {
        let [one, other] = accounts;
        let (mut first, mut second) = (self.prepare(one, 0)?, self.prepare(other, 1)?);
        self.world.arm(self.case, 2);
        let [one, other] = at_once([(&first.process, &first.create), (&second.process, &second.create)])?;
        self.note(&mut first, one)?;
        self.note(&mut second, other)?;
        Ok(vec![first, second])
    }

    /// What should have happened to this run, and does not show in the sandbox's journal: then the run shows nothing.
    fn missing(&self, creations: usize) -> Result<Vec<String>, Failed> {
        let (world, habit) = (&self.world, &self.case.habit);
        let looked = world.lists() > 0;
        let made = world.truth()?.iter().any(|made| !made.is_neighbour);
        let mut expected = vec![
            (habit.behaviour.ignores_filter && looked, "filter-ignored".to_owned(), 1),
            (habit.behaviour.page_size.is_some() && looked, "small-page".to_owned(), 1),
            (habit.behaviour.shows_after > 0 && looked && made, "shown-late".to_owned(), 1),
            (habit.behaviour.strips_tags && made, "tags-stripped".to_owned(), 1),
        ];
        if let Kind::Fault { fault, .. } = &self.case.mishap.kind {
            expected.push((true, fault.name(), creations));
        }
        expected.extend(habit.lists.map(|(fault, _)| (looked, fault.name(), 1)));
        let missing = expected.into_iter().filter(|(is, name, times)| *is && world.shows(name) < *times);
        Ok(missing.map(|(_, name, _)| name).collect())
    }
}

fn at_once(creations: [(&Process<'_>, &CreateInstance); 2]) -> Result<[Told; 2], Failed> {
    let [(one, first), (other, second)] = creations;
    thread::scope(|scope| {
        let first = scope.spawn(|| one.create(first));
        let second = other.create(second);
        Ok([first.join().map_err(|_| "a creation panicked")??, second?])
    })
}
