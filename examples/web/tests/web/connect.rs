//! Connecting, from the first click to the photos.

use std::time::Duration;

use example_web::work;
use http::StatusCode;
use tokio::sync::watch;

use crate::world::{Browser, World};

#[tokio::test]
async fn a_worker_connects_the_account_while_the_page_shows_progress() {
    let world = World::new().await;
    let browser = Browser::of(&world.app, "ann").await;
    assert!(browser.accounts().await.has("No account is connected yet."));

    let attempts = browser.start(&world, "instagram").await;
    let waiting = browser.accounts().await;
    assert_eq!((attempts.len(), waiting.has("data-progress"), world.creations()), (1, true, 0));

    let (stop, stopping) = watch::channel(false);
    let worker = tokio::spawn(work(world.app.clone(), stopping));
    let done = async {
        while browser.accounts().await.has("data-progress") {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(30), done).await.unwrap();
    // Whose account it is, the job asks once it is kept.
    let named = async {
        while !browser.accounts().await.has("sandbox.traveller") {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(30), named).await.unwrap();
    let account = browser.accounts().await.all("data-account").remove(0);
    let shown = browser.get(&format!("/accounts/{account}")).await;
    assert_eq!((shown.status, shown.body.matches("data-item").count()), (StatusCode::OK, 3));
    assert!(shown.has("First light over the harbour") && shown.has("sandbox.traveller"), "{}", shown.body);

    stop.send(true).unwrap();
    tokio::time::timeout(Duration::from_secs(30), worker).await.unwrap().unwrap();
    assert_eq!((world.creations(), world.sandbox.sandbox().instances().len()), (1, 1));
}

#[tokio::test]
async fn files_are_shown_as_photos_are() {
    let world = World::new().await;
    let browser = Browser::of(&world.app, "ann").await;
    let account = browser.connect(&world, "dropbox").await;
    let shown = browser.get(&format!("/accounts/{account}")).await;
    assert_eq!(
        (shown.status, shown.all("data-status")),
        (StatusCode::OK, vec!["connected".to_owned()]),
        "{}",
        shown.body
    );
    assert!(shown.has("Receipts") && shown.has("183 kB"), "{}", shown.body);
}

#[tokio::test]
async fn two_users_at_once_get_their_own_accounts() {
    let world = World::new().await;
    let (ann, bob) = tokio::join!(Browser::of(&world.app, "ann"), Browser::of(&world.app, "bob"));
    let (of_ann, of_bob) = tokio::join!(ann.connect(&world, "instagram"), bob.connect(&world, "instagram"));
    ann.post(&format!("/accounts/{of_ann}/rename"), &[("name", "Ann's")]).await;
    bob.post(&format!("/accounts/{of_bob}/rename"), &[("name", "Bob's")]).await;

    let mut names: Vec<_> =
        world.sandbox.sandbox().instances().into_iter().map(|instance| instance.name.clone()).collect();
    names.sort();
    assert_eq!(names, ["Ann's", "Bob's"]);
    assert_eq!(
        (ann.accounts().await.all("data-account"), bob.accounts().await.all("data-account")),
        (vec![of_ann.clone()], vec![of_bob.clone()],)
    );
    for verb in ["rename", "reauthorize", "disable", "enable", "disconnect", "keep"] {
        let shown = ann.post(&format!("/accounts/{of_bob}/{verb}"), &[("name", "Mine")]).await;
        assert_eq!(
            (shown.status, shown.error().as_deref()),
            (StatusCode::NOT_FOUND, Some("not-found")),
            "{verb}"
        );
    }
    assert_eq!(ann.get(&format!("/accounts/{of_bob}")).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_platform_that_does_not_respond_is_said_so() {
    use your_moms_sandbox::{Call, Fault};
    let world = World::new().await;
    let browser = Browser::of(&world.app, "ann").await;
    let fault = Fault::Status { status: StatusCode::SERVICE_UNAVAILABLE, retry_after: None };
    world.sandbox.sandbox().fail_next(Call::OauthUrl, fault);
    let shown = browser.post("/connect/instagram", &[]).await;
    assert_eq!(
        (shown.status, shown.error().as_deref()),
        (StatusCode::SERVICE_UNAVAILABLE, Some("unavailable"))
    );
    assert!(shown.has("data-request-id") && shown.has("data-platform-request-id"), "{}", shown.body);
}
