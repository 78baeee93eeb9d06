//! Round trips over reqwest.

use std::error::Error;
use std::hint::black_box;

use reqwest::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE};
use reqwest::{Certificate, Client, ClientBuilder};
use your_moms_core::{AsyncClient, Instance, Limits};
use your_moms_reqwest::ReqwestTransport;

use super::calls::Calls;
use super::trip::{CONNECT, JSON, TOTAL, Trip};
use crate::ours;
use crate::peers::Creation;

pub(super) fn ours(trip: &Trip) -> Result<impl AsyncFn() -> bool + 'static, Box<dyn Error>> {
    let root = root(trip)?;
    let builder =
        || root.clone().map_or_else(Client::builder, |root| Client::builder().tls_certs_only([root]));
    let transport = ReqwestTransport::with_builder(Limits::default(), builder)?;
    let platform = ours::platform_at(&trip.base_url())?;
    let calls = Calls::new(trip, &platform)?;
    let client = AsyncClient::new(platform, transport, tokio::time::sleep, getrandom::fill);
    Ok(async move || calls.with_async(&client).await)
}

pub(super) fn idiomatic(trip: Trip) -> Result<impl AsyncFn() -> bool + 'static, Box<dyn Error>> {
    let client = peer(&trip)?.connect_timeout(CONNECT).timeout(TOTAL).build()?;
    Ok(async move || {
        let request = if trip.post {
            client.post(trip.url()).json(&Creation::DOCUMENTED)
        } else {
            client.get(trip.url())
        };
        let request = request.header(ACCEPT, JSON).header(AUTHORIZATION, trip.authorization());
        let read = async { request.send().await?.error_for_status()?.json::<Instance>().await };
        black_box(read.await).is_ok()
    })
}

pub(super) fn bare(trip: Trip) -> Result<impl AsyncFn() -> bool + 'static, Box<dyn Error>> {
    let client = peer(&trip)?.build()?;
    let body = serde_json::to_vec(&Creation::DOCUMENTED)?;
    Ok(async move || {
        let request = if trip.post {
            client.post(trip.url()).header(CONTENT_TYPE, JSON).body(body.clone())
        } else {
            client.get(trip.url())
        };
        let read = async { request.send().await?.bytes().await };
        black_box(read.await).is_ok()
    })
}

fn peer(trip: &Trip) -> Result<ClientBuilder, Box<dyn Error>> {
    let builder = Client::builder().no_proxy();
    let builder = if trip.fresh { builder.pool_max_idle_per_host(0) } else { builder };
    Ok(match root(trip)? {
        Some(root) => builder.tls_certs_only([root]),
        None => builder,
    })
}

fn root(trip: &Trip) -> reqwest::Result<Option<Certificate>> {
    trip.certificate.as_deref().map(Certificate::from_der).transpose()
}
