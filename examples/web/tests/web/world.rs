//! A platform, a database, the application's processes over it, and its users' browsers.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::body::Body;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use example_web::{App, Db, Keys, ServiceKey, router, run_attempt};
use http::header::{CONTENT_TYPE, COOKIE, LOCATION, SET_COOKIE};
use http::{Request, StatusCode};
use http_body_util::BodyExt as _;
use tempfile::TempDir;
use tokio::sync::OnceCell;
use tower::ServiceExt as _;
use your_moms_core::{AsyncClient, AsyncTransport, Credentials, Platform, RetryPolicy};
use your_moms_sandbox::{Noun, Sandbox, SandboxTransport};

pub(crate) const KEY: [u8; 32] = [7; 32];
pub(crate) const PASSWORD: &str = "correct horse battery";

pub(crate) struct World {
    pub(crate) sandbox: SandboxTransport,
    pub(crate) folder: TempDir,
    pub(crate) app: App,
}

impl World {
    pub(crate) async fn new() -> Self {
        let sandbox = SandboxTransport::new(Sandbox::new(1));
        sandbox.sandbox().register_redirect_uri("http://127.0.0.1:8080/callback");
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("web.sqlite"), empty_database().await).unwrap();
        let app = process(&folder, &sandbox, Arc::new(sandbox.clone()), &[KEY]).await;
        Self { sandbox, folder, app }
    }

    /// Another process over the same database, with other keys or another way to the platform.
    pub(crate) async fn process(&self, transport: Arc<dyn AsyncTransport>, keys: &[[u8; 32]]) -> App {
        process(&self.folder, &self.sandbox, transport, keys).await
    }

    pub(crate) fn transport(&self) -> Arc<dyn AsyncTransport> {
        Arc::new(self.sandbox.clone())
    }

    /// How often the sandbox was asked to create an instance.
    pub(crate) fn creations(&self) -> usize {
        let sandbox = self.sandbox.sandbox();
        sandbox
            .journal()
            .iter()
            .filter(|record| record.method == "POST" && record.path.ends_with("/instances"))
            .count()
    }
}

/// A database that has its tables: to make them takes longer than most of the tests.
async fn empty_database() -> &'static [u8] {
    static EMPTY: OnceCell<Vec<u8>> = OnceCell::const_new();
    let make = || async {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("web.sqlite");
        Db::connect(&format!("sqlite:{}", path.display())).await.unwrap().close().await;
        std::fs::read(path).unwrap()
    };
    EMPTY.get_or_init(make).await
}

async fn process(
    folder: &TempDir,
    sandbox: &SandboxTransport,
    transport: Arc<dyn AsyncTransport>,
    keys: &[[u8; 32]],
) -> App {
    let (platform, services) = {
        let sandbox = sandbox.sandbox();
        let secrets = sandbox.credentials().clone();
        let credentials = Credentials::new(secrets.user_secret, secrets.organization_secret).unwrap();
        let services = ["instagram", "dropbox"].map(|key| {
            let client = sandbox.client(key).unwrap().clone();
            ServiceKey {
                connector: key.to_owned(),
                api_key: client.api_key,
                api_secret: client.api_secret.into(),
            }
        });
        (Platform::new(&sandbox.base_url(Noun::YourMom), credentials).unwrap(), services)
    };
    let client = AsyncClient::new(platform, transport, tokio::time::sleep, getrandom::fill);
    let keys = keys.map_to_text();
    let url = format!("sqlite:{}", folder.path().join("web.sqlite").display());
    let db = Db::connect(&url).await.unwrap();
    App::new(db, Keys::parse(&keys).unwrap(), client, services.into(), "http://127.0.0.1:8080")
        .with_pace(RetryPolicy::NEVER, Duration::from_millis(10))
}

trait MapToText {
    fn map_to_text(&self) -> String;
}

impl MapToText for [[u8; 32]] {
    fn map_to_text(&self) -> String {
        self.iter().map(|key| STANDARD.encode(key)).collect::<Vec<_>>().join(",")
    }
}

/// One browser: its cookies, and the process that it happens to reach.
pub(crate) struct Browser {
    pub(crate) app: App,
    pub(crate) cookies: Mutex<BTreeMap<String, String>>,
}

#[derive(Debug)]
pub(crate) struct Shown {
    pub(crate) status: StatusCode,
    pub(crate) location: String,
    pub(crate) headers: http::HeaderMap,
    pub(crate) body: String,
}

impl Shown {
    /// The values of an attribute, in order.
    pub(crate) fn all(&self, attribute: &str) -> Vec<String> {
        let start = format!(" {attribute}=\"");
        self.body
            .split(start.as_str())
            .skip(1)
            .map(|rest| rest.split('"').next().unwrap().to_owned())
            .collect()
    }

    pub(crate) fn error(&self) -> Option<String> {
        self.all("data-error").into_iter().next()
    }

    pub(crate) fn has(&self, text: &str) -> bool {
        self.body.contains(text)
    }
}

impl Browser {
    pub(crate) fn new(app: &App) -> Self {
        Self { app: app.clone(), cookies: Mutex::default() }
    }

    /// A user who has just signed up.
    pub(crate) async fn of(app: &App, user: &str) -> Self {
        let browser = Self::new(app);
        let shown = browser.post("/sign-up", &[("username", user), ("password", PASSWORD)]).await;
        assert_eq!(
            (shown.status, shown.location.as_str()),
            (StatusCode::SEE_OTHER, "/accounts"),
            "{}",
            shown.body
        );
        browser
    }

    /// The same browser at another process.
    pub(crate) fn at(&self, app: &App) -> Self {
        Self { app: app.clone(), cookies: Mutex::new(self.cookies.lock().unwrap().clone()) }
    }

    pub(crate) async fn get(&self, target: &str) -> Shown {
        self.send(Request::get(target), String::new()).await
    }

    /// Sends a form as the page has it, token included.
    pub(crate) async fn post(&self, target: &str, fields: &[(&str, &str)]) -> Shown {
        let page = if self.cookies.lock().unwrap().is_empty() { "/" } else { "/accounts" };
        let csrf = self.get(page).await.token();
        self.post_with(target, fields, &csrf).await
    }

    pub(crate) async fn post_with(&self, target: &str, fields: &[(&str, &str)], csrf: &str) -> Shown {
        let mut form = form_urlencoded::Serializer::new(String::new());
        form.extend_pairs(fields).append_pair("csrf", csrf);
        let request = Request::post(target).header(CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.send(request, form.finish()).await
    }

    pub(crate) async fn send(&self, request: http::request::Builder, body: String) -> Shown {
        let cookies: Vec<_> =
            self.cookies.lock().unwrap().iter().map(|(name, value)| format!("{name}={value}")).collect();
        let request = request.header(COOKIE, cookies.join("; ")).body(Body::from(body)).unwrap();
        let response = router(self.app.clone()).oneshot(request).await.unwrap();
        let (head, body) = response.into_parts();
        for cookie in head.headers.get_all(SET_COOKIE) {
            let pair = cookie.to_str().unwrap().split(';').next().unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            self.cookies.lock().unwrap().insert(name.to_owned(), value.to_owned());
        }
        let location = head.headers.get(LOCATION).map_or("", |value| value.to_str().unwrap()).to_owned();
        let body = String::from_utf8(body.collect().await.unwrap().to_bytes().to_vec()).unwrap();
        Shown { status: head.status, location, headers: head.headers, body }
    }

    /// Presses Connect, and is at the provider: the URL of its page.
    pub(crate) async fn leave_for(&self, service: &str) -> String {
        let shown = self.post(&format!("/connect/{service}"), &[]).await;
        assert_eq!(shown.status, StatusCode::SEE_OTHER, "{}", shown.body);
        shown.location
    }

    /// Presses Connect and Allow, and comes back: the attempts that are on their way.
    pub(crate) async fn start(&self, world: &World, service: &str) -> Vec<String> {
        let redirect = target(&world.sandbox.allow(&self.leave_for(service).await).unwrap());
        let shown = self.get(&redirect).await;
        assert_eq!(
            (shown.status, shown.location.as_str()),
            (StatusCode::SEE_OTHER, "/accounts"),
            "{}",
            shown.body
        );
        self.accounts().await.all("data-attempt")
    }

    /// All of it, and the job: the account's id.
    pub(crate) async fn connect(&self, world: &World, service: &str) -> String {
        let before = self.accounts().await.all("data-account");
        for attempt in self.start(world, service).await {
            run_attempt(&self.app, &attempt).await.unwrap();
        }
        let after = self.accounts().await;
        after
            .all("data-account")
            .into_iter()
            .find(|id| !before.contains(id))
            .unwrap_or_else(|| panic!("{}", after.body))
    }

    pub(crate) async fn accounts(&self) -> Shown {
        let shown = self.get("/accounts").await;
        assert_eq!(shown.status, StatusCode::OK, "{}", shown.body);
        shown
    }
}

impl Shown {
    fn token(&self) -> String {
        let rest =
            self.body.split("name=\"csrf\" value=\"").nth(1).unwrap_or_else(|| panic!("{}", self.body));
        rest.split('"').next().unwrap().to_owned()
    }
}

/// What a browser asks the application for when the provider redirects it: without origin and fragment.
pub(crate) fn target(redirect: &str) -> String {
    let target = redirect.strip_prefix("http://127.0.0.1:8080").unwrap_or_else(|| panic!("{redirect}"));
    target.split('#').next().unwrap().to_owned()
}

impl World {
    /// Deletes every instance at the platform, as somebody with the organization's own secrets can.
    pub(crate) async fn forget_all_instances(&self) {
        let (ids, secrets, base) = {
            let sandbox = self.sandbox.sandbox();
            let ids: Vec<_> = sandbox.instances().iter().map(|instance| instance.id).collect();
            (ids, sandbox.credentials().clone(), sandbox.base_url(Noun::YourMom))
        };
        let credentials = Credentials::new(secrets.user_secret, secrets.organization_secret).unwrap();
        let platform = Platform::new(&base, credentials).unwrap();
        let client = AsyncClient::new(platform, self.sandbox.clone(), tokio::time::sleep, getrandom::fill);
        for id in ids {
            client.call(&your_moms_core::DeleteInstance::new(id)).await.unwrap();
        }
    }

    /// A process that browsers reach by `https`.
    pub(crate) async fn public(&self) -> App {
        let app = self.process(self.transport(), &[KEY]).await;
        app.with_url("https://app.example/")
    }
}
