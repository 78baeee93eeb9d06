//! People use the consent pages and the inspector in real browsers.

use std::error::Error;

use crate::browsers;

/// Whether all scenarios passed.
pub(super) fn run(filter: Option<&str>) -> Result<bool, Box<dyn Error>> {
    browsers::run(&["your-moms-browser-tests"], "sandbox-in-browsers", "sandbox", filter, |_, _| ())
}
