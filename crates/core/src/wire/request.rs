//! Building a request: method, path, query, `Authorization`, JSON body, and nothing else.

use std::fmt;

use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE};
use http::{HeaderValue, Method, Request, Uri};
use serde::Serialize;

use super::json;
use super::target::{Path, Target};
use crate::error::{BuildError, PathErrorKind, ValueErrorKind};
use crate::platform::{Platform, check_header_secret};
use crate::privacy::Secret;

/// Room for most targets, so that a secret is seldom left behind in a buffer that was outgrown.
const ROOM: usize = 512;

const JSON: HeaderValue = HeaderValue::from_static("application/json");

/// Builds one request under a platform's base URL; see [`Operation`](crate::Operation) for an example.
///
/// A mistake is kept until [`build`](Self::build), so that calls can be chained.
pub struct RequestBuilder<'a> {
    platform: &'a Platform,
    method: Method,
    target: Target,
    authorization: Option<HeaderValue>,
    accept: HeaderValue,
    /// With its media type.
    body: Option<(HeaderValue, Vec<u8>)>,
    error: Option<BuildError>,
}

impl<'a> RequestBuilder<'a> {
    /// Starts a request to `platform`.
    pub fn new(platform: &'a Platform, method: Method) -> Self {
        Self::with(platform, method, Target::new(platform.base().path(), ROOM))
    }

    /// Starts a request whose path and query are known, in a target of just their size.
    pub(crate) fn to<'b>(
        platform: &'a Platform,
        method: Method,
        path: Path<'_>,
        query: impl Iterator<Item = (&'b str, &'b str)> + Clone,
    ) -> Self {
        match Target::of(platform.base().path(), path, query) {
            Ok(target) => Self::with(platform, method, target),
            Err(error) => Self::new(platform, method).fail(error),
        }
    }

    fn with(platform: &'a Platform, method: Method, target: Target) -> Self {
        Self { platform, method, target, authorization: None, accept: JSON, body: None, error: None }
    }

    /// Adds one path segment, percent-encoded: `instances`, a connector's key. Segments come before any query.
    pub fn segment(mut self, segment: &str) -> Self {
        match self.target.segment(segment) {
            Ok(()) => self,
            Err(error) => self.fail(error),
        }
    }

    /// Adds a path as a person writes it: `/hubs/social/media`. Escapes are kept (`%2F` stays one character of its
    /// segment), everything else is encoded where it must be.
    pub fn path(mut self, path: &str) -> Self {
        match self.target.path(path) {
            Ok(()) => self,
            Err(error) => self.fail(error),
        }
    }

    /// Adds one query parameter; both sides are percent-encoded.
    pub fn query(mut self, name: &str, value: &str) -> Self {
        self.target.query(name, value);
        self
    }

    /// `Authorization: User …, Organization …`, for calls to the platform itself (the source document, Step 2).
    pub fn authorize_platform(self) -> Self {
        let credentials = self.platform.credentials();
        let value = sensitive(&["User ", credentials.user(), ", Organization ", credentials.organization()]);
        drop(credentials);
        self.authorization(value)
    }

    /// `Authorization` with an instance's token, for calls through that instance: `User …, Organization …, Your_mom …`.
    /// That is what most live clients send, and what every call accepts.
    pub fn authorize_instance(self, token: &Secret) -> Self {
        self.instance(token, true)
    }

    /// As [`authorize_instance`](Self::authorize_instance), without the organization: the documented form, enough for a
    /// call that names its instance by the token alone.
    pub fn authorize_instance_without_organization(self, token: &Secret) -> Self {
        self.instance(token, false)
    }

    fn instance(self, token: &Secret, organization: bool) -> Self {
        let token = token.expose();
        if let Err(error) = check_header_secret("instance token", token) {
            return self.fail(error);
        }
        let word = self.platform.vocabulary().header_word();
        let credentials = self.platform.credentials();
        let user = credentials.user();
        let value = if organization {
            sensitive(&["User ", user, ", Organization ", credentials.organization(), ", ", word, " ", token])
        } else {
            sensitive(&["User ", user, ", ", word, " ", token])
        };
        drop(credentials);
        self.authorization(value)
    }

    fn authorization(mut self, value: Result<HeaderValue, BuildError>) -> Self {
        match value {
            Ok(value) => {
                self.authorization = Some(value);
                self
            }
            Err(error) => self.fail(error),
        }
    }

    /// The body, as JSON.
    pub fn json(self, body: &impl Serialize) -> Self {
        self.json_bytes(json::write(body))
    }

    /// The body, written as JSON before.
    pub(crate) fn json_bytes(mut self, body: Result<Vec<u8>, BuildError>) -> Self {
        match body {
            Ok(bytes) => {
                self.body = Some((JSON, bytes));
                self
            }
            Err(error) => self.fail(error),
        }
    }

    /// The body, of this media type (`text/csv`).
    pub fn body(mut self, media_type: &str, bytes: Vec<u8>) -> Self {
        match header("content-type", media_type) {
            Ok(media_type) => {
                self.body = Some((media_type, bytes));
                self
            }
            Err(error) => self.fail(error),
        }
    }

    /// Asks for a response of these media types in place of JSON (RFC 9110 §12.5.1).
    pub fn accept(mut self, media_types: &str) -> Self {
        match header("accept", media_types) {
            Ok(media_types) => {
                self.accept = media_types;
                self
            }
            Err(error) => self.fail(error),
        }
    }

    /// The first mistake is the one reported.
    fn fail(mut self, error: BuildError) -> Self {
        self.error.get_or_insert(error);
        self
    }

    /// The request.
    ///
    /// # Errors
    /// The first mistake of the calls before.
    pub fn build(self) -> Result<Request<Vec<u8>>, BuildError> {
        if let Some(error) = self.error {
            return Err(error);
        }
        let empty = || BuildError::Path { segment: String::new(), kind: PathErrorKind::NotASegment };
        let mut parts = http::uri::Parts::default();
        parts.scheme = Some(self.platform.base().scheme.clone());
        parts.authority = Some(self.platform.base().authority.clone());
        parts.path_and_query = Some(self.target.finish()?);
        let uri = Uri::from_parts(parts).map_err(|_| empty())?;

        let (media_type, body) = self.body.unzip();
        let mut request = Request::new(body.unwrap_or_default());
        *request.method_mut() = self.method;
        *request.uri_mut() = uri;
        let headers = request.headers_mut();
        headers.insert(ACCEPT, self.accept);
        if let Some(authorization) = self.authorization {
            headers.insert(AUTHORIZATION, authorization);
        }
        if let Some(media_type) = media_type {
            headers.insert(CONTENT_TYPE, media_type);
        }
        Ok(request)
    }
}

/// Without target, headers and body: each can hold a secret.
impl fmt::Debug for RequestBuilder<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RequestBuilder")
            .field("method", &self.method)
            .field("error", &self.error)
            .finish_non_exhaustive()
    }
}

fn header(name: &str, value: &str) -> Result<HeaderValue, BuildError> {
    let error = |_| BuildError::Header { name: name.to_owned(), kind: ValueErrorKind::NotAHeader };
    HeaderValue::try_from(value).map_err(error)
}

/// These parts as one header value, marked as secret.
fn sensitive(parts: &[&str]) -> Result<HeaderValue, BuildError> {
    // Every part was checked before; this cannot fail, and must not panic if that ever changes.
    let error = BuildError::Credential { name: "Authorization header", kind: ValueErrorKind::NotAHeader };
    let mut value = HeaderValue::try_from(parts.concat()).map_err(|_| error)?;
    value.set_sensitive(true);
    Ok(value)
}
