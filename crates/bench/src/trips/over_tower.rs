//! Round trips over tower, whose service is hyper-util's client.

use std::error::Error;
use std::hint::black_box;
use std::sync::Arc;

use bytes::Bytes;
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE};
use http::{Request, request};
use http_body_util::{BodyExt as _, Full};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use rustls::crypto::ring;
use rustls::pki_types::CertificateDer;
use rustls::{ClientConfig, RootCertStore};
use your_moms_core::{AsyncClient, Instance, Limits};
use your_moms_tower::TowerTransport;

use super::calls::Calls;
use super::trip::{CONNECT, JSON, TOTAL, Trip};
use crate::ours;
use crate::peers::Creation;

type HyperClient = Client<HttpsConnector<HttpConnector>, Full<Bytes>>;

pub(super) fn ours(trip: &Trip) -> Result<impl AsyncFn() -> bool + 'static, Box<dyn Error>> {
    let limits = Limits::default();
    let [fresh, pooled] = [0, usize::MAX].map(|kept| client(trip, kept, true));
    let transport = TowerTransport::new(fresh?, limits, tokio::time::sleep).with_pooled(pooled?);
    let platform = ours::platform_at(&trip.base_url())?;
    let calls = Calls::new(trip, &platform)?;
    let client = AsyncClient::new(platform, transport, tokio::time::sleep, getrandom::fill);
    Ok(async move || calls.with_async(&client).await)
}

pub(super) fn idiomatic(trip: Trip) -> Result<impl AsyncFn() -> bool + 'static, Box<dyn Error>> {
    let client = client(&trip, if trip.fresh { 0 } else { usize::MAX }, true)?;
    Ok(async move || {
        let read = async {
            let request = request(&trip).header(ACCEPT, JSON).header(AUTHORIZATION, trip.authorization());
            let body =
                if trip.post { serde_json::to_vec(&Creation::DOCUMENTED).map_err(drop)? } else { Vec::new() };
            let response = client.request(request.body(body.into()).map_err(drop)?).await.map_err(drop)?;
            if !response.status().is_success() {
                return Err(());
            }
            let body = response.into_body().collect().await.map_err(drop)?.to_bytes();
            serde_json::from_slice::<Instance>(&body).map_err(drop)
        };
        black_box(tokio::time::timeout(TOTAL, read).await).is_ok_and(|read| read.is_ok())
    })
}

pub(super) fn bare(trip: Trip) -> Result<impl AsyncFn() -> bool + 'static, Box<dyn Error>> {
    let client = client(&trip, if trip.fresh { 0 } else { usize::MAX }, false)?;
    let body = if trip.post { serde_json::to_vec(&Creation::DOCUMENTED)? } else { Vec::new() };
    Ok(async move || {
        let read = async {
            let request = request(&trip).body(body.clone().into()).map_err(drop)?;
            let response = client.request(request).await.map_err(drop)?;
            Ok::<_, ()>(response.into_body().collect().await.map_err(drop)?.to_bytes())
        };
        black_box(read.await).is_ok()
    })
}

fn request(trip: &Trip) -> request::Builder {
    if trip.post { Request::post(trip.url()).header(CONTENT_TYPE, JSON) } else { Request::get(trip.url()) }
}

fn client(trip: &Trip, kept_connections: usize, limited: bool) -> Result<HyperClient, Box<dyn Error>> {
    let mut tcp = HttpConnector::new();
    tcp.enforce_http(false);
    tcp.set_connect_timeout(limited.then_some(CONNECT));
    let mut roots = RootCertStore::empty();
    if let Some(der) = &trip.certificate {
        roots.add(CertificateDer::from(der.as_slice()))?;
    }
    let tls = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()?
        .with_root_certificates(roots)
        .with_no_client_auth();
    let connector =
        HttpsConnectorBuilder::new().with_tls_config(tls).https_or_http().enable_http1().wrap_connector(tcp);
    Ok(Client::builder(TokioExecutor::new()).pool_max_idle_per_host(kept_connections).build(connector))
}
