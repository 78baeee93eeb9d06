//! The runs there are.

use std::fmt;

use http::StatusCode;
use your_moms_sandbox::{Behaviour, Fault, Moment, Substitute};

use super::mishap::{self, Kind, Mishap};

/// One run.
#[derive(Clone, Debug)]
pub(crate) struct Case {
    pub(crate) mishap: Mishap,
    pub(crate) adapter: Adapter,
    pub(crate) scenario: Scenario,
    pub(crate) flow: Flow,
    pub(crate) habit: Habit,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Adapter {
    Ureq,
    Reqwest,
}

/// How the account comes to be connected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Flow {
    Oauth,
    Basic,
}

/// What the program does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scenario {
    /// Creates.
    Once,
    /// Creates, and then creates the same value again, whatever came of it.
    Again,
    /// Creates without patience, and lets another process recover.
    Impatient,
    /// Dies as soon as there is a response, or none; another process recovers.
    Crash,
    /// Creates the same value twice at once.
    TwiceAtOnce,
    /// Drops the creation once the server has read it, and creates the same value again.
    CancelAgain,
    /// Drops the creation once the server has read it; another process recovers.
    CancelRecover,
    /// Creates for two users of one account at once.
    PairOfUsers,
    /// Creates for two accounts at once.
    PairOfAccounts,
}

/// How the platform treats lists and tags.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Habit {
    pub(crate) name: &'static str,
    pub(crate) behaviour: Behaviour,
    /// What goes wrong with lists, and how often.
    pub(crate) lists: Option<(Fault, usize)>,
    /// Whether the caller names the instance.
    pub(crate) named: bool,
}

const SCENARIOS: [Scenario; 9] = [
    Scenario::Once,
    Scenario::Again,
    Scenario::Impatient,
    Scenario::Crash,
    Scenario::TwiceAtOnce,
    Scenario::CancelAgain,
    Scenario::CancelRecover,
    Scenario::PairOfUsers,
    Scenario::PairOfAccounts,
];

/// Mishaps that every habit is tried with: each way to learn nothing of an instance that was made, and some for none made.
const WITH_HABITS: [&str; 8] = [
    "delay after",
    "gateway-429 after",
    "gateway-empty-302 after",
    "own-503 after",
    "reset after",
    "reset before",
    "truncated-body after",
    "none before",
];

/// Every mishap in every scenario, and the habits with a part of them.
pub(crate) fn all() -> Vec<Case> {
    let mishaps = mishap::all();
    let mut cases = Vec::new();
    for (index, mishap) in mishaps.iter().enumerate() {
        cases.extend(in_every_scenario(mishap, index, Habit::plain()));
    }
    let moment = |mishap: &Mishap| format!("{} {}", mishap.name, mishap.moment.name());
    for mishap in mishaps.iter().filter(|mishap| WITH_HABITS.contains(&moment(mishap).as_str())) {
        for (index, habit) in habits().into_iter().enumerate() {
            cases.extend(in_every_scenario(mishap, index, habit));
        }
    }
    cases
}

/// One adapter goes through OAuth and the other does without, in turns: `turn` decides which one begins.
fn in_every_scenario(mishap: &Mishap, turn: usize, habit: Habit) -> Vec<Case> {
    let mut cases = Vec::new();
    for (index, scenario) in SCENARIOS.into_iter().enumerate().filter(|(_, it)| it.fits(mishap)) {
        let flows = [Flow::Oauth, Flow::Basic];
        let flows = if (turn + index).is_multiple_of(2) { flows } else { [Flow::Basic, Flow::Oauth] };
        for (adapter, flow) in [Adapter::Ureq, Adapter::Reqwest].into_iter().zip(flows) {
            cases.push(Case { mishap: mishap.clone(), adapter, scenario, flow, habit });
        }
    }
    cases
}

impl Scenario {
    fn fits(self, mishap: &Mishap) -> bool {
        match self {
            // A creation that reaches no server is not cut short there.
            Self::Crash | Self::CancelAgain | Self::CancelRecover => !matches!(mishap.kind, Kind::Refused),
            // What one of the two certainly did not make, the other one may make afterwards.
            Self::TwiceAtOnce => !mishap.certainly_not,
            Self::Once | Self::Again | Self::Impatient | Self::PairOfUsers | Self::PairOfAccounts => true,
        }
    }

    /// Whether the program hears out everything that it sends, and sends it in turn.
    pub(crate) fn hears(self) -> bool {
        !matches!(self, Self::Crash | Self::TwiceAtOnce | Self::CancelAgain | Self::CancelRecover)
    }

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Once => "once",
            Self::Again => "again",
            Self::Impatient => "impatient, recover",
            Self::Crash => "crash, recover",
            Self::TwiceAtOnce => "twice at once",
            Self::CancelAgain => "cancel, again",
            Self::CancelRecover => "cancel, recover",
            Self::PairOfUsers => "pair of users",
            Self::PairOfAccounts => "pair of accounts",
        }
    }
}

impl Habit {
    fn plain() -> Self {
        Self { name: "plain", behaviour: Behaviour::default(), lists: None, named: false }
    }
}

fn habits() -> Vec<Habit> {
    let behaving = |name, behaviour| Habit { name, behaviour, ..Habit::plain() };
    let failing = |name, fault, times| Habit { name, lists: Some((fault, times)), ..Habit::plain() };
    let instead = |substitute| Fault::Instead { moment: Moment::Before, substitute };
    let ignoring = Behaviour { ignores_filter: true, ..Behaviour::default() };
    let paging = Behaviour { page_size: Some(1), ..ignoring };
    let stripping = Behaviour { strips_tags: true, ..Behaviour::default() };
    vec![
        Habit { named: true, ..behaving("named", Behaviour::default()) },
        behaving("ignores the filter", ignoring),
        Habit { named: true, ..behaving("pages", paging) },
        behaving("shows late", Behaviour { shows_after: 3, ..Behaviour::default() }),
        behaving("shows late in pages", Behaviour { shows_after: 5, ..paging }),
        behaving("shows too late", Behaviour { shows_after: 1000, ..Behaviour::default() }),
        behaving("strips tags", stripping),
        Habit { named: true, ..behaving("strips tags, named", stripping) },
        behaving("strips tags, pages", Behaviour { strips_tags: true, ..paging }),
        failing("list lost once", Fault::Reset(Moment::After), 1),
        failing("list cut once", Fault::TruncatedBody, 1),
        failing("list is HTML once", Fault::BrokenBody, 1),
        failing("list refused once", instead(Substitute::gateway(StatusCode::UNAUTHORIZED)), 1),
        failing("list never found", instead(Substitute::gateway(StatusCode::NOT_FOUND)), 200),
        failing("list never there", instead(Substitute::gateway_empty(StatusCode::NOT_FOUND)), 200),
        failing("list always fails", instead(Substitute::own(StatusCode::INTERNAL_SERVER_ERROR)), 200),
    ]
}

impl fmt::Display for Case {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (adapter, flow) = (self.adapter.name(), self.flow.name());
        let (fault, moment) = (&self.mishap.name, self.mishap.moment.name());
        write!(f, "{fault} {moment} | {} | {flow} | {} | {adapter}", self.scenario.name(), self.habit.name)
    }
}

impl Adapter {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Ureq => "ureq",
            Self::Reqwest => "reqwest",
        }
    }
}

impl Flow {
    fn name(self) -> &'static str {
        match self {
            Self::Oauth => "oauth",
            Self::Basic => "basic",
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn there_are_enough_runs_and_each_has_a_name_of_its_own() {
        let cases = all();
        let names: HashSet<_> = cases.iter().map(ToString::to_string).collect();
        assert!(cases.len() >= 600, "{}", cases.len());
        assert_eq!(names.len(), cases.len());
    }

    #[test]
    fn every_habit_is_tried_with_every_mishap_it_names() {
        let cases = all();
        let tried: HashSet<_> = cases
            .iter()
            .filter(|case| case.habit.name == "pages")
            .map(|case| format!("{} {}", case.mishap.name, case.mishap.moment.name()))
            .collect();
        assert_eq!(tried, WITH_HABITS.map(str::to_owned).into());
    }
}
