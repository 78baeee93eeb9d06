//! What is printed.

use std::fmt;

use super::aim::{PHASES, Phase};

/// What became of one kill.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Kill {
    pub(crate) phase: Phase,
    /// Instances that were made and are not in the store, or not with their token.
    pub(crate) lost: usize,
    /// Instances more than one, on the platform or in the store.
    pub(crate) twice: usize,
}

#[derive(Debug, Default)]
pub(crate) struct Report {
    pub(crate) kills: Vec<Kill>,
}

impl Report {
    pub(crate) fn add(&mut self, other: Self) {
        self.kills.extend(other.kills);
    }

    fn of(&self, phase: Phase) -> usize {
        self.kills.iter().filter(|kill| kill.phase == phase).count()
    }

    fn lost(&self) -> usize {
        self.kills.iter().map(|kill| kill.lost).sum()
    }

    fn twice(&self) -> usize {
        self.kills.iter().map(|kill| kill.twice).sum()
    }

    /// Nothing is lost, nothing twice, and every phase was hit.
    pub(crate) fn passes(&self) -> bool {
        self.lost() == 0 && self.twice() == 0 && PHASES.into_iter().all(|phase| self.of(phase) > 0)
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for phase in PHASES {
            let kills = self.kills.iter().filter(|kill| kill.phase == phase);
            let (lost, twice) =
                kills.fold((0, 0), |(lost, twice), kill| (lost + kill.lost, twice + kill.twice));
            let hits = self.of(phase);
            let note = if hits == 0 { ": a phase without a kill shows nothing" } else { "" };
            writeln!(f, "{:<20} {hits:>5} kills, {lost} lost, {twice} twice{note}", phase.to_string())?;
        }
        write!(f, "{} kills, {} lost, {} twice", self.kills.len(), self.lost(), self.twice())
    }
}
