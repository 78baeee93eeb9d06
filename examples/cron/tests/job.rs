//! The job against the sandbox's server: what it lists, how long it waits, how it ends.
#![expect(clippy::expect_used, reason = "a test may panic in its helpers too")]

use std::error::Error;
use std::fs;
use std::process::Command;
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use example_cron::{Exit, Failure, Media, POLICY, run};
use http::StatusCode;
use tempfile::TempDir;
use your_moms_core::{Client, Credentials, Instance, Limits, Platform, Registration};
use your_moms_sandbox::{Behaviour, Call, Fault, Moment, Noun, Sandbox, Server};
use your_moms_ureq::UreqTransport;

/// A sandbox with one connected account, the file that its instance is stored in, and a client whose waits are noted.
struct World {
    server: Server,
    folder: TempDir,
    client: Client<UreqTransport>,
    instance: Instance,
    waits: Arc<Mutex<Vec<Duration>>>,
}

impl World {
    fn new() -> Result<Self, Box<dyn Error>> {
        let server = Server::start(Sandbox::new(1))?;
        let account = server.sandbox().credentials().clone();
        let application = server.sandbox().client("instagram").cloned().expect("a known connector");
        let credentials = Credentials::new(account.user_secret, account.organization_secret)?;
        let platform = Platform::new(&server.base_url(Noun::YourMom), credentials)?;
        let waits = Arc::new(Mutex::new(Vec::new()));
        let noted = waits.clone();
        let client = Client::new(
            platform,
            UreqTransport::new(Limits::default()),
            move |wait| noted.lock().expect("no panic").push(wait),
            getrandom::fill,
        )
        .with_retries(POLICY);

        let callback = "http://127.0.0.1:8080/callback";
        let registration =
            Registration::new("instagram", application.api_key, application.api_secret, callback)?;
        let (url, pending) = client.authorize(&registration, SystemTime::now())?;
        let redirect = server.transport().allow(url.expose())?;
        let instance =
            client.create(&pending.verify(&redirect, SystemTime::now())?.create(&registration)?)?;

        let folder = TempDir::new()?;
        fs::write(folder.path().join("instance.json"), serde_json::to_vec(&instance.expose())?)?;
        Ok(Self { server, folder, client, instance, waits })
    }

    fn run(&self) -> Result<Vec<Media>, Failure> {
        let mut out = Vec::new();
        let result = run(&self.client, self.instance.token(), &mut out);
        let lines = serde_json::Deserializer::from_slice(&out).into_iter::<Media>();
        let media: Vec<_> = lines.collect::<Result<_, _>>().expect("one object a line");
        assert_eq!(result.as_ref().ok().copied().unwrap_or_default(), media.len());
        result.map(|_| media)
    }

    fn fail(&self, times: usize, fault: Fault) {
        for _ in 0..times {
            self.server.sandbox().fail_next(Call::Resource, fault);
        }
    }

    fn requests(&self) -> usize {
        let sandbox = self.server.sandbox();
        sandbox.journal().iter().filter(|record| record.call == Some(Call::Resource)).count()
    }

    fn waits(&self) -> Vec<Duration> {
        self.waits.lock().expect("no panic").clone()
    }

    /// The program itself, with the environment a scheduler would give it.
    fn program(&self) -> Command {
        let account = self.server.sandbox().credentials().clone();
        let mut command = Command::new(env!("CARGO_BIN_EXE_example-cron"));
        command
            .env_clear()
            .env("YOUR_MOMS_BASE_URL", self.server.base_url(Noun::YourMom))
            .env("YOUR_MOMS_USER_SECRET", account.user_secret)
            .env("YOUR_MOMS_ORGANIZATION_SECRET", account.organization_secret)
            .env("EXAMPLE_CRON_INSTANCE", self.folder.path().join("instance.json"));
        command
    }
}

fn ids(media: &[Media]) -> Vec<&str> {
    media.iter().map(|media| media.id.as_str()).collect()
}

fn busy(status: StatusCode, seconds: impl Into<Option<u64>>) -> Fault {
    Fault::Status { status, retry_after: seconds.into().map(Duration::from_secs) }
}

const ALL: [&str; 3] = ["1003_566745376", "1002_566745376", "1001_566745376"];

#[test]
fn every_page_is_read() {
    let world = World::new().unwrap();
    world.server.sandbox().set_behaviour(Behaviour { page_size: Some(1), ..Behaviour::default() });
    assert_eq!(ids(&world.run().unwrap()), ALL);
    assert_eq!((world.requests(), world.waits()), (3, vec![]));
}

#[test]
fn the_platform_says_how_long_to_wait() {
    for status in [StatusCode::TOO_MANY_REQUESTS, StatusCode::SERVICE_UNAVAILABLE] {
        let world = World::new().unwrap();
        world.fail(1, busy(status, 7));
        world.fail(1, busy(status, 300));
        assert_eq!(ids(&world.run().unwrap()), ALL);
        assert_eq!(world.waits(), [7, 300].map(Duration::from_secs));
    }
}

#[test]
fn a_longer_wait_is_left_to_the_next_run() {
    let world = World::new().unwrap();
    world.fail(1, busy(StatusCode::TOO_MANY_REQUESTS, 301));
    let failure = world.run().unwrap_err();
    assert_eq!(Exit::of(&failure), Exit::Temporary);
    let text = failure.to_string();
    assert!(
        text.starts_with("the media could not be listed (rate-limited), not before 301 s from now, request "),
        "{text}"
    );
    assert_eq!((world.requests(), world.waits()), (1, vec![]));
}

#[test]
fn a_failure_that_lasts_is_temporary_and_nothing_is_written() {
    let lost = Fault::Reset(Moment::After);
    for fault in [busy(StatusCode::SERVICE_UNAVAILABLE, None), lost, Fault::TruncatedBody] {
        let world = World::new().unwrap();
        world.fail(6, fault);
        let failure = world.run().unwrap_err();
        assert_eq!(Exit::of(&failure), Exit::Temporary, "{fault:?}");
        assert_eq!((world.requests(), world.waits().len()), (6, 5), "{fault:?}");
    }
}

#[test]
fn a_failure_between_two_pages_costs_one_page() {
    let world = World::new().unwrap();
    world.server.sandbox().set_behaviour(Behaviour { page_size: Some(2), ..Behaviour::default() });
    world.fail(1, Fault::BrokenBody);
    assert_eq!(ids(&world.run().unwrap()), ALL);
    assert_eq!((world.requests(), world.waits().len()), (3, 1));
}

#[test]
fn each_end_has_its_own_code() {
    let code = |status: u16| {
        let world = World::new().unwrap();
        world.fail(1, busy(StatusCode::from_u16(status).unwrap(), 3600));
        Exit::of(&world.run().unwrap_err())
    };
    assert_eq!(code(401), Exit::NoPermission);
    assert_eq!(code(403), Exit::NoPermission);
    assert_eq!(code(404), Exit::Refused);
    assert_eq!(code(400), Exit::Refused);
    assert_eq!(code(429), Exit::Temporary);
    assert_eq!(code(307), Exit::Configuration);
}

#[test]
fn the_program_lists_and_ends_with_0() {
    let world = World::new().unwrap();
    let output = world.program().output().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stderr), "example-cron: 3 media\n");
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(String::from_utf8_lossy(&output.stdout).lines().count(), 3);
}

#[test]
fn the_program_says_what_is_wrong_and_no_secret() {
    let world = World::new().unwrap();
    let broken = world.folder.path().join("broken.json");
    fs::write(&broken, r#"{"version":1,"instance":{"token":"secret-token""#).unwrap();
    let ends = |variable: &str, value: &str| {
        let output = world.program().env(variable, value).output().unwrap();
        let text = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(!text.contains("secret-"), "{text}");
        assert_eq!(output.stdout, b"");
        (output.status.code().unwrap(), text)
    };

    let missing = "example-cron: YOUR_MOMS_USER_SECRET is not set\n".to_owned();
    assert_eq!(ends("YOUR_MOMS_USER_SECRET", ""), (78, missing));
    assert_eq!(ends("YOUR_MOMS_BASE_URL", "http://platform.example/api").0, 78);
    assert_eq!(ends("EXAMPLE_CRON_INSTANCE", "/no/such/file").0, 66);
    assert_eq!(ends("EXAMPLE_CRON_INSTANCE", broken.to_str().unwrap()).0, 65);
    assert_eq!(ends("YOUR_MOMS_USER_SECRET", "secret-of-another").0, 77);
}

#[cfg(target_os = "linux")]
#[test]
fn an_output_that_is_full_is_a_failure() {
    let world = World::new().unwrap();
    let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let output = world.program().stdout(full).output().unwrap();
    assert_eq!(output.status.code(), Some(74));
}
