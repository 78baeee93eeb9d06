//! The redirect back: denied, forged, replayed, late, or at another process.

use std::time::{Duration, SystemTime};

use http::StatusCode;

use crate::world::{Browser, KEY, World, target};

#[tokio::test]
async fn a_denial_connects_nothing_and_says_what_to_do() {
    let world = World::new().await;
    let browser = Browser::of(&world.app, "ann").await;
    let redirect = target(&world.sandbox.deny(&browser.leave_for("instagram").await).unwrap());
    let shown = browser.get(&redirect).await;
    assert_eq!((shown.status, shown.error().as_deref()), (StatusCode::FORBIDDEN, Some("denied")));
    assert!(shown.has("You did not allow access"), "{}", shown.body);
    assert_eq!(browser.accounts().await.all("data-attempt"), [""; 0]);
    // It is used up.
    assert_eq!(browser.get(&redirect).await.error().as_deref(), Some("state-mismatch"));
}

#[tokio::test]
async fn a_forged_redirect_uses_nothing_up() {
    let world = World::new().await;
    let browser = Browser::of(&world.app, "ann").await;
    let redirect = target(&world.sandbox.allow(&browser.leave_for("instagram").await).unwrap());
    for forged in
        ["/callback", "/callback?code=stolen", "/callback?code=stolen&state=guessed", "/callback?error=x"]
    {
        let shown = browser.get(forged).await;
        assert_eq!(
            (shown.status, shown.error().as_deref()),
            (StatusCode::BAD_REQUEST, Some("state-mismatch"))
        );
    }
    assert_eq!(browser.get(&redirect).await.location, "/accounts");
}

#[tokio::test]
async fn a_redirect_of_somebody_else_is_refused() {
    let world = World::new().await;
    let (ann, eve) = (Browser::of(&world.app, "ann").await, Browser::of(&world.app, "eve").await);
    let redirect = target(&world.sandbox.allow(&eve.leave_for("instagram").await).unwrap());
    assert_eq!(ann.get(&redirect).await.error().as_deref(), Some("state-mismatch"));
    let nobody = Browser::new(&world.app).get(&redirect).await;
    assert_eq!((nobody.status, nobody.error().as_deref()), (StatusCode::UNAUTHORIZED, Some("signed-out")));
    assert_eq!(world.creations(), 0);
}

#[tokio::test]
async fn a_replayed_redirect_makes_nothing_twice() {
    let world = World::new().await;
    let browser = Browser::of(&world.app, "ann").await;
    let redirect = target(&world.sandbox.allow(&browser.leave_for("instagram").await).unwrap());
    let both = tokio::join!(browser.get(&redirect), browser.get(&redirect));
    let mut statuses = [both.0.status, both.1.status];
    statuses.sort();
    assert_eq!(statuses, [StatusCode::SEE_OTHER, StatusCode::BAD_REQUEST]);
    assert_eq!(browser.get(&redirect).await.error().as_deref(), Some("state-mismatch"));
    assert_eq!(browser.accounts().await.all("data-attempt").len(), 1);
}

#[tokio::test]
async fn an_authorization_is_good_for_ten_minutes() {
    let world = World::new().await;
    let browser = Browser::of(&world.app, "ann").await;
    let redirect = target(&world.sandbox.allow(&browser.leave_for("instagram").await).unwrap());
    let later = world.app.clone().with_clock(|| SystemTime::now() + Duration::from_secs(605));
    let shown = browser.at(&later).get(&redirect).await;
    assert_eq!((shown.status, shown.error().as_deref()), (StatusCode::BAD_REQUEST, Some("expired")));
    assert!(shown.has("Start again."), "{}", shown.body);
}

#[tokio::test]
async fn the_redirect_may_arrive_at_another_process() {
    let world = World::new().await;
    let browser = Browser::of(&world.app, "ann").await;
    let redirect = target(&world.sandbox.allow(&browser.leave_for("instagram").await).unwrap());
    let other = world.process(world.transport(), &[KEY]).await;
    let there = browser.at(&other);
    assert_eq!(there.get(&redirect).await.location, "/accounts");
    let attempt = there.accounts().await.all("data-attempt").remove(0);
    example_web::run_attempt(&world.app, &attempt).await.unwrap();
    assert_eq!(browser.accounts().await.all("data-account").len(), 1);
}
