//! The one-time ids of the inspector's forms: a page of another origin cannot know one.

use std::collections::VecDeque;

use crate::random::Random;

/// More pages than anyone has open. The oldest id goes first.
const MOST: usize = 1000;

pub(crate) struct Forms {
    random: Random,
    issued: VecDeque<String>,
}

impl Forms {
    pub(crate) fn new(seed: u64) -> Self {
        Self { random: Random::new(seed), issued: VecDeque::new() }
    }

    /// An id for the forms of one page.
    pub(crate) fn issue(&mut self) -> String {
        let id = self.random.hex();
        self.issued.truncate(MOST - 1);
        self.issued.push_front(id.clone());
        id
    }

    /// Whether the id was issued and has not been used.
    pub(crate) fn take(&mut self, id: &str) -> bool {
        let position = self.issued.iter().position(|issued| issued == id);
        position.and_then(|position| self.issued.remove(position)).is_some()
    }

    /// For a style sheet's nonce.
    pub(crate) fn nonce(&mut self) -> String {
        self.random.hex()
    }
}
