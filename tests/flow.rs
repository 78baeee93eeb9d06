//! Connecting an account, over both transports and in-process, against the served sandbox.
//!
//! Every test runs with each way of carrying requests ([`each_way`]); what goes wrong on the way is the sandbox's doing
//! (`fail_next`), so nothing here waits for anything.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking, its helpers too")]

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use http::{Method, StatusCode};
use serde_json::{Value, json};
use your_moms_core::{
    AsyncClient, AsyncTransport, Call, CallbackError, CallbackUrl, Client, ClientCredentials,
    ConnectorConfiguration, CreateInstance, Credentials, Delivery, Error, Instance, Limits, ListInstances,
    Operation, Pending, Platform, ResponseErrorKind, State, Transport, Vocabulary,
};
use your_moms_reqwest::ReqwestTransport;
use your_moms_sandbox::{Fault, Moment, Noun, Sandbox, SandboxTransport, Server};
use your_moms_ureq::UreqTransport;

const CALLBACK: &str = "http://127.0.0.1:8765/callback";

/// A client of either kind; the asynchronous one with the runtime that its transport wants.
enum Caller {
    Blocking(Client<Box<dyn Transport>>),
    Async(AsyncClient<Box<dyn AsyncTransport>>, tokio::runtime::Runtime),
}

impl Caller {
    fn blocking(platform: Platform, transport: impl Transport + 'static) -> Self {
        Self::Blocking(Client::new(platform, Box::new(transport), |_| {}))
    }

    fn asynchronous(platform: Platform, transport: impl AsyncTransport + 'static) -> Self {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        Self::Async(AsyncClient::new(platform, Box::new(transport), |_| std::future::ready(())), runtime)
    }

    fn call<O: Operation>(&self, operation: &O) -> Result<O::Output, Error> {
        match self {
            Self::Blocking(client) => client.call(operation),
            Self::Async(client, runtime) => runtime.block_on(client.call(operation)),
        }
    }

    fn provision(&self, create: CreateInstance, marker: &str) -> Result<Instance, Error> {
        match self {
            Self::Blocking(client) => client.provision(create, marker),
            Self::Async(client, runtime) => runtime.block_on(client.provision(create, marker)),
        }
    }
}

/// The application under test: its accounts on both sides, and a sandbox to talk to.
struct Application {
    caller: Caller,
    sandbox: SandboxTransport,
    platform: Platform,
    registration: ClientCredentials,
}

/// Runs `scenario` over ureq and over reqwest against a served sandbox, and in-process both ways; in both vocabularies.
fn each_way(scenario: impl Fn(&Application)) {
    for (noun, vocabulary) in [(Noun::YourMom, Vocabulary::YOUR_MOMS), (Noun::Element, Vocabulary::ELEMENTS)]
    {
        let run = |sandbox: SandboxTransport, caller: &dyn Fn(Platform) -> Caller| {
            let platform = platform(&sandbox, noun, vocabulary.clone());
            let registration = registration(&sandbox);
            scenario(&Application { caller: caller(platform.clone()), sandbox, platform, registration });
        };
        let limits = Limits::default();
        let server = Server::start(Sandbox::new(7)).unwrap();
        run(server.transport(), &|platform| Caller::blocking(platform, UreqTransport::new(limits)));
        let server = Server::start(Sandbox::new(7)).unwrap();
        run(server.transport(), &|platform| {
            Caller::asynchronous(platform, ReqwestTransport::new(limits).unwrap())
        });
        let sandbox = SandboxTransport::new(Sandbox::new(7));
        run(sandbox.clone(), &|platform| Caller::blocking(platform, sandbox.clone()));
        let sandbox = SandboxTransport::new(Sandbox::new(7));
        run(sandbox.clone(), &|platform| Caller::asynchronous(platform, sandbox.clone()));
    }
}

fn platform(sandbox: &SandboxTransport, noun: Noun, vocabulary: Vocabulary) -> Platform {
    let sandbox = sandbox.sandbox();
    let account = sandbox.credentials().clone();
    let credentials = Credentials::new(account.user_secret, account.organization_secret).unwrap();
    Platform::new(&sandbox.base_url(noun), credentials).unwrap().with_vocabulary(vocabulary)
}

fn registration(sandbox: &SandboxTransport) -> ClientCredentials {
    let registered = sandbox.sandbox().client("instagram").unwrap().clone();
    ClientCredentials::new(registered.api_key, registered.api_secret).unwrap()
}

fn state() -> State {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    State::new(format!("state-{}", NEXT.fetch_add(1, Ordering::Relaxed))).unwrap()
}

impl Application {
    /// Step 1, up to the URL that the user is sent to.
    fn begin(&self) -> (String, Pending) {
        let callback = CallbackUrl::new(CALLBACK).unwrap();
        let now = SystemTime::now();
        let (ask, pending) =
            Pending::begin(&self.platform, "instagram", &self.registration, &callback, state(), now);
        let answer = self.caller.call(&ask).unwrap();
        assert_eq!(answer.key(), Some("instagram"));
        (answer.check(&ask).unwrap().expose().to_owned(), pending)
    }

    /// Steps 1 and 2: a creation that is ready to be sent.
    fn authorized(&self) -> CreateInstance {
        let (url, pending) = self.begin();
        let redirect = self.sandbox.allow(&url).unwrap();
        let callback = pending.read(&redirect, SystemTime::now()).unwrap();
        pending.finish(&callback, &self.registration).name("Photos").tag("team-a")
    }

    fn made(&self) -> usize {
        self.sandbox.sandbox().instances().len()
    }
}

#[track_caller]
fn refusal<T>(result: Result<T, Error>) -> (StatusCode, Option<String>, Option<String>) {
    let Err(Error::Response(error)) = result else { panic!("a refusal") };
    assert_eq!(*error.kind(), ResponseErrorKind::Refused);
    assert!(error.request_id().is_some_and(|id| id.len() == 24));
    let owned = |text: Option<&str>| text.map(str::to_owned);
    (error.status(), owned(error.message()), owned(error.provider_message()))
}

#[test]
fn an_account_is_connected_used_and_removed() {
    each_way(|app| {
        let instance = app.caller.provision(app.authorized(), "marker-1").unwrap();
        assert_eq!(instance.name(), Some("Photos"));
        assert_eq!(instance.connector().unwrap().key(), Some("instagram"));
        assert_eq!(instance.connector().unwrap().authentication(), Some("oauth2"));

        let kept = serde_json::to_string(&instance).unwrap();
        let instance: Instance = serde_json::from_str(&kept).unwrap();
        let call = |method: Method, path: &str| app.caller.call(&Call::new(method, path, instance.token()));
        let ping: Value = call(Method::GET, "/ping").unwrap().json().unwrap();
        assert!(ping.is_object());
        let media: Value = call(Method::GET, "/hubs/social/media").unwrap().json().unwrap();
        assert!(!media.as_array().unwrap().is_empty());

        let listed = app.caller.call(&ListInstances::new().tag("marker-1")).unwrap().instances;
        assert_eq!(listed.iter().map(Instance::id).collect::<Vec<_>>(), [instance.id()]);
        assert_eq!(listed[0].token(), instance.token());
        assert_eq!(listed[0].tags(), ["team-a", "marker-1"]);

        assert_eq!(call(Method::DELETE, "/instances").unwrap().body(), b"");
        assert!(app.caller.call(&ListInstances::new()).unwrap().instances.is_empty());
        assert_eq!(refusal(call(Method::GET, "/ping")).0, StatusCode::UNAUTHORIZED);
    });
}

#[test]
fn the_secret_can_stay_out_of_the_url() {
    each_way(|app| {
        let callback = CallbackUrl::new(CALLBACK).unwrap();
        let now = SystemTime::now();
        let (ask, _) = Pending::begin(&app.platform, "instagram", &app.registration, &callback, state(), now);
        let ask = ask.in_body().authorized();
        assert!(app.caller.call(&ask).unwrap().check(&ask).is_ok());
    });
}

#[test]
fn the_user_denies() {
    each_way(|app| {
        let (url, pending) = app.begin();
        let redirect = app.sandbox.deny(&url).unwrap();
        let Err(CallbackError::Denied(denial)) = pending.read(&redirect, SystemTime::now()) else {
            panic!("a denial")
        };
        assert_eq!((denial.error(), denial.reason()), ("access_denied", Some("user_denied")));
        assert_eq!(app.made(), 0);
    });
}

#[test]
fn a_redirect_of_another_connection_is_refused() {
    each_way(|app| {
        let (mine, other) = (app.begin(), app.begin());
        let redirect = app.sandbox.allow(&other.0).unwrap();
        assert_eq!(mine.1.read(&redirect, SystemTime::now()).unwrap_err(), CallbackError::StateMismatch);
        assert!(other.1.read(&redirect, SystemTime::now()).is_ok());
    });
}

#[test]
fn a_connection_waits_ten_minutes() {
    each_way(|app| {
        let (url, pending) = app.begin();
        let redirect = app.sandbox.allow(&url).unwrap();
        let late = SystemTime::now() + Duration::from_secs(601);
        assert_eq!(pending.read(&redirect, late).unwrap_err(), CallbackError::Expired);
    });
}

#[test]
fn a_code_is_good_for_one_instance() {
    each_way(|app| {
        let create = app.authorized();
        app.caller.call(&create).unwrap();
        let (status, _, provider) = refusal(app.caller.call(&create));
        assert_eq!(status, StatusCode::FORBIDDEN);
        assert!(provider.unwrap().contains("invalid_grant"));
        assert_eq!(app.made(), 1);
    });
}

#[test]
fn missing_entries_are_all_named() {
    each_way(|app| {
        let known = app.caller.call(&ConnectorConfiguration::new("instagram")).unwrap();
        let wanted: Vec<_> =
            known.iter().filter(|entry| entry.is_wanted()).map(|entry| entry.key.as_str()).collect();
        assert_eq!(wanted, ["oauth.api.key", "oauth.api.secret", "oauth.callback.url"]);

        let bare = CreateInstance::new("instagram").provider_data("code", "c");
        let (status, message, _) = refusal(app.caller.call(&bare));
        assert_eq!(status, StatusCode::BAD_REQUEST);
        assert!(wanted.iter().all(|key| message.as_deref().is_some_and(|message| message.contains(key))));

        let asked = app.sandbox.sandbox().journal().len();
        let error = app.caller.call(&bare.require(wanted)).unwrap_err();
        assert!(matches!(error, Error::Build(_)));
        assert_eq!(app.sandbox.sandbox().journal().len(), asked, "nothing was sent");
    });
}

#[test]
fn wrong_secrets_are_refused() {
    each_way(|app| {
        let wrong = ClientCredentials::new(app.registration.api_key(), "wrong").unwrap();
        let (url, pending) = app.begin();
        let redirect = app.sandbox.allow(&url).unwrap();
        let callback = pending.read(&redirect, SystemTime::now()).unwrap();
        let (status, _, provider) = refusal(app.caller.call(&pending.finish(&callback, &wrong)));
        assert_eq!(status, StatusCode::FORBIDDEN);
        assert!(provider.unwrap().contains("invalid_client"));
        assert_eq!(app.made(), 0);
    });
}

/// The promise that matters most: whatever happens to the answer, there is one instance and its token is had.
#[test]
fn a_lost_answer_costs_neither_token_nor_instance() {
    each_way(|app| {
        let faults = [
            Fault::Reset(Moment::Before),
            Fault::Reset(Moment::While),
            Fault::Reset(Moment::After),
            Fault::TruncatedBody,
            Fault::BrokenBody,
        ];
        for (at, fault) in faults.into_iter().enumerate() {
            let before = app.made();
            app.sandbox.sandbox().fail_next(your_moms_sandbox::Call::CreateInstance, fault);
            let marker = format!("marker-{at}");
            let result = app.caller.provision(app.authorized(), &marker);
            let posts = posts(&app.sandbox);
            assert_eq!(posts, at + 1, "one POST a creation");
            match (app.made() - before, result) {
                (1, Ok(instance)) => assert!(instance.tags().contains(&marker.as_str())),
                (0, Err(error)) => assert!(error.may_have_happened()),
                (made, result) => panic!("{fault:?}: {made} made, {result:?}"),
            }
        }
    });
}

fn posts(sandbox: &SandboxTransport) -> usize {
    let sandbox = sandbox.sandbox();
    let create = Some(your_moms_sandbox::Call::CreateInstance);
    sandbox.journal().iter().filter(|record| record.call == create).count()
}

#[test]
fn what_can_be_asked_again_is_asked_again() {
    each_way(|app| {
        let list = your_moms_sandbox::Call::ListInstances;
        app.sandbox.sandbox().fail_next(list, Fault::Reset(Moment::Before));
        let busy = Fault::Status {
            status: StatusCode::SERVICE_UNAVAILABLE,
            retry_after: Some(Duration::from_secs(1)),
        };
        app.sandbox.sandbox().fail_next(list, busy);
        assert!(app.caller.call(&ListInstances::new()).unwrap().instances.is_empty());
    });
}

/// A clock that is past the ten minutes for which a code is good, once it was given out.
#[test]
fn an_expired_code_is_refused_by_the_platform() {
    static NOW: AtomicU64 = AtomicU64::new(1_700_000_000);
    let clock = || UNIX_EPOCH + Duration::from_secs(NOW.load(Ordering::Relaxed));
    let sandbox = SandboxTransport::new(Sandbox::new(7)).with_clock(clock);
    let platform = platform(&sandbox, Noun::YourMom, Vocabulary::YOUR_MOMS);
    let (caller, registration) =
        (Caller::blocking(platform.clone(), sandbox.clone()), registration(&sandbox));
    let app = Application { caller, sandbox, platform, registration };
    let create = app.authorized();
    NOW.fetch_add(601, Ordering::Relaxed);
    let (status, _, provider) = refusal(app.caller.call(&create));
    assert_eq!(status, StatusCode::FORBIDDEN);
    assert!(provider.unwrap().contains("invalid_grant"));
}

#[test]
fn a_delivery_that_is_unknown_is_not_called_unsent() {
    let server = Server::start(Sandbox::new(7)).unwrap();
    server.sandbox().fail_next(your_moms_sandbox::Call::CreateInstance, Fault::Reset(Moment::After));
    let platform = platform(&server.transport(), Noun::YourMom, Vocabulary::YOUR_MOMS);
    let client = Client::new(platform, UreqTransport::new(Limits::default()), |_| {});
    let Err(Error::Transport(error)) = client.call(&CreateInstance::new("servicenow")) else {
        panic!("a lost answer")
    };
    assert_eq!(error.delivery(), Delivery::Unknown);
}

#[test]
fn an_instance_is_kept_whole() {
    let sandbox = SandboxTransport::new(Sandbox::new(7));
    let client =
        Client::new(platform(&sandbox, Noun::YourMom, Vocabulary::YOUR_MOMS), sandbox.clone(), |_| {});
    let create = CreateInstance::new("servicenow")
        .configuration("username", "me")
        .configuration("password", "hunter2");
    let known = client.call(&ConnectorConfiguration::new("servicenow")).unwrap();
    let wanted: Vec<_> =
        known.iter().filter(|entry| entry.is_wanted()).map(|entry| entry.key.clone()).collect();
    let create = wanted.iter().fold(create, |create, key| create.configuration(key, "value"));
    let instance = client.call(&create).unwrap();
    let answer: Value = client
        .call(&Call::new(Method::GET, format!("/instances/{}", instance.id()), instance.token()))
        .unwrap()
        .json()
        .unwrap();
    assert_eq!(json!(instance), answer);
}
