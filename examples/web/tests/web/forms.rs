//! Signing in and up, sessions and forms.

use http::header::{CONTENT_TYPE, SET_COOKIE};
use http::{Request, StatusCode};

use crate::world::{Browser, PASSWORD, World};

#[tokio::test]
async fn a_form_without_the_token_of_its_session_is_refused() {
    let world = World::new().await;
    let (ann, eve) = (Browser::of(&world.app, "ann").await, Browser::of(&world.app, "eve").await);
    let account = ann.connect(&world, "instagram").await;
    let of_eve = eve.get("/accounts").await.all("value").remove(0);
    for target in ["connect/dropbox", "sign-out", &format!("accounts/{account}/disconnect")] {
        for token in ["", "0", &of_eve] {
            let shown = ann.post_with(&format!("/{target}"), &[], token).await;
            assert_eq!(
                (shown.status, shown.error().as_deref()),
                (StatusCode::FORBIDDEN, Some("forged-form"))
            );
        }
        let request = Request::post(format!("/{target}"));
        let request = request.header(CONTENT_TYPE, "application/x-www-form-urlencoded");
        let shown = ann.send(request, String::new()).await;
        assert_eq!(
            (shown.status, shown.error().as_deref()),
            (StatusCode::BAD_REQUEST, Some("unreadable-form"))
        );
    }
    // Not even for a visitor who has no session and so no token.
    let shown = Browser::new(&world.app)
        .post_with("/sign-in", &[("username", "ann"), ("password", PASSWORD)], "")
        .await;
    assert_eq!(shown.status, StatusCode::FORBIDDEN);
    assert_eq!(ann.accounts().await.all("data-account"), [account]);
}

#[tokio::test]
async fn users_sign_up_once_and_in_with_their_password() {
    let world = World::new().await;
    let ann = Browser::of(&world.app, "ann").await;
    ann.post("/sign-out", &[]).await;
    assert_eq!(ann.get("/accounts").await.status, StatusCode::UNAUTHORIZED);

    let browser = Browser::new(&world.app);
    for (path, name, password, status, kind) in [
        ("/sign-in", "ann", "wrong horse battery", StatusCode::UNAUTHORIZED, "wrong-password"),
        ("/sign-in", "nobody", PASSWORD, StatusCode::UNAUTHORIZED, "wrong-password"),
        ("/sign-up", "ann", PASSWORD, StatusCode::CONFLICT, "name-taken"),
        ("/sign-up", " ", PASSWORD, StatusCode::UNPROCESSABLE_ENTITY, "bad-name"),
        ("/sign-up", "bob", "short", StatusCode::UNPROCESSABLE_ENTITY, "short-password"),
    ] {
        let csrf = browser.get("/").await.all("value").remove(0);
        let shown = browser.post_with(path, &[("username", name), ("password", password)], &csrf).await;
        assert_eq!((shown.status, shown.error().as_deref()), (status, Some(kind)), "{path} {name}");
    }
    let csrf = browser.get("/").await.all("value").remove(0);
    let planted = browser.cookies.lock().unwrap().clone();
    let shown = browser.post_with("/sign-in", &[("username", "ann"), ("password", PASSWORD)], &csrf).await;
    assert_eq!(shown.location, "/accounts");
    // A session that somebody else knows from before is not the one that is signed in.
    assert_ne!(*browser.cookies.lock().unwrap(), planted);
    assert_eq!(browser.get("/").await.location, "/accounts");
}

#[tokio::test]
async fn the_cookie_survives_the_redirect_and_nothing_else() {
    let world = World::new().await;
    let shown = Browser::new(&world.app).get("/").await;
    let cookie = shown.headers[SET_COOKIE].to_str().unwrap().to_owned();
    assert!(
        cookie.contains("; HttpOnly") && cookie.contains("; SameSite=Lax") && !cookie.contains("Secure"),
        "{cookie}"
    );
    assert_eq!(shown.headers["cache-control"], "no-store");
    assert_eq!(shown.headers["referrer-policy"], "no-referrer");

    let shown = Browser::new(&world.public().await).get("/").await;
    let cookie = shown.headers[SET_COOKIE].to_str().unwrap().to_owned();
    assert!(cookie.starts_with("__Host-") && cookie.contains("; Secure"), "{cookie}");
}

#[tokio::test]
async fn pages_that_need_nobody() {
    let world = World::new().await;
    let browser = Browser::new(&world.app);
    assert_eq!(browser.get("/healthz").await.body, "ok\n");
    assert_eq!(browser.get("/style.css").await.headers[CONTENT_TYPE], "text/css; charset=utf-8");
    assert_eq!(browser.get("/script.js").await.status, StatusCode::OK);
    let shown = browser.get("/nowhere").await;
    assert_eq!((shown.status, shown.error().as_deref()), (StatusCode::NOT_FOUND, Some("not-found")));
    assert!(shown.has(shown.headers["x-request-id"].to_str().unwrap()), "{}", shown.body);
    assert_eq!(browser.get("/accounts").await.error().as_deref(), Some("signed-out"));
}
