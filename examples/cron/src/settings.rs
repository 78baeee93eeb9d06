//! Where the platform is, who calls it, and through which account: from the environment, as schedulers give it.

use std::env::{self, VarError};
use std::fs;
use std::path::Path;

use serde::Deserialize as _;
use your_moms_core::{Credentials, Instance, Platform};

use crate::failure::Failure;

/// What the job needs to know.
#[derive(Debug)]
pub struct Settings {
    /// The platform.
    pub platform: Platform,
    /// The connected account.
    pub instance: Instance,
}

impl Settings {
    /// Reads `YOUR_MOMS_USER_SECRET`, `YOUR_MOMS_ORGANIZATION_SECRET`, `YOUR_MOMS_BASE_URL` (the default is the documented
    /// platform) and `EXAMPLE_CRON_INSTANCE`, the file that `instance.expose()` was written to.
    ///
    /// # Errors
    /// [`Failure`], with the name of the variable or the file.
    pub fn from_environment() -> Result<Self, Failure> {
        let credentials =
            Credentials::new(required("YOUR_MOMS_USER_SECRET")?, required("YOUR_MOMS_ORGANIZATION_SECRET")?)?;
        let base_url = optional("YOUR_MOMS_BASE_URL")?.unwrap_or_else(|| Platform::BASE_URL.to_owned());
        let platform = Platform::new(&base_url, credentials)?.with_user_agent("example-cron")?;
        let instance = read_instance(required("EXAMPLE_CRON_INSTANCE")?.as_ref())?;
        Ok(Self { platform, instance })
    }
}

/// The foreign error is dropped where it could quote the file: that is where the token is.
fn read_instance(path: &Path) -> Result<Instance, Failure> {
    let text = fs::read_to_string(path).map_err(|error| Failure::NoInstance(path.to_owned(), error))?;
    let mut json = serde_json::Deserializer::from_str(&text);
    Instance::deserialize(&mut json).map_err(|error| Failure::BadInstance {
        path: path.to_owned(),
        line: error.line(),
        column: error.column(),
    })
}

fn required(name: &'static str) -> Result<String, Failure> {
    optional(name)?.ok_or(Failure::Missing(name))
}

fn optional(name: &'static str) -> Result<Option<String>, Failure> {
    match env::var(name) {
        Ok(value) if value.is_empty() => Ok(None),
        Ok(value) => Ok(Some(value)),
        Err(VarError::NotPresent) => Ok(None),
        Err(VarError::NotUnicode(_)) => Err(Failure::NotText(name)),
    }
}
