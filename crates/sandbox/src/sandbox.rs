//! The state machine: a request and the time go in, a response comes out.

use std::collections::BTreeMap;
use std::fmt;
use std::time::SystemTime;

use http::{Request, Response};

use crate::answer::Refusal;
use crate::credentials::{Client, Credentials};
use crate::fault::{self, Fault, Moment, Reply};
use crate::instance::{Instance, InstanceSummary};
use crate::journal::Record;
use crate::noun::Noun;
use crate::platform::Ask;
use crate::provider::Provider;
use crate::random::Random;
use crate::route::{Call, Route};

/// The platform and the providers behind it, as one value without clock, socket or randomness of the system.
///
/// The same seed and the same requests give the same responses, byte for byte.
///
/// ```
/// use std::time::SystemTime;
/// use http::{Request, StatusCode};
/// use your_moms_sandbox::{Noun, Sandbox};
///
/// let mut sandbox = Sandbox::new(1);
/// let url = format!("{}/your_moms/instagram/oauth/url", sandbox.base_url(Noun::YourMom));
/// let response = sandbox.handle(&Request::get(url).body(&b""[..])?, SystemTime::UNIX_EPOCH);
/// assert_eq!(response.status(), StatusCode::BAD_REQUEST); // the parameters are missing
/// # Ok::<(), http::Error>(())
/// ```
pub struct Sandbox {
    pub(crate) origin: String,
    pub(crate) random: Random,
    pub(crate) credentials: Credentials,
    pub(crate) provider: Provider,
    pub(crate) instances: BTreeMap<u64, Instance>,
    pub(crate) next_instance_id: u64,
    faults: Vec<(Call, Fault)>,
    journal: Vec<Record>,
}

impl Sandbox {
    /// A sandbox at the origin `http://127.0.0.1`, with all its ids, secrets and tokens drawn from `seed`.
    pub fn new(seed: u64) -> Self {
        let mut random = Random::new(seed);
        let user_secret = random.secret("user-secret");
        let organization_secret = random.secret("organization-secret");
        Self {
            origin: "http://127.0.0.1".to_owned(),
            provider: Provider::new(&mut random),
            random,
            credentials: Credentials { user_secret, organization_secret },
            instances: BTreeMap::new(),
            next_instance_id: 123,
            faults: Vec::new(),
            journal: Vec::new(),
        }
    }

    /// Puts the sandbox at another origin: scheme, host and port, such as `http://127.0.0.1:8080`.
    pub fn with_origin(self, origin: &str) -> Self {
        Self { origin: origin.trim_end_matches('/').to_owned(), ..self }
    }

    /// Scheme, host and port.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// The base URL of one vocabulary, such as `http://127.0.0.1/your_moms/api-v2`. Both work at once, on the same
    /// instances.
    pub fn base_url(&self, noun: Noun) -> String {
        format!("{}{}", self.origin, noun.base_path())
    }

    /// The secrets that the platform gave to the application.
    pub fn credentials(&self) -> &Credentials {
        &self.credentials
    }

    /// The application's registration at the provider behind the connector `key`; `None` for a connector that is
    /// unknown or has no provider.
    pub fn client(&self, key: &str) -> Option<&Client> {
        self.provider.client(key)
    }

    /// Registers one more redirect URI with every provider. It must be used as it stands here; only at a loopback IP
    /// may the port differ (RFC 8252 §7.3). `http://127.0.0.1/callback` is registered from the start.
    pub fn register_redirect_uri(&mut self, uri: &str) {
        self.provider.register_redirect_uri(uri);
    }

    /// The instances there are, by ascending id.
    pub fn instances(&self) -> Vec<InstanceSummary> {
        self.instances.values().map(Instance::summary).collect()
    }

    /// Every request so far, in order.
    pub fn journal(&self) -> &[Record] {
        &self.journal
    }

    /// Lets the next request of `call` fail, once. Several faults for one call are used up in the order given.
    ///
    /// Faults belong to the way between client and platform: [`respond`](Self::respond), the transport and the server
    /// know them, [`handle`](Self::handle) does not.
    pub fn fail_next(&mut self, call: Call, fault: Fault) {
        self.faults.push((call, fault));
    }

    /// Answers `request`. Its URI may be absolute or a path; the host does not count here.
    pub fn handle(&mut self, request: &Request<&[u8]>, now: SystemTime) -> Response<Vec<u8>> {
        let route = Route::of(request.uri());
        let response = self.answer(request, &route, now, false);
        self.journal.push(Record::of(request, route.call(request.method()), Some(response.status())));
        response
    }

    /// As [`handle`](Self::handle), with the fault that waits for such a request.
    pub fn respond(&mut self, request: &Request<&[u8]>, now: SystemTime) -> Reply {
        let route = Route::of(request.uri());
        let call = route.call(request.method());
        let reply = match self.take_fault(call) {
            None => Reply::Whole(self.answer(request, &route, now, false)),
            Some(Fault::Status { status, retry_after }) => {
                Reply::Whole(fault::refused(status, retry_after, &self.random.hex()))
            }
            Some(Fault::Delay(after)) => {
                Reply::Late { after, response: self.answer(request, &route, now, false) }
            }
            Some(Fault::Reset(Moment::Before)) => Reply::Reset,
            Some(Fault::Reset(moment)) => {
                if call == Some(Call::CreateInstance) || moment == Moment::After {
                    self.answer(request, &route, now, moment == Moment::While);
                }
                Reply::Reset
            }
            Some(Fault::TruncatedBody) => Reply::Cut(self.answer(request, &route, now, false)),
            Some(Fault::BrokenBody) => Reply::Whole(fault::broken(self.answer(request, &route, now, false))),
        };
        self.journal.push(Record::of(request, call, reply.status()));
        reply
    }

    fn take_fault(&mut self, call: Option<Call>) -> Option<Fault> {
        let position = self.faults.iter().position(|(awaited, _)| Some(*awaited) == call)?;
        Some(self.faults.remove(position).1)
    }

    fn answer(
        &mut self,
        request: &Request<&[u8]>,
        route: &Route,
        now: SystemTime,
        interrupted: bool,
    ) -> Response<Vec<u8>> {
        let answer = match (route, route.call(request.method())) {
            (Route::Unknown, _) => Err(Refusal::not_found(
                "No such path. The API is below /your_moms/api-v2 and /elements/api-v2.",
            )),
            (_, None) => Err(method_not_allowed(route)),
            (Route::Provider(key), Some(Call::Consent)) => {
                return self.provider.press(key, request, now, &mut self.random);
            }
            (Route::Provider(key), Some(_)) => {
                let query = request.uri().query().unwrap_or_default();
                return self.provider.show(key, query, now, &mut self.random);
            }
            (Route::Platform(noun, target), Some(call)) => {
                self.platform(&Ask { noun: *noun, request, now, interrupted }, target, call)
            }
        };
        answer.unwrap_or_else(|refusal| refusal.into_response(&self.random.hex()))
    }
}

fn method_not_allowed(route: &Route) -> Refusal {
    let allowed: Vec<_> = route.calls().iter().map(|(method, _)| *method).collect();
    Refusal::method_not_allowed(&allowed)
}

impl fmt::Debug for Sandbox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sandbox")
            .field("origin", &self.origin)
            .field("instances", &self.instances.keys())
            .field("faults", &self.faults)
            .field("requests", &self.journal.len())
            .finish_non_exhaustive()
    }
}
