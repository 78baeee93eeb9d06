//! Building a request: method, path, query, `Authorization`, JSON body, and nothing else.

use std::fmt::{self, Write as _};

use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE};
use http::uri::PathAndQuery;
use http::{HeaderValue, Method, Request, Uri};
use serde::Serialize;

use crate::instance::InstanceToken;
use crate::platform::{AuthorizationParts, Platform};
use crate::{BuildError, encode, json};

const JSON: HeaderValue = HeaderValue::from_static("application/json");

/// Builds one request under a platform's base URL. Begin with [`Platform::request`].
///
/// A fault is kept until [`build`](Self::build), so that calls can be chained.
pub struct RequestBuilder<'a> {
    platform: &'a Platform,
    method: Method,
    /// Path and query as written so far, base path included.
    target: String,
    has_query: bool,
    authorization: Option<HeaderValue>,
    body: Option<Vec<u8>>,
    fault: Option<BuildError>,
}

impl<'a> RequestBuilder<'a> {
    pub(crate) fn new(platform: &'a Platform, method: Method) -> Self {
        // Room for a typical target, so that a secret in the query is not left behind in a buffer that was outgrown.
        let mut target = String::with_capacity(512);
        target.push_str(platform.path());
        Self { platform, method, target, has_query: false, authorization: None, body: None, fault: None }
    }

    /// Adds one path segment, percent-encoded: `instances`, a connector's key. Segments come before any query.
    pub fn segment(self, segment: &str) -> Self {
        // An HTTP library may collapse dot segments, also encoded ones, and so change which resource is meant.
        if matches!(segment, "" | "." | "..") {
            let fault = "cannot be part of a path; give the name or number of what is meant";
            return self.fail(BuildError::Path { segment: segment.to_owned(), fault });
        }
        let mut this = self;
        // Writing to a `String` cannot fail.
        let _ = write!(this.target, "/{}", encode::component(segment));
        this
    }

    /// Adds a path as a person writes it: `/hubs/social/media`. Escapes are kept (`%2F` stays one character of its
    /// segment), everything else is encoded where it must be.
    pub fn path(self, path: &str) -> Self {
        let path = path.strip_prefix('/').unwrap_or(path);
        path.split('/').fold(self, |this, segment| {
            // What follows may be a query with a secret in it, and goes into no error.
            let name = segment.split(['?', '#']).next().unwrap_or_default();
            match encode::decode(name, false) {
                Some(decoded) if name.len() == segment.len() => this.segment(&decoded),
                Some(_) => this.fail(BuildError::Path {
                    segment: name.to_owned(),
                    fault: "is followed by a `?` or `#`; give the query apart, or write `%3F` and `%23`",
                }),
                None => this.fail(BuildError::Path {
                    segment: name.to_owned(),
                    fault: "has a `%` that begins no escape of UTF-8 text; write `%25` for the character itself",
                }),
            }
        })
    }

    /// Adds one query parameter; both sides are percent-encoded.
    pub fn query(mut self, name: &str, value: &str) -> Self {
        let separator = if self.has_query { '&' } else { '?' };
        self.has_query = true;
        // Writing to a `String` cannot fail.
        let _ = write!(self.target, "{separator}{}={}", encode::component(name), encode::component(value));
        self
    }

    /// `Authorization: User …, Organization …`, for calls to the platform itself.
    pub fn authorize_platform(self) -> Self {
        let authorization = self.platform.platform_authorization();
        self.authorization(authorization)
    }

    /// `Authorization` with an instance's token, for calls through that instance.
    pub fn authorize_instance(self, token: &InstanceToken, parts: AuthorizationParts) -> Self {
        let authorization = self.platform.instance_authorization(token, parts);
        self.authorization(authorization)
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
                self.body = Some(bytes);
                self
            }
            Err(error) => self.fail(error),
        }
    }

    /// The first fault is the one reported.
    fn fail(mut self, error: BuildError) -> Self {
        self.fault.get_or_insert(error);
        self
    }

    /// The request.
    ///
    /// # Errors
    /// The first fault of the calls before.
    pub fn build(self) -> Result<Request<Vec<u8>>, BuildError> {
        if let Some(fault) = self.fault {
            return Err(fault);
        }
        let cannot = |_| BuildError::Path {
            segment: String::new(),
            fault: "makes a URL that is too long; shorten it",
        };
        let mut parts = http::uri::Parts::default();
        parts.scheme = Some(self.platform.scheme().clone());
        parts.authority = Some(self.platform.authority().clone());
        parts.path_and_query = Some(PathAndQuery::try_from(self.target).map_err(cannot)?);
        let uri = Uri::from_parts(parts)
            .map_err(|_| BuildError::Path { segment: String::new(), fault: "is empty; name a resource" })?;

        let has_body = self.body.is_some();
        let mut request = Request::new(self.body.unwrap_or_default());
        *request.method_mut() = self.method;
        *request.uri_mut() = uri;
        let headers = request.headers_mut();
        headers.insert(ACCEPT, JSON);
        if let Some(authorization) = self.authorization {
            headers.insert(AUTHORIZATION, authorization);
        }
        if has_body {
            headers.insert(CONTENT_TYPE, JSON);
        }
        Ok(request)
    }
}

/// Without target, headers and body: each can hold a secret.
impl fmt::Debug for RequestBuilder<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RequestBuilder")
            .field("method", &self.method)
            .field("fault", &self.fault)
            .finish_non_exhaustive()
    }
}
