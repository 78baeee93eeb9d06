//! The inspector: pages that show a person what the sandbox knows and did, and let them interfere. No page needs
//! JavaScript.

use std::time::SystemTime;

use http::header::LOCATION;
use http::{HeaderValue, Method, Request, Response, StatusCode};

use crate::console::{Decision, guard};
use crate::fault::Armed;
use crate::params::Params;
use crate::response::is_content_type;
use crate::sandbox::Sandbox;
use frame::Frame;

mod controls;
mod frame;
mod instances;
mod journal;
mod record;
mod start;

const CONTROLS: &str = "/inspector/controls";
const OUTDATED: &str =
    "This page is out of date, or its button was pressed before. Reload it and press again.";

/// What cannot be shown or done, and why.
struct Problem(StatusCode, String);

type Outcome = Result<Response<Vec<u8>>, Problem>;

impl Sandbox {
    /// `path` is what follows `/inspector`; nothing is the start page, which is at `/`.
    pub(crate) fn inspector(
        &mut self,
        request: &Request<&[u8]>,
        path: &[&str],
        now: SystemTime,
    ) -> Response<Vec<u8>> {
        let outcome = guard::check(request, self.origin())
            .map_err(|message| Problem(StatusCode::FORBIDDEN, message.to_owned()))
            .and_then(|()| match *request.method() {
                Method::GET | Method::HEAD => self.inspected(request, path, now),
                Method::POST => self.pressed(request, path),
                _ => Err(Problem(
                    StatusCode::METHOD_NOT_ALLOWED,
                    "Only GET and POST are possible here.".to_owned(),
                )),
            });
        outcome.unwrap_or_else(|Problem(status, text)| {
            Frame { nonce: &self.console.forms.nonce(), status, refresh: false }.problem(&text)
        })
    }

    fn inspected(&mut self, request: &Request<&[u8]>, path: &[&str], now: SystemTime) -> Outcome {
        let nonce = self.console.forms.nonce();
        let frame = Frame { nonce: &nonce, status: StatusCode::OK, refresh: false };
        match path {
            [] => Ok(frame.page("Start", &start::page(self))),
            ["journal"] => {
                let query = Params::from_form(request.uri().query().unwrap_or_default().as_bytes());
                let view =
                    journal::View::of(&query).map_err(|text| Problem(StatusCode::BAD_REQUEST, text))?;
                Ok(Frame { refresh: !view.paused, ..frame }.page("Journal", &journal::page(self, &view)))
            }
            ["journal", number] => {
                let record =
                    number.parse().ok().and_then(|number| self.journal.get(number)).ok_or_else(|| {
                        Problem(
                            StatusCode::NOT_FOUND,
                            "The journal has no such request (any more).".to_owned(),
                        )
                    })?;
                Ok(frame.page("Journal", &record::page(record, self.journal.last_number())))
            }
            ["instances"] => Ok(frame.page("Instances", &instances::page(self))),
            ["controls"] => {
                let form = self.console.forms.issue();
                Ok(frame.page("Controls", &controls::page(self, &form, now)))
            }
            _ => Err(Problem(StatusCode::NOT_FOUND, "The inspector has no such page.".to_owned())),
        }
    }

    /// A button: every form has the page's one-time id in `form`.
    fn pressed(&mut self, request: &Request<&[u8]>, path: &[&str]) -> Outcome {
        let bad = |text: String| Problem(StatusCode::BAD_REQUEST, text);
        if !is_content_type(request.headers(), "application/x-www-form-urlencoded") {
            return Err(Problem(StatusCode::UNSUPPORTED_MEDIA_TYPE, "A button sends a form.".to_owned()));
        }
        let form = Params::from_form(request.body());
        if !form.single("form").is_some_and(|id| self.console.forms.take(id)) {
            return Err(Problem(StatusCode::FORBIDDEN, OUTDATED.to_owned()));
        }
        match path {
            ["arm"] => {
                let armed = order(&form).map_err(bad)?;
                self.arm(armed.call, armed.fault, armed.times);
            }
            ["disarm"] => {
                form.single("id").and_then(|id| id.parse().ok()).map(|id| self.disarm(id));
            }
            ["next"] => self.decide_next(form.single("decision").and_then(Decision::of)),
            ["reset"] => self.reset(),
            _ => return Err(Problem(StatusCode::NOT_FOUND, "The inspector has no such button.".to_owned())),
        }
        let mut response = Response::new(Vec::new());
        *response.status_mut() = StatusCode::SEE_OTHER;
        response.headers_mut().insert(LOCATION, HeaderValue::from_static(CONTROLS));
        Ok(response)
    }
}

/// A button with the whole order, or the fields of the form.
fn order(form: &Params) -> Result<Armed, String> {
    let field = |name| form.single(name).unwrap_or_default().trim();
    let text = match form.single("order") {
        Some(order) => order.to_owned(),
        None => format!("{}={}:{}", field("call"), field("fault"), field("times")),
    };
    text.parse().map_err(|error: crate::fault::FaultError| error.to_string())
}
