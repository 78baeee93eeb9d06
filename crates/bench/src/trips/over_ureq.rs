//! Round trips over ureq.

use std::error::Error;
use std::hint::black_box;

use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE};
use ureq::Agent;
use ureq::config::ConfigBuilder;
use ureq::tls::{Certificate, RootCerts, TlsConfig};
use ureq::typestate::AgentScope;
use your_moms_core::{Client, Instance, Limits};
use your_moms_ureq::UreqTransport;

use super::calls::Calls;
use super::trip::{CONNECT, JSON, TOTAL, Trip};
use crate::ours;
use crate::peers::Creation;

pub(super) fn ours(trip: &Trip) -> Result<impl Fn() -> bool + Sync + 'static, Box<dyn Error>> {
    let config = with_root(trip, UreqTransport::config_builder()).proxy(None).build();
    let transport = UreqTransport::with_config(Limits::default(), config);
    let platform = ours::platform_at(&trip.base_url())?;
    let calls = Calls::new(trip, &platform)?;
    let client = Client::new(platform, transport, std::thread::sleep, getrandom::fill);
    Ok(move || calls.with(&client))
}

pub(super) fn idiomatic(trip: Trip) -> impl Fn() -> bool + Sync + 'static {
    let config =
        peer(&trip).timeout_resolve(Some(CONNECT)).timeout_connect(Some(CONNECT)).timeout_global(Some(TOTAL));
    let agent = Agent::new_with_config(config.build());
    move || {
        let read = || {
            let mut response = if trip.post {
                let body = serde_json::to_vec(&Creation::DOCUMENTED).map_err(drop)?;
                let request = agent.post(trip.url()).header(CONTENT_TYPE, JSON);
                request.header(ACCEPT, JSON).header(AUTHORIZATION, trip.authorization()).send(&body)
            } else {
                let request = agent.get(trip.url());
                request.header(ACCEPT, JSON).header(AUTHORIZATION, trip.authorization()).call()
            }
            .map_err(drop)?;
            let body = response.body_mut().read_to_vec().map_err(drop)?;
            serde_json::from_slice::<Instance>(&body).map_err(drop)
        };
        black_box(read()).is_ok()
    }
}

pub(super) fn bare(trip: Trip) -> Result<impl Fn() -> bool + Sync + 'static, Box<dyn Error>> {
    let agent = Agent::new_with_config(peer(&trip).build());
    let body = serde_json::to_vec(&Creation::DOCUMENTED)?;
    Ok(move || {
        let response = if trip.post {
            agent.post(trip.url()).header(CONTENT_TYPE, JSON).send(&body)
        } else {
            agent.get(trip.url()).call()
        };
        black_box(response.and_then(|mut response| response.body_mut().read_to_vec())).is_ok()
    })
}

fn peer(trip: &Trip) -> ConfigBuilder<AgentScope> {
    let config = with_root(trip, Agent::config_builder()).proxy(None);
    if trip.fresh { config.max_idle_connections(0) } else { config }
}

fn with_root(trip: &Trip, config: ConfigBuilder<AgentScope>) -> ConfigBuilder<AgentScope> {
    match &trip.certificate {
        Some(der) => {
            let root = Certificate::from_der(der).to_owned();
            let roots = RootCerts::new_with_certs(&[root]);
            config.tls_config(TlsConfig::builder().root_certs(roots).build())
        }
        None => config,
    }
}
