//! The judge: what a program was told, against what the sandbox has in store.

use std::time::Duration;

use your_moms_core::{Error, Instance};

/// An instance of the sandbox.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Made {
    pub(crate) id: u64,
    pub(crate) token: String,
    pub(crate) account: usize,
    pub(crate) name: String,
    pub(crate) tags: Vec<String>,
    /// Whether it was there before the run.
    pub(crate) is_neighbour: bool,
}

/// A creation, as the program planned it.
#[derive(Clone, Debug)]
pub(crate) struct Plan {
    pub(crate) account: usize,
    pub(crate) marker: String,
    /// The caller's name for it; two plans never have the same.
    pub(crate) name: Option<String>,
}

/// What a program is told of a creation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Told {
    /// Here is the instance.
    Instance { id: u64, token: String },
    /// The creation failed, and nothing was made.
    NotMade,
    /// The creation failed, and an instance may exist.
    MayExist,
    /// The search found nothing.
    NotFound {
        /// Whether the platform did not show it yet when it was asked for the last time.
        shown_late: bool,
    },
    /// The search failed.
    Unclear,
}

/// What it is told, and what the sandbox had in store at that time.
#[derive(Clone, Debug)]
pub(crate) struct Statement {
    pub(crate) told: Told,
    pub(crate) truth: Vec<Made>,
}

/// A creation, and everything that the program was told of it.
#[derive(Clone, Debug)]
pub(crate) struct Creation {
    pub(crate) plan: Plan,
    pub(crate) statements: Vec<Statement>,
}

/// One run.
#[derive(Clone, Debug)]
pub(crate) struct Observed {
    pub(crate) creations: Vec<Creation>,
    /// What the sandbox has in store at the end.
    pub(crate) truth: Vec<Made>,
    /// Whether the program heard that nothing was made, if nothing was.
    pub(crate) certainly_not: bool,
    /// What should have happened to the run and did not.
    pub(crate) missing: Vec<String>,
    /// How long the program waited on its clock.
    pub(crate) waited: Duration,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Violation {
    /// More than one instance for one creation.
    Duplicate,
    /// There is an instance, and the program neither has it nor knows that it may exist.
    Lost,
    /// The program has an instance that is not its own.
    MixedUp,
    /// The program was told something that is not so.
    WronglyReported,
}

impl Told {
    pub(crate) fn of_instance(instance: &Instance) -> Self {
        Self::Instance { id: instance.id(), token: instance.token().expose().to_owned() }
    }

    pub(crate) fn of_creation(result: &Result<Instance, Error>) -> Self {
        match result {
            Ok(instance) => Self::of_instance(instance),
            Err(error) if error.may_have_happened() => Self::MayExist,
            Err(_) => Self::NotMade,
        }
    }

    pub(crate) fn of_recovery(result: &Result<Option<Instance>, Error>) -> Self {
        match result {
            Ok(Some(instance)) => Self::of_instance(instance),
            Ok(None) => Self::NotFound { shown_late: false },
            Err(_) => Self::Unclear,
        }
    }

    /// The same, where the platform did not show it yet.
    pub(crate) fn shown_late(self, is: bool) -> Self {
        if matches!(self, Self::NotFound { .. }) { Self::NotFound { shown_late: is } } else { self }
    }
}

impl Plan {
    /// Whether a list shows this of the creation: without it nobody could tell the instance from others.
    fn marks(&self, made: &Made) -> bool {
        made.account == self.account && (made.name == self.marker || made.tags.contains(&self.marker))
    }

    fn owns(&self, made: &Made) -> bool {
        let named = made.account == self.account && self.name.as_ref() == Some(&made.name);
        !made.is_neighbour && (named || self.marks(made))
    }

    fn own<'a>(&self, truth: &'a [Made]) -> Vec<&'a Made> {
        truth.iter().filter(|made| self.owns(made)).collect()
    }
}

impl Creation {
    /// What the program knows in the end.
    pub(crate) fn outcome(&self) -> Option<&Told> {
        let instance = self.statements.iter().find(|it| matches!(it.told, Told::Instance { .. }));
        instance.or(self.statements.last()).map(|it| &it.told)
    }

    /// Whether the first thing that the program was told is the instance.
    pub(crate) fn is_had_at_once(&self) -> bool {
        self.statements.first().is_some_and(|it| matches!(it.told, Told::Instance { .. }))
    }

    fn is_lost(&self) -> bool {
        let Some(last) = self.statements.last() else { return false };
        let own = self.plan.own(&last.truth);
        match self.outcome() {
            Some(Told::NotMade) => !own.is_empty(),
            Some(Told::NotFound { shown_late }) => {
                !shown_late && own.iter().any(|made| self.plan.marks(made))
            }
            Some(Told::Instance { .. } | Told::MayExist | Told::Unclear) | None => false,
        }
    }
}

impl Statement {
    fn judge(&self, plan: &Plan, certainly_not: bool) -> Option<Violation> {
        let own = plan.own(&self.truth);
        match &self.told {
            Told::Instance { id, token } => {
                let is = |made: &Made| made.id == *id && made.token == *token;
                if own.iter().any(|made| is(made)) {
                    None
                } else if self.truth.iter().any(|made| made.id == *id || made.token == *token) {
                    Some(Violation::MixedUp)
                } else {
                    Some(Violation::WronglyReported)
                }
            }
            Told::NotMade => (!own.is_empty()).then_some(Violation::WronglyReported),
            Told::MayExist => (own.is_empty() && certainly_not).then_some(Violation::WronglyReported),
            Told::NotFound { .. } | Told::Unclear => None,
        }
    }
}

/// Every violation of a run.
pub(crate) fn judge(observed: &Observed) -> Vec<Violation> {
    let mut violations = Vec::new();
    for creation in &observed.creations {
        if creation.plan.own(&observed.truth).len() > 1 {
            violations.push(Violation::Duplicate);
        }
        if creation.is_lost() {
            violations.push(Violation::Lost);
        }
        let statements = creation.statements.iter();
        violations.extend(statements.filter_map(|it| it.judge(&creation.plan, observed.certainly_not)));
    }
    // An instance that nobody planned was made for somebody else's account, or of parts of two creations.
    let planned = |made: &Made| observed.creations.iter().filter(|it| it.plan.owns(made)).count() == 1;
    let foreign = observed.truth.iter().filter(|made| !made.is_neighbour && !planned(made));
    violations.extend(foreign.map(|_| Violation::MixedUp));
    violations
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made(id: u64, account: usize, marker: &str) -> Made {
        Made {
            id,
            token: format!("token-{id}"),
            account,
            name: "Name".to_owned(),
            tags: vec![marker.to_owned()],
            is_neighbour: false,
        }
    }

    fn neighbour(id: u64) -> Made {
        Made { is_neighbour: true, ..made(id, 0, "neighbour") }
    }

    fn instance(id: u64) -> Told {
        Told::Instance { id, token: format!("token-{id}") }
    }

    fn plan(account: usize, marker: &str) -> Plan {
        Plan { account, marker: marker.to_owned(), name: None }
    }

    /// What the judge says of one creation of account 0 with the marker `mark`.
    fn verdict(told: impl IntoIterator<Item = Told>, truth: &[Made]) -> Vec<Violation> {
        judge(&observed(vec![creation(plan(0, "mark"), told, truth)], truth))
    }

    fn creation(plan: Plan, told: impl IntoIterator<Item = Told>, truth: &[Made]) -> Creation {
        let statements = told.into_iter().map(|told| Statement { told, truth: truth.to_vec() }).collect();
        Creation { plan, statements }
    }

    fn observed(creations: Vec<Creation>, truth: &[Made]) -> Observed {
        let truth = truth.to_vec();
        Observed { creations, truth, certainly_not: true, missing: Vec::new(), waited: Duration::ZERO }
    }

    #[test]
    fn the_right_instance_is_right() {
        assert_eq!(verdict([instance(1)], &[neighbour(9), made(1, 0, "mark")]), []);
        assert_eq!(verdict([Told::NotMade], &[neighbour(9)]), []);
        assert_eq!(verdict([Told::MayExist], &[made(1, 0, "mark")]), []);
        assert_eq!(verdict([Told::MayExist, instance(1)], &[made(1, 0, "mark")]), []);
        assert_eq!(verdict([Told::NotFound { shown_late: false }], &[]), []);
        assert_eq!(verdict([Told::NotFound { shown_late: true }], &[made(1, 0, "mark")]), []);
    }

    #[test]
    fn two_instances_of_one_creation_are_a_duplicate() {
        let truth = [made(1, 0, "mark"), made(2, 0, "mark")];
        assert_eq!(verdict([instance(2)], &truth), [Violation::Duplicate]);
    }

    #[test]
    fn an_instance_that_nobody_knows_of_is_lost() {
        let truth = [made(1, 0, "mark")];
        assert_eq!(verdict([Told::NotMade], &truth), [Violation::Lost, Violation::WronglyReported]);
        assert_eq!(verdict([Told::NotFound { shown_late: false }], &truth), [Violation::Lost]);
        assert_eq!(
            verdict([Told::MayExist, Told::NotFound { shown_late: false }], &truth),
            [Violation::Lost]
        );
    }

    #[test]
    fn an_instance_without_its_mark_cannot_be_found() {
        let unmarked = Made { tags: Vec::new(), name: "Mine".to_owned(), ..made(1, 0, "") };
        let plan = Plan { name: Some("Mine".to_owned()), ..plan(0, "mark") };
        let truth = [unmarked];
        let told = |told| judge(&observed(vec![creation(plan.clone(), [told], &truth)], &truth));
        assert_eq!(told(Told::NotFound { shown_late: false }), []);
        assert_eq!(told(Told::NotMade), [Violation::Lost, Violation::WronglyReported]);
        assert_eq!(told(instance(1)), []);
    }

    #[test]
    fn an_instance_of_somebody_else_is_mixed_up() {
        let truth = [neighbour(9), made(1, 0, "mark"), made(2, 1, "other")];
        let both = |first, second| {
            let first = creation(plan(0, "mark"), [first], &truth);
            judge(&observed(vec![first, creation(plan(1, "other"), [second], &truth)], &truth))
        };
        assert_eq!(both(instance(1), instance(2)), []);
        assert_eq!(both(instance(2), instance(1)), [Violation::MixedUp, Violation::MixedUp]);
        assert_eq!(both(instance(9), instance(2)), [Violation::MixedUp]);
        let token_of_another = Told::Instance { id: 1, token: "token-2".to_owned() };
        assert_eq!(both(token_of_another, instance(2)), [Violation::MixedUp]);
        // Made for the wrong account, or for nobody.
        assert_eq!(verdict([Told::NotMade], &[made(1, 1, "mark")]), [Violation::MixedUp]);
    }

    #[test]
    fn what_is_not_so_is_wrongly_reported() {
        assert_eq!(verdict([instance(1)], &[]), [Violation::WronglyReported]);
        assert_eq!(verdict([Told::MayExist], &[]), [Violation::WronglyReported]);
        let mut unsure = observed(vec![creation(plan(0, "mark"), [Told::MayExist], &[])], &[]);
        unsure.certainly_not = false;
        assert_eq!(judge(&unsure), []);
    }
}
