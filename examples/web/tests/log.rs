//! What must not be in a log: one test, since the log is the process's.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that cannot be set up has failed")]

use std::io::{self, Write};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use example_web::{App, Db, Keys, run_attempt};
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::util::SubscriberInitExt as _;
use your_moms_sandbox::Server;

#[allow(dead_code, reason = "the other tests need more of it")]
#[path = "web/world.rs"]
mod world;

use world::{Browser, PASSWORD, World, target};

impl World {
    /// A world whose platform is on a socket, and reached as in production.
    async fn served() -> (Self, Server) {
        let folder = tempfile::tempdir().unwrap();
        let (server, remote) = example_web::sandbox("http://127.0.0.1:8080/callback").unwrap();
        let url = format!("sqlite:{}", folder.path().join("web.sqlite").display());
        let db = Db::connect(&url).await.unwrap();
        let keys = Keys::parse("BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=").unwrap();
        let client = remote.client().unwrap();
        let app = App::new(db, keys, client, remote.services, "http://127.0.0.1:8080");
        (Self { sandbox: server.transport(), folder, app }, server)
    }
}

fn contains(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|window| window == text.as_bytes())
}

/// A log at the level `TRACE`, of every crate.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Log {
    fn bytes(&self) -> MutexGuard<'_, Vec<u8>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.bytes().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl MakeWriter<'_> for Log {
    type Writer = Self;

    fn make_writer(&self) -> Self {
        self.clone()
    }
}

#[tokio::test]
async fn nothing_secret_is_logged_at_any_level() {
    let log = Log::default();
    let subscriber =
        tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE).with_writer(log.clone()).finish();
    subscriber.init();

    let (world, _server) = World::served().await;
    let browser = Browser::of(&world.app, "ann").await;
    let url = browser.leave_for("instagram").await;
    let state = url.split("state=").nth(1).unwrap().split('&').next().unwrap().to_owned();
    let redirect = target(&world.sandbox.allow(&url).unwrap());
    let code = redirect.split("code=").nth(1).unwrap().split('&').next().unwrap().to_owned();
    browser.get("/callback?code=sentinel-code&state=sentinel-state").await;
    browser.get(&redirect).await;
    browser.get(&redirect).await;
    for attempt in browser.accounts().await.all("data-attempt") {
        run_attempt(&world.app, &attempt).await.unwrap();
    }
    let account = browser.accounts().await.all("data-account").remove(0);
    browser.get(&format!("/accounts/{account}")).await;
    browser.post_with("/sign-out", &[("x", "sentinel-field")], "sentinel-token").await;
    browser.post(&format!("/accounts/{account}/disconnect"), &[]).await;
    browser.post("/sign-in", &[("username", "ann"), ("password", "sentinel-password")]).await;

    let bytes = log.bytes().clone();
    for told in [
        "your_moms.call",
        "create-instance",
        "path=\"/callback\"",
        "sqlx",
        "reqwest",
        "an account was connected",
    ] {
        assert!(contains(&bytes, told), "the log tells nothing of {told}");
    }
    let cookie = browser.cookies.lock().unwrap().values().next().unwrap().clone();
    let (client, secrets) = {
        let sandbox = world.sandbox.sandbox();
        (sandbox.client("instagram").unwrap().clone(), sandbox.credentials().clone())
    };
    let (user, organization) = (secrets.user_secret, secrets.organization_secret);
    let mine = [&code, &state, &cookie, &client.api_secret, &user, &organization].map(String::as_str);
    for secret in ["sentinel", "sandbox-token", PASSWORD].into_iter().chain(mine) {
        let text = String::from_utf8_lossy(&bytes);
        let line = text.lines().find(|line| line.contains(secret));
        assert_eq!(line, None, "{secret}");
    }
}
