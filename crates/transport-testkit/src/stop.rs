//! How a server ends its connections while their scripts run.

use std::net::TcpStream;
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::Duration;

/// The way to a connection's socket from outside its script. A reset takes it away: a socket is closed only when
/// nobody holds it.
pub(crate) type Handle = Arc<Mutex<Option<TcpStream>>>;

/// Set once, when the server is to finish.
#[derive(Default)]
pub(crate) struct Stop {
    set: Mutex<bool>,
    changed: Condvar,
}

impl Stop {
    /// `false` if it was set before.
    pub(crate) fn set(&self) -> bool {
        let before = std::mem::replace(&mut *self.set.lock().unwrap_or_else(PoisonError::into_inner), true);
        self.changed.notify_all();
        !before
    }

    pub(crate) fn is_set(&self) -> bool {
        *self.set.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn wait(&self) {
        let set = self.set.lock().unwrap_or_else(PoisonError::into_inner);
        drop(self.changed.wait_while(set, |set| !*set));
    }

    /// As [`wait`](Self::wait), for no longer than `limit`.
    pub(crate) fn wait_for(&self, limit: Duration) {
        let set = self.set.lock().unwrap_or_else(PoisonError::into_inner);
        drop(self.changed.wait_timeout_while(set, limit, |set| !*set));
    }
}
