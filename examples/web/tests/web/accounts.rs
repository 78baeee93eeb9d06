//! What can be done with a connected account.

use example_web::run_attempt;
use http::StatusCode;

use crate::world::{Browser, World, target};

#[tokio::test]
async fn an_account_is_renamed_here_and_at_the_platform() {
    let world = World::new().await;
    let browser = Browser::of(&world.app, "ann").await;
    let account = browser.connect(&world, "instagram").await;
    let shown = browser.post(&format!("/accounts/{account}/rename"), &[("name", "Holiday & more")]).await;
    assert_eq!(shown.location, format!("/accounts/{account}"));
    assert!(browser.accounts().await.has("Holiday &amp; more"));
    assert_eq!(world.sandbox.sandbox().instances()[0].name, "Holiday & more");

    let shown = browser.post(&format!("/accounts/{account}/rename"), &[("name", "  ")]).await;
    assert_eq!((shown.status, shown.error().as_deref()), (StatusCode::BAD_REQUEST, Some("unreadable-form")));
}

#[tokio::test]
async fn a_disabled_account_shows_nothing_until_it_is_enabled() {
    let world = World::new().await;
    let browser = Browser::of(&world.app, "ann").await;
    let page = format!("/accounts/{}", browser.connect(&world, "instagram").await);
    browser.post(&format!("{page}/disable"), &[]).await;
    let shown = browser.get(&page).await;
    assert_eq!((shown.status, shown.all("data-status")), (StatusCode::OK, vec!["disabled".to_owned()]));
    assert!(shown.has("id=\"enable\"") && !shown.has("data-item"), "{}", shown.body);
    browser.post(&format!("{page}/enable"), &[]).await;
    assert!(browser.get(&page).await.has("data-item"));
}

#[tokio::test]
async fn a_disconnected_account_can_be_connected_again() {
    let world = World::new().await;
    let browser = Browser::of(&world.app, "ann").await;
    let account = browser.connect(&world, "instagram").await;
    let shown = browser.post(&format!("/accounts/{account}/disconnect"), &[]).await;
    assert_eq!((shown.location.as_str(), world.sandbox.sandbox().instances().len()), ("/accounts", 0));
    assert_eq!(browser.get(&format!("/accounts/{account}")).await.status, StatusCode::NOT_FOUND);
    let again = browser.connect(&world, "instagram").await;
    assert_eq!(browser.accounts().await.all("data-account"), [again]);
    assert_eq!(world.sandbox.sandbox().instances().len(), 1);
}

#[tokio::test]
async fn the_same_account_connected_twice_is_noticed_and_one_is_kept() {
    let world = World::new().await;
    let browser = Browser::of(&world.app, "ann").await;
    let first = browser.connect(&world, "instagram").await;
    assert!(!browser.accounts().await.has("data-duplicate"));
    let second = browser.connect(&world, "instagram").await;
    let shown = browser.accounts().await;
    assert_eq!(shown.body.matches("data-duplicate").count(), 2);
    assert!(shown.has("This is the same account as “Instagram 2”."), "{}", shown.body);
    assert!(browser.get(&format!("/accounts/{first}")).await.has("data-duplicate"));

    browser.post(&format!("/accounts/{second}/keep"), &[]).await;
    let shown = browser.accounts().await;
    assert_eq!((shown.all("data-account"), shown.has("data-duplicate")), (vec![second], false));
    assert_eq!(world.sandbox.sandbox().instances().len(), 1);
}

#[tokio::test]
async fn an_account_whose_access_was_revoked_is_authorized_again_in_place() {
    let world = World::new().await;
    let browser = Browser::of(&world.app, "ann").await;
    let account = browser.connect(&world, "instagram").await;
    let page = format!("/accounts/{account}");
    let id = world.sandbox.sandbox().instances()[0].id;
    assert!(world.sandbox.sandbox().revoke(id));
    let shown = browser.get(&page).await;
    assert_eq!(shown.all("data-status"), ["expired"]);
    assert!(shown.has("Authorize this account again."), "{}", shown.body);

    let shown = browser.post(&format!("{page}/reauthorize"), &[]).await;
    let redirect = target(&world.sandbox.allow(&shown.location).unwrap());
    assert_eq!(browser.get(&redirect).await.location, "/accounts");
    let shown = browser.accounts().await;
    assert!(shown.has("is being authorized again"), "{}", shown.body);
    for attempt in shown.all("data-attempt") {
        run_attempt(&world.app, &attempt).await.unwrap();
    }
    assert_eq!(browser.accounts().await.all("data-account"), [account]);
    assert!(browser.get(&page).await.has("data-item"));
    assert_eq!((world.creations(), world.sandbox.sandbox().instances().len()), (1, 1));
}

#[tokio::test]
async fn an_account_that_is_gone_at_the_platform_can_be_disconnected() {
    let world = World::new().await;
    let browser = Browser::of(&world.app, "ann").await;
    let account = browser.connect(&world, "instagram").await;
    let other = Browser::of(&world.app, "bob").await;
    // Somebody disconnects it behind the application's back.
    world.forget_all_instances().await;
    let shown = browser.get(&format!("/accounts/{account}")).await;
    assert_eq!((shown.status, shown.error().as_deref()), (StatusCode::BAD_GATEWAY, Some("unauthorized")));
    assert_eq!(browser.post(&format!("/accounts/{account}/disconnect"), &[]).await.location, "/accounts");
    assert_eq!(browser.accounts().await.all("data-account"), [""; 0]);
    assert_eq!(other.accounts().await.all("data-account"), [""; 0]);
}
