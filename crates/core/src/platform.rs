//! Where the platform is, what it calls things, and who is calling.

use std::borrow::Cow;
use std::fmt;

use http::uri::{Authority, Scheme};
use http::{HeaderValue, Method};

use crate::encode;
use crate::instance::InstanceToken;
use crate::placeholder::is_placeholder;
use crate::request::RequestBuilder;
use crate::url;
use crate::{BuildError, Secret};

/// One deployment of the platform, and the caller's account on it.
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
#[derive(Clone, Debug)]
pub struct Platform {
    scheme: Scheme,
    authority: Authority,
    /// Without a slash at its end.
    path: String,
    vocabulary: Vocabulary,
    credentials: Credentials,
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
        let fault = |fault| BuildError::BaseUrl { fault };
        let parts = url::split(base_url).ok_or(fault("does not begin with `https://`"))?;
        url::check_web(&parts).map_err(fault)?;
        if parts.query.is_some() || parts.fragment.is_some() {
            return Err(fault("has a query or a fragment; end it before the `?` or `#`"));
        }
        let path = parts.path.strip_suffix('/').unwrap_or(parts.path);
        for segment in path.split('/').skip(1) {
            match encode::decode(segment, false).as_deref() {
                None => return Err(fault("has a `%` in its path that begins no escape of UTF-8 text")),
                // `url::Url` collapses dot segments, `http::Uri` does not: the request would depend on the transport.
                Some("" | "." | "..") => {
                    return Err(fault("has an empty or a dot segment in its path; take it out"));
                }
                Some(text) if encode::component(text).to_string() != segment => {
                    return Err(fault("has a character in its path that must be percent-encoded"));
                }
                Some(_) => {}
            }
        }
        let scheme = if parts.scheme.eq_ignore_ascii_case("https") { Scheme::HTTPS } else { Scheme::HTTP };
        let authority = parts.authority.unwrap_or_default().to_ascii_lowercase();
        let default_port = if scheme == Scheme::HTTPS { ":443" } else { ":80" };
        let authority = authority.strip_suffix(default_port).unwrap_or(&authority);
        let authority = authority.parse().map_err(|_| fault("has a host that cannot be used"))?;
        Ok(Self { scheme, authority, path: path.to_owned(), vocabulary: Vocabulary::YOUR_MOMS, credentials })
    }

    /// The same platform speaking `vocabulary`.
    pub fn with_vocabulary(self, vocabulary: Vocabulary) -> Self {
        Self { vocabulary, ..self }
    }

    /// The words of this deployment.
    pub fn vocabulary(&self) -> &Vocabulary {
        &self.vocabulary
    }

    /// The base URL, normalised: lower-case host, no default port, no slash at the end.
    pub fn base_url(&self) -> String {
        format!("{}://{}{}", self.scheme, self.authority, self.path)
    }

    /// Begins a request to this platform; see [`Operation`](crate::Operation) for an example.
    pub fn request(&self, method: Method) -> RequestBuilder<'_> {
        RequestBuilder::new(self, method)
    }

    pub(crate) fn scheme(&self) -> &Scheme {
        &self.scheme
    }

    pub(crate) fn authority(&self) -> &Authority {
        &self.authority
    }

    pub(crate) fn path(&self) -> &str {
        &self.path
    }

    /// `User …, Organization …`: who calls the platform itself (the source document, Step 2).
    pub(crate) fn platform_authorization(&self) -> Result<HeaderValue, BuildError> {
        let Credentials { user, organization } = &self.credentials;
        sensitive(format!("User {}, Organization {}", user.expose(), organization.expose()))
    }

    /// The same with the instance's token: `User …, Organization …, Your_mom …`, or without the organization.
    pub(crate) fn instance_authorization(
        &self,
        token: &InstanceToken,
        parts: AuthorizationParts,
    ) -> Result<HeaderValue, BuildError> {
        check_header_secret("instance token", token.expose())?;
        let Credentials { user, organization } = &self.credentials;
        let (user, organization, token) = (user.expose(), organization.expose(), token.expose());
        let word = self.vocabulary.header_word();
        sensitive(match parts {
            AuthorizationParts::Two => format!("User {user}, {word} {token}"),
            AuthorizationParts::Three => format!("User {user}, Organization {organization}, {word} {token}"),
        })
    }
}

fn sensitive(text: String) -> Result<HeaderValue, BuildError> {
    // Every part was checked before; this cannot fail, and must not panic if that ever changes.
    let fault = BuildError::Credential { name: "Authorization header", fault: "cannot be written" };
    let mut value = HeaderValue::try_from(text).map_err(|_| fault)?;
    value.set_sensitive(true);
    Ok(value)
}

/// How the `Authorization` header of a call with an instance token is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AuthorizationParts {
    /// `User …, Your_mom …`: as documented, enough for a call that names its instance by the token alone.
    Two,
    /// `User …, Organization …, Your_mom …`: what most live clients send, and every call accepts.
    #[default]
    Three,
}

/// The words in which a deployment speaks. The API is the same everywhere; its noun is not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Vocabulary {
    noun: Cow<'static, str>,
    nouns: Cow<'static, str>,
    header_word: Cow<'static, str>,
}

impl Vocabulary {
    /// The source document's: `your_mom`, `/your_moms`, `Your_mom`.
    pub const YOUR_MOMS: Self = Self::fixed("your_mom", "your_moms", "Your_mom");

    /// SAP Open Connectors and the platform it came from: `element`, `/elements`, `Element`.
    pub const ELEMENTS: Self = Self::fixed("element", "elements", "Element");

    const fn fixed(noun: &'static str, nouns: &'static str, header_word: &'static str) -> Self {
        Self {
            noun: Cow::Borrowed(noun),
            nouns: Cow::Borrowed(nouns),
            header_word: Cow::Borrowed(header_word),
        }
    }

    /// Another deployment's words: the noun as a JSON member (`element`), its plural as a path segment (`elements`), and
    /// the word in the `Authorization` header (`Element`).
    ///
    /// # Errors
    /// [`BuildError::Vocabulary`] unless each is made of ASCII letters, digits, `-` and `_`.
    pub fn new(noun: &str, nouns: &str, header_word: &str) -> Result<Self, BuildError> {
        for (part, word) in [("noun", noun), ("plural", nouns), ("header word", header_word)] {
            let well_formed =
                word.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
            if word.is_empty() || !well_formed {
                return Err(BuildError::Vocabulary {
                    part,
                    fault: "must be ASCII letters, digits, `-` and `_`",
                });
            }
        }
        let owned = |word: &str| Cow::Owned(word.to_owned());
        Ok(Self { noun: owned(noun), nouns: owned(nouns), header_word: owned(header_word) })
    }

    /// The member of a JSON object that holds or names a connector: `your_mom`.
    pub fn noun(&self) -> &str {
        &self.noun
    }

    /// The path segment under which connectors are: `your_moms`.
    pub fn nouns(&self) -> &str {
        &self.nouns
    }

    /// The word before an instance token in the `Authorization` header: `Your_mom`.
    pub fn header_word(&self) -> &str {
        &self.header_word
    }
}

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
    /// [`BuildError::Credential`] for one that is empty, a sample's placeholder, or could not stand in the header:
    /// white space, commas and anything outside visible ASCII.
    pub fn new(user: impl Into<Secret>, organization: impl Into<Secret>) -> Result<Self, BuildError> {
        let (user, organization) = (user.into(), organization.into());
        check_header_secret("user secret", user.expose())?;
        check_header_secret("organization secret", organization.expose())?;
        Ok(Self { user, organization })
    }
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Credentials(…)")
    }
}

fn check_header_secret(name: &'static str, text: &str) -> Result<(), BuildError> {
    let fault = if text.is_empty() {
        "is empty"
    } else if is_placeholder(text) {
        "is a sample's placeholder; put your own in its place"
    } else if text.contains(',') {
        "holds a comma, which separates the parts of the header; copy it again, without what surrounds it"
    } else if !text.bytes().all(|byte| byte.is_ascii_graphic()) {
        "holds white space or a character outside ASCII; copy it again, without what surrounds it"
    } else {
        return Ok(());
    };
    Err(BuildError::Credential { name, fault })
}
