//! The builder of `reqwest`.

use std::error::Error;

use reqwest::Client;
use reqwest::header::{ACCEPT, AUTHORIZATION};

use super::hand::Creation;
use crate::{Case, Prepared, payload, run};

pub(crate) const CASES: [Case; 3] =
    [("a.reqwest", oauth_url_request), ("d.reqwest", create_request), ("g.reqwest", instance_request)];

fn client() -> Result<Client, Box<dyn Error>> {
    Ok(Client::builder().no_proxy().build()?)
}

fn oauth_url_request(_: usize) -> Prepared {
    let client = client()?;
    Ok(run(move || {
        client
            .get(format!("{}/your_moms/{}/oauth/url", payload::BASE_URL, "instagram"))
            .query(&[
                ("apiKey", payload::API_KEY),
                ("apiSecret", payload::API_SECRET),
                ("callbackUrl", payload::CALLBACK_URL),
                ("state", payload::STATE),
            ])
            .header(ACCEPT, "application/json")
            .build()
    }))
}

fn create_request(_: usize) -> Prepared {
    let client = client()?;
    Ok(run(move || {
        client
            .post(format!("{}/instances", payload::BASE_URL))
            .header(ACCEPT, "application/json")
            .header(AUTHORIZATION, format!("User {}, Organization {}", payload::USER, payload::ORGANIZATION))
            .json(&Creation::DOCUMENTED)
            .build()
    }))
}

fn instance_request(_: usize) -> Prepared {
    let client = client()?;
    let (user, organization, token) = (payload::USER, payload::ORGANIZATION, payload::TOKEN);
    Ok(run(move || {
        client
            .get(format!("{}/hubs/social/media", payload::BASE_URL))
            .header(ACCEPT, "application/json")
            .header(AUTHORIZATION, format!("User {user}, Organization {organization}, Your_mom {token}"))
            .build()
    }))
}
