//! The caller's account on the platform.

use std::fmt;

use crate::error::{BuildError, ValueErrorKind};
use crate::privacy::Secret;
use crate::text::{is_placeholder, visible};

/// The caller's account on the platform: the two secrets of the `Authorization` header.
#[derive(Clone)]
pub struct Credentials {
    user: Secret,
    organization: Secret,
}

impl Credentials {
    /// The user secret and the organization secret, as the platform shows them.
    ///
    /// # Errors
    /// [`BuildError::Credential`] for one that is empty, a sample's placeholder, or could not stand in the header: white
    /// space, commas and anything outside visible ASCII.
    pub fn new(user: impl Into<Secret>, organization: impl Into<Secret>) -> Result<Self, BuildError> {
        let (user, organization) = (user.into(), organization.into());
        check_header_secret("user secret", user.expose())?;
        check_header_secret("organization secret", organization.expose())?;
        Ok(Self { user, organization })
    }

    pub(crate) fn user(&self) -> &str {
        self.user.expose()
    }

    pub(crate) fn organization(&self) -> &str {
        self.organization.expose()
    }
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Credentials(…)")
    }
}

/// Whether `text` can be one part of the `Authorization` header.
pub(crate) fn check_header_secret(name: &'static str, text: &str) -> Result<(), BuildError> {
    let kind = if text.is_empty() {
        ValueErrorKind::Empty
    } else if is_placeholder(text) {
        ValueErrorKind::Placeholder
    } else if text.contains(',') {
        ValueErrorKind::Comma
    } else if !visible::is_graphic(text) {
        ValueErrorKind::NotVisibleAscii
    } else {
        return Ok(());
    };
    Err(BuildError::Credential { name, kind })
}
