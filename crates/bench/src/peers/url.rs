//! The type `url::Url`, where a program would use it.

#![expect(clippy::unnecessary_wraps, reason = "every case is prepared by a function of one type")]

use url::Url;

use super::hand::{OauthUrl, code};
use crate::{Case, Prepared, payload, run};

pub(crate) const CASES: [Case; 3] =
    [("a.url", |_| Ok(run(oauth_url))), ("b.url", |_| Ok(run(oauth_url_response))), ("c.url", redirect_read)];

fn oauth_url() -> Result<Url, url::ParseError> {
    Url::parse_with_params(
        &format!("{}/your_moms/{}/oauth/url", payload::BASE_URL, "instagram"),
        [
            ("apiKey", payload::API_KEY),
            ("apiSecret", payload::API_SECRET),
            ("callbackUrl", payload::CALLBACK_URL),
            ("state", payload::STATE),
        ],
    )
}

fn oauth_url_response() -> Result<Url, ()> {
    let response: OauthUrl = serde_json::from_slice(payload::OAUTH_URL.as_bytes()).map_err(drop)?;
    let url = Url::parse(&response.url).map_err(drop)?;
    let is_ours = url.query_pairs().any(|(name, value)| name == "state" && value == payload::STATE);
    if is_ours && url.scheme() == "https" { Ok(url) } else { Err(()) }
}

fn redirect_read(_: usize) -> Prepared {
    let redirect = payload::redirect(payload::STATE);
    Ok(run(move || {
        let url = Url::parse(&redirect).map_err(drop)?;
        code(url.query_pairs())
    }))
}
