//! Values that several targets share.

use your_moms_core::{Credentials, Platform};

/// Occurs in every secret of the golden files, so that a secret of theirs is known wherever it shows.
pub(crate) const SENTINEL: &str = "Sentinel";

pub(crate) fn platform(base_url: &str) -> Platform {
    Platform::new(base_url, Credentials::new("user-secret", "organization-secret").unwrap()).unwrap()
}
