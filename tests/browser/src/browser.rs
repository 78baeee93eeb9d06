//! One person's browser: headless Chromium with a profile of its own.

use std::future::Future;
use std::time::Duration;

use fantoccini::actions::{InputSource as _, KeyAction, KeyActions};
use fantoccini::elements::Element;
use fantoccini::error::CmdError;
use fantoccini::wd::{Capabilities, WebDriverCompatibleCommand};
use fantoccini::{Client, ClientBuilder, Locator};
use http::Method;
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use url::{ParseError, Url};

use crate::outcome::{Failed, Outcome};

/// How long a page may take to show what it is to show. Some of it is another worker's taking over.
const PATIENCE: Duration = Duration::from_secs(45);
const INTERVAL: Duration = Duration::from_millis(25);

/// The flags keep Chromium off any network but this machine's.
const FLAGS: [&str; 9] = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
];

/// A browser. [`close`](Self::close) ends it.
#[derive(Clone, Debug)]
pub struct Browser {
    client: Client,
}

impl Browser {
    pub(crate) async fn open(driver: &str) -> Result<Self, Failed> {
        let options = json!({ "goog:chromeOptions": { "args": FLAGS } });
        let capabilities: Capabilities = serde_json::from_value(options)?;
        let client =
            ClientBuilder::new(HttpConnector::new()).capabilities(capabilities).connect(driver).await?;
        let browser = Self { client };
        browser.resize(1280, 800).await?;
        Ok(browser)
    }

    /// Ends it.
    pub async fn close(self) -> Result<(), Failed> {
        Ok(self.client.close().await?)
    }

    /// Goes to an address.
    pub async fn go(&self, url: &str) -> Result<(), Failed> {
        Ok(self.client.goto(url).await?)
    }

    /// The address of the page.
    pub async fn url(&self) -> Result<Url, Failed> {
        Ok(self.client.current_url().await?)
    }

    /// Waits for an element.
    pub async fn find(&self, css: &str) -> Result<Element, Failed> {
        let found = self.client.wait().at_most(PATIENCE).every(INTERVAL).for_element(Locator::Css(css)).await;
        match found {
            Ok(element) => Ok(element),
            Err(error) => Err(self.without(css, &error).await),
        }
    }

    /// Waits until there is no such element.
    pub async fn gone(&self, css: &str) -> Result<(), Failed> {
        self.until(&format!("no {css}"), || async { Ok(self.count(css).await? == 0) }).await
    }

    /// How many such elements there are now.
    pub async fn count(&self, css: &str) -> Result<usize, Failed> {
        Ok(self.client.find_all(Locator::Css(css)).await?.len())
    }

    /// Waits for an element and clicks on it.
    pub async fn click(&self, css: &str) -> Result<(), Failed> {
        let clicked = || async {
            self.find(css).await?.click().await?;
            Ok(true)
        };
        self.until(css, clicked).await.map_err(|error| format!("click {css}: {error}").into())
    }

    /// Writes into a field in place of what is there.
    pub async fn fill(&self, css: &str, text: &str) -> Result<(), Failed> {
        let field = self.find(css).await?;
        field.clear().await?;
        Ok(field.send_keys(text).await?)
    }

    /// Waits for an element, for its text.
    pub async fn text(&self, css: &str) -> Result<String, Failed> {
        Ok(self.find(css).await?.text().await?)
    }

    /// Waits for an element, for one of its attributes.
    pub async fn attribute(&self, css: &str, name: &str) -> Result<Option<String>, Failed> {
        Ok(self.find(css).await?.attr(name).await?)
    }

    /// Presses Allow on a provider's consent page.
    pub async fn allow(&self) -> Outcome {
        self.click("button[value=allow]").await
    }

    /// Presses Deny on a provider's consent page.
    pub async fn deny(&self) -> Outcome {
        self.click("button[value=deny]").await
    }

    /// Presses a key, or writes text, wherever the focus is.
    pub async fn press(&self, keys: &str) -> Outcome {
        let keys = keys.chars().flat_map(|value| [KeyAction::Down { value }, KeyAction::Up { value }]);
        let actions = keys.fold(KeyActions::new("keyboard".to_owned()), KeyActions::then);
        Ok(self.client.perform_actions(actions).await?)
    }

    /// Goes into the only frame of the page; [`leave`](Self::leave) comes out again.
    pub async fn enter(&self) -> Outcome {
        Ok(self.client.enter_frame(0).await?)
    }

    /// Comes out of a frame.
    pub async fn leave(&self) -> Outcome {
        Ok(self.client.enter_parent_frame().await?)
    }

    /// Waits until the page's text holds `text`.
    pub async fn shows(&self, text: &str) -> Result<(), Failed> {
        let holds = || async { Ok(self.text("body").await?.contains(text)) };
        self.until(text, holds).await
    }

    /// Runs JavaScript in the page.
    pub async fn run(&self, script: &str) -> Result<Value, Failed> {
        Ok(self.client.execute(script, Vec::new()).await?)
    }

    /// The same, with an argument.
    pub async fn run_with(&self, script: &str, argument: &str) -> Result<Value, Failed> {
        Ok(self.client.execute(script, vec![argument.into()]).await?)
    }

    /// Runs JavaScript that hands its result to its last argument.
    pub async fn run_async(&self, script: &str) -> Result<Value, Failed> {
        Ok(self.client.execute_async(script, Vec::new()).await?)
    }

    /// Gives the screen a size; below 600 pixels it is a telephone's.
    pub async fn resize(&self, width: u32, height: u32) -> Result<(), Failed> {
        let screen =
            json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600 });
        self.devtools("Emulation.setDeviceMetricsOverride", screen).await
    }

    /// What the system prefers: `light` or `dark`.
    pub async fn prefer(&self, scheme: &str) -> Result<(), Failed> {
        let feature = json!({ "name": "prefers-color-scheme", "value": scheme });
        self.devtools("Emulation.setEmulatedMedia", json!({ "features": [feature] })).await
    }

    /// A picture of the page, as PNG.
    pub async fn screenshot(&self) -> Result<Vec<u8>, Failed> {
        Ok(self.client.screenshot().await?)
    }

    async fn devtools(&self, command: &'static str, parameters: Value) -> Result<(), Failed> {
        self.client.issue_cmd(DevTools { command, parameters }).await?;
        Ok(())
    }

    /// Asks again until the answer is yes. A page that is being replaced is asked again too.
    pub async fn until<F>(&self, what: &str, mut ask: impl FnMut() -> F) -> Result<(), Failed>
    where
        F: Future<Output = Result<bool, Failed>>,
    {
        let asking = async {
            loop {
                match ask().await {
                    Ok(true) => return Ok(()),
                    Ok(false) => {}
                    Err(error) if error.downcast_ref().is_some_and(is_replaced) => {}
                    Err(error) => return Err(error),
                }
                tokio::time::sleep(INTERVAL).await;
            }
        };
        match tokio::time::timeout(PATIENCE, asking).await {
            Ok(result) => result,
            Err(late) => Err(self.without(what, &late).await),
        }
    }

    async fn without(&self, what: &str, error: &dyn std::fmt::Display) -> Failed {
        let url = self.client.current_url().await.map(String::from).unwrap_or_default();
        let body = match self.client.find(Locator::Css("body")).await {
            Ok(body) => body.text().await.unwrap_or_default(),
            Err(_) => String::new(),
        };
        // A code is in the query.
        let page = url.split('?').next().unwrap_or_default();
        format!("{page} does not show `{what}` ({error}), but:\n{body}").into()
    }
}

fn is_replaced(error: &CmdError) -> bool {
    // chromedriver does not always know that this is what has happened.
    let is_of_another_page = || error.to_string().contains("does not belong to the document");
    error.is_stale_element_reference() || error.is_no_such_element() || is_of_another_page()
}

/// A command of Chromium's own protocol, sent through chromedriver.
#[derive(Debug)]
struct DevTools {
    command: &'static str,
    parameters: Value,
}

impl WebDriverCompatibleCommand for DevTools {
    fn endpoint(&self, base: &Url, session: Option<&str>) -> Result<Url, ParseError> {
        base.join(&format!("session/{}/goog/cdp/execute", session.unwrap_or_default()))
    }

    fn method_and_body(&self, _: &Url) -> (Method, Option<String>) {
        let body = json!({ "cmd": self.command, "params": self.parameters });
        (Method::POST, Some(body.to_string()))
    }
}
