//! The servers of one job, so that they can be stopped from outside when it is abandoned.

use std::cell::RefCell;
use std::sync::{Arc, Mutex, PoisonError};

/// Stops one server that somebody else holds.
type Stopper = Box<dyn Fn() + Send>;

thread_local! {
    /// Servers are started deep within checks; this spares each check the way to its job.
    static OF_THIS_THREAD: RefCell<Option<Arc<ServerGroup>>> = const { RefCell::new(None) };
}

/// Empty, until a thread starts servers.
#[derive(Default)]
pub(crate) struct ServerGroup(Mutex<State>);

#[derive(Default)]
struct State {
    stopped: bool,
    servers: Vec<Stopper>,
}

impl ServerGroup {
    /// Every server that this thread starts from now on belongs to this group.
    pub(crate) fn take_those_of_this_thread(self: Arc<Self>) {
        OF_THIS_THREAD.set(Some(self));
    }

    /// Stops all servers, and at once those that are started later.
    pub(crate) fn stop(&self) {
        let servers = {
            let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            state.stopped = true;
            std::mem::take(&mut state.servers)
        };
        for stop in servers {
            stop();
        }
    }

    /// A server was started on this thread; `stop` ends it and all its connections.
    pub(crate) fn add(stop: impl Fn() + Send + 'static) {
        let Some(group) = OF_THIS_THREAD.with_borrow(Clone::clone) else { return };
        let mut state = group.0.lock().unwrap_or_else(PoisonError::into_inner);
        if state.stopped {
            drop(state);
            stop();
        } else {
            state.servers.push(Box::new(stop));
        }
    }
}
