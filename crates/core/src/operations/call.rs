//! `{METHOD} /{path}` with an instance's token: every later call (the source document, Step 2: the token "needs to be
//! retained by the application for all subsequent requests").

use std::fmt;

use http::{HeaderMap, Method, Request, Response, StatusCode};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::instance::InstanceToken;
use crate::platform::AuthorizationParts;
use crate::{BuildError, Operation, Platform, ResponseError, Secret, json};

/// Any call through a connected account.
///
/// ```
/// use http::Method;
/// use your_moms_core::{Call, Credentials, InstanceToken, Operation, Platform};
///
/// let platform = Platform::new(Platform::BASE_URL, Credentials::new("u-secret", "o-secret")?)?;
/// let token = InstanceToken::from("5MOr3Sl/E4k=");
/// let request = Call::new(Method::GET, "/hubs/social/media", &token).query("count", "2").request(&platform)?;
/// assert_eq!(request.uri(), "https://api.cloud-your_moms.com/your_moms/api-v2/hubs/social/media?count=2");
/// assert_eq!(request.headers()["authorization"], "User u-secret, Organization o-secret, Your_mom 5MOr3Sl/E4k=");
/// # Ok::<(), your_moms_core::BuildError>(())
/// ```
#[derive(Clone)]
pub struct Call {
    method: Method,
    path: String,
    token: InstanceToken,
    parts: AuthorizationParts,
    query: Vec<(String, Secret)>,
    body: Option<Result<Vec<u8>, BuildError>>,
}

impl Call {
    /// `method` on `path` under the base URL, as a person writes it: `/hubs/social/media`.
    pub fn new(method: Method, path: impl Into<String>, token: &InstanceToken) -> Self {
        Self {
            method,
            path: path.into(),
            token: token.clone(),
            parts: AuthorizationParts::default(),
            query: Vec::new(),
            body: None,
        }
    }

    /// Adds a query parameter.
    pub fn query(mut self, name: impl Into<String>, value: impl Into<Secret>) -> Self {
        self.query.push((name.into(), value.into()));
        self
    }

    /// The JSON body. One that cannot be written as JSON is reported when the request is built.
    pub fn json(self, body: &impl Serialize) -> Self {
        Self { body: Some(json::write(body)), ..self }
    }

    /// How the `Authorization` header is written; three parts unless said otherwise.
    pub fn authorization(self, parts: AuthorizationParts) -> Self {
        Self { parts, ..self }
    }
}

impl Operation for Call {
    type Output = Answer;
    const NAME: &'static str = "call";

    fn idempotent(&self) -> bool {
        self.method.is_idempotent()
    }

    fn request(&self, platform: &Platform) -> Result<Request<Vec<u8>>, BuildError> {
        let request = platform.request(self.method.clone()).path(&self.path);
        let request =
            self.query.iter().fold(request, |request, (name, value)| request.query(name, value.expose()));
        let request = match &self.body {
            None => request,
            Some(body) => request.json_bytes(body.clone()),
        };
        request.authorize_instance(&self.token, self.parts).build()
    }

    fn parse(response: Response<&[u8]>) -> Result<Answer, ResponseError> {
        let body = json::success(&response)?.to_vec();
        Ok(Answer { status: response.status(), headers: response.headers().clone(), body })
    }
}

/// Without query and body values, nor a query that was pasted into the path.
impl fmt::Debug for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = self.path.split(['?', '#']).next().unwrap_or_default();
        f.debug_struct("Call").field("method", &self.method).field("path", &path).finish_non_exhaustive()
    }
}

/// What a later call brought: any 2xx answer.
#[derive(Clone)]
pub struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: Vec<u8>,
}

impl Answer {
    /// The status, a 2xx.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The headers; `elements-next-page-token` names the next page of a list.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The body, as it came.
    pub fn body(&self) -> &[u8] {
        &self.body
    }

    /// The body as a `T`.
    ///
    /// # Errors
    /// [`ResponseErrorKind::Unreadable`](crate::ResponseErrorKind::Unreadable) if it is not JSON or not a `T`.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, ResponseError> {
        let mut response = Response::new(self.body.as_slice());
        *response.status_mut() = self.status;
        json::read(&response)
    }
}

/// Without values: an answer can hold anything of a user's.
impl fmt::Debug for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Answer")
            .field("status", &self.status)
            .field("headers", &self.headers.keys().collect::<Vec<_>>())
            .field("body", &format_args!("{} bytes", self.body.len()))
            .finish()
    }
}
