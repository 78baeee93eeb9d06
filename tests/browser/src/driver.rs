//! chromedriver, one for the whole run.

use std::path::Path;
use std::process::Command;

use crate::outcome::Failed;
use crate::process::Process;

/// A running chromedriver. It ends its browsers when it ends in good order.
#[derive(Debug)]
pub(crate) struct Driver {
    process: Process,
    url: String,
}

impl Driver {
    /// Starts it on a free port.
    pub(crate) fn start(folder: &Path) -> Result<Self, Failed> {
        let mut command = Command::new("chromedriver");
        let process = Process::start(command.arg("--port=0"), &folder.join("chromedriver.log"))?;
        let port = process.wait_for(|line| {
            let (_, port) = line.split_once("started successfully on port ")?;
            port.trim_end_matches('.').parse::<u16>().ok()
        })?;
        Ok(Self { process, url: format!("http://127.0.0.1:{port}") })
    }

    pub(crate) fn url(&self) -> &str {
        &self.url
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        drop(self.process.terminate());
    }
}
