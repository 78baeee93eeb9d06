//! The names of the checks. `NAMES.md` says what each looks at.

use crate::{checks, faults};

/// Of all checks that can be run, in a fixed order.
pub(crate) fn all() -> impl Iterator<Item = &'static str> {
    checks::ALL.iter().map(|check| check.name).chain(faults::all().map(|fault| fault.name))
}

/// A name that is spelled wrongly would be a check that always passes.
#[track_caller]
pub(crate) fn assert_known(names: &[&str]) {
    let known: Vec<_> = all().collect();
    let unknown: Vec<_> = names.iter().filter(|name| !known.contains(name)).collect();
    assert!(unknown.is_empty(), "no checks are named {unknown:?}; there are: {}", known.join(", "));
}

/// As [`assert_known`], for the beginning of a name.
#[track_caller]
pub(crate) fn assert_begins_one(name: &str) {
    let known: Vec<_> = all().collect();
    assert!(
        known.iter().any(|known| known.starts_with(name)),
        "no check has a name that begins with {name:?}; there are: {}",
        known.join(", ")
    );
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn the_documentation_names_every_check_once() {
        let rows =
            include_str!("NAMES.md").lines().filter_map(|line| line.strip_prefix("| `")?.split_once('`'));
        let documented: Vec<_> = rows.map(|(name, _)| name).collect();
        let names: BTreeSet<_> = all().collect();
        assert_eq!(documented.iter().copied().collect::<BTreeSet<_>>(), names);
        assert_eq!(documented.len(), names.len(), "a name stands there twice");
    }
}
