//! Whole round trips to a server on this machine that replies to everything with an instance: over the adapters, and with the
//! same libraries as one uses them, with the same limits, headers and parsed type. A creation has a connection of its own.

#![expect(clippy::unnecessary_wraps, reason = "every case is prepared by a function of one type")]

use std::error::Error;
use std::time::Duration;

use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE};
use tokio::runtime::{Builder, Runtime};
use ureq::Agent;
use your_moms_core::{GetInstance, Instance};

use crate::peers::Creation;
use crate::{Case, Prepared, ours, payload, run};

pub(crate) const CASES: [Case; 8] = [
    ("trip.get.reqwest.ours", get_reqwest_ours),
    ("trip.get.reqwest.idiomatic", |port| reqwest_idiomatic(port, false)),
    ("trip.post.reqwest.ours", post_reqwest_ours),
    ("trip.post.reqwest.idiomatic", |port| reqwest_idiomatic(port, true)),
    ("trip.get.ureq.ours", get_ureq_ours),
    ("trip.get.ureq.idiomatic", |port| ureq_idiomatic(port, false)),
    ("trip.post.ureq.ours", post_ureq_ours),
    ("trip.post.ureq.idiomatic", |port| ureq_idiomatic(port, true)),
];

const CONNECT: Duration = Duration::from_secs(10);
const TOTAL: Duration = Duration::from_secs(60);
const JSON: &str = "application/json";

fn base_url(port: usize) -> String {
    format!("http://127.0.0.1:{port}")
}

fn authorization() -> String {
    format!("User {}, Organization {}", payload::USER, payload::ORGANIZATION)
}

fn runtime() -> Result<Runtime, Box<dyn Error>> {
    Ok(Builder::new_current_thread().enable_io().enable_time().build()?)
}

fn get_reqwest_ours(port: usize) -> Prepared {
    let (runtime, client) = (runtime()?, your_moms_reqwest::client(ours::platform_at(&base_url(port))?)?);
    Ok(run(move || runtime.block_on(client.call(&GetInstance::new(123)))))
}

fn post_reqwest_ours(port: usize) -> Prepared {
    let platform = ours::platform_at(&base_url(port))?;
    let (creations, mut next) = (ours::creations(&platform)?, 0);
    let (runtime, client) = (runtime()?, your_moms_reqwest::client(platform)?);
    Ok(run(move || {
        next += 1;
        runtime.block_on(client.create(creations.get(next - 1).ok_or(())?)).map_err(drop)
    }))
}

fn reqwest_idiomatic(port: usize, creating: bool) -> Prepared {
    let builder = reqwest::Client::builder().no_proxy().connect_timeout(CONNECT).timeout(TOTAL);
    let builder = if creating { builder.pool_max_idle_per_host(0) } else { builder };
    let (runtime, client, base_url) = (runtime()?, builder.build()?, base_url(port));
    Ok(run(move || {
        let request = if creating {
            client.post(format!("{base_url}/instances")).json(&Creation::DOCUMENTED)
        } else {
            client.get(format!("{base_url}/instances/123"))
        };
        let request = request.header(ACCEPT, JSON).header(AUTHORIZATION, authorization());
        runtime.block_on(async { request.send().await?.error_for_status()?.json::<Instance>().await })
    }))
}

fn get_ureq_ours(port: usize) -> Prepared {
    let client = your_moms_ureq::client(ours::platform_at(&base_url(port))?);
    Ok(run(move || client.call(&GetInstance::new(123))))
}

fn post_ureq_ours(port: usize) -> Prepared {
    let platform = ours::platform_at(&base_url(port))?;
    let (creations, mut next) = (ours::creations(&platform)?, 0);
    let client = your_moms_ureq::client(platform);
    Ok(run(move || {
        next += 1;
        client.create(creations.get(next - 1).ok_or(())?).map_err(drop)
    }))
}

fn ureq_idiomatic(port: usize, creating: bool) -> Prepared {
    let config = Agent::config_builder()
        .proxy(None)
        .timeout_resolve(Some(CONNECT))
        .timeout_connect(Some(CONNECT))
        .timeout_global(Some(TOTAL));
    let config = if creating { config.max_idle_connections(0) } else { config };
    let (agent, base_url): (Agent, _) = (config.build().into(), base_url(port));
    Ok(run(move || {
        let mut response = if creating {
            let body = serde_json::to_vec(&Creation::DOCUMENTED).map_err(drop)?;
            let request = agent.post(format!("{base_url}/instances")).header(CONTENT_TYPE, JSON);
            request.header(ACCEPT, JSON).header(AUTHORIZATION, authorization()).send(&body)
        } else {
            let request = agent.get(format!("{base_url}/instances/123"));
            request.header(ACCEPT, JSON).header(AUTHORIZATION, authorization()).call()
        }
        .map_err(drop)?;
        let body = response.body_mut().read_to_vec().map_err(drop)?;
        serde_json::from_slice::<Instance>(&body).map_err(drop)
    }))
}
