//! The adapters, and the sandbox without one.

use std::sync::Arc;
use std::time::Duration;

use http_body_util::Full;
use hyper::body::Bytes;
use hyper_util::client::legacy::Client;
use hyper_util::rt::TokioExecutor;
use your_moms_core::Limits;
use your_moms_reqwest::ReqwestTransport;
use your_moms_sandbox::{Sandbox, SandboxTransport, Server};
use your_moms_tower::TowerTransport;
use your_moms_ureq::UreqTransport;

use crate::caller::Carrier;

pub(crate) const WAYS: [Way; 6] =
    [Way::Ureq, Way::Reqwest, Way::Tower, Way::Blocking, Way::Async, Way::ByHand];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    Ureq,
    Reqwest,
    Tower,
    Blocking,
    Async,
    ByHand,
}

/// A transport over a socket takes long to make, so that its scenes share it.
pub(crate) struct Prepared {
    way: Way,
    usual: Option<Carrier>,
    /// For responses that come too late.
    hasty: Option<Carrier>,
}

impl Way {
    pub(crate) fn prepared(self) -> Prepared {
        let hasty = Limits { total: Duration::from_millis(30), ..Limits::default() };
        Prepared { way: self, usual: self.over(Limits::default()), hasty: self.over(hasty) }
    }

    fn over(self, limits: Limits) -> Option<Carrier> {
        match self {
            Self::Ureq => Some(Carrier::Blocking(Arc::new(UreqTransport::new(limits)))),
            Self::Reqwest => Some(Carrier::Async(Arc::new(ReqwestTransport::new(limits).unwrap()))),
            Self::Tower => Some(Carrier::Async(Arc::new(tower(limits)))),
            Self::Blocking | Self::Async | Self::ByHand => None,
        }
    }
}

/// hyper's client, with no layer around it.
pub(crate) fn tower(limits: Limits) -> TowerTransport {
    let client = Client::builder(TokioExecutor::new()).pool_max_idle_per_host(0).build_http::<Full<Bytes>>();
    TowerTransport::new(client, limits, tokio::time::sleep)
}

impl Prepared {
    /// A sandbox of its own, and what carries requests to it.
    pub(crate) fn open(&self, seed: u64, in_haste: bool) -> (Option<Server>, SandboxTransport, Carrier) {
        let carrier = if in_haste { &self.hasty } else { &self.usual };
        if let Some(carrier) = carrier {
            let server = Server::start(Sandbox::new(seed)).unwrap();
            let sandbox = server.transport();
            return (Some(server), sandbox, carrier.clone());
        }
        let sandbox = SandboxTransport::new(Sandbox::new(seed));
        let carrier = match self.way {
            Way::Async => Carrier::Async(Arc::new(sandbox.clone())),
            Way::ByHand => Carrier::ByHand(Arc::new(sandbox.clone())),
            _ => Carrier::Blocking(Arc::new(sandbox.clone())),
        };
        (None, sandbox, carrier)
    }
}
