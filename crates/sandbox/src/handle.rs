//! The state machine: a request and the time go in, a response comes out.

use std::time::SystemTime;

use http::{Request, Response, StatusCode};

use crate::fault::{Fault, Moment, Reply};
use crate::platform::{self, Incoming};
use crate::response::Refusal;
use crate::route::{Call, Route};
use crate::sandbox::Sandbox;

impl Sandbox {
    /// Responds to `request`. Its URI may be absolute or a path; the host does not count here.
    pub fn handle(&mut self, request: &Request<&[u8]>, now: SystemTime) -> Response<Vec<u8>> {
        let now = self.console.now(now);
        if let Some(response) = self.console(request, now) {
            return response;
        }
        let route = Route::of(request.uri(), self.catalogue());
        let response = self.response(request, &route, now, false);
        self.note(request, route.call(request), Some(&response), None, now);
        response
    }

    /// As [`handle`](Self::handle), with the fault that waits for such a request.
    pub fn respond(&mut self, request: &Request<&[u8]>, now: SystemTime) -> Reply {
        let now = self.console.now(now);
        if let Some(response) = self.console(request, now) {
            return Reply::Whole(response);
        }
        let route = Route::of(request.uri(), self.catalogue());
        let call = route.call(request);
        let can_mix_up = self.can_mix_up(call);
        let Some(fault) = self.faults.take(call, |fault| fault != Fault::WrongAccount || can_mix_up) else {
            let response = self.response(request, &route, now, false);
            self.note(request, call, Some(&response), None, now);
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
            Moment::After => Some(self.response_under(fault, request, &route, now)),
        };
        let request_id = self.request_id();
        let reply = fault.applied_to(response, self.origin(), &request_id);
        self.note(request, call, reply.response(), Some(fault.name()), now);
        reply
    }

    fn response_under(
        &mut self,
        fault: Fault,
        request: &Request<&[u8]>,
        route: &Route,
        now: SystemTime,
    ) -> Response<Vec<u8>> {
        let usual = self.platform().behaviour();
        self.set_behaviour(fault.habits(usual));
        let response = self.response(request, route, now, false);
        self.set_behaviour(usual);
        match fault {
            Fault::WrongAccount => self.mixed_up(request, route.call(request), response, now),
            _ => response,
        }
    }

    pub(crate) fn response(
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
                let page = around.provider.show(platform.catalogue().by_key(key), query, now, around.random);
                let decided = if page.status() == StatusCode::OK { self.decide_page(key, now) } else { None };
                return decided.unwrap_or(page);
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
