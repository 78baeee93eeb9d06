//! A fault, what a transport may report for it, and what one did report.

use std::any::Any;
use std::fmt;
use std::time::Duration;

use http::Method;
use your_moms_core::{Delivery, Limits, Reply, TransportErrorKind};

use crate::certificates;
use crate::request::{leak, secret_request, with_body};
use crate::server::Server;
use crate::settings::Settings;
use crate::subject::Subject;
use crate::transcript::Transcript;
use crate::verdict::Verdict;

/// Generous, for what does not end by a time limit. A resolver whose question was lost asks again after 5 seconds.
const PATIENT: Limits =
    Limits { connect: Duration::from_secs(8), total: Duration::from_secs(10), response_bytes: 64 * 1024 };

/// For what ends by a time limit once the connection is established.
const HASTY: Limits = Limits { total: Duration::from_millis(1500), ..PATIENT };

/// For what ends by a time limit before that. Far enough from the limit of the whole call, so that a busy machine cannot
/// mix them up.
const HASTY_TO_CONNECT: Limits =
    Limits { connect: Duration::from_millis(600), total: Duration::from_secs(8), ..PATIENT };

/// Something that goes wrong with a call.
pub(crate) struct Fault {
    pub(crate) name: &'static str,
    /// How far the request gets: the first is what a transport that sees everything says. [`Delivery::Unknown`] is
    /// always allowed.
    pub(crate) deliveries: &'static [Delivery],
    /// The kinds that say best what happened. Others are not wrong, unless the client acts on them.
    pub(crate) kinds: &'static [TransportErrorKind],
    /// The status, if there may be a complete response after all.
    pub(crate) response: Option<u16>,
    pub(crate) scene: fn() -> Scene,
}

/// Where it goes wrong.
pub(crate) struct Scene {
    pub(crate) base: String,
    pub(crate) settings: Settings,
    pub(crate) servers: Vec<Server>,
    /// The length of a `POST`'s body, if not the usual one.
    pub(crate) upload: Option<usize>,
    /// Kept until the call has ended.
    pub(crate) keep: Option<Box<dyn Any>>,
}

impl Scene {
    /// A call to `base`.
    pub(crate) fn new(base: impl Into<String>) -> Self {
        let settings = Settings {
            limits: PATIENT,
            root_certificate: certificates::root(),
            root_certificate_pem: certificates::root_pem(),
            proxy: None,
        };
        Self { base: base.into(), settings, servers: Vec::new(), upload: None, keep: None }
    }

    /// A call to this server.
    pub(crate) fn at(server: Server) -> Self {
        Self { servers: vec![server], ..Self::new("") }.with_base_of_server()
    }

    fn with_base_of_server(self) -> Self {
        let base = self.servers.first().map(Server::url).unwrap_or_default();
        Self { base, ..self }
    }

    /// A call to a host that only `proxy` can reach.
    pub(crate) fn through(proxy: Server) -> Self {
        let mut scene = Self::new(format!("https://{}", certificates::PROXIED_HOST));
        scene.settings.proxy = Some(format!("http://{}", proxy.address()));
        scene.servers.push(proxy);
        scene
    }

    /// With a short limit for the whole call.
    pub(crate) fn hasty(mut self) -> Self {
        self.settings.limits = HASTY;
        self
    }

    /// With a short limit for the connection.
    pub(crate) fn hasty_to_connect(mut self) -> Self {
        self.settings.limits = HASTY_TO_CONNECT;
        self
    }

    pub(crate) fn also(mut self, server: Server) -> Self {
        self.servers.push(server);
        self
    }
}

/// How a call ended that met a fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// A complete response with this status.
    Response(u16),
    /// The delivery and the kind of the error.
    Failed(Delivery, TransportErrorKind),
    /// The call did not end by itself, long after its time was up.
    Hung,
    /// The transport panicked.
    Panicked,
}

impl fmt::Display for Outcome {
    /// In a few words, as for a table: `ok 200`, `not-sent, dns`, `response 200, lost`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Response(status) => write!(f, "ok {status}"),
            Self::Failed(Delivery::ResponseStarted { status }, kind) => {
                write!(f, "response {}, {}", status.as_u16(), kind.name())
            }
            Self::Failed(delivery, kind) => write!(f, "{}, {}", delivery.name(), kind.name()),
            Self::Hung => f.write_str("hung"),
            Self::Panicked => f.write_str("panicked"),
        }
    }
}

/// What a transport made of a fault, and what the servers saw.
#[derive(Clone, Debug)]
pub(crate) struct Observation {
    pub(crate) outcome: Outcome,
    /// How many bytes of the request the servers read.
    pub(crate) bytes_read: usize,
    /// What is wrong with the outcome.
    pub(crate) misjudged: Option<String>,
    /// What would be more exact, if it is not wrong.
    pub(crate) inexact: Option<String>,
    /// Which secret the error shows.
    pub(crate) leak: Option<String>,
    /// What the servers saw, if it was more than the one request.
    pub(crate) repeated: Option<String>,
}

impl Fault {
    /// Lets the transport run into it. Delivery and kind come back as the transport gave them, with what is wrong about them.
    pub(crate) fn observe(&self, subject: &dyn Subject, method: &Method) -> Observation {
        let scene = (self.scene)();
        let transport = subject.open(&scene.settings);
        let reply = transport.call(match scene.upload {
            Some(length) => with_body(method, &scene.base, vec![b'x'; length]),
            None => secret_request(method, &scene.base),
        });
        drop(transport);
        drop(scene.keep);
        let transcripts: Vec<Transcript> = scene.servers.into_iter().flat_map(Server::finish).collect();
        self.judge(&reply, &transcripts)
    }

    /// What `reply` is worth, beside what the servers saw.
    pub(crate) fn judge(&self, reply: &Reply, transcripts: &[Transcript]) -> Observation {
        let bytes_read = transcripts.iter().map(Transcript::request_bytes).sum();
        let requests: usize = transcripts.iter().map(Transcript::request_count).sum();
        let repeated = (requests > 1).then(|| {
            let seen = transcripts.iter().filter(|seen| seen.request_count() > 0).map(Transcript::beginning);
            format!(
                "the server got {requests} requests for one call: {}",
                seen.collect::<Vec<_>>().join(" and ")
            )
        });
        match reply {
            Ok(response) => {
                let status = response.status().as_u16();
                let misjudged = (self.response != Some(status)).then(|| {
                    let length = response.body().len();
                    format!("it came back as a whole response: status {status}, {length} bytes; it must fail")
                });
                let outcome = Outcome::Response(status);
                Observation { outcome, bytes_read, misjudged, inexact: None, leak: None, repeated }
            }
            Err(error) => {
                let verdict =
                    Verdict { fault: self, delivery: error.delivery(), kind: error.kind(), bytes_read };
                let misjudged = verdict.wrong();
                let inexact = if misjudged.is_none() { verdict.inexact() } else { None };
                let outcome = verdict.outcome();
                Observation { outcome, bytes_read, misjudged, inexact, leak: leak(error), repeated }
            }
        }
    }
}
