//! A transport that plays prepared replies and keeps what was asked, and a client over it that does not wait.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use http::{Request, Response};
use your_moms_core::{
    CallContext, Client, Credentials, Delivery, Platform, Registration, Reply, Transport, TransportError,
    TransportErrorKind,
};

pub(crate) fn platform() -> Platform {
    Platform::new("https://api.example", Credentials::new("user", "organization").unwrap()).unwrap()
}

pub(crate) fn registration() -> Registration {
    Registration::new("instagram", "api-key", "api-secret", "https://app.example/callback").unwrap()
}

pub(crate) fn reply(status: u16, body: &str) -> Reply {
    Ok(Response::builder().status(status).body(body.as_bytes().to_vec()).unwrap())
}

/// A refusal of the platform's own.
pub(crate) fn own(status: u16) -> Reply {
    reply(status, r#"{"requestId": "0123456789abcdef01234567", "message": "no"}"#)
}

pub(crate) fn lost(delivery: Delivery) -> Reply {
    Err(TransportError::new(delivery, TransportErrorKind::Lost))
}

/// An instance of `helpdesk` with these tags, as JSON.
pub(crate) fn instance(id: u64, tags: &str) -> String {
    format!(r#"{{"id": {id}, "token": "token-{id}", "your_mom": {{"key": "helpdesk"}}, "tags": {tags}}}"#)
}

type Play = dyn Fn(&Request<Vec<u8>>) -> Option<Reply> + Send + Sync;

/// Plays prepared replies, or makes them of the requests, and keeps what was asked.
#[derive(Default)]
pub(crate) struct Script {
    replies: Mutex<VecDeque<Reply>>,
    play: Option<Box<Play>>,
    asked: Mutex<Vec<String>>,
    contexts: Mutex<Vec<CallContext>>,
    requests: Mutex<Vec<Request<Vec<u8>>>>,
}

impl Transport for Script {
    fn send(&self, request: Request<Vec<u8>>) -> Reply {
        let target = request.uri().path_and_query().unwrap();
        self.asked.lock().unwrap().push(format!("{} {target}", request.method()));
        self.contexts.lock().unwrap().push(CallContext::of(&request));
        let played = self.play.as_ref().and_then(|play| play(&request));
        self.requests.lock().unwrap().push(request);
        played.or_else(|| self.replies.lock().unwrap().pop_front()).expect("no more requests than replies")
    }
}

/// A client over a script, and what it did.
pub(crate) struct Scene {
    pub(crate) client: Client<Arc<Script>>,
    script: Arc<Script>,
    waits: Arc<Mutex<Vec<Duration>>>,
}

impl Scene {
    pub(crate) fn new(replies: impl IntoIterator<Item = Reply>) -> Self {
        Self::of(Script { replies: Mutex::new(replies.into_iter().collect()), ..Script::default() })
    }

    /// `play` replies to the requests that it knows.
    pub(crate) fn playing(play: impl Fn(&Request<Vec<u8>>) -> Option<Reply> + Send + Sync + 'static) -> Self {
        Self::of(Script { play: Some(Box::new(play)), ..Script::default() })
    }

    fn of(script: Script) -> Self {
        let (script, waits) = (Arc::new(script), Arc::<Mutex<Vec<Duration>>>::default());
        let waited = waits.clone();
        let sleep = move |wait| waited.lock().unwrap().push(wait);
        let client = Client::new(platform(), script.clone(), sleep, getrandom::fill);
        Self { client, script, waits }
    }

    pub(crate) fn then(&self, replies: impl IntoIterator<Item = Reply>) {
        self.script.replies.lock().unwrap().extend(replies);
    }

    /// Method and target of every request so far.
    pub(crate) fn asked(&self) -> Vec<String> {
        self.script.asked.lock().unwrap().clone()
    }

    pub(crate) fn contexts(&self) -> Vec<CallContext> {
        self.script.contexts.lock().unwrap().clone()
    }

    pub(crate) fn requests(&self) -> Vec<Request<Vec<u8>>> {
        std::mem::take(&mut self.script.requests.lock().unwrap())
    }

    pub(crate) fn waits(&self) -> Vec<Duration> {
        self.waits.lock().unwrap().clone()
    }
}
