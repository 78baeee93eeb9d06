//! The state machine: a request and the time go in, a response comes out.

use std::time::SystemTime;

use http::{Request, Response};

use crate::fault::{Moment, Reply};
use crate::journal::Record;
use crate::platform::{self, Incoming};
use crate::response::Refusal;
use crate::route::{Call, Route};
use crate::sandbox::Sandbox;

impl Sandbox {
    /// Responds to `request`. Its URI may be absolute or a path; the host does not count here.
    pub fn handle(&mut self, request: &Request<&[u8]>, now: SystemTime) -> Response<Vec<u8>> {
        let route = Route::of(request.uri(), self.catalogue());
        let response = self.response(request, &route, now, false);
        let record = Record::of(request, route.call(request), Some(response.status()), self.catalogue());
        self.note(record);
        response
    }

    /// As [`handle`](Self::handle), with the fault that waits for such a request.
    pub fn respond(&mut self, request: &Request<&[u8]>, now: SystemTime) -> Reply {
        let route = Route::of(request.uri(), self.catalogue());
        let call = route.call(request);
        let Some(fault) = self.take_fault(call) else {
            let response = self.response(request, &route, now, false);
            let record = Record::of(request, call, Some(response.status()), self.catalogue());
            self.note(record);
            return Reply::Whole(response);
        };
        let response = match fault.moment() {
            Moment::Before => None,
            Moment::While => {
                if matches!(call, Some(Call::CreateInstance | Call::UpdateInstance)) {
                    self.response(request, &route, now, true);
                }
                None
            }
            Moment::After => Some(self.response(request, &route, now, false)),
        };
        let request_id = self.request_id();
        let reply = fault.applied_to(response, self.origin(), &request_id);
        let record = Record::of(request, call, reply.status(), self.catalogue());
        self.note(Record { fault: Some(fault.name()), ..record });
        reply
    }

    fn response(
        &mut self,
        request: &Request<&[u8]>,
        route: &Route,
        now: SystemTime,
        interrupted: bool,
    ) -> Response<Vec<u8>> {
        let (platform, mut around) = self.parts();
        let outcome = match (route, route.call(request)) {
            (Route::Unknown(Some(noun)), _) => {
                platform.unknown_path(&Incoming { noun: *noun, request, now, interrupted })
            }
            (Route::Unknown(None), _) => Err(platform::no_such_path()),
            (_, None) => Err(method_not_allowed(route)),
            (Route::Provider(key), Some(Call::Consent)) => {
                return around.provider.press(platform.catalogue().by_key(key), request, now, around.random);
            }
            (Route::Provider(key), Some(_)) => {
                let query = request.uri().query().unwrap_or_default();
                return around.provider.show(platform.catalogue().by_key(key), query, now, around.random);
            }
            (Route::Platform(noun, target), Some(call)) => {
                let incoming = Incoming { noun: *noun, request, now, interrupted };
                platform.handle(&incoming, target, call, &mut around)
            }
        };
        outcome.unwrap_or_else(|refusal| refusal.into_response(&around.random.hex()))
    }
}

fn method_not_allowed(route: &Route) -> Refusal {
    let allowed: Vec<_> = route.calls().iter().map(|(method, _)| *method).collect();
    Refusal::method_not_allowed(&allowed)
}
