//! The authorization endpoint: `GET` shows the consent page, `POST` is one of its buttons.

use std::sync::Arc;
use std::time::SystemTime;

use http::header::LOCATION;
use http::{HeaderValue, Request, Response, StatusCode};

use super::recent::is_over;
use super::{PAGE_LIFETIME, Page, Provider, redirect, view};
use crate::catalogue::{Connector, Protocol};
use crate::params::Params;
use crate::random::Random;
use crate::response::is_content_type;

/// A request that must not be redirected (RFC 6749 §4.1.2.1): the person is told instead.
struct Unusable(StatusCode, &'static str);

const UNKNOWN_PAGE: &str = "This page was used before, or was open for more than ten minutes.";

impl Provider {
    /// `GET /provider/{key}/oauth/authorize?response_type=code&client_id=…&redirect_uri=…&scope=…&state=…`, or in OAuth
    /// 1.0a `?oauth_callback=…&oauth_token=…`
    pub(crate) fn show(
        &mut self,
        connector: Option<&Arc<Connector>>,
        query: &str,
        now: SystemTime,
        random: &mut Random,
    ) -> Response<Vec<u8>> {
        let params = Params::from_form(query.as_bytes());
        self.opened(connector, &params, now, random).unwrap_or_else(|unusable| unusable.into_response(random))
    }

    /// `POST` to the same path with the form fields `page` (the one-time id), `decision` (`allow` or `deny`) and
    /// `account`.
    pub(crate) fn press(
        &mut self,
        connector: Option<&Arc<Connector>>,
        request: &Request<&[u8]>,
        now: SystemTime,
        random: &mut Random,
    ) -> Response<Vec<u8>> {
        self.decided(connector, request, now, random)
            .unwrap_or_else(|unusable| unusable.into_response(random))
    }

    fn opened(
        &mut self,
        connector: Option<&Arc<Connector>>,
        params: &Params,
        now: SystemTime,
        random: &mut Random,
    ) -> Result<Response<Vec<u8>>, Unusable> {
        let bad_request = |text| Unusable(StatusCode::BAD_REQUEST, text);
        let asking = connector.and_then(|connector| Some((connector, connector.protocol()?)));
        let (connector, protocol) =
            asking.ok_or(Unusable(StatusCode::NOT_FOUND, "There is no such provider."))?;
        if protocol == Protocol::Oauth1 {
            return self.opened_oauth1(connector, params, now, random);
        }
        let client_id = params
            .single("client_id")
            .filter(|id| self.client(&connector.key).is_some_and(|client| client.api_key == *id))
            .ok_or(bad_request("The client_id is not that of an application registered here."))?;
        let redirect_uri = params
            .single("redirect_uri")
            .filter(|uri| self.is_registered(uri))
            .ok_or(bad_request("The redirect_uri is not one that the application has registered."))?;

        // From here on the application can be told by a redirect.
        let error = match (params.once("response_type"), params.once("scope"), params.once("state")) {
            (Ok(Some("code")), Ok(_), Ok(_)) => None,
            (Ok(Some(_)), Ok(_), Ok(_)) => Some("unsupported_response_type"),
            _ => Some("invalid_request"),
        };
        let state = params.single("state").map(str::to_owned);
        let redirect_uri = redirect_uri.to_owned();
        let connector = Arc::clone(connector);
        let page = Page { connector, redirect_uri, state, request_token: None };
        if let Some(error) = error {
            return page.redirect(StatusCode::FOUND, &[("error", error)]);
        }
        let scope = params.single("scope").unwrap_or_default();
        Ok(self.consent(page, client_id, scope, now, random))
    }

    /// The client and its callback URL were checked when it asked for the token.
    fn opened_oauth1(
        &mut self,
        connector: &Arc<Connector>,
        params: &Params,
        now: SystemTime,
        random: &mut Random,
    ) -> Result<Response<Vec<u8>>, Unusable> {
        let bad_request = |text| Unusable(StatusCode::BAD_REQUEST, text);
        let token = params
            .single("oauth_token")
            .filter(|token| self.is_open(token, connector, now))
            .ok_or(bad_request("The oauth_token is not one that is waiting for its user."))?;
        let callback = params
            .single("oauth_callback")
            .filter(|uri| self.is_callback_of(token, uri))
            .ok_or(bad_request("The oauth_callback is not the callback URL of this oauth_token."))?;
        let page = Page {
            connector: Arc::clone(connector),
            redirect_uri: callback.to_owned(),
            state: None,
            request_token: Some(token.to_owned()),
        };
        let client_id = self.client(&connector.key).map(|client| client.api_key.clone()).unwrap_or_default();
        Ok(self.consent(page, &client_id, &connector.scope(), now, random))
    }

    /// Shows `page` and keeps it until a button is pressed.
    fn consent(
        &mut self,
        page: Page,
        client_id: &str,
        scope: &str,
        now: SystemTime,
        random: &mut Random,
    ) -> Response<Vec<u8>> {
        let id = format!("sandbox-page-{}", random.hex());
        let response = view::consent(&view::Consent {
            action: &super::path(&page.connector),
            service: &page.connector.service,
            client_id,
            accounts: &self.accounts_of(&page.connector).collect::<Vec<_>>(),
            signed_in: self.signed_in(&page.connector),
            redirect_uri: &page.redirect_uri,
            scope,
            page: &id,
            nonce: &random.hex(),
        });
        self.newest_page = Some(id.clone());
        self.pages.insert(id, page, now, PAGE_LIFETIME);
        response
    }

    fn decided(
        &mut self,
        connector: Option<&Arc<Connector>>,
        request: &Request<&[u8]>,
        now: SystemTime,
        random: &mut Random,
    ) -> Result<Response<Vec<u8>>, Unusable> {
        let bad_request = |text| Unusable(StatusCode::BAD_REQUEST, text);
        if !is_content_type(request.headers(), "application/x-www-form-urlencoded") {
            return Err(Unusable(StatusCode::UNSUPPORTED_MEDIA_TYPE, "A button sends a form."));
        }
        let form = Params::from_form(request.body());
        let allowed = match form.single("decision") {
            Some("allow") => true,
            Some("deny") => false,
            _ => return Err(bad_request("The decision is neither Allow nor Deny.")),
        };
        let id = form.single("page").ok_or(bad_request(UNKNOWN_PAGE))?;
        let open = self.pages.get(id).filter(|(since, page)| {
            connector.is_some_and(|it| it.id == page.connector.id) && !is_over(*since, now, PAGE_LIFETIME)
        });
        let (_, page) = open.ok_or(bad_request(UNKNOWN_PAGE))?;
        // A form that does not say whose account it is means that of the person who is signed in.
        let account = match form.once("account") {
            Ok(None) => Some(self.signed_in(&page.connector)),
            Ok(Some(name)) => self.accounts_of(&page.connector).find(|account| *account == name),
            Err(_) => None,
        };
        let account = account.ok_or(bad_request("There is no such account at this provider."))?.to_owned();
        let page = self.pages.remove(id).ok_or(bad_request(UNKNOWN_PAGE))?;
        let seed = self.seed(&page.connector, &account);
        let more = &page.connector.service.redirect_parameters;
        let more: Vec<_> = more.iter().map(|(name, value)| (name.as_str(), seed.fill_in(value))).collect();
        let more = more.iter().map(|(name, value)| (*name, value.as_str()));
        if self.newest_page.as_deref() == Some(id) {
            self.newest_page = None;
        }
        if let (true, Some(token)) = (allowed, &page.request_token) {
            let verifier =
                self.issue_verifier(token, &account, now, random).ok_or(bad_request(UNKNOWN_PAGE))?;
            let mut parameters = vec![("oauth_token", token.as_str()), ("oauth_verifier", &verifier)];
            parameters.extend(more);
            page.redirect(StatusCode::SEE_OTHER, &parameters)
        } else if allowed {
            let code = self.issue_code(&page.connector, &page.redirect_uri, &account, now, random);
            let mut parameters = vec![("code", code.as_str())];
            parameters.extend(more);
            page.redirect(StatusCode::SEE_OTHER, &parameters)
        } else {
            let mut parameters = vec![("error", "access_denied")];
            parameters.extend(page.is_meta().then_some(("error_reason", "user_denied")));
            parameters.push(("error_description", "The user denied your request"));
            page.redirect(StatusCode::SEE_OTHER, &parameters)
        }
    }
}

impl Page {
    fn is_meta(&self) -> bool {
        self.connector.service.meta_redirects
    }

    /// Back to the application, with `state` as it came (RFC 6749 §4.1.2).
    fn redirect(&self, status: StatusCode, added: &[(&str, &str)]) -> Result<Response<Vec<u8>>, Unusable> {
        let mut parameters = added.to_vec();
        parameters.extend(self.state.as_deref().map(|state| ("state", state)));
        let mut location = redirect::with_parameters(&redirect::ascii(&self.redirect_uri), &parameters);
        if self.is_meta() && added.iter().any(|(name, _)| *name == "code") {
            location.push_str("#_");
        }
        let location = HeaderValue::try_from(location)
            .map_err(|_| Unusable(StatusCode::BAD_REQUEST, "The redirect_uri does not fit into a header."))?;
        let mut response = Response::new(Vec::new());
        *response.status_mut() = status;
        response.headers_mut().insert(LOCATION, location);
        response.headers_mut().extend(view::protection());
        Ok(response)
    }
}

impl Unusable {
    fn into_response(self, random: &mut Random) -> Response<Vec<u8>> {
        let Self(status, text) = self;
        view::error(status, text, &random.hex())
    }
}
