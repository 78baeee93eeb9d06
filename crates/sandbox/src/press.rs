//! Allow and Deny without a browser.

use std::time::SystemTime;

use http::header::{CONTENT_TYPE, LOCATION};
use http::{Method, Request, Response, StatusCode, Uri};

use crate::sandbox::Sandbox;

/// The button could not be pressed. The text has nothing of the URL in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PressError {
    /// It is no URL, or not one of this sandbox.
    #[error("the URL is not one of this sandbox: use the `oauthUrl` of step 1 as it came")]
    Elsewhere,
    /// The provider showed an error page: the client or the redirect URI is not registered with it.
    #[error("the provider shows an error page (status {0}): check apiKey and callbackUrl of step 1")]
    Refused(StatusCode),
    /// The page has no such account to choose.
    #[error("the provider has no such account: `Sandbox::provider_accounts` lists those it has")]
    NoSuchAccount,
}

impl Sandbox {
    /// Opens `oauth_url`, presses Allow and returns the URL to which the provider sends the browser.
    ///
    /// It goes through the same two requests that a browser makes. A provider that redirects at once, with an error for
    /// the application, shows no button: that redirect is returned.
    ///
    /// # Errors
    /// [`PressError`] if there is no consent page behind the URL.
    pub fn allow(&mut self, oauth_url: &str, now: SystemTime) -> Result<String, PressError> {
        self.press(oauth_url, "allow", None, now)
    }

    /// As [`allow`](Self::allow), with `account` chosen on the page.
    ///
    /// # Errors
    /// [`PressError`] if there is no consent page behind the URL, or no such account at its provider.
    pub fn allow_as(
        &mut self,
        oauth_url: &str,
        account: &str,
        now: SystemTime,
    ) -> Result<String, PressError> {
        self.press(oauth_url, "allow", Some(account), now)
    }

    /// As [`allow`](Self::allow), with the other button.
    ///
    /// # Errors
    /// [`PressError`] if there is no consent page behind the URL.
    pub fn deny(&mut self, oauth_url: &str, now: SystemTime) -> Result<String, PressError> {
        self.press(oauth_url, "deny", None, now)
    }

    fn press(
        &mut self,
        oauth_url: &str,
        decision: &str,
        account: Option<&str>,
        now: SystemTime,
    ) -> Result<String, PressError> {
        let inside = oauth_url.strip_prefix(self.origin()).filter(|rest| rest.starts_with("/provider/"));
        let uri: Uri = inside.and_then(|path| path.parse().ok()).ok_or(PressError::Elsewhere)?;
        let path = Uri::builder().path_and_query(uri.path()).build().map_err(|_| PressError::Elsewhere)?;

        let mut get = Request::new(&b""[..]);
        *get.uri_mut() = uri;
        let shown = self.handle(&get, now);
        if let Some(location) = location(&shown) {
            return Ok(location);
        }
        let page = self.newest_page().filter(|_| shown.status() == StatusCode::OK);
        let page = page.ok_or(PressError::Refused(shown.status()))?;
        let form = form(page, decision, account);
        let mut post = post(&form);
        *post.uri_mut() = path;
        let decided = self.handle(&post, now);
        // The page was open: nothing but the account can be wrong with the form.
        let refused = account.map_or(PressError::Refused(decided.status()), |_| PressError::NoSuchAccount);
        location(&decided).ok_or(refused)
    }
}

/// What the button sends.
pub(crate) fn form(page: &str, decision: &str, account: Option<&str>) -> String {
    form_urlencoded::Serializer::new(String::new())
        .append_pair("page", page)
        .append_pair("decision", decision)
        .extend_pairs(account.map(|account| ("account", account)))
        .finish()
}

pub(crate) fn post(form: &str) -> Request<&[u8]> {
    let mut post = Request::new(form.as_bytes());
    *post.method_mut() = Method::POST;
    let media_type = http::HeaderValue::from_static("application/x-www-form-urlencoded");
    post.headers_mut().insert(CONTENT_TYPE, media_type);
    post
}

fn location(response: &Response<Vec<u8>>) -> Option<String> {
    response.headers().get(LOCATION)?.to_str().ok().map(str::to_owned)
}
