//! A fault, and what a transport may report for it.

use std::any::Any;
use std::time::Duration;

use your_moms_core::{Delivery, Limits, TransportErrorKind};

use crate::certificates;
use crate::server::Server;
use crate::settings::Settings;

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
