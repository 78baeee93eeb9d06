//! `oauth2`, which speaks to a provider itself: its authorization URL beside the first step, its exchange of the code, over
//! a transport that replies at once, beside the third.

use http::Response;
use oauth2::basic::BasicClient;
use oauth2::{
    AuthUrl, AuthorizationCode, ClientId, ClientSecret, CsrfToken, HttpRequest, HttpResponse, RedirectUrl,
    Scope, TokenResponse as _, TokenUrl,
};

use crate::{Case, Prepared, payload, run};

pub(crate) const CASES: [Case; 2] = [("a.oauth2", authorization_url), ("f.oauth2", exchange)];

const AUTHORIZATION_URL: &str = "https://api.instagram.com/oauth/authorize";
const TOKEN_URL: &str = "https://api.instagram.com/oauth/access_token";
const TOKEN: &str = r#"{"access_token": "566745376.519b1fd.6b5c06dd1683bf72698", "token_type": "bearer", "expires_in": 3600}"#;

fn authorization_url(_: usize) -> Prepared {
    let client = BasicClient::new(ClientId::new(payload::API_KEY.to_owned()))
        .set_auth_uri(AuthUrl::new(AUTHORIZATION_URL.to_owned())?)
        .set_redirect_uri(RedirectUrl::new(payload::CALLBACK_URL.to_owned())?);
    Ok(run(move || {
        let scopes =
            ["basic", "comments", "relationships", "likes"].map(|scope| Scope::new(scope.to_owned()));
        let state = || CsrfToken::new(payload::STATE.to_owned());
        Ok::<_, ()>(client.authorize_url(state).add_scopes(scopes).url())
    }))
}

fn exchange(_: usize) -> Prepared {
    let client = BasicClient::new(ClientId::new(payload::API_KEY.to_owned()))
        .set_client_secret(ClientSecret::new(payload::API_SECRET.to_owned()))
        .set_auth_uri(AuthUrl::new(AUTHORIZATION_URL.to_owned())?)
        .set_token_uri(TokenUrl::new(TOKEN_URL.to_owned())?)
        .set_redirect_uri(RedirectUrl::new(payload::CALLBACK_URL.to_owned())?);
    let canned =
        |_: HttpRequest| Ok::<HttpResponse, std::io::Error>(Response::new(TOKEN.as_bytes().to_vec()));
    Ok(run(move || {
        let code = AuthorizationCode::new(payload::CODE.to_owned());
        client.exchange_code(code).request(&canned).map(|token| token.access_token().clone())
    }))
}
