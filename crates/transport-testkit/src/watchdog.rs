//! Ends what does not end by itself: a transport without time limits must be found, not waited for.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

use futures_channel::oneshot;
use http::Request;
use your_moms_core::{CallContext, Reply};

use crate::server_group::ServerGroup;
use crate::settings::Settings;
use crate::subject::{Caller, Subject};

/// How long a call may take beyond its own limit: on a busy machine, one that keeps its limit can be seconds late.
const GRACE: Duration = Duration::from_secs(6);

/// How long a job may do anything else at a time: make a transport, drop one, wait for another process.
const BETWEEN_CALLS: Duration = Duration::from_secs(60);

/// How a job ended.
pub(crate) enum Ended<R> {
    Done(R),
    /// It did not: what it was waiting for.
    Late(String),
    /// What the panic said.
    Panicked(String),
}

/// Runs `job` on a thread of its own. If it is late it is abandoned, and its servers are stopped: most calls end then, and
/// the thread with them.
pub(crate) fn run<R: Send + 'static>(
    subject: &Arc<dyn Subject>,
    job: impl FnOnce(&dyn Subject) -> R + Send + 'static,
) -> Ended<R> {
    let (sender, events) = channel();
    let servers = Arc::<ServerGroup>::default();
    thread::spawn({
        let (subject, servers) = (Arc::clone(subject), Arc::clone(&servers));
        move || {
            servers.take_those_of_this_thread();
            let watched = Watched { subject, events: sender };
            let result = catch_unwind(AssertUnwindSafe(|| job(&watched)));
            // Nobody listens any more if it was late.
            let _ = watched.events.send(Event::Done(result));
        }
    });
    let mut wait = Wait::between_calls();
    loop {
        match events.recv_timeout(wait.left()) {
            Ok(Event::CallBegan(limit)) => wait = Wait::for_call(limit),
            Ok(Event::CallEnded) => wait = Wait::between_calls(),
            Ok(Event::Done(Ok(result))) => return Ended::Done(result),
            Ok(Event::Done(Err(panic))) => return Ended::Panicked(message(&*panic)),
            Err(RecvTimeoutError::Timeout) => {
                servers.stop();
                return Ended::Late(wait.describe());
            }
            Err(RecvTimeoutError::Disconnected) => {
                return Ended::Panicked("its thread ended without a word".to_owned());
            }
        }
    }
}

fn message(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(ToString::to_string);
    text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_else(|| "no text".to_owned())
}

enum Event<R> {
    CallBegan(Duration),
    CallEnded,
    Done(thread::Result<R>),
}

/// What a job is doing, and since when.
struct Wait {
    since: Instant,
    /// Of the call that is running.
    limit: Option<Duration>,
}

impl Wait {
    fn between_calls() -> Self {
        Self { since: Instant::now(), limit: None }
    }

    fn for_call(limit: Duration) -> Self {
        Self { since: Instant::now(), limit: Some(limit) }
    }

    fn left(&self) -> Duration {
        let allowed = self.limit.map_or(BETWEEN_CALLS, |limit| limit.saturating_add(GRACE));
        allowed.saturating_sub(self.since.elapsed())
    }

    fn describe(&self) -> String {
        let waited = self.since.elapsed().as_secs_f32();
        match self.limit {
            Some(limit) => format!(
                "the call had not ended after {waited:.1} s, and its limit is {:.1} s",
                limit.as_secs_f32()
            ),
            None => format!(
                "nothing had happened for {waited:.1} s, and no call was running: making the transport or dropping it hangs"
            ),
        }
    }
}

/// A subject whose calls are watched.
struct Watched<R> {
    subject: Arc<dyn Subject>,
    events: Sender<Event<R>>,
}

impl<R: Send> Subject for Watched<R> {
    fn open<'a>(&'a self, settings: &Settings) -> Box<dyn Caller + 'a> {
        let caller = self.subject.open(settings);
        Box::new(WatchedCaller { caller, limit: settings.limits.total, events: &self.events })
    }
}

struct WatchedCaller<'a, R> {
    caller: Box<dyn Caller + 'a>,
    limit: Duration,
    events: &'a Sender<Event<R>>,
}

impl<R> WatchedCaller<'_, R> {
    fn watch<T>(&self, limit: Duration, call: impl FnOnce(&dyn Caller) -> T) -> T {
        let _ = self.events.send(Event::CallBegan(limit));
        let result = call(&*self.caller);
        let _ = self.events.send(Event::CallEnded);
        result
    }

    fn limit_of(&self, request: &Request<Vec<u8>>) -> Duration {
        CallContext::of(request).time_limit.map_or(self.limit, |limit| limit.min(self.limit))
    }
}

impl<R> Caller for WatchedCaller<'_, R> {
    fn call(&self, request: Request<Vec<u8>>) -> Reply {
        self.watch(self.limit_of(&request), |caller| caller.call(request))
    }

    fn call_at_once(&self, requests: Vec<Request<Vec<u8>>>) -> Vec<Reply> {
        self.watch(self.limit, |caller| caller.call_at_once(requests))
    }

    fn call_and_drop(&self, request: Request<Vec<u8>>, drop_at: oneshot::Receiver<()>) -> bool {
        self.watch(self.limit_of(&request), |caller| caller.call_and_drop(request, drop_at))
    }
}
