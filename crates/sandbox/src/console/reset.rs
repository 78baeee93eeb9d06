//! Starting over, with the credentials that clients have been given.

use std::time::Duration;

use crate::sandbox::Sandbox;

impl Sandbox {
    /// Forgets instances, private connectors, changes of objects, codes, open consent pages, faults, habits and the journal, and sets the
    /// clock right. Accounts, their secrets, who is signed in, clients, redirect URIs and the numbering of the journal stay.
    pub fn reset(&mut self) {
        let (platform, around) = self.parts();
        platform.forget();
        around.provider.forget(platform.catalogue());
        self.disarm_all();
        self.journal.clear();
        self.console.next = None;
        self.console.ahead = Duration::ZERO;
    }
}
