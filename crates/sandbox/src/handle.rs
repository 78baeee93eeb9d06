//! The state machine: a request and the time go in, a response comes out.

use std::time::SystemTime;

use http::header::CONTENT_LENGTH;
use http::{HeaderValue, Method, Request, Response, StatusCode};

use crate::cors;
use crate::fault::{Fault, Moment, Reply};
use crate::platform::{self, Incoming};
use crate::response::Refusal;
use crate::route::{Call, Route};
use crate::sandbox::Sandbox;

impl Sandbox {
    /// Responds to `request`. Its URI may be absolute or a path; the host does not count here.
    pub fn handle(&mut self, request: &Request<&[u8]>, now: SystemTime) -> Response<Vec<u8>> {
        let now = self.console.now(now);
        if let Some(mut response) = self.console(request, now) {
            drop_body_of_head(request, &mut response);
            return response;
        }
        let route = Route::of(request.uri(), self.catalogue());
        let mut response = self.response(request, &route, now, false);
        finish(request, &route, &mut response);
        self.note(request, route.call(request), Some(&response), None, now);
        response
    }

    /// As [`handle`](Self::handle), with the fault that waits for such a request.
    pub fn respond(&mut self, request: &Request<&[u8]>, now: SystemTime) -> Reply {
        let now = self.console.now(now);
        if let Some(mut response) = self.console(request, now) {
            drop_body_of_head(request, &mut response);
            return Reply::Whole(response);
        }
        let route = Route::of(request.uri(), self.catalogue());
        let call = route.call(request);
        let can_mix_up = self.can_mix_up(call);
        let fault = self.faults.waiting(call, |fault| fault != Fault::WrongAccount || can_mix_up);
        let Some((id, fault)) = fault else {
            let response = self.response(request, &route, now, false);
            return self.undisturbed(request, &route, response, now);
        };
        let response = match fault.moment() {
            Moment::Before => None,
            Moment::While => {
                if matches!(call, Some(Call::CreateInstance | Call::UpdateInstance)) {
                    self.response(request, &route, now, true);
                }
                None
            }
            Moment::After => {
                let (response, is_met) = self.response_under(fault, request, &route, now);
                if !is_met {
                    return self.undisturbed(request, &route, response, now);
                }
                Some(response)
            }
        };
        self.faults.use_up(id);
        let request_id = self.request_id();
        let mut reply = fault.applied_to(response, self.origin(), &request_id);
        if let Some(response) = reply.response_mut() {
            finish(request, &route, response);
        }
        self.note(request, call, reply.response(), Some(fault.name()), now);
        reply
    }

    fn undisturbed(
        &mut self,
        request: &Request<&[u8]>,
        route: &Route,
        mut response: Response<Vec<u8>>,
        now: SystemTime,
    ) -> Reply {
        finish(request, route, &mut response);
        self.note(request, route.call(request), Some(&response), None, now);
        Reply::Whole(response)
    }

    /// The response, and whether the fault has met it: if not, it waits for another request.
    fn response_under(
        &mut self,
        fault: Fault,
        request: &Request<&[u8]>,
        route: &Route,
        now: SystemTime,
    ) -> (Response<Vec<u8>>, bool) {
        let usual = self.platform().behaviour();
        self.set_behaviour(fault.habits(usual));
        let response = self.response(request, route, now, false);
        self.set_behaviour(usual);
        if fault != Fault::WrongAccount {
            return (response, true);
        }
        match self.mixed_up(request, route.call(request), &response, now) {
            Some(other) => (other, true),
            None => (response, false),
        }
    }

    pub(crate) fn response(
        &mut self,
        request: &Request<&[u8]>,
        route: &Route,
        now: SystemTime,
        interrupted: bool,
    ) -> Response<Vec<u8>> {
        let get =
            (request.method() == Method::HEAD && route.call(request).is_some()).then(|| as_get(request));
        let request = get.as_ref().unwrap_or(request);
        let (platform, mut around) = self.parts();
        let outcome = match (route, route.call(request)) {
            (Route::Unknown(Some(noun)), _) => {
                platform.unknown_path(&Incoming { noun: *noun, request, now, interrupted })
            }
            (Route::Unknown(None), _) => Err(platform::no_such_path()),
            (_, None) => Err(Refusal::method_not_allowed(&route.methods())),
            (_, Some(Call::Options)) => return cors::preflight(request.headers(), &route.methods()),
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

fn as_get<'a>(request: &Request<&'a [u8]>) -> Request<&'a [u8]> {
    let mut get = Request::new(*request.body());
    *get.uri_mut() = request.uri().clone();
    *get.headers_mut() = request.headers().clone();
    get
}

/// What the method and the origin of the request do to a response.
fn finish(request: &Request<&[u8]>, route: &Route, response: &mut Response<Vec<u8>>) {
    drop_body_of_head(request, response);
    if route.is_api() {
        cors::share(request.headers(), response);
    }
}

/// A response to `HEAD` has the headers alone (RFC 9110 §9.3.2).
fn drop_body_of_head(request: &Request<&[u8]>, response: &mut Response<Vec<u8>>) {
    if request.method() == Method::HEAD {
        let length = std::mem::take(response.body_mut()).len();
        response.headers_mut().insert(CONTENT_LENGTH, HeaderValue::from(length));
    }
}
