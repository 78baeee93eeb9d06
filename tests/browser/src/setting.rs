//! What all scenarios of a run share.

use std::fs;
use std::path::PathBuf;

use crate::accessibility;
use crate::browser::Browser;
use crate::driver::Driver;
use crate::outcome::{Failed, Outcome};

/// Wide and narrow.
const SCREENS: [(u32, u32); 2] = [(1280, 800), (360, 740)];

/// What a program with scenarios is told.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// axe-core's `axe.min.js`
    #[arg(long, value_name = "FILE")]
    axe: PathBuf,
    /// Where screenshots and logs go
    #[arg(long, value_name = "FOLDER")]
    output: PathBuf,
    /// Only the scenarios whose name holds this
    #[arg(long, value_name = "TEXT")]
    pub(crate) filter: Option<String>,
}

/// A chromedriver, the checker of accessibility, and folders for what is written.
#[derive(Debug)]
pub struct Setting {
    driver: Driver,
    axe: String,
    screenshots: PathBuf,
    logs: PathBuf,
}

impl Setting {
    /// Starts chromedriver and makes the folders.
    ///
    /// # Errors
    /// If something is not installed or cannot be written.
    pub fn new(options: &Options) -> Result<Self, Failed> {
        let (screenshots, logs) = (options.output.join("screenshots"), options.output.join("logs"));
        fs::create_dir_all(&screenshots)?;
        fs::create_dir_all(&logs)?;
        let axe = fs::read_to_string(&options.axe)?;
        Ok(Self { driver: Driver::start(&logs)?, axe, screenshots, logs })
    }

    /// Where everything that a program says goes.
    pub fn logs(&self) -> &std::path::Path {
        &self.logs
    }

    /// Opens one more person's browser.
    ///
    /// # Errors
    /// If it does not start.
    pub async fn browser(&self) -> Result<Browser, Failed> {
        Browser::open(self.driver.url()).await
    }

    /// Looks at the page that `browser` is at, wide and narrow, light and dark: axe-core finds nothing serious, nothing is
    /// wider than the screen, and a picture is taken, called `page`.
    ///
    /// # Errors
    /// What is wrong with the page.
    pub async fn show(&self, browser: &Browser, page: &str) -> Outcome {
        for (width, height) in SCREENS {
            browser.resize(width, height).await?;
            for scheme in ["light", "dark"] {
                browser.prefer(scheme).await?;
                let shown = format!("{page}-{width}-{scheme}");
                accessibility::fits(browser, &shown).await?;
                accessibility::check(browser, &self.axe, &shown).await?;
                let long = browser.run("return document.documentElement.scrollHeight").await?.as_u64();
                let long = long.and_then(|long| u32::try_from(long).ok()).unwrap_or(height);
                browser.resize(width, long.max(height)).await?;
                fs::write(self.screenshots.join(format!("{shown}.png")), browser.screenshot().await?)?;
                browser.resize(width, height).await?;
            }
        }
        browser.prefer("light").await?;
        browser.resize(1280, 800).await
    }
}
