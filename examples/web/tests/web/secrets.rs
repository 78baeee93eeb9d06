//! What must not be in the database as it is.

use std::fs;

use example_web::{KeyError, Keys, run_attempt};
use http::StatusCode;

use crate::world::{Browser, KEY, PASSWORD, World, target};

impl World {
    /// Everything that lies on the disk.
    fn stored(&self) -> Vec<u8> {
        let files = fs::read_dir(self.folder.path()).unwrap();
        files.flat_map(|file| fs::read(file.unwrap().path()).unwrap()).collect()
    }
}

fn contains(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|window| window == text.as_bytes())
}

#[tokio::test]
async fn nothing_secret_lies_on_the_disk() {
    let world = World::new().await;
    let browser = Browser::of(&world.app, "ann").await;
    let url = browser.leave_for("instagram").await;
    let state = url.split("state=").nth(1).unwrap().split('&').next().unwrap().to_owned();
    let redirect = target(&world.sandbox.allow(&url).unwrap());
    let code = redirect.split("code=").nth(1).unwrap().split('&').next().unwrap().to_owned();
    browser.get(&redirect).await;
    let attempt = browser.accounts().await.all("data-attempt").remove(0);
    let before = world.stored();
    run_attempt(&world.app, &attempt).await.unwrap();
    let after = world.stored();
    assert!(contains(&after, "data-") || contains(&after, "instagram"), "the database is read");
    let cookie = browser.cookies.lock().unwrap().values().next().unwrap().clone();
    let client = world.sandbox.sandbox().client("instagram").unwrap().clone();
    // Every token and code of the sandbox begins so.
    for secret in ["sandbox-token", &code, &state, &cookie, PASSWORD, &client.api_secret] {
        assert!(!contains(&before, secret) && !contains(&after, secret), "{secret}");
    }
}

#[tokio::test]
async fn keys_can_be_replaced() {
    const NEW: [u8; 32] = [8; 32];
    let world = World::new().await;
    let browser = Browser::of(&world.app, "ann").await;
    let page = format!("/accounts/{}", browser.connect(&world, "instagram").await);

    let both = world.process(world.transport(), &[NEW, KEY]).await;
    assert_eq!(browser.at(&both).get(&page).await.status, StatusCode::OK);
    let new = world.process(world.transport(), &[NEW]).await;
    let shown = browser.at(&new).get(&page).await;
    assert_eq!(
        (shown.status, shown.error().as_deref()),
        (StatusCode::INTERNAL_SERVER_ERROR, Some("internal"))
    );

    example_web::reseal(&both).await.unwrap();
    assert_eq!(browser.at(&new).get(&page).await.status, StatusCode::OK);
    assert_eq!(browser.get(&page).await.status, StatusCode::INTERNAL_SERVER_ERROR);
}

#[test]
fn what_is_sealed_opens_in_its_own_row_alone() {
    let keys = Keys::parse("BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=").unwrap();
    let sealed = keys.seal("accounts/1", b"token").unwrap();
    assert_eq!(keys.open("accounts/1", &sealed).unwrap().as_slice(), b"token");
    assert_eq!(keys.open("accounts/2", &sealed), Err(KeyError::Changed));
    assert_ne!(keys.seal("accounts/1", b"token").unwrap(), sealed);
    let other = Keys::parse("CAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAg=").unwrap();
    assert_eq!(other.open("accounts/1", &sealed), Err(KeyError::Missing));
    assert_eq!(Keys::parse("short").map(drop), Err(KeyError::Malformed));
    assert_eq!(Keys::parse(" , ").map(drop), Err(KeyError::Malformed));
}

#[test]
fn a_key_is_made_once_and_for_its_owner_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("web.key");
    let sealed = Keys::kept_in(&path).unwrap().seal("a", b"b").unwrap();
    assert_eq!(Keys::kept_in(&path).unwrap().open("a", &sealed).unwrap().as_slice(), b"b");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    }
}
