//! The rules of the contract that can be checked without a fault.

mod added;
mod at_once;
mod connect_limit;
mod connections;
mod decoding;
mod environment;
mod limits;
mod merged;
mod name_server;
mod own_response;
mod responses;
mod secure;
mod wire;

use std::cell::RefCell;

use http::{Method, Request};
use your_moms_core::{Delivery, Reply, TransportErrorKind};

use crate::fault::Scene;
use crate::finding::Finding;
use crate::own_test::OwnTest;
use crate::request::secret_request;
use crate::rerun::Rerun;
use crate::server::Server;
use crate::settings::Settings;
use crate::subject::{Caller, Subject};

/// One rule.
pub(crate) struct Check {
    pub(crate) name: &'static str,
    /// Why the rule is there.
    pub(crate) reason: &'static str,
    /// What to do in a transport that breaks it.
    pub(crate) fix: &'static str,
    /// `Err` says what was seen.
    pub(crate) run: fn(&Bench<'_>) -> Result<(), String>,
}

/// All rules, in a fixed order.
pub(crate) const ALL: &[Check] = &[
    wire::METHOD_AND_TARGET,
    wire::HEADERS,
    wire::BODY,
    wire::NO_COOKIES,
    added::NO_ADDED_HEADERS,
    added::NO_EXPECT,
    responses::ANY_STATUS,
    responses::NO_REDIRECT,
    responses::HEADERS,
    responses::BODY,
    responses::INTERIM,
    merged::INTERIM,
    merged::TRAILERS,
    limits::SIZE,
    limits::READS_NO_MORE,
    decoding::SIZE,
    limits::USUAL_HEAD,
    limits::DEADLINE,
    connect_limit::TLS,
    connect_limit::PROXY,
    name_server::HANGS,
    limits::PARTIAL_BODY,
    connections::FRESH_CONNECTION,
    connections::PROXY_FRESH_CONNECTION,
    connections::HTTP2_FRESH_CONNECTION,
    connections::CLOSED_CONNECTION,
    own_response::LATE,
    own_response::LEFTOVER,
    own_response::NO_CACHE,
    at_once::MANY,
    at_once::DROPPED,
    secure::TLS,
    secure::TUNNEL,
    secure::NEVER_INDEXED,
    environment::PROXY,
];

/// What the checks do that need a process of their own.
pub(crate) const RERUNS: &[Rerun] = &[name_server::RERUN, environment::RERUN];

/// What a check works with.
pub(crate) struct Bench<'a> {
    subject: &'a dyn Subject,
    own_test: &'a OwnTest,
    /// Why the check cannot be made here.
    skipped: RefCell<Option<String>>,
}

impl<'a> Bench<'a> {
    pub(crate) fn new(subject: &'a dyn Subject, own_test: &'a OwnTest) -> Self {
        Self { subject, own_test, skipped: RefCell::default() }
    }

    /// What `check` finds.
    pub(crate) fn run(self, check: &Check) -> Finding {
        let result = (check.run)(&self);
        match self.skipped.into_inner() {
            Some(why) if result.is_ok() => Finding::Skipped(why),
            _ => result.into(),
        }
    }

    /// Takes over what another process found.
    fn settle(&self, finding: Finding) -> Result<(), String> {
        match finding {
            Finding::Passed => Ok(()),
            Finding::Failed(seen) => Err(seen),
            Finding::Skipped(why) => {
                self.skipped.replace(Some(why));
                Ok(())
            }
        }
    }

    /// A transport with patient limits.
    fn open(&self) -> Box<dyn Caller + '_> {
        self.open_with(&settings())
    }

    fn open_with(&self, settings: &Settings) -> Box<dyn Caller + '_> {
        self.subject.open(settings)
    }
}

/// Patient limits, trust in the kit's authority, no proxy.
fn settings() -> Settings {
    Scene::new("").settings
}

fn get(server: &Server) -> Request<Vec<u8>> {
    secret_request(&Method::GET, &server.url())
}

/// The text of `problem`, unless `right`.
fn ensure(right: bool, problem: impl FnOnce() -> String) -> Result<(), String> {
    if right { Ok(()) } else { Err(problem()) }
}

/// `reply` must be a complete response with this status.
fn expect_status(what: &str, reply: &Reply, status: u16) -> Result<(), String> {
    match reply {
        Ok(response) if response.status() == status => Ok(()),
        Ok(response) => {
            Err(format!("{what}: status {}, and the server sent {status}", response.status().as_u16()))
        }
        Err(error) => {
            Err(format!("{what}: failed ({error}), and the server sent a whole response with {status}"))
        }
    }
}

/// Whether the transport would not send such a request at all.
fn is_refused(reply: &Reply) -> bool {
    matches!(reply, Err(error) if error.delivery() == Delivery::NotSent && error.kind() == TransportErrorKind::InvalidRequest)
}
