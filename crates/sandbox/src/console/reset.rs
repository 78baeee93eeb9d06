//! Starting over, with the credentials that clients have been given.

use std::time::Duration;

use crate::behaviour::Behaviour;
use crate::instance::Instances;
use crate::sandbox::{FIRST_INSTANCE_ID, Sandbox};

impl Sandbox {
    /// Forgets instances, codes, open consent pages, faults, habits and the journal, and sets the clock right.
    /// Accounts, their secrets, clients, redirect URIs and the numbering of the journal stay.
    pub fn reset(&mut self) {
        self.instances = Instances::default();
        self.next_instance_id = FIRST_INSTANCE_ID;
        self.provider.forget();
        self.behaviour = Behaviour::default();
        self.disarm_all();
        self.journal.clear();
        self.console.next = None;
        self.console.ahead = Duration::ZERO;
    }
}
