//! What goes wrong with a creation, and how far the platform gets.

use std::time::Duration;

use http::StatusCode;
use your_moms_sandbox::{Fault, Moment, Substitute};

/// Longer than any run takes: only a time limit ends it.
const LATE: Duration = Duration::from_secs(3600);
const SOON: Duration = Duration::from_secs(2);
/// More than the client's policy is ready to wait.
const LONG: Duration = Duration::from_secs(60);

const ALL: [Moment; 3] = [Moment::Before, Moment::While, Moment::After];

/// One mishap of a creation.
#[derive(Clone, Debug)]
pub(crate) struct Mishap {
    /// Without the moment: `gateway-429`.
    pub(crate) name: String,
    pub(crate) moment: Moment,
    pub(crate) kind: Kind,
    /// Whether the client can know that nothing was made.
    pub(crate) certainly_not: bool,
}

#[derive(Clone, Debug)]
pub(crate) enum Kind {
    /// Nothing goes wrong on the way.
    None,
    /// No connection can be opened.
    Refused,
    /// The sandbox does this to every creation, this many times.
    Fault { fault: Fault, times: usize, slow: bool },
}

impl Mishap {
    fn of(fault: Fault) -> Self {
        let full = fault.name();
        let moment = ALL.into_iter().find(|moment| full.ends_with(&format!("-{}", moment.name())));
        let name = moment.and_then(|moment| full.strip_suffix(&format!("-{}", moment.name())));
        let slow = matches!(fault, Fault::Delay(_)) || full.contains("-late-");
        Self {
            name: name.unwrap_or(&full).to_owned(),
            // A fault that names no moment comes after the work.
            moment: moment.unwrap_or(Moment::After),
            kind: Kind::Fault { fault, times: 1, slow },
            certainly_not: false,
        }
    }

    fn instead(substitute: Substitute, moment: Moment) -> Self {
        Self::of(Fault::Instead { moment, substitute })
    }

    fn named(self, suffix: &str) -> Self {
        Self { name: format!("{}{suffix}", self.name), ..self }
    }

    fn times(mut self, count: usize) -> Self {
        if let Kind::Fault { times, .. } = &mut self.kind {
            *times = count;
        }
        self.named(&format!(" ×{count}"))
    }

    fn certainly_not(self) -> Self {
        Self { certainly_not: true, ..self }
    }

    fn without_fault(name: &str, kind: Kind) -> Self {
        Self { name: name.to_owned(), moment: Moment::Before, kind, certainly_not: false }
    }

    /// Whether the response comes only when nobody waits for it any more.
    pub(crate) fn is_slow(&self) -> bool {
        matches!(self.kind, Kind::Fault { slow: true, .. })
    }
}

/// Every mishap at every moment that makes sense for it.
pub(crate) fn all() -> Vec<Mishap> {
    let mut mishaps = vec![
        Mishap::without_fault("none", Kind::None),
        Mishap::without_fault("connection-refused", Kind::Refused).certainly_not(),
    ];
    mishaps.extend(own());
    mishaps.extend(gateways());
    mishaps.extend(broken());
    mishaps
}

/// The platform's own refusals. A 4xx says that nothing was made, so there is none after the work.
fn own() -> Vec<Mishap> {
    let (too_many, unavailable) = (StatusCode::TOO_MANY_REQUESTS, StatusCode::SERVICE_UNAVAILABLE);
    let bad = Substitute::own(StatusCode::BAD_REQUEST);
    let busy = Mishap::instead(Substitute::own(too_many), Moment::Before).certainly_not();
    let busy_for = |time| {
        Mishap::instead(Substitute::own(too_many).with_retry_after(time), Moment::Before).certainly_not()
    };
    let mut mishaps = vec![
        Mishap::instead(bad, Moment::Before).certainly_not(),
        Mishap::instead(bad, Moment::While).certainly_not(),
        busy.clone(),
        busy.times(3),
        busy_for(SOON).named(" Retry-After: 2"),
        busy_for(LONG).named(" Retry-After: 60"),
        Mishap::of(Fault::Status { status: unavailable, retry_after: None }).named(" (status)"),
        Mishap::of(Fault::Status { status: too_many, retry_after: None }).named(" (status)").certainly_not(),
    ];
    for moment in ALL {
        mishaps.push(Mishap::instead(Substitute::own(StatusCode::INTERNAL_SERVER_ERROR), moment));
        let unavailable = Substitute::own(unavailable);
        mishaps.push(Mishap::instead(unavailable, moment));
        mishaps.push(Mishap::instead(unavailable.with_retry_after(SOON), moment).named(" Retry-After: 2"));
    }
    mishaps
}

/// A gateway's responses say nothing about what the platform did.
fn gateways() -> Vec<Mishap> {
    let mut substitutes = Vec::new();
    for status in [200, 400, 401, 403, 404, 408, 409, 429, 500, 502, 503, 504] {
        substitutes.extend(StatusCode::from_u16(status).map(Substitute::gateway));
    }
    for status in [200, 403, 404, 429, 502, 503, 504] {
        substitutes.extend(StatusCode::from_u16(status).map(Substitute::gateway_html));
    }
    for status in [200, 301, 302, 303, 307, 308, 401, 429, 502, 504] {
        substitutes.extend(StatusCode::from_u16(status).map(Substitute::gateway_empty));
    }
    for status in [200, 429, 502] {
        substitutes.extend(StatusCode::from_u16(status).map(Substitute::gateway_unreadable));
    }
    let busy = [StatusCode::TOO_MANY_REQUESTS, StatusCode::SERVICE_UNAVAILABLE].map(Substitute::gateway);
    let mut mishaps = Vec::new();
    for moment in ALL {
        mishaps.extend(substitutes.iter().map(|substitute| Mishap::instead(*substitute, moment)));
        mishaps.extend(busy.map(|substitute| {
            Mishap::instead(substitute.with_retry_after(SOON), moment).named(" Retry-After: 2")
        }));
    }
    mishaps
}

/// No complete response, or none that can be read.
fn broken() -> Vec<Mishap> {
    let page = Substitute::gateway_html(StatusCode::OK);
    let failure = Substitute::gateway(StatusCode::BAD_GATEWAY);
    let mut mishaps: Vec<_> =
        [Fault::Delay(LATE), Fault::TruncatedBody, Fault::BrokenBody, Fault::UnreadableBody]
            .map(Mishap::of)
            .into();
    for moment in ALL {
        mishaps.push(Mishap::of(Fault::Reset(moment)));
        mishaps.extend([page.cut(), failure.cut(), failure.late(LATE)].map(|it| Mishap::instead(it, moment)));
    }
    mishaps
}
