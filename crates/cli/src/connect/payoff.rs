//! What a sandbox of its own ends with: the first request through the new instance. Nothing of it is stored.

use serde_json::Value;
use tempfile::TempDir;
use your_moms_core::{Instance, InstanceRequest, Secret};
use your_moms_sandbox::Server;

use super::Session;
use crate::again::shell_word;
use crate::failure::Failure;
use crate::sandbox::connector;
use crate::spinner::Spinner;
use crate::store::Store;
use crate::terminal::{self, BOLD, QUIET};

/// Any port that is seldom taken: the sandbox that stays has to be named before it runs.
const PORT: u16 = 8630;

/// A store that ends with this program, as its sandbox does.
pub(super) fn store() -> Result<(TempDir, Store), Failure> {
    let directory = tempfile::tempdir()
        .map_err(|error| Failure::failed("no temporary directory can be made").because(&error))?;
    let store = Store::at(Some(&directory.path().join("instances.json")))?;
    Ok((directory, store))
}

impl Session<'_> {
    /// Asks for a list that the account has, and says how to get an instance that stays.
    pub(super) async fn first_request(&self, server: &Server, instance: &Instance) -> Result<(), Failure> {
        let known = connector(&server.sandbox(), &self.args.key);
        if let Some(path) = known.and_then(|connector| connector.list) {
            let request = InstanceRequest::get(&path, instance.token());
            let sent = {
                let _spinner = Spinner::start(format!("Waiting for {path}"));
                self.client.call(&request).await
            };
            let response = sent.map_err(|error| {
                let mut mask = self.mask.clone();
                mask.add(&Secret::from(instance.token().expose()));
                Failure::call("the first request through the instance failed", &error, &mask)
            })?;
            let line = format!("{BOLD}GET {path}{BOLD:#}: {}", amount(response.body()));
            if self.common.json {
                terminal::say(&line);
            } else {
                terminal::done(&line);
            }
        }
        let path = server.base_url(self.vocabulary.noun());
        let path = path.splitn(4, '/').last().unwrap_or_default();
        let key = shell_word(&self.args.key);
        terminal::say(&format!(
            "Nothing was saved: the sandbox ended with this command. For one that stays:\n    \
             {BOLD}your-moms sandbox --port {PORT}{BOLD:#}  {QUIET}# prints secrets to export{QUIET:#}\n    \
             {BOLD}your-moms connect {key} --base-url http://127.0.0.1:{PORT}/{path}{BOLD:#}"
        ));
        Ok(())
    }
}

/// How much there is in a list.
fn amount(body: &[u8]) -> String {
    match serde_json::from_slice(body) {
        Ok(Value::Array(items)) if items.len() == 1 => "1 item".to_owned(),
        Ok(Value::Array(items)) => format!("{} items", items.len()),
        _ => format!("{} bytes", body.len()),
    }
}
