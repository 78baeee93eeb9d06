//! `{METHOD} /{path}` with an instance's token: every call through a connected account (the source document, Step 2: the
//! token "needs to be retained by the application for all subsequent requests").

use std::fmt;
use std::marker::PhantomData;

use http::{Method, Request, Response};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::{Operation, Paged};
use crate::error::{BuildError, ResponseError};
use crate::instance::InstanceToken;
use crate::platform::Platform;
use crate::privacy::Secret;
use crate::wire::{FromResponse, FurtherHeaders, InstanceResponse, Page, Path, RequestBuilder};

/// `{METHOD} /{path}` with the instance's token: any call through a connected account.
///
/// The response comes as it is ([`InstanceResponse`]), as any type that serde reads ([`json`](Self::json)), or as one page of
/// a list ([`page`](Self::page)).
///
/// ```
/// use serde::Deserialize;
/// use your_moms_core::{Credentials, InstanceRequest, InstanceToken, Operation, Platform};
///
/// #[derive(Deserialize)]
/// struct Media {
///     id: String,
/// }
///
/// let platform = Platform::new(Platform::BASE_URL, Credentials::new("u-secret", "o-secret")?)?;
/// let token = InstanceToken::from("5MOr3Sl/E4k=");
/// let request = InstanceRequest::get("/hubs/social/media", &token).query("count", "2").page::<Media>();
/// let request = request.request(&platform)?;
/// assert_eq!(request.uri(), "https://api.cloud-your_moms.com/your_moms/api-v2/hubs/social/media?count=2");
/// assert_eq!(request.headers()["authorization"], "User u-secret, Organization o-secret, Your_mom 5MOr3Sl/E4k=");
/// # Ok::<(), your_moms_core::BuildError>(())
/// ```
pub struct InstanceRequest<T = InstanceResponse> {
    parts: Parts,
    output: PhantomData<fn() -> T>,
}

#[derive(Clone)]
struct Parts {
    method: Method,
    path: String,
    token: InstanceToken,
    organization: bool,
    query: Vec<(String, Secret)>,
    headers: FurtherHeaders,
    accept: Option<String>,
    body: Option<Body>,
    next: Option<String>,
    idempotent: bool,
    reuse_connection: bool,
}

#[derive(Clone)]
enum Body {
    Json(Result<Vec<u8>, BuildError>),
    Bytes(String, Vec<u8>),
}

impl InstanceRequest {
    /// `method` on `path` under the base URL, as a person writes it: `/hubs/social/media`.
    pub fn new(method: Method, path: impl Into<String>, token: &InstanceToken) -> Self {
        let idempotent = method.is_idempotent();
        let parts = Parts {
            method,
            path: path.into(),
            token: token.clone(),
            organization: true,
            query: Vec::new(),
            headers: FurtherHeaders::default(),
            accept: None,
            body: None,
            next: None,
            idempotent,
            reuse_connection: idempotent,
        };
        Self { parts, output: PhantomData }
    }

    /// `GET` on `path`.
    pub fn get(path: impl Into<String>, token: &InstanceToken) -> Self {
        Self::new(Method::GET, path, token)
    }

    /// `POST` on `path`.
    pub fn post(path: impl Into<String>, token: &InstanceToken) -> Self {
        Self::new(Method::POST, path, token)
    }

    /// `PUT` on `path`.
    pub fn put(path: impl Into<String>, token: &InstanceToken) -> Self {
        Self::new(Method::PUT, path, token)
    }

    /// `PATCH` on `path`.
    pub fn patch(path: impl Into<String>, token: &InstanceToken) -> Self {
        Self::new(Method::PATCH, path, token)
    }

    /// `DELETE` on `path`.
    pub fn delete(path: impl Into<String>, token: &InstanceToken) -> Self {
        Self::new(Method::DELETE, path, token)
    }
}

impl<T> InstanceRequest<T> {
    /// Reads the response's JSON as a `U`.
    pub fn json<U: DeserializeOwned>(self) -> InstanceRequest<U> {
        InstanceRequest { parts: self.parts, output: PhantomData }
    }

    /// Reads the response as one page of a list of `U`; [`Client::pages`](crate::Client::pages) follows it to the end.
    pub fn page<U: DeserializeOwned>(self) -> InstanceRequest<Page<U>> {
        InstanceRequest { parts: self.parts, output: PhantomData }
    }

    /// Adds a query parameter.
    pub fn query(mut self, name: impl Into<String>, value: impl Into<Secret>) -> Self {
        self.parts.query.push((name.into(), value.into()));
        self
    }

    /// The body, as JSON. One that cannot be written as JSON is reported when the request is built.
    pub fn json_body(mut self, body: &impl Serialize) -> Self {
        self.parts.body = Some(Body::Json(serde_json::to_vec(body).map_err(|_| BuildError::Body)));
        self
    }

    /// The body, of this media type (`text/csv`), as it is: a file to upload, for example.
    pub fn body(mut self, media_type: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        self.parts.body = Some(Body::Bytes(media_type.into(), bytes.into()));
        self
    }

    /// Asks for a response of these media types in place of JSON (RFC 9110 §12.5.1): a file to download, for example.
    pub fn accept(mut self, media_types: impl Into<String>) -> Self {
        self.parts.accept = Some(media_types.into());
        self
    }

    /// Adds a header; see [`Operation::with_header`].
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.parts.headers.push(name, value);
        self
    }

    /// Leaves the organization out of the `Authorization` header: the documented form, enough for calls to a hub. All three
    /// parts are sent otherwise, as most live clients do.
    pub fn without_organization(mut self) -> Self {
        self.parts.organization = false;
        self
    }

    /// Says whether sending the request twice does no more than sending it once, where the caller knows better than its
    /// method does (RFC 9110 §9.2.2).
    pub fn idempotent(mut self, idempotent: bool) -> Self {
        self.parts.idempotent = idempotent;
        self
    }

    /// Says whether the request may go on a connection that was used before. It costs a fraction of a fresh one; but if the
    /// server is closing it, nobody can tell whether the request arrived.
    pub fn reuse_connection(mut self, reuse: bool) -> Self {
        self.parts.reuse_connection = reuse;
        self
    }
}

impl<T: FromResponse> Operation for InstanceRequest<T> {
    type Output = T;
    const NAME: &'static str = "instance-request";

    fn idempotent(&self) -> bool {
        self.parts.idempotent
    }

    fn reuse_connection(&self) -> bool {
        self.parts.reuse_connection
    }

    fn request(&self, platform: &Platform) -> Result<Request<Vec<u8>>, BuildError> {
        let parts = &self.parts;
        let next = parts.next.iter().map(|next| ("nextPage", next.as_str()));
        let query = parts.query.iter().map(|(name, value)| (name.as_str(), value.expose())).chain(next);
        let path = Path::Written(&parts.path);
        let mut request = RequestBuilder::to(platform, parts.method.clone(), path, query);
        if let Some(media_types) = &parts.accept {
            request = request.accept(media_types);
        }
        request = match parts.body.clone() {
            None => request,
            Some(Body::Json(body)) => request.json_bytes(body),
            Some(Body::Bytes(media_type, bytes)) => request.body(&media_type, bytes),
        };
        let token = parts.token.as_ref();
        let request = if parts.organization {
            request.authorize_instance(token)
        } else {
            request.authorize_instance_without_organization(token)
        };
        let mut request = request.build()?;
        parts.headers.add_to(request.headers_mut())?;
        Ok(request)
    }

    fn parse(response: Response<&[u8]>) -> Result<T, ResponseError> {
        T::from_response(&response)
    }
}

impl<T: DeserializeOwned> Paged for InstanceRequest<Page<T>> {
    type Item = T;

    fn after(&self, next: &str) -> Self {
        let mut page = self.clone();
        page.parts.next = Some(next.to_owned());
        page
    }
}

impl<T> Clone for InstanceRequest<T> {
    fn clone(&self) -> Self {
        Self { parts: self.parts.clone(), output: PhantomData }
    }
}

/// Without query and body values, nor a query that was pasted into the path.
impl<T> fmt::Debug for InstanceRequest<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = self.parts.path.split(['?', '#']).next().unwrap_or_default();
        f.debug_struct("InstanceRequest")
            .field("method", &self.parts.method)
            .field("path", &path)
            .finish_non_exhaustive()
    }
}
