//! The listener of the program `your-moms` that waits for the redirect: any requests, one after another. The program is no
//! library, so the files that respond are compiled in here once more.

#[path = "../../crates/cli/src/connect/desk.rs"]
mod desk;
#[expect(dead_code, reason = "nobody waits for the browser's last page here")]
#[path = "../../crates/cli/src/connect/follow.rs"]
mod follow;
#[path = "../../crates/cli/src/connect/pages.rs"]
mod pages;
#[path = "../../crates/cli/src/connect/redirect.rs"]
mod redirect;

use std::time::SystemTime;

use http::{Method, Request, StatusCode, header};
use http_body_util::BodyExt as _;
use tokio::runtime::{Builder, Runtime};
use tokio::sync::mpsc::{self, UnboundedReceiver};
use your_moms_core::{Entropy, Operation as _, PendingAuthorization, Registration};

use crate::message::Message;
use crate::platform::platform;
use desk::{Arrival, Desk};

const AUTHORITY: &str = "127.0.0.1:8080";
/// What seeds have in place of the state, which is made anew for each input.
const STATE: &str = "state-Sentinel-6";

thread_local! {
    static RUNTIME: Runtime = Builder::new_current_thread().enable_time().build().expect("a runtime");
}

/// One request alone is the redirect, the one that carries the state. No page repeats what a request says.
pub fn requests(data: &[u8]) {
    let (pending, state) = pending();
    let (arrived, mut arrivals) = mpsc::unbounded_channel();
    let callback_url = pending.callback_url().clone();
    let desk = Desk::new(&callback_url, pending, "instagram", arrived);
    let mut is_over = false;
    for one in Message::several(data) {
        let text = String::from_utf8_lossy(one).replace(STATE, &state);
        if let Some(request) = Message::read(text.as_bytes()).request() {
            respond(&desk, &request, &state, &mut arrivals, &mut is_over);
        }
    }
}

fn pending() -> (PendingAuthorization, String) {
    let bytes: Vec<u8> = (0u8..48).map(|at| at.wrapping_mul(37).wrapping_add(at >> 2)).collect();
    let entropy = Entropy::from_bytes(&bytes).expect("bytes like random ones");
    let callback = format!("http://{AUTHORITY}/callback");
    let registration =
        Registration::new("instagram", "key", "secret", callback.as_str()).expect("a registration");
    let platform = platform("https://api.example");
    let (asked, pending) = PendingAuthorization::start(&platform, &registration, entropy, SystemTime::now());
    let request = asked.request(&platform).expect("a request");
    let query = request.uri().query().unwrap_or_default();
    let state = form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "state");
    (pending, state.expect("it has a state").1.into_owned())
}

fn respond(
    desk: &Desk,
    request: &Request<&[u8]>,
    state: &str,
    arrivals: &mut UnboundedReceiver<Arrival>,
    is_over: &mut bool,
) {
    // Or else the page that follows waits for the instance.
    desk.follow.created();
    let response = RUNTIME.with(|runtime| runtime.block_on(desk.page(request)));
    let (head, body) = response.into_parts();
    let body =
        RUNTIME.with(|runtime| runtime.block_on(body.collect())).expect("a page is in memory").to_bytes();
    let page = str::from_utf8(&body).expect("a page that is not UTF-8");
    for name in [header::CACHE_CONTROL, header::CONTENT_SECURITY_POLICY, header::REFERRER_POLICY] {
        assert!(head.headers.contains_key(&name), "a page without {name}");
    }
    let query = request.uri().query().unwrap_or_default();
    for (_, value) in form_urlencoded::parse(query.as_bytes()).filter(|(_, value)| value.len() > 24) {
        assert!(!page.contains(value.as_ref()), "a page that repeats what was asked");
    }
    assert!(!page.contains("<script") && !page.contains(state), "a page with a script or the state");

    let all: Vec<Arrival> = std::iter::from_fn(|| arrivals.try_recv().ok()).collect();
    let redirects = all.iter().filter_map(|arrival| match arrival {
        Arrival::Redirect(redirect) => Some(redirect),
        Arrival::Stray => None,
    });
    let redirects: Vec<_> = redirects.collect();
    let expected = is_meant(request) && carries(query, state) && !*is_over;
    assert_eq!(redirects.len(), usize::from(expected), "taken for the redirect, or not");
    for redirect in &redirects {
        let code = redirect
            .outcome
            .as_ref()
            .ok()
            .and_then(|_| form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "code"));
        let is_hidden = |code: &str| redirect.secrets.iter().any(|secret| secret.expose() == code);
        assert!(code.is_none_or(|(_, code)| is_hidden(&code)), "a code that may be printed");
    }
    *is_over |= expected;
    if !is_meant(request) && request.uri().path() != pages::NEXT_PATH {
        assert!(head.status.is_client_error(), "a page for another request");
    }
    assert_ne!(head.status, StatusCode::INTERNAL_SERVER_ERROR);
}

/// `GET` of the callback URL's own path and host.
fn is_meant(request: &Request<&[u8]>) -> bool {
    let hosts: Vec<_> = request.headers().get_all(header::HOST).iter().map(|host| host.as_bytes()).collect();
    let is_here = |host: &[u8]| host.eq_ignore_ascii_case(AUTHORITY.as_bytes());
    request.method() == Method::GET
        && request.uri().path() == "/callback"
        && matches!(hosts.as_slice(), [host] if is_here(host))
        && request.uri().authority().is_none_or(|authority| is_here(authority.as_str().as_bytes()))
}

/// The state, once, in a query that can be read and has nothing twice that must come once.
fn carries(query: &str, state: &str) -> bool {
    let pairs: Vec<_> = form_urlencoded::parse(query.as_bytes()).collect();
    let is_text = query.len() <= 16 * 1024 && pairs.len() <= 64 && is_decodable(query);
    let once = ["code", "state", "error", "iss", "oauth_token", "oauth_verifier"];
    let is_clear = once.iter().all(|once| pairs.iter().filter(|(name, _)| name == once).count() <= 1);
    is_text && is_clear && pairs.iter().any(|(name, value)| name == "state" && value == state)
}

/// Whether every `%` begins an escape, and the whole is UTF-8: a form decoder guesses where it is not.
fn is_decodable(query: &str) -> bool {
    let escapes = query.split('%').skip(1).all(|rest| {
        rest.get(..2).is_some_and(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()))
    });
    escapes
        && query
            .split(['&', '='])
            .all(|part| percent_encoding::percent_decode_str(part).decode_utf8().is_ok())
}
