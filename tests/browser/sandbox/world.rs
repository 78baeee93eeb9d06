//! What one scenario plays in: a sandbox on a socket, the site of an application, and people's browsers.

use std::sync::Arc;

use serde_json::Value;
use url::Url;
use your_moms_browser_tests::{Browser, Failed, Outcome, Setting};
use your_moms_sandbox::{Noun, Sandbox, Server};

use crate::api::Api;
use crate::site::Site;

/// As people write it and standards allow it, so that it comes back as it was only if everybody encodes.
pub(crate) const STATE: &str = "a+b/c= &d%20#é";

pub(crate) struct World {
    pub(crate) setting: Arc<Setting>,
    pub(crate) server: Server,
    pub(crate) application: Site,
    browsers: Vec<Browser>,
}

impl World {
    pub(crate) async fn new(setting: Arc<Setting>) -> Result<Self, Failed> {
        // As the program does it: what a page of another origin must not know is not known here either.
        let server = Server::start(Sandbox::new(getrandom::u64()?))?;
        Ok(Self { setting, server, application: Site::start().await?, browsers: Vec::new() })
    }

    pub(crate) async fn browser(&mut self) -> Result<Browser, Failed> {
        let browser = self.setting.browser().await?;
        self.browsers.push(browser.clone());
        Ok(browser)
    }

    pub(crate) fn api(&self) -> Api<'_> {
        Api::new(&self.server)
    }

    /// The address of a page of the sandbox.
    pub(crate) fn at(&self, path: &str) -> String {
        format!("{}{path}", self.server.origin())
    }

    /// The address of a consent page.
    pub(crate) async fn consent_url(&self, key: &str) -> Result<String, Failed> {
        self.api().oauth_url(key, &self.application.callback(), STATE).await
    }

    /// Goes to a consent page, and waits until it is there.
    pub(crate) async fn ask(&self, browser: &Browser, key: &str) -> Outcome {
        browser.go(&self.consent_url(key).await?).await?;
        browser.find("button[value=allow]").await.map(drop)
    }

    /// An instance, connected without a browser.
    pub(crate) async fn connect(&self, key: &str, account: &str) -> Result<Value, Failed> {
        let url = self.consent_url(key).await?;
        let redirect = Url::parse(&self.server.transport().allow_as(&url, account)?)?;
        let code = parameter(&redirect, "code").ok_or("no code")?;
        self.api().create(key, &self.application.callback(), &code).await
    }

    /// The status of a list.
    pub(crate) async fn list(&self) -> Result<u16, Failed> {
        Ok(self.api().call("GET", "/instances", None).await?.0.as_u16())
    }

    /// The base URL.
    pub(crate) fn base(&self) -> String {
        self.server.base_url(Noun::YourMom)
    }

    pub(crate) async fn end(self) {
        for browser in self.browsers {
            drop(browser.close().await);
        }
    }
}

/// Waits until the browser is back at the application: the address that the provider sent it to.
pub(crate) async fn back(browser: &Browser) -> Result<Url, Failed> {
    browser.find("#arrived").await?;
    browser.url().await
}

pub(crate) fn parameter(url: &Url, name: &str) -> Option<String> {
    url.query_pairs().find(|(other, _)| other == name).map(|(_, value)| value.into_owned())
}
