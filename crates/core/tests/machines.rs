//! The machines, driven by hand: no network, no clock, no runtime.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::unnecessary_wraps,
    reason = "a test fails by panicking, its helpers too"
)]

use std::collections::VecDeque;
use std::sync::Mutex;
use std::time::Duration;

use http::{HeaderMap, Request, Response, StatusCode};
use proptest::prelude::*;
use your_moms_core::{
    Attempt, Cause, Client, CreateInstance, Credentials, Delivery, Error, Exchange, ListInstances, Operation,
    Platform, Redacted, RetryPolicy, Step, Transport, TransportError,
};

type Answer = Result<Response<Vec<u8>>, TransportError>;

fn platform() -> Platform {
    Platform::new("https://api.example", Credentials::new("user", "organization").unwrap()).unwrap()
}

fn answer(status: u16, body: &str) -> Answer {
    Ok(Response::builder().status(status).body(body.as_bytes().to_vec()).unwrap())
}

fn lost(delivery: Delivery) -> Answer {
    Err(TransportError::new(delivery, Cause::Lost))
}

const INSTANCE: &str = r#"{"id": 7, "token": "t", "your_mom": {"key": "helpdesk"}, "tags": ["mark"]}"#;

/// Plays prepared answers and keeps what was asked.
#[derive(Default)]
struct Script {
    answers: Mutex<VecDeque<Answer>>,
    asked: Mutex<Vec<String>>,
}

impl Transport for Script {
    fn send(&self, request: Request<Vec<u8>>) -> Answer {
        self.asked.lock().unwrap().push(format!(
            "{} {}",
            request.method(),
            request.uri().path_and_query().unwrap()
        ));
        self.answers.lock().unwrap().pop_front().expect("no more requests than answers")
    }
}

/// Calls `operation` against `answers`: the result, what was sent, and how often it waited.
fn play<T>(
    answers: Vec<Answer>,
    call: impl FnOnce(&Client<&Script>) -> T,
) -> (T, Vec<String>, Vec<Duration>) {
    let script = Script { answers: Mutex::new(answers.into()), asked: Mutex::default() };
    let (sender, waits) = std::sync::mpsc::channel();
    let sender = Mutex::new(sender);
    let client = Client::new(platform(), &script, move |wait| sender.lock().unwrap().send(wait).unwrap());
    let result = call(&client);
    drop(client);
    assert!(script.answers.lock().unwrap().is_empty(), "every answer is used");
    (result, script.asked.into_inner().unwrap(), waits.iter().collect())
}

#[test]
fn an_idempotent_call_is_tried_again() {
    let answers = vec![lost(Delivery::Unknown), answer(503, ""), answer(200, "[]")];
    let (result, asked, waits) = play(answers, |client| client.call(&ListInstances::new()));
    assert!(result.unwrap().instances.is_empty());
    assert_eq!(asked, ["GET /instances"; 3]);
    assert_eq!(waits.len(), 2);
}

#[test]
fn it_gives_up_with_the_last_answer() {
    let answers = vec![answer(500, ""), answer(500, ""), answer(502, "")];
    let (result, _, _) = play(answers, |client| client.call(&ListInstances::new()));
    let Err(Error::Response(error)) = result else { panic!("a refusal") };
    assert_eq!(error.status(), StatusCode::BAD_GATEWAY);
}

#[test]
fn a_creation_that_may_have_arrived_is_not_sent_again() {
    let arrived = Delivery::Answered { status: StatusCode::OK };
    for maybe in [
        lost(Delivery::Unknown),
        lost(arrived),
        answer(500, ""),
        answer(408, ""),
        answer(200, "{"),
        answer(302, ""),
    ] {
        let (result, asked, waits) =
            play(vec![maybe], |client| client.call(&CreateInstance::new("helpdesk")));
        assert!(result.unwrap_err().may_have_happened());
        assert_eq!((asked, waits), (vec!["POST /instances".to_owned()], vec![]));
    }
}

#[test]
fn a_creation_of_which_nothing_was_sent_is_sent_again() {
    let answers = vec![lost(Delivery::NotSent), answer(200, INSTANCE)];
    let (result, asked, _) = play(answers, |client| client.call(&CreateInstance::new("helpdesk")));
    assert_eq!(result.unwrap().id(), 7);
    assert_eq!(asked, ["POST /instances"; 2]);
}

#[test]
fn what_cannot_be_built_is_not_sent() {
    let (result, asked, _) =
        play(vec![], |client| client.call(&CreateInstance::new("helpdesk").require(["username"])));
    let error = result.unwrap_err();
    assert!(!error.may_have_happened());
    assert_eq!((error.to_string(), asked), ("the request was not sent".to_owned(), vec![]));
}

#[test]
fn provision_finds_the_instance_whose_answer_was_lost() {
    let list = format!("[{INSTANCE}]");
    let answers = vec![
        lost(Delivery::Unknown),
        answer(404, r#"{"message": "No instances found"}"#),
        answer(200, &list),
    ];
    let (result, asked, waits) =
        play(answers, |client| client.provision(CreateInstance::new("helpdesk"), "mark"));
    assert_eq!(result.unwrap().token().expose(), "t");
    let find = "GET /instances?tags%5B%5D=mark";
    assert_eq!(asked, ["POST /instances", find, find]);
    assert_eq!(waits, [1, 3].map(Duration::from_secs));
}

#[test]
fn provision_does_not_look_after_a_refusal() {
    let (result, asked, waits) =
        play(vec![answer(400, "")], |client| client.provision(CreateInstance::new("helpdesk"), "mark"));
    assert!(!result.unwrap_err().may_have_happened());
    assert_eq!((asked.len(), waits.len()), (1, 0));
}

#[test]
fn provision_reports_the_first_error_when_nothing_is_found() {
    let mut answers = vec![answer(200, "not json")];
    answers.extend((0..5).map(|_| answer(200, "[]")));
    let (result, asked, waits) =
        play(answers, |client| client.provision(CreateInstance::new("helpdesk"), "mark"));
    let Err(Error::Response(error)) = result else { panic!("the first error") };
    assert_eq!(error.body(), b"not json");
    assert_eq!((asked.len(), waits), (6, [1, 3, 6, 10, 15].map(Duration::from_secs).to_vec()));
}

#[test]
fn provision_looks_again_when_looking_fails() {
    let list = format!("[{INSTANCE}]");
    let answers = vec![lost(Delivery::Unknown), answer(401, ""), answer(200, &list)];
    let (result, _, _) = play(answers, |client| client.provision(CreateInstance::new("helpdesk"), "mark"));
    assert_eq!(result.unwrap().id(), 7);
}

#[test]
fn the_marker_goes_out_as_a_tag() {
    let platform = platform();
    let marked = your_moms_core::Marked::new(CreateInstance::new("helpdesk").tag("mine"), "mark");
    let mut provision = your_moms_core::Provision::new(&marked, &platform, RetryPolicy::NEVER, 0);
    let Some(Step::Send(request)) = provision.step() else { panic!("a request") };
    let body: serde_json::Value = serde_json::from_slice(request.body()).unwrap();
    assert_eq!(body, serde_json::json!({"your_mom": {"key": "helpdesk"}, "tags": ["mine", "mark"]}));
}

#[test]
fn a_machine_waits_for_its_answer_and_ends_once() {
    let (platform, list) = (platform(), ListInstances::new());
    let mut exchange = Exchange::new(&list, &platform, RetryPolicy::default(), 0);
    exchange.receive(answer(200, "[]")); // nothing was asked yet
    assert!(matches!(exchange.step(), Some(Step::Send(_))));
    assert!(exchange.step().is_none());
    exchange.receive(answer(200, "[]"));
    exchange.receive(answer(500, "")); // too late
    assert!(matches!(exchange.step(), Some(Step::Done(Ok(_)))));
    assert!(exchange.step().is_none());
}

#[test]
fn a_date_to_wait_for_is_held_against_the_answers_own_date() {
    let wait = |retry_after: &str, date: Option<&str>| {
        let mut headers = HeaderMap::new();
        headers.insert("retry-after", retry_after.parse().unwrap());
        if let Some(date) = date {
            headers.insert("date", date.parse().unwrap());
        }
        let attempt = Attempt::from_response(StatusCode::TOO_MANY_REQUESTS, &headers);
        RetryPolicy::default().wait(false, 1, attempt).map(|range| *range.start())
    };
    let (noon, later) = ("Sun, 06 Nov 1994 12:00:00 GMT", "Sun, 06 Nov 1994 12:00:07 GMT");
    assert_eq!(wait("7", None), Some(Duration::from_secs(7)));
    assert_eq!(wait(later, Some(noon)), Some(Duration::from_secs(7)));
    assert_eq!(wait(noon, Some(later)), Some(Duration::ZERO));
    assert_eq!(wait(later, None), None);
    assert_eq!(wait("21", None), None, "longer than the cap");
    assert_eq!(wait("99999999999999999999999", None), None);
    assert_eq!(wait("-1", None), None);
    assert_eq!(wait("soon", Some(noon)), None);
}

#[test]
fn a_request_that_the_library_refuses_is_not_tried_again() {
    let refused = || Err(TransportError::new(Delivery::NotSent, Cause::InvalidRequest));
    let (result, asked, _) = play(vec![refused()], |client| client.call(&ListInstances::new()));
    assert!(!result.unwrap_err().may_have_happened());
    assert_eq!(asked.len(), 1);
}

fn deliveries() -> impl Strategy<Value = Delivery> {
    prop_oneof![
        Just(Delivery::NotSent),
        Just(Delivery::Unknown),
        (100u16..600).prop_map(|status| Delivery::Answered { status: StatusCode::from_u16(status).unwrap() }),
    ]
}

fn attempts() -> impl Strategy<Value = Attempt> {
    let answered =
        (100u16..600, proptest::option::of(0u64..100)).prop_map(|(status, after)| Attempt::Answered {
            status: StatusCode::from_u16(status).unwrap(),
            retry_after: after.map(Duration::from_secs),
        });
    prop_oneof![deliveries().prop_map(Attempt::Lost), answered]
}

proptest! {
    /// The promise of the whole crate: nothing that is not idempotent goes out twice unless the first certainly did nothing.
    #[test]
    fn nothing_is_done_twice(attempt in attempts(), tries in 0u32..10, made in 0u32..10) {
        let policy = RetryPolicy { tries, ..RetryPolicy::default() };
        if policy.wait(false, made, attempt).is_some() {
            let harmless = match attempt {
                Attempt::Lost(delivery) => delivery == Delivery::NotSent,
                Attempt::Answered { status, retry_after } => status == StatusCode::TOO_MANY_REQUESTS && retry_after.is_some(),
                _ => false,
            };
            prop_assert!(harmless, "{attempt:?}");
        }
    }

    #[test]
    fn waits_and_tries_are_bounded(attempt in attempts(), idempotent: bool, made in 0u32..200) {
        let policy = RetryPolicy { tries: 100, ..RetryPolicy::default() };
        if let Some(range) = policy.wait(idempotent, made, attempt) {
            prop_assert!(made < policy.tries && range.start() <= range.end() && *range.end() <= policy.cap);
        }
    }

    #[test]
    fn the_wait_of_a_machine_is_one_the_policy_allows(seed: u64, fails in 1usize..5) {
        let (platform, list) = (platform(), ListInstances::new());
        let policy = RetryPolicy { tries: 9, ..RetryPolicy::default() };
        let mut exchange = Exchange::new(&list, &platform, policy, seed);
        for made in 1..=fails {
            prop_assert!(matches!(exchange.step(), Some(Step::Send(_))));
            exchange.receive(lost(Delivery::Unknown));
            let allowed = policy.wait(true, u32::try_from(made).unwrap(), Attempt::Lost(Delivery::Unknown)).unwrap();
            let Some(Step::Wait(wait)) = exchange.step() else { panic!("a wait") };
            prop_assert!(allowed.contains(&wait), "{wait:?} in {allowed:?}");
        }
    }
}

#[test]
fn names_of_operations_are_stable() {
    assert_eq!([ListInstances::NAME, CreateInstance::NAME], ["list-instances", "create-instance"]);
    let request = ListInstances::new().tag("a").request(&platform()).unwrap();
    assert_eq!(
        Redacted(&request).to_string(),
        "GET https://api.example/instances?tags%5B%5D headers[accept, authorization] 0 bytes"
    );
}

#[test]
fn provision_takes_no_instance_but_its_own() {
    let others = [
        r#"{"id": 5, "token": "OTHERS", "your_mom": {"key": "helpdesk"}, "tags": ["alice"]}"#,
        r#"{"id": 6, "token": "OTHERS", "your_mom": {"key": "helpdesk"}}"#,
        r#"{"id": 9, "name": "half made, and so without a token"}"#,
        r#"{"id": 8, "token": "OTHERS", "your_mom": {"key": "other"}, "tags": ["mark"]}"#,
    ];
    let unfiltered = format!("[{}, {INSTANCE}]", others.join(", "));
    let without = format!("[{}]", others.join(", "));
    let answers = vec![lost(Delivery::Unknown), answer(200, &without), answer(200, &unfiltered)];
    let (result, _, _) = play(answers, |client| client.provision(CreateInstance::new("helpdesk"), "mark"));
    assert_eq!(result.unwrap().id(), 7);
}

#[test]
fn a_step_too_many_costs_nothing() {
    let platform = platform();
    let marked = your_moms_core::Marked::new(CreateInstance::new("helpdesk"), "mark");
    let mut provision = your_moms_core::Provision::new(&marked, &platform, RetryPolicy::NEVER, 0);
    assert!(matches!(provision.step(), Some(Step::Send(_))));
    assert!(provision.step().is_none());
    provision.receive(lost(Delivery::Unknown));
    assert!(matches!(provision.step(), Some(Step::Wait(_))));
    assert!(matches!(provision.step(), Some(Step::Send(_))));
    assert!(provision.step().is_none());
    provision.receive(answer(200, &format!("[{INSTANCE}]")));
    let Some(Step::Done(Ok(instance))) = provision.step() else { panic!("the instance") };
    assert_eq!(instance.id(), 7);
    assert!(provision.step().is_none());
}
