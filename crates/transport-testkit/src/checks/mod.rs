//! The rules of the contract that can be checked without a fault.

mod added;
mod at_once;
mod connect_limit;
mod connections;
mod decoding;
pub(crate) mod environment;
mod limits;
mod merged;
mod responses;
mod secure;
mod wire;

use http::{Method, Request};
use your_moms_core::{Delivery, Reply, TransportErrorKind};

use crate::fault::Scene;
use crate::own_test::OwnTest;
use crate::request::secret_request;
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
    limits::PARTIAL_BODY,
    connections::FRESH_CONNECTION,
    connections::PROXY_FRESH_CONNECTION,
    connections::HTTP2_FRESH_CONNECTION,
    connections::CLOSED_CONNECTION,
    at_once::MANY,
    at_once::DROPPED,
    secure::TLS,
    secure::TUNNEL,
    secure::NEVER_INDEXED,
    environment::PROXY,
];

/// What a check works with.
pub(crate) struct Bench<'a> {
    pub(crate) subject: &'a dyn Subject,
    pub(crate) own_test: &'a OwnTest,
}

impl Bench<'_> {
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
