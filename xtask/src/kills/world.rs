//! The platform: a sandbox that lives as long as the programs around it die.

use std::fs::{File, OpenOptions};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use http::Request;
use http::header::AUTHORIZATION;
use serde_json::Value;
use your_moms_core::Transport as _;
use your_moms_sandbox::{Call, Client, Credentials, Fault, Noun, Sandbox, SandboxTransport, Server};

use super::Failed;

/// Longer than any program lives here.
const NEVER: Duration = Duration::from_secs(3600);
/// Between two bytes of a response that drips.
const DRIP: Duration = Duration::from_millis(1);

pub(crate) struct World {
    server: Server,
    watch: Arc<Watch>,
}

/// What the sandbox does when it has handled a creation, right before its response leaves.
#[derive(Default)]
struct Watch {
    responded: AtomicBool,
    /// The lock to take.
    to_lock: Mutex<Option<PathBuf>>,
    held: Mutex<Option<File>>,
}

impl Watch {
    fn created(&self) {
        if let Some(path) = lock(&self.to_lock).take()
            && let Ok(file) = OpenOptions::new().write(true).open(path)
            && fs4::FileExt::lock(&file).is_ok()
        {
            *lock(&self.held) = Some(file);
        }
        self.responded.store(true, Ordering::SeqCst);
    }
}

/// An instance as the sandbox has it.
pub(crate) struct Made {
    pub(crate) id: u64,
    pub(crate) token: String,
}

impl World {
    pub(crate) fn start() -> Result<Self, Failed> {
        let watch = Arc::new(Watch::default());
        let observer = watch.clone();
        let transport = SandboxTransport::new(Sandbox::new(1)).on_request(move |record| {
            if record.call == Some(Call::CreateInstance) {
                observer.created();
            }
        });
        Ok(Self { server: Server::start(transport)?, watch })
    }

    pub(crate) fn base_url(&self) -> String {
        self.server.base_url(Noun::YourMom)
    }

    pub(crate) fn credentials(&self) -> Credentials {
        self.server.sandbox().credentials().clone()
    }

    pub(crate) fn client(&self) -> Result<Client, Failed> {
        self.server.sandbox().client("instagram").cloned().ok_or_else(|| "no such connector".into())
    }

    pub(crate) fn transport(&self) -> SandboxTransport {
        self.server.transport()
    }

    /// Forgets what an earlier program has left.
    pub(crate) fn clear(&self) {
        self.server.sandbox().disarm_all();
        *lock(&self.watch.to_lock) = None;
        self.release();
        self.watch.responded.store(false, Ordering::SeqCst);
    }

    /// The next creation is made, and its response does not come.
    pub(crate) fn hold_response(&self) {
        self.server.sandbox().fail_next(Call::CreateInstance, Fault::Delay(NEVER));
    }

    /// The response to the next creation comes byte by byte.
    pub(crate) fn drip_response(&self) {
        self.server.sandbox().fail_next(Call::CreateInstance, Fault::SlowDrip(DRIP));
    }

    /// Takes this lock once the next creation is made, before its response leaves.
    pub(crate) fn lock_when_made(&self, path: PathBuf) {
        *lock(&self.watch.to_lock) = Some(path);
    }

    /// Releases it.
    pub(crate) fn release(&self) {
        *lock(&self.watch.held) = None;
    }

    /// Whether the response to a creation has begun to leave.
    pub(crate) fn has_responded(&self) -> bool {
        self.watch.responded.load(Ordering::SeqCst)
    }

    /// How many requests came.
    pub(crate) fn requests(&self) -> u64 {
        self.server.sandbox().journal().iter().next_back().map_or(0, |record| record.number)
    }

    /// The numbers of all instances there are.
    pub(crate) fn ids(&self) -> Vec<u64> {
        self.server.sandbox().instances().into_iter().map(|instance| instance.id).collect()
    }

    /// Asks the sandbox itself about an instance, past the socket.
    pub(crate) fn made(&self, id: u64) -> Result<Made, Failed> {
        let Credentials { user_secret, organization_secret } = self.credentials();
        let request = Request::get(format!("{}/instances/{id}", self.base_url()))
            .header(AUTHORIZATION, format!("User {user_secret}, Organization {organization_secret}"))
            .body(Vec::new())?;
        let shown: Value = serde_json::from_slice(self.transport().send(request)?.body())?;
        let token = shown.get("token").and_then(Value::as_str).ok_or("an instance without a token")?;
        Ok(Made { id, token: token.to_owned() })
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
