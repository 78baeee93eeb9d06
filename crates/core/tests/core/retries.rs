//! One call with its retries, through the client: nothing that is not idempotent goes out twice unless the first certainly did
//! nothing.

use std::time::Duration;

use crate::support::{Scene, instance, lost, own, reply};
use http::{Method, Response};
use proptest::prelude::*;
use your_moms_core::{
    CreateOnce, DeleteInstance, Delivery, Elapsed, Error, ErrorClass, Event, Exchange, InstanceRequest,
    InstanceToken, ListInstances, Machine, Operation as _, Redacted, Reply, RetryPolicy, Step,
    TransportError, TransportErrorKind, UpdateInstance,
};

fn patient() -> RetryPolicy {
    RetryPolicy { tries: 100, deadline: Duration::MAX, ..RetryPolicy::default() }
}

/// Any reply that is a failure.
fn failures() -> impl Strategy<Value = (u16, Option<u64>, bool, u8)> {
    (100u16..600, proptest::option::of(0u64..100), any::<bool>(), 0u8..4)
}

/// Of a failure the reply: a response of the platform's or of a gateway's, or none.
fn failed((status, retry_after, from_platform, delivery): (u16, Option<u64>, bool, u8)) -> Reply {
    let delivery = match delivery {
        0 => Delivery::NotSent,
        1 => Delivery::Unknown,
        2 => Delivery::ResponseStarted { status: status.try_into().unwrap() },
        _ => {
            let mut reply = if from_platform { own(status) } else { reply(status, "<html>") }?;
            if let Some(seconds) = retry_after {
                reply.headers_mut().insert("retry-after", seconds.into());
            }
            return Ok(reply);
        }
    };
    lost(delivery)
}

proptest! {
    #[test]
    fn nothing_is_done_twice(failure in failures()) {
        let scene = Scene::new([failed(failure), reply(200, "{}")]);
        let post = InstanceRequest::post("/x", &InstanceToken::from("t")).json::<serde_json::Value>();
        let result = scene.client.clone().with_retries(patient()).call(&post);
        let harmless = match failed(failure) {
            Err(error) => error.delivery() == Delivery::NotSent,
            Ok(response) => response.status() == 429 && failure.2,
        };
        let succeeded = matches!(failed(failure), Ok(response) if response.status().is_success() && failure.2);
        let limited = failure.1.is_none_or(|seconds| seconds <= 20);
        prop_assert_eq!(scene.asked().len() == 2, harmless && (limited || failure.3 < 3), "{:?}", failure);
        if let Err(error) = result {
            prop_assert!(!succeeded);
            let refused = failure.2 && failure.3 == 3 && (400..500).contains(&failure.0) && failure.0 != 408;
            prop_assert_eq!(error.may_have_happened(), !(harmless || refused));
        }
    }

    /// The wait doubles up to the cap, and half of it is left to chance.
    #[test]
    fn waits_and_tries_are_bounded(tries in 1u32..12, base in 1u64..5000, cap in 1u64..60_000) {
        let scene = Scene::playing(|_| Some(lost(Delivery::Unknown)));
        let policy = RetryPolicy { tries, base: Duration::from_millis(base), cap: Duration::from_millis(cap), ..patient() };
        prop_assert!(scene.client.clone().with_retries(policy).call(&ListInstances::new()).is_err());
        prop_assert_eq!(scene.asked().len(), usize::try_from(tries).unwrap());
        for (made, wait) in scene.waits().into_iter().enumerate() {
            let longest = policy.base.saturating_mul(1 << made).min(policy.cap);
            prop_assert!(longest / 2 <= wait && wait <= longest, "{wait:?} after {made}");
        }
    }

    /// Tries, waits and all: a call ends within its deadline, as far as the transport tells how long it takes.
    #[test]
    fn a_deadline_covers_tries_and_waits(deadline in 1u64..20_000, took in 1u64..5000) {
        let (deadline, took) = (Duration::from_millis(deadline), Duration::from_millis(took));
        let scene = Scene::playing(move |_| Some(Err(TransportError::new(Delivery::Unknown, TransportErrorKind::Lost).with_elapsed(took))));
        let policy = RetryPolicy { deadline, ..patient() };
        prop_assert!(scene.client.clone().with_retries(policy).call(&ListInstances::new()).is_err());
        let contexts = scene.contexts();
        let waited: Duration = scene.waits().iter().sum();
        let tries = u32::try_from(contexts.len()).unwrap();
        prop_assert!(waited + took * (tries - 1) < deadline || tries == 1, "{waited:?} {tries}");
        let limits: Vec<_> = contexts.iter().map(|context| context.time_limit.unwrap()).collect();
        prop_assert_eq!(limits[0], deadline);
        prop_assert!(limits.is_sorted_by(|earlier, later| earlier > later), "{limits:?}");
    }
}

#[test]
fn an_idempotent_call_is_tried_again_and_each_try_is_told_what_it_is() {
    let scene = Scene::new([lost(Delivery::Unknown), reply(200, "<html>"), reply(200, "[]")]);
    assert!(scene.client.call(&ListInstances::new()).unwrap().items.is_empty());
    assert_eq!(scene.asked(), ["GET /instances"; 3]);
    let told: Vec<_> =
        scene.contexts().iter().map(|c| (c.operation, c.attempt, c.idempotent, c.reuse_connection)).collect();
    assert_eq!(told, [1, 2, 3].map(|attempt| ("list-instances", attempt, true, true)));
}

#[test]
fn a_timeout_without_a_time_counts_as_all_that_was_left() {
    let timeout = || Err(TransportError::new(Delivery::Unknown, TransportErrorKind::Timeout));
    let scene = Scene::new([timeout()]);
    let error = scene.client.call(&ListInstances::new()).unwrap_err();
    assert_eq!((error.class(), scene.waits()), (ErrorClass::TimedOut, vec![]));
}

/// `false` is a promise: what the last attempt says does not undo what an earlier one may have done.
#[test]
fn an_earlier_attempt_may_have_happened() {
    let not_sent = || lost(Delivery::NotSent);
    let scene = Scene::new([lost(Delivery::Unknown), not_sent(), not_sent()]);
    assert!(scene.client.call(&DeleteInstance::new(7)).unwrap_err().may_have_happened());
    let scene = Scene::new([reply(502, ""), own(400)]);
    assert!(scene.client.call(&UpdateInstance::new(7).name("x")).unwrap_err().may_have_happened());
    let scene = Scene::new([not_sent(), not_sent(), not_sent()]);
    assert!(!scene.client.call(&DeleteInstance::new(7)).unwrap_err().may_have_happened());
}

/// A composite machine that forgets to hand on its event.
struct Forgetful<M>(M);

impl<M: Machine> Machine for Forgetful<M> {
    type Output = M::Output;

    fn advance(self, _: Event) -> Step<Self> {
        self.0.step().embed((), |machine, ()| Self(machine), |result, ()| Step::Done(result))
    }
}

#[test]
fn a_composite_machine_that_mixes_up_its_events_sends_nothing_twice() {
    let scene = Scene::new([reply(200, "{}")]);
    let create = scene.client.new_instance("helpdesk").unwrap();
    let client = scene.client.clone().with_retries(RetryPolicy::NEVER);
    scene.then([reply(200, "[]"), reply(200, "[]")]);
    let once = CreateOnce::new(&create, client.platform(), RetryPolicy::NEVER);
    assert!(client.run(Forgetful(once)).unwrap_err().may_have_happened());
    assert_eq!(scene.asked().iter().filter(|asked| asked.starts_with("POST")).count(), 1);
}

/// A composite machine that hands the response of the first to the second.
struct Crossed<M>(M, Option<M>);

impl<M: Machine> Machine for Crossed<M> {
    type Output = M::Output;

    fn advance(self, event: Event) -> Step<Self> {
        let Self(active, other) = self;
        let wrap = |active, other: Option<M>| Self(other.unwrap_or(active), None);
        active.advance(event).embed(other, wrap, |result, _| Step::Done(result))
    }
}

#[test]
fn a_response_is_read_only_by_what_asked_for_it() {
    let scene = Scene::new([reply(200, "[]")]);
    let list = || Exchange::new(ListInstances::new(), scene.client.platform(), RetryPolicy::default());
    let error = scene.client.run(Crossed(list(), Some(list()))).unwrap_err();
    assert!(error.may_have_happened() && matches!(error, Error::Transport(_)), "{error}");
    assert_eq!(scene.asked(), ["GET /instances"]);
}

/// The clients of one deployment, which fail at once, do not come back at once.
#[test]
fn waits_are_spread_over_their_range() {
    let waits: Vec<Duration> = (0..100)
        .flat_map(|_| {
            let scene = Scene::new([lost(Delivery::NotSent), reply(200, "[]")]);
            scene.client.call(&ListInstances::new()).unwrap();
            scene.waits()
        })
        .collect();
    let quarter = |from: u128| waits.iter().any(|wait| (from..from + 63).contains(&wait.as_millis()));
    assert!([250, 313, 375, 438].into_iter().all(quarter), "{waits:?}");
}

#[test]
fn a_wait_that_would_use_up_the_deadline_is_not_begun() {
    for (deadline, waits) in [(7, vec![]), (8, vec![Duration::from_secs(7)])] {
        let mut busy = reply(503, "").unwrap();
        busy.headers_mut().insert("retry-after", "7".parse().unwrap());
        let scene = Scene::new([Ok(busy), reply(200, "[]")]);
        let policy = RetryPolicy { deadline: Duration::from_secs(deadline), ..RetryPolicy::default() };
        let ended = scene.client.clone().with_retries(policy).call(&ListInstances::new());
        assert_eq!((ended.is_ok(), scene.waits()), (!waits.is_empty(), waits));
    }
}

#[test]
fn without_a_deadline_no_try_has_a_time_limit() {
    let scene = Scene::new([lost(Delivery::Unknown), lost(Delivery::Unknown), reply(200, "[]")]);
    scene.client.clone().with_retries(patient()).call(&ListInstances::new()).unwrap();
    let limits: Vec<_> = scene.contexts().iter().map(|context| context.time_limit).collect();
    assert_eq!(limits, [None; 3]);
}

#[test]
fn the_time_of_a_response_counts() {
    let mut slow = reply(503, "").unwrap();
    slow.extensions_mut().insert(Elapsed(Duration::from_secs(3600)));
    let scene = Scene::new([Ok(slow)]);
    assert_eq!(scene.client.call(&ListInstances::new()).unwrap_err().class(), ErrorClass::Unavailable);
}

#[test]
fn a_delete_that_was_lost_and_then_finds_nothing_has_done_its_work() {
    for status in [401, 404] {
        for times in 1..3 {
            let scene = Scene::new((0..times).map(|_| lost(Delivery::Unknown)).chain([own(status)]));
            scene.client.call(&DeleteInstance::new(7)).unwrap();
        }
        let scene = Scene::new([lost(Delivery::Unknown), own(status)]);
        scene.client.call(&DeleteInstance::new(7).with_header("x-correlation-id", "7f3a")).unwrap();
        let scene = Scene::new([own(status)]);
        assert_eq!(scene.client.call(&DeleteInstance::new(7)).unwrap_err().status().unwrap(), status);
    }
}

#[test]
fn the_caller_says_what_is_idempotent_and_which_connection_will_do() {
    let token = InstanceToken::from("t");
    let scene = Scene::new([reply(200, "{}"), reply(200, "{}"), reply(200, "{}")]);
    scene.client.call(&InstanceRequest::post("/x", &token)).unwrap();
    scene.client.call(&InstanceRequest::post("/x", &token).reuse_connection(true)).unwrap();
    scene.client.call(&InstanceRequest::new(Method::GET, "/x", &token).reuse_connection(false)).unwrap();
    let told: Vec<_> = scene.contexts().iter().map(|c| (c.idempotent, c.reuse_connection)).collect();
    assert_eq!(told, [(false, false), (false, true), (true, false)]);
}

#[test]
fn a_creation_is_told_to_the_transport_as_what_happens_once() {
    let scene = Scene::new([reply(200, &instance(7, "[]"))]);
    scene.client.create(&scene.client.new_instance("helpdesk").unwrap()).unwrap();
    let told: Vec<_> =
        scene.contexts().iter().map(|c| (c.operation, c.attempt, c.idempotent, c.reuse_connection)).collect();
    assert_eq!(told, [("create-instance", 1, false, false)]);
}

#[test]
fn a_list_is_followed_page_by_page_until_a_token_repeats() {
    let page = |next: &str| {
        Ok(Response::builder().header("elements-next-page-token", next).body(br"[1]".to_vec()).unwrap())
    };
    let list = InstanceRequest::get("/x", &InstanceToken::from("t")).page::<u8>();
    let scene = Scene::new([page("a"), page("b"), page("a")]);
    let all: Vec<u8> = scene.client.pages(&list).items().collect::<Result<_, _>>().unwrap();
    assert_eq!(all, [1, 1, 1]);
    assert_eq!(scene.asked(), ["GET /x", "GET /x?nextPage=a", "GET /x?nextPage=b"]);
    let scene = Scene::new([page("a"), own(403)]);
    let all: Vec<_> = scene.client.pages(&list).map(|page| page.map(|page| page.items.len()).ok()).collect();
    assert_eq!(all, [Some(1), None]);
}

#[test]
fn a_request_says_who_sends_it_and_what_the_caller_adds() {
    let scene = Scene::new([reply(200, "[]")]);
    scene.client.call(&ListInstances::new().with_header("x-correlation-id", "7f3a")).unwrap();
    let request = scene.requests().remove(0);
    assert_eq!(request.headers()["user-agent"], concat!("your-moms/", env!("CARGO_PKG_VERSION")));
    assert_eq!(request.headers()["x-correlation-id"], "7f3a");
    assert_eq!(
        Redacted(&request).to_string(),
        "GET https://api.example/instances headers[accept, authorization, x-correlation-id, user-agent] 0 bytes"
    );
    for owned in ["authorization", "Content-Type", "user-agent", "host", "cookie"] {
        let error = scene.client.call(&ListInstances::new().with_header(owned, "x")).unwrap_err();
        assert!(matches!(error, Error::Build(_)), "{owned}");
    }
}

#[test]
fn credentials_are_replaced_in_a_running_client() {
    let scene = Scene::new([reply(200, "[]"), reply(200, "[]")]);
    let clone = scene.client.clone();
    scene.client.call(&ListInstances::new()).unwrap();
    let rotated = your_moms_core::Credentials::new("user-2", "organization-2").unwrap();
    // Also for a platform that was derived from it.
    let derived = scene.client.platform().clone().with_user_agent("app/1").unwrap();
    derived.replace_credentials(rotated);
    clone.call(&ListInstances::new()).unwrap();
    let sent: Vec<_> =
        scene.requests().iter().map(|request| request.headers()["authorization"].clone()).collect();
    assert_eq!(sent, ["User user, Organization organization", "User user-2, Organization organization-2"]);
}
