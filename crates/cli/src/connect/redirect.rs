//! The provider's redirect, once its `state` has matched.

use std::time::SystemTime;

use your_moms_core::{Authorized, CallbackError, PendingAuthorization, Secret};

/// Parameters whose values are worth something until the instance is created.
const SECRET: [&str; 3] = ["code", "oauth_token", "oauth_verifier"];

/// The redirect of this authorization.
pub(super) struct Redirect {
    pub(super) outcome: Result<Authorized, CallbackError>,
    /// What must not be printed, should somebody repeat it.
    pub(super) secrets: Vec<Secret>,
}

impl Redirect {
    /// Uses up `pending`, whose state `redirect` carries.
    pub(super) fn verify(pending: PendingAuthorization, redirect: &str) -> Self {
        let query = redirect.split('#').next().unwrap_or_default();
        let query = query.split_once('?').map_or(query, |(_, query)| query);
        let secrets = form_urlencoded::parse(query.as_bytes())
            .filter(|(name, _)| SECRET.contains(&name.as_ref()))
            .map(|(_, value)| Secret::from(value.into_owned()))
            .collect();
        Self { outcome: pending.verify(redirect, SystemTime::now()), secrets }
    }
}
