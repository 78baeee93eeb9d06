//! Where a kill is meant to hit, and where it has hit.

use std::fmt;

/// What is waited for before the random moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Aim {
    /// Nothing: anywhere between the program's start and its end.
    Anywhere,
    /// The first request.
    FirstRequest,
    /// The record of the creation is stored.
    Recorded,
    /// The instance is made, and the response does not come.
    Made,
    /// The response comes byte by byte.
    Dripping,
    /// The response has come, and another program holds the store's lock.
    Locked,
    /// The store is being written after the response.
    Writing,
}

/// Every aim, as often as it is to be chosen.
pub(crate) const AIMS: [Aim; 10] = [
    Aim::Anywhere,
    Aim::FirstRequest,
    Aim::FirstRequest,
    Aim::Recorded,
    Aim::Made,
    Aim::Dripping,
    Aim::Locked,
    Aim::Locked,
    Aim::Writing,
    Aim::Writing,
];

/// Where the program was, by what it has left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Phase {
    BeforePost,
    DuringPost,
    NotStored,
    Storing,
}

pub(crate) const PHASES: [Phase; 4] =
    [Phase::BeforePost, Phase::DuringPost, Phase::NotStored, Phase::Storing];

impl fmt::Display for Phase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::BeforePost => "before the POST",
            Self::DuringPost => "during the POST",
            Self::NotStored => "response not stored",
            Self::Storing => "storing",
        })
    }
}
