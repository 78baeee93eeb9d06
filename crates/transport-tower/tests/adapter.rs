//! What this adapter does of itself, over services that are functions.
#![expect(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]

mod services;

use std::collections::VecDeque;
use std::convert::Infallible;
use std::error::Error;
use std::future::{pending, ready};
use std::io;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use http::header::CONTENT_LENGTH;
use http::{Method, Request, Response, StatusCode};
use http_body_util::{BodyExt as _, Full};
use hyper::body::Bytes;
use tokio::runtime::Runtime;
use tower::load_shed::error::Overloaded;
use tower::{ServiceBuilder, service_fn};
use your_moms_core::{
    AsyncTransport as _, CallContext, Delivery, Elapsed, Limits, Reply, TransportError, TransportErrorKind,
};
use your_moms_tower::{HttpService, TowerTransport};

use services::{Asked, End, Moment, Outgoing, Pieces, Unready, created, foreign};

const STARTED: Delivery = Delivery::ResponseStarted { status: StatusCode::CREATED };

/// A timer that never fires.
fn never<S: HttpService<Full<Bytes>>>(service: S, limits: Limits) -> TowerTransport {
    TowerTransport::new(service, limits, |_| pending())
}

fn post() -> Request<Vec<u8>> {
    Request::post("https://h/p?apiSecret=sentinel").body(Vec::new()).unwrap()
}

fn send(transport: &TowerTransport, request: Request<Vec<u8>>) -> Reply {
    Runtime::new().unwrap().block_on(transport.send(request))
}

/// The parts of an error that decide.
fn parts(error: &TransportError) -> (Delivery, TransportErrorKind, &[u8]) {
    (error.delivery(), error.kind(), error.partial_body())
}

/// Calls a failed connection not sent, and believes it of bodies as well.
fn classify(error: &(dyn Error + 'static)) -> Option<(Delivery, TransportErrorKind)> {
    match error.downcast_ref::<io::Error>()?.kind() {
        io::ErrorKind::ConnectionRefused => Some((Delivery::NotSent, TransportErrorKind::Connect)),
        io::ErrorKind::TimedOut => Some((Delivery::Unknown, TransportErrorKind::Timeout)),
        _ => None,
    }
}

#[test]
fn readiness_is_awaited_on_the_clone_that_is_called() {
    let transport = never(Asked::default(), Limits::default());
    for _ in 0..2 {
        assert_eq!(send(&transport, post()).unwrap().into_body(), b"pong");
    }
}

#[test]
fn a_service_that_is_not_ready_was_sent_nothing() {
    for (broken, kind) in [
        (Some(io::ErrorKind::Other), TransportErrorKind::Other),
        (Some(io::ErrorKind::TimedOut), TransportErrorKind::Timeout),
        (Some(io::ErrorKind::ConnectionRefused), TransportErrorKind::Connect),
    ] {
        let transport = never(Unready(broken), Limits::default()).classify(classify);
        let error = send(&transport, post()).unwrap_err();
        assert_eq!(parts(&error), (Delivery::NotSent, kind, &[][..]));
    }
    let late = TowerTransport::new(Unready(None), Limits::default(), |_| ready(()));
    let error = send(&late, post()).unwrap_err();
    assert_eq!(parts(&error), (Delivery::NotSent, TransportErrorKind::Timeout, &[][..]));
}

#[test]
fn a_buffer_makes_a_service_usable_that_is_neither_clone_nor_sync() {
    let mut bodies: Box<dyn Iterator<Item = &str> + Send> = Box::new(["1", "2"].into_iter());
    let service = service_fn(move |_: Outgoing| {
        ready(Ok::<_, Infallible>(Response::new(bodies.next().unwrap().to_owned())))
    });
    let runtime = Runtime::new().unwrap();
    let _entered = runtime.enter();
    let transport = never(ServiceBuilder::new().buffer(1).service(service), Limits::default());
    for body in ["1", "2"] {
        assert_eq!(runtime.block_on(transport.send(post())).unwrap().into_body(), body.as_bytes());
    }
}

#[test]
fn a_load_that_is_shed_was_not_sent() {
    let full = ServiceBuilder::new().load_shed().service(Unready(None));
    let transport = never(full, Limits::default());
    // The layer says it is ready, so only who knows the layer can tell.
    let error = send(&transport, post()).unwrap_err();
    assert_eq!(parts(&error), (Delivery::Unknown, TransportErrorKind::Other, &[][..]));
    let transport = transport
        .classify(|error| error.is::<Overloaded>().then_some((Delivery::NotSent, TransportErrorKind::Other)));
    let error = send(&transport, post()).unwrap_err();
    assert_eq!(parts(&error), (Delivery::NotSent, TransportErrorKind::Other, &[][..]));
}

#[test]
fn an_error_before_the_head_is_what_the_caller_says() {
    for (kind, delivery, ours) in [
        (io::ErrorKind::Other, Delivery::Unknown, TransportErrorKind::Other),
        (io::ErrorKind::TimedOut, Delivery::Unknown, TransportErrorKind::Timeout),
        (io::ErrorKind::ConnectionRefused, Delivery::NotSent, TransportErrorKind::Connect),
    ] {
        let service = service_fn(move |_: Outgoing| ready(Err::<Response<String>, _>(foreign(kind))));
        let error = send(&never(service, Limits::default()).classify(classify), post()).unwrap_err();
        assert_eq!(parts(&error), (delivery, ours, &[][..]));
        let error = send(&never(service, Limits::default()), post()).unwrap_err();
        assert_eq!(parts(&error), (Delivery::Unknown, TransportErrorKind::Other, &[][..]));
    }
}

#[test]
fn an_error_in_the_body_keeps_what_arrived_and_takes_the_kind_alone() {
    for (kind, ours) in [
        (io::ErrorKind::Other, TransportErrorKind::Lost),
        (io::ErrorKind::ConnectionRefused, TransportErrorKind::Connect),
    ] {
        let service = created(move || Pieces(["{\"to", "k"].into(), End::Error(kind)));
        let error = send(&never(service, Limits::default()).classify(classify), post()).unwrap_err();
        assert_eq!(parts(&error), (STARTED, ours, &b"{\"tok"[..]));
    }
}

#[test]
fn the_time_limit_covers_the_head_and_the_body() {
    let moment = Moment::default();
    let reached = moment.clone();
    let silent = service_fn(move |_: Outgoing| {
        reached.comes();
        pending::<Result<Response<String>, Infallible>>()
    });
    let transport = TowerTransport::new(silent, Limits::default(), moment.timer());
    let error = send(&transport, post()).unwrap_err();
    assert_eq!(parts(&error), (Delivery::Unknown, TransportErrorKind::Timeout, &[][..]));

    for end in [End::Late, End::Endless] {
        let moment = Moment::default();
        let reached = moment.clone();
        let service = created(move || Pieces(["{\"tok"].into(), end(reached.clone())));
        let transport = TowerTransport::new(service, Limits::default(), moment.timer());
        let error = send(&transport, post()).unwrap_err();
        assert_eq!(parts(&error), (STARTED, TransportErrorKind::Timeout, &b"{\"tok"[..]));
    }
}

#[test]
fn the_shorter_time_limit_counts() {
    let limits = Limits { total: Duration::from_secs(7), ..Limits::default() };
    let asked = Arc::new(Mutex::new(Vec::new()));
    let timers = Arc::clone(&asked);
    let transport = TowerTransport::new(Asked::default(), limits, move |limit| {
        timers.lock().unwrap().push(limit);
        pending()
    });
    for time_limit in [None, Some(Duration::from_secs(9)), Some(Duration::from_secs(5))] {
        let mut context = CallContext::default();
        context.time_limit = time_limit;
        let mut request = post();
        request.extensions_mut().insert(context);
        send(&transport, request).unwrap();
    }
    assert_eq!(*asked.lock().unwrap(), [7, 7, 5].map(Duration::from_secs));
}

#[test]
fn the_size_limit_counts_bytes() {
    let service = created(|| Pieces(["abc", "", "def"].into(), End::Complete));
    let limits = |response_bytes| Limits { response_bytes, ..Limits::default() };
    let response = send(&never(service.clone(), limits(6)), post()).unwrap();
    assert_eq!((response.status(), response.into_body()), (StatusCode::CREATED, b"abcdef".to_vec()));
    let error = send(&never(service, limits(5)), post()).unwrap_err();
    assert_eq!(parts(&error), (STARTED, TransportErrorKind::TooLarge, &b"abcde"[..]));
}

#[test]
fn no_error_of_a_service_is_kept() {
    let service = service_fn(|_: Outgoing| ready(Err::<Response<String>, _>(foreign(io::ErrorKind::Other))));
    let body = created(|| Pieces(VecDeque::new(), End::Error(io::ErrorKind::Other)));
    let unready = Unready(Some(io::ErrorKind::Other));
    for transport in
        [never(service, Limits::default()), never(body, Limits::default()), never(unready, Limits::default())]
    {
        let error = send(&transport, post()).unwrap_err();
        assert!(error.source().is_none());
        assert!(!format!("{error} {error:?}").contains("sentinel"));
    }
}

#[test]
fn a_request_goes_out_as_it_came_in() {
    let seen = Arc::new(Mutex::new(Vec::new()));
    let service = |name: &'static str| {
        let seen = Arc::clone(&seen);
        service_fn(move |request: Outgoing| {
            let seen = Arc::clone(&seen);
            async move {
                let context = CallContext::of(&request);
                let length = request.headers().get(CONTENT_LENGTH).cloned();
                let (head, body) = request.into_parts();
                let body = body.collect().await?.to_bytes();
                seen.lock().unwrap().push((name, context, head.method, head.uri, length, body));
                Ok::<_, Infallible>(Response::new(String::new()))
            }
        })
    };
    let transport = never(service("fresh"), Limits::default());
    let transport = [transport.clone(), transport.with_pooled(service("pooled"))];
    let mut expected = Vec::new();
    for (both, method, reuse_connection, body, length) in [
        (false, Method::POST, true, "", Some("0")),
        (true, Method::POST, true, "", Some("0")),
        (true, Method::GET, false, "", None),
        (true, Method::PATCH, false, "{}", None),
    ] {
        let mut context = CallContext::default();
        (context.operation, context.attempt, context.reuse_connection) =
            ("an-operation", 2, reuse_connection);
        let request = Request::builder().method(&method).uri("https://h/a/../b?c='").extension(context);
        let request = request.body(body.as_bytes().to_vec()).unwrap();
        send(&transport[usize::from(both)], request).unwrap();
        let name = if both && reuse_connection { "pooled" } else { "fresh" };
        let length = length.map(|length| length.parse().unwrap());
        expected.push((name, context, method, "https://h/a/../b?c='".parse().unwrap(), length, body.into()));
    }
    assert_eq!(*seen.lock().unwrap(), expected);
}

#[test]
fn a_destination_that_is_read_in_different_ways_is_refused_first() {
    let transport = never(Unready(None), Limits::default());
    let request = Request::get("https://user:pw@h/").body(Vec::new()).unwrap();
    let error = send(&transport, request).unwrap_err();
    assert_eq!(parts(&error), (Delivery::NotSent, TransportErrorKind::InvalidRequest, &[][..]));
}

#[test]
fn each_reply_tells_how_long_it_took() {
    let response = send(&never(Asked::default(), Limits::default()), post()).unwrap();
    assert!(response.extensions().get::<Elapsed>().is_some());
    let error = send(&never(Unready(Some(io::ErrorKind::Other)), Limits::default()), post()).unwrap_err();
    assert!(error.elapsed().is_some());
}

#[test]
fn debug_shows_no_service() {
    assert_eq!(
        format!("{:?}", never(Asked::default(), Limits::default())),
        "TowerTransport { limits: Limits { connect: 10s, total: 60s, response_bytes: 8388608 }, .. }"
    );
}
