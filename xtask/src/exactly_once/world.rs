//! The platform of one run: a sandbox on a loopback socket with two accounts, and what it has in store.

use std::sync::atomic::AtomicUsize;

use http::Request;
use http::header::AUTHORIZATION;
use serde_json::Value;
use tokio::runtime::Runtime;
use your_moms_core::{
    AuthorizationUrl, Client, CreateInstance, Credentials, Error, PendingAuthorization, Platform,
    Registration, Transport as _,
};
use your_moms_sandbox::{
    self as sandbox, Call, InstanceSummary, Noun, Record, Sandbox, SandboxTransport, Server,
};

use super::cases::{Case, Flow};
use super::common::{Failed, now};
use super::mishap::Kind;
use super::process::{Driver, Process};
use super::transport::Line;
use super::verdict::{Made, Plan};

pub(crate) struct World {
    server: Server,
    accounts: [sandbox::Credentials; 2],
    /// What every account has from the start, one instance of each connector: something to mix up.
    neighbours: Vec<Made>,
}

impl World {
    pub(crate) fn start() -> Result<Self, Failed> {
        let mut sandbox = Sandbox::new(1);
        let accounts = [sandbox.credentials().clone(), sandbox.add_account()];
        let server = Server::start(SandboxTransport::new(sandbox).with_clock(now))?;
        let mut world = Self { server, accounts, neighbours: Vec::new() };
        for account in 0..world.accounts.len() {
            let transport = world.server.transport();
            let client = Client::new(world.platform(account)?, transport, |_| (), getrandom::fill);
            client.create(&basic(client.new_instance("servicenow")?))?;
            client.create(&world.oauth(|registration| client.authorize(registration, now()))?)?;
        }
        let neighbours = world.truth()?.into_iter().map(|made| Made { is_neighbour: true, ..made });
        world.neighbours = neighbours.collect();
        Ok(world)
    }

    /// From now on everything goes as the case says. `creations` is how many there will be.
    pub(crate) fn arm(&self, case: &Case, creations: usize) {
        let mut sandbox = self.server.sandbox();
        sandbox.set_behaviour(case.habit.behaviour);
        if let Kind::Fault { fault, times, .. } = &case.mishap.kind {
            for _ in 0..times * creations {
                sandbox.fail_next(Call::CreateInstance, *fault);
            }
        }
        if let Some((fault, times)) = case.habit.lists {
            for _ in 0..times {
                sandbox.fail_next(Call::ListInstances, fault);
            }
        }
    }

    /// A program of this account.
    pub(crate) fn process<'a>(
        &self,
        case: &Case,
        account: usize,
        runtime: &'a Runtime,
        driver: Driver,
    ) -> Result<Process<'a>, Failed> {
        // As many as a client tries, so that it gives up.
        let refusals = if matches!(case.mishap.kind, Kind::Refused) { 3 } else { 0 };
        let line =
            Line { slow: case.mishap.is_slow(), refusals: AtomicUsize::new(refusals), ..Line::default() };
        Process::start(case.adapter, self.platform(account)?, line, runtime, driver)
    }

    /// A creation of this program, ready to be sent, and whose it is.
    pub(crate) fn prepare(
        &self,
        process: &Process<'_>,
        case: &Case,
        account: usize,
        user: usize,
    ) -> Result<(CreateInstance, Plan), Failed> {
        let create = match case.flow {
            Flow::Basic => basic(process.new_instance("servicenow")?),
            Flow::Oauth => self.oauth(|registration| process.authorize(registration))?,
        };
        let name = case.habit.named.then(|| format!("Account of user {user}"));
        let create = match &name {
            Some(name) => create.name(name),
            None => create,
        };
        let marker = create.record().marker().as_str().to_owned();
        Ok((create, Plan { account, marker, name }))
    }

    /// A creation after OAuth, up to the code; `start` is the first step.
    fn oauth(
        &self,
        start: impl FnOnce(&Registration) -> Result<(AuthorizationUrl, PendingAuthorization), Error>,
    ) -> Result<CreateInstance, Failed> {
        let client = self.server.sandbox().client("instagram").cloned();
        let client = client.ok_or("the sandbox has no such connector")?;
        let callback_url = "http://127.0.0.1:8080/callback";
        let registration = Registration::new("instagram", client.api_key, client.api_secret, callback_url)?;
        let (url, pending) = start(&registration)?;
        let redirect = self.server.transport().allow(url.expose())?;
        Ok(pending.verify(&redirect, now())?.create(&registration)?)
    }

    /// Everything there is, with its token.
    pub(crate) fn truth(&self) -> Result<Vec<Made>, Failed> {
        let mut all = self.neighbours.clone();
        for (account, credentials) in self.accounts.iter().enumerate() {
            let instances = self.server.sandbox().instances_of(credentials);
            for InstanceSummary { id, name, tags, .. } in instances {
                if self.neighbours.iter().any(|neighbour| neighbour.id == id) {
                    continue;
                }
                let shown = self.shown(account, id)?;
                let token =
                    shown.get("token").and_then(Value::as_str).ok_or("an instance without a token")?;
                let token = token.to_owned();
                all.push(Made { id, token, account, name, tags, is_neighbour: false });
            }
        }
        Ok(all)
    }

    /// How many creations have arrived.
    pub(crate) fn arrived(&self) -> usize {
        self.count(|record| record.call == Some(Call::CreateInstance)) - self.neighbours.len()
    }

    /// How often the journal shows this fault, or this habit.
    pub(crate) fn shows(&self, name: &str) -> usize {
        self.count(|record| record.fault.as_deref() == Some(name) || record.behaviours.contains(&name))
    }

    /// Whether the last list did not show yet what was made.
    pub(crate) fn last_list_was_early(&self) -> bool {
        let sandbox = self.server.sandbox();
        let last = sandbox.journal().iter().rev().find(|record| record.call == Some(Call::ListInstances));
        last.is_some_and(|record| record.behaviours.contains(&"shown-late"))
    }

    pub(crate) fn lists(&self) -> usize {
        self.count(|record| record.call == Some(Call::ListInstances))
    }

    fn count(&self, of: impl Fn(&Record) -> bool) -> usize {
        self.server.sandbox().journal().iter().filter(|record| of(record)).count()
    }

    fn platform(&self, account: usize) -> Result<Platform, Failed> {
        let sandbox::Credentials { user_secret, organization_secret } = self.credentials(account)?.clone();
        let credentials = Credentials::new(user_secret, organization_secret)?;
        Ok(Platform::new(&self.server.base_url(Noun::YourMom), credentials)?)
    }

    fn credentials(&self, account: usize) -> Result<&sandbox::Credentials, Failed> {
        self.accounts.get(account).ok_or_else(|| "no such account".into())
    }

    /// Asks the sandbox itself, past the socket and the client.
    fn shown(&self, account: usize, id: u64) -> Result<Value, Failed> {
        let sandbox::Credentials { user_secret, organization_secret } = self.credentials(account)?;
        let request = Request::get(format!("{}/instances/{id}", self.server.base_url(Noun::YourMom)))
            .header(AUTHORIZATION, format!("User {user_secret}, Organization {organization_secret}"))
            .body(Vec::new())?;
        Ok(serde_json::from_slice(self.server.transport().send(request)?.body())?)
    }
}

fn basic(create: CreateInstance) -> CreateInstance {
    create.configuration("username", "me@example.com").configuration("password", "hunter2")
}
