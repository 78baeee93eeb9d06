//! The creation: lost, refused, cut off, or run twice. It makes one instance or none, and never a second.

use std::sync::Arc;

use example_web::run_attempt;
use http::{Method, StatusCode};
use your_moms_core::{AsyncTransport, Transport, async_transport_fn};
use your_moms_sandbox::{Behaviour, Call, Fault, Moment, SandboxTransport, Substitute};

use crate::world::{Browser, KEY, World};

async fn run_all(browser: &Browser) {
    for attempt in browser.accounts().await.all("data-attempt") {
        run_attempt(&browser.app, &attempt).await.unwrap();
    }
}

/// Carries everything but a creation, of which nobody ever hears again: as for a worker that is killed.
fn cut_off(sandbox: &SandboxTransport, sent: bool) -> Arc<dyn AsyncTransport> {
    let sandbox = sandbox.clone();
    Arc::new(async_transport_fn(move |request: http::Request<Vec<u8>>| {
        let sandbox = sandbox.clone();
        async move {
            if request.method() == Method::POST && request.uri().path().ends_with("/instances") {
                if sent {
                    Transport::send(&sandbox, request)?;
                }
                std::future::pending::<()>().await;
                unreachable!()
            }
            Transport::send(&sandbox, request)
        }
    }))
}

/// Starts a job in a process that is killed when it has sent the creation, or is about to.
async fn killed(world: &World, sent: bool) -> (Browser, String) {
    let browser = Browser::of(&world.app, "ann").await;
    let attempt = browser.start(world, "instagram").await.remove(0);
    let dying = world.process(cut_off(&world.sandbox, sent), &[KEY]).await;
    let job = run_attempt(&dying, &attempt);
    let mut job = Box::pin(job);
    // It hangs where it is to be killed; until then it makes progress with every turn of the database.
    for _ in 0..10_000 {
        assert!(futures_util::poll!(&mut job).is_pending(), "it was not cut off");
        if browser.claimed(&attempt).await && (!sent || world.creations() == 1) {
            break;
        }
    }
    drop(job);
    (browser, attempt)
}

impl Browser {
    /// Whether a job has claimed the attempt: the next job must search.
    async fn claimed(&self, attempt: &str) -> bool {
        example_web::is_claimed(&self.app, attempt).await.unwrap()
    }
}

#[tokio::test]
async fn a_lost_response_costs_nothing() {
    let world = World::new().await;
    for fault in [
        Fault::Reset(Moment::After),
        Fault::TruncatedBody,
        Fault::BrokenBody,
        Fault::Instead { moment: Moment::After, substitute: Substitute::gateway(StatusCode::BAD_GATEWAY) },
    ] {
        let browser = Browser::of(&world.app, &fault.name()).await;
        world.sandbox.sandbox().fail_next(Call::CreateInstance, fault);
        let account = browser.connect(&world, "instagram").await;
        assert_eq!(browser.get(&format!("/accounts/{account}")).await.status, StatusCode::OK, "{fault:?}");
    }
    assert_eq!((world.creations(), world.sandbox.sandbox().instances().len()), (4, 4));
}

#[tokio::test]
async fn a_refusing_platform_is_named_with_its_request_id_and_the_note_can_be_dismissed() {
    let world = World::new().await;
    let browser = Browser::of(&world.app, "ann").await;
    let fault = Fault::Status { status: StatusCode::BAD_REQUEST, retry_after: None };
    world.sandbox.sandbox().fail_next(Call::CreateInstance, fault);
    let attempt = browser.start(&world, "instagram").await.remove(0);
    run_all(&browser).await;
    let shown = browser.accounts().await;
    assert_eq!(shown.error().as_deref(), Some("refused"), "{}", shown.body);
    assert!(shown.has("Try again") && shown.has("data-platform-request-id"), "{}", shown.body);
    // The job may run again: the attempt is over.
    run_all(&browser).await;
    assert_eq!((world.creations(), world.sandbox.sandbox().instances().len()), (1, 0));

    let shown = browser.post(&format!("/attempts/{attempt}/dismiss"), &[]).await;
    assert_eq!(shown.location, "/accounts");
    assert_eq!(browser.accounts().await.all("data-attempt"), [""; 0]);
}

#[tokio::test]
async fn a_job_killed_after_sending_is_recovered_by_the_next_run() {
    let world = World::new().await;
    let (browser, attempt) = killed(&world, true).await;
    assert!(browser.accounts().await.has("data-progress"));
    run_attempt(&world.app, &attempt).await.unwrap();
    let shown = browser.accounts().await;
    assert_eq!((shown.all("data-account").len(), shown.has("data-progress")), (1, false));
    assert_eq!((world.creations(), world.sandbox.sandbox().instances().len()), (1, 1));
}

#[tokio::test]
async fn a_job_killed_before_sending_is_not_sent_by_the_next_run() {
    let world = World::new().await;
    let (browser, attempt) = killed(&world, false).await;
    run_attempt(&world.app, &attempt).await.unwrap();
    let shown = browser.accounts().await;
    assert_eq!((shown.error().as_deref(), world.creations()), (Some("not-connected"), 0));
    assert!(shown.has("Not connected. Try again."), "{}", shown.body);
}

#[tokio::test]
async fn an_instance_that_shows_late_is_not_lost() {
    let world = World::new().await;
    let (browser, attempt) = killed(&world, true).await;
    world.sandbox.sandbox().set_behaviour(Behaviour { ignores_filter: true, ..Behaviour::default() });
    world.sandbox.sandbox().fail_next(
        Call::ListInstances,
        Fault::Status { status: StatusCode::SERVICE_UNAVAILABLE, retry_after: None },
    );
    run_attempt(&world.app, &attempt).await.unwrap();
    assert_eq!(browser.accounts().await.error().as_deref(), Some("not-connected"));
    // Dismissed or not, it is looked for again.
    browser.post(&format!("/attempts/{attempt}/dismiss"), &[]).await;
    run_attempt(&world.app, &attempt).await.unwrap();
    assert_eq!(browser.accounts().await.all("data-account").len(), 1);
    assert_eq!((world.creations(), world.sandbox.sandbox().instances().len()), (1, 1));
}

#[tokio::test]
async fn two_workers_that_run_one_job_at_once_make_one_instance() {
    let world = World::new().await;
    let browser = Browser::of(&world.app, "ann").await;
    let other = world.process(world.transport(), &[KEY]).await;
    let attempt = browser.start(&world, "instagram").await.remove(0);
    let (first, second) = tokio::join!(run_attempt(&world.app, &attempt), run_attempt(&other, &attempt));
    first.unwrap();
    second.unwrap();
    // The second may have looked too early; the next run finds what the first has kept.
    run_attempt(&other, &attempt).await.unwrap();
    assert_eq!(browser.accounts().await.all("data-account").len(), 1);
    assert_eq!((world.creations(), world.sandbox.sandbox().instances().len()), (1, 1));
}
