//! The platform mixes two instances up: one is asked for, and another comes back.

use std::time::SystemTime;

use http::header::AUTHORIZATION;
use http::{HeaderMap, HeaderValue, Request, Response, Uri};

use crate::instance::Instance;
use crate::response::{empty_response, instance_of};
use crate::route::{Call, Route};
use crate::sandbox::Sandbox;

impl Sandbox {
    /// Whether there is another instance for a request to meet.
    pub(crate) fn can_mix_up(&self, call: Option<Call>) -> bool {
        let needed = if call == Some(Call::CreateInstance) { 1 } else { 2 };
        self.platform().instances().take(needed).count() == needed
    }

    /// What comes back in place of `own`, whose work has been done; `None` unless it is about one instance, and its
    /// account has another.
    pub(crate) fn mixed_up(
        &mut self,
        request: &Request<&[u8]>,
        call: Option<Call>,
        own: &Response<Vec<u8>>,
        now: SystemTime,
    ) -> Option<Response<Vec<u8>>> {
        if own.body().is_empty() {
            let id = instance_of(own)?;
            let other = self.platform().instances().find(|it| it.id != id)?;
            return Some(empty_response(other.id));
        }
        let get = self.request_to_another(request, call, own)?;
        Some(self.response(&get, &Route::of(get.uri(), self.catalogue()), now, false))
    }

    fn request_to_another(
        &self,
        request: &Request<&[u8]>,
        call: Option<Call>,
        own: &Response<Vec<u8>>,
    ) -> Option<Request<&'static [u8]>> {
        let asked = self.platform().instance(instance_of(own)?)?;
        let other = self.another_than(asked)?;
        let path = match call {
            Some(Call::CreateInstance | Call::UpdateInstance) => instance_path(request.uri(), other.id)?,
            _ => same_path(request.uri(), asked.id, other.id),
        };
        let mut get = Request::new(&b""[..]);
        *get.uri_mut() = path.parse::<Uri>().ok()?;
        *get.headers_mut() = with_token(request.headers(), &asked.token, &other.token);
        Some(get)
    }

    /// One of the same connector, and of another account at its provider, as far as there is one.
    fn another_than(&self, asked: &Instance) -> Option<&Instance> {
        let whose = self.provider_account(asked.id);
        let others =
            self.platform().instances().filter(|it| it.id != asked.id && it.account == asked.account);
        others.min_by_key(|it| {
            let same_connector = it.connector.id == asked.connector.id;
            let same_account = same_connector && self.provider_account(it.id) == whose;
            (!same_connector, same_account, it.id)
        })
    }
}

/// Below the base path of the same vocabulary.
fn instance_path(uri: &Uri, id: u64) -> Option<String> {
    let (base, _) = uri.path().split_once("/api-v2")?;
    Some(format!("{base}/api-v2/instances/{id}"))
}

fn same_path(uri: &Uri, own: u64, other: u64) -> String {
    let own = own.to_string();
    let other = other.to_string();
    let path = uri.path().split('/').map(|segment| if segment == own { other.as_str() } else { segment });
    let path = path.collect::<Vec<_>>().join("/");
    uri.query().map_or_else(|| path.clone(), |query| format!("{path}?{query}"))
}

fn with_token(headers: &HeaderMap, own: &str, other: &str) -> HeaderMap {
    let mut headers = headers.clone();
    let given = headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok());
    if let Some(Ok(value)) = given.map(|value| HeaderValue::try_from(value.replace(own, other))) {
        headers.insert(AUTHORIZATION, value);
    }
    headers
}
