//! What is a failure, what is a warning, and what each says.

mod clients;

use std::collections::BTreeSet;

use http::Method;
use your_moms_core::{Delivery, Transport, TransportError, TransportErrorKind, transport_fn};
use your_moms_transport_testkit::{Kit, Outcome, Report};

/// Of a good transport that tells its errors in another way.
fn report(names: &[&str], tell: fn(&TransportError) -> TransportError) -> Report {
    let kit = Kit::blocking(move |settings| {
        let good = clients::blocking(settings);
        transport_fn(move |request| good.send(request).map_err(|error| tell(&error)))
    });
    kit.run_named(names)
}

#[test]
fn a_kind_is_advice() {
    let report =
        report(&["body-cut"], |error| TransportError::new(error.delivery(), TransportErrorKind::Other));
    report.assert();
    assert_eq!(
        report.to_string(),
        "body-cut (GET, POST): is response 200, other; could be ResponseStarted(200) with lost\n\
         2 of 2 less exact than they could be\n"
    );
    let warnings: Vec<_> = report.warnings().iter().map(|warning| (warning.check, &warning.method)).collect();
    assert_eq!(warnings, [("body-cut", &Method::GET), ("body-cut", &Method::POST)]);
}

#[test]
fn an_unknown_delivery_is_allowed() {
    let report = report(&["connection-refused", "closed-after-request"], |error| {
        TransportError::new(Delivery::Unknown, error.kind())
    });
    report.assert();
    assert_eq!(
        report.to_string(),
        "connection-refused (GET, POST): is unknown, connect; could be NotSent with connect\n\
         2 of 4 less exact than they could be\n"
    );
    let exact: BTreeSet<_> = report.cells().iter().filter(|cell| cell.exact).map(|cell| cell.fault).collect();
    assert_eq!(exact, BTreeSet::from(["closed-after-request"]));
}

/// The client does not try such requests again.
#[test]
fn a_kind_that_the_client_acts_on_is_judged() {
    let report = report(&["body-cut", "userinfo"], |error| {
        let kind = match error.kind() {
            TransportErrorKind::InvalidRequest => TransportErrorKind::Other,
            _ => TransportErrorKind::NoTls,
        };
        TransportError::new(error.delivery(), kind)
    });
    let seen: BTreeSet<_> = report.failures().iter().map(|failure| failure.seen.as_str()).collect();
    assert_eq!(
        seen,
        BTreeSet::from([
            "GET with fault body-cut: kind is no-tls, after which the client does not try again, though it could help; \
             right is lost",
            "POST with fault body-cut: kind is no-tls, after which the client does not try again, though it could help; \
             right is lost",
            "GET with fault userinfo: kind is other, after which the client tries again, though it never helps; right is \
             invalid-request",
            "POST with fault userinfo: kind is other, after which the client tries again, though it never helps; right is \
             invalid-request",
        ])
    );
    assert_eq!(report.warnings(), []);
}

#[test]
fn a_delivery_that_contradicts_what_happened_is_a_failure() {
    let not_sent = report(&["body-cut"], |error| TransportError::new(Delivery::NotSent, error.kind()));
    assert_eq!(not_sent.failed(), BTreeSet::from(["body-cut"]));
    let text = not_sent.to_string();
    for part in [
        "  seen: GET with fault body-cut: delivery is NotSent, but the server read ",
        " bytes of the request: the client would send it a second time; right is ResponseStarted(200) or Unknown\n",
        "  why:  half an instance is read as a whole one, or its token is lost, after the platform has made it\n",
        "\n0 of 2 less exact than they could be\n",
    ] {
        assert!(text.contains(part), "{part:?} is not in\n{text}");
    }

    let status = http::StatusCode::OK;
    let started = Delivery::ResponseStarted { status };
    assert_eq!(
        report(&["connection-refused"], |error| {
            let started = Delivery::ResponseStarted { status: http::StatusCode::OK };
            TransportError::new(started, error.kind())
        })
        .cells()
        .iter()
        .map(|cell| (cell.outcome, cell.violation))
        .collect::<Vec<_>>(),
        [(Outcome::Failed(started, TransportErrorKind::Connect), true); 2]
    );
}

#[test]
fn each_fault_says_what_is_at_stake() {
    let names = Kit::blocking(clients::blocking).names();
    let faults: Vec<_> = names.into_iter().filter(|name| name.starts_with("tls-")).collect();
    let kit = Kit::blocking(move |settings| {
        let good = clients::blocking(settings);
        transport_fn(move |request| good.send(request).or_else(|_| Ok(http::Response::new(Vec::new()))))
    });
    let report = kit.run_named(&faults);
    let reasons: BTreeSet<_> = report.failures().iter().map(|failure| failure.reason).collect();
    assert!(reasons.len() > faults.len() / 2, "{report}");
    let seen = "it came back as a whole response: status 200, 0 bytes; it must fail";
    assert!(report.failures().iter().all(|failure| failure.seen.ends_with(seen)), "{report}");
}
