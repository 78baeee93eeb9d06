//! A connector with OAuth 1.0a: a request token is fetched first, and its secret goes on to the creation.

use crate::support::{Running, User, allow, base_url, deny, get, parameter, platform, secrets};
use your_moms_sandbox::Server;

/// A user with a registration for the connector that uses OAuth 1.0a, and the program at step 2.
fn connecting(server: &Server) -> (User, Running, String) {
    let etsy = server.sandbox().client("etsy").unwrap().clone();
    let user = User::of(server)
        .with("YOUR_MOMS_API_KEY", &etsy.api_key)
        .with("YOUR_MOMS_API_SECRET", &etsy.api_secret);
    let mut running = user.start(&["connect", "etsy", "--base-url", &base_url(server)]);
    let link = running.link();
    (user, running, link)
}

#[test]
fn a_denial_is_one() {
    let server = platform();
    let (user, running, link) = connecting(&server);
    assert_eq!(get(&deny(&server, &link)).status, 200);
    let ended = running.end();
    assert_eq!((ended.code, ended.stdout.as_str()), (Some(3), ""), "{ended:?}");
    assert!(!user.store().exists());
}

#[test]
fn a_request_token_is_fetched_first() {
    let server = platform();
    let (user, running, link) = connecting(&server);
    let redirect = allow(&server, &link);
    assert_eq!(get(&redirect).status, 200);
    let ended = running.end();
    assert_eq!(ended.code, Some(0), "{ended:?}");
    let base = "/your_moms/api-v2";
    let paths: Vec<_> = server.sandbox().journal().iter().map(|record| record.path.clone()).collect();
    let paths: Vec<_> = paths.into_iter().filter(|path| path.starts_with(base)).collect();
    assert_eq!(
        paths,
        [
            format!("{base}/your_moms/etsy/configuration"),
            format!("{base}/your_moms/etsy"),
            format!("{base}/your_moms/etsy/oauth/token"),
            format!("{base}/your_moms/etsy/oauth/url"),
            format!("{base}/instances"),
        ]
    );
    assert_eq!(user.kept()["instances"]["etsy"]["instance"]["instance"]["your_mom"]["key"], "etsy");
    ended.hides(secrets(&server).iter().map(String::as_str));
    // The token stands in the link that the user is shown; the verifier does not.
    let api_secret = server.sandbox().client("etsy").unwrap().api_secret.clone();
    ended.hides([api_secret.as_str(), parameter(&redirect, "oauth_verifier").as_str()]);
}
