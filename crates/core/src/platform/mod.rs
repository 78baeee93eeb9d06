//! Where the platform is, what it calls things, and who is calling. No request is built here and no response is read.

mod base_url;
mod credentials;

mod vocabulary;

pub use credentials::Credentials;
pub(crate) use credentials::check_header_secret;
pub use vocabulary::Vocabulary;

use std::fmt;
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard};

use http::HeaderValue;

use crate::error::{BuildError, ValueErrorKind};
use base_url::BaseUrl;

/// This library's own name, as it stands in `User-Agent`.
const USER_AGENT: &str = concat!("your-moms/", env!("CARGO_PKG_VERSION"));

/// One deployment of the platform, and the caller's account on it. Cheap to clone; clones share everything.
///
/// ```
/// use your_moms_core::{Credentials, Platform, Vocabulary};
///
/// let credentials = Credentials::new("user-secret", "organization-secret")?;
/// let platform = Platform::new("https://api.openconnectors.us2.ext.hana.ondemand.com/elements/api-v2", credentials)?
///     .with_vocabulary(Vocabulary::ELEMENTS);
/// assert_eq!(platform.vocabulary().header_word(), "Element");
/// # Ok::<(), your_moms_core::BuildError>(())
/// ```
#[derive(Clone)]
pub struct Platform(Arc<Inner>);

struct Inner {
    base_url: BaseUrl,
    vocabulary: Vocabulary,
    user_agent: HeaderValue,
    credentials: Arc<RwLock<Credentials>>,
}

impl Platform {
    /// The base URL of the source document's samples.
    pub const BASE_URL: &'static str = "https://api.cloud-your_moms.com/your_moms/api-v2";

    /// The platform at `base_url`, with the source document's words ([`Vocabulary::YOUR_MOMS`]).
    ///
    /// # Errors
    /// [`BuildError::BaseUrl`] unless `base_url` is `https`, or `http` to a loopback address such as `127.0.0.1`, with a
    /// host and a plain path: no user name, query, fragment, empty or dot segment.
    pub fn new(base_url: &str, credentials: Credentials) -> Result<Self, BuildError> {
        Ok(Self(Arc::new(Inner {
            base_url: BaseUrl::new(base_url)?,
            vocabulary: Vocabulary::YOUR_MOMS,
            user_agent: HeaderValue::from_static(USER_AGENT),
            credentials: Arc::new(RwLock::new(credentials)),
        })))
    }

    /// The same platform with the words of another deployment.
    pub fn with_vocabulary(self, vocabulary: Vocabulary) -> Self {
        self.with(|inner| inner.vocabulary = vocabulary)
    }

    /// The same platform, told who is calling: `name` (`my-app/1.2`) stands in front of this library's own name in
    /// `User-Agent` (RFC 9110 §10.1.5). Browsers set that header themselves, so it is left out on wasm32.
    ///
    /// # Errors
    /// [`BuildError::Header`] for a name that is empty or cannot stand in a header.
    pub fn with_user_agent(self, name: &str) -> Result<Self, BuildError> {
        let error = |kind| BuildError::Header { name: "user-agent".to_owned(), kind };
        if name.trim().is_empty() {
            return Err(error(ValueErrorKind::Empty));
        }
        let value = HeaderValue::try_from(format!("{name} {USER_AGENT}"))
            .map_err(|_| error(ValueErrorKind::NotAHeader))?;
        Ok(self.with(|inner| inner.user_agent = value))
    }

    fn with(self, change: impl FnOnce(&mut Inner)) -> Self {
        let mut inner = Arc::try_unwrap(self.0).unwrap_or_else(|shared| Inner {
            base_url: shared.base_url.clone(),
            vocabulary: shared.vocabulary.clone(),
            user_agent: shared.user_agent.clone(),
            credentials: shared.credentials.clone(),
        });
        change(&mut inner);
        Self(Arc::new(inner))
    }

    /// Replaces the secrets of the same account, for this value and all its clones: after a rotation, a running client
    /// signs every further request with the new ones, retries of calls that are under way included. Another account's would have a
    /// creation that is under way searched for in the wrong account.
    pub fn replace_credentials(&self, credentials: Credentials) {
        *self.0.credentials.write().unwrap_or_else(PoisonError::into_inner) = credentials;
    }

    /// The words of this deployment.
    pub fn vocabulary(&self) -> &Vocabulary {
        &self.0.vocabulary
    }

    /// The base URL, normalised: lower-case host, no default port, no slash at the end.
    pub fn base_url(&self) -> &str {
        self.0.base_url.as_str()
    }

    pub(crate) fn base(&self) -> &BaseUrl {
        &self.0.base_url
    }

    #[cfg_attr(target_arch = "wasm32", expect(dead_code, reason = "browsers set the header themselves"))]
    pub(crate) fn user_agent(&self) -> &HeaderValue {
        &self.0.user_agent
    }

    /// A panic elsewhere leaves whole credentials behind, so a poisoned lock is as good as any.
    pub(crate) fn credentials(&self) -> RwLockReadGuard<'_, Credentials> {
        self.0.credentials.read().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Platform {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Platform")
            .field("base_url", &self.0.base_url)
            .field("vocabulary", &self.0.vocabulary)
            .finish_non_exhaustive()
    }
}
