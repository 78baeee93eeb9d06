//! `your-moms sandbox`: the platform's side, served on this machine.

use std::collections::BTreeMap;
use std::time::Duration;

use serde::Serialize;
use your_moms_sandbox::{Armed, Catalogue, ConnectorSummary, Noun, Sandbox, SandboxTransport, Server};

use crate::args::{self, Vocabulary};
use crate::blocking;
use crate::failure::Failure;
use crate::interrupts::Interrupts;
use crate::terminal;

mod catalogue;

/// For the requests at hand to be responded to; some are never, such as half a one.
const FAREWELL: Duration = Duration::from_secs(2);

/// What a client has to know. The secrets are made up, so they may be printed.
#[derive(Serialize)]
struct Access {
    inspector: String,
    base_url: BTreeMap<&'static str, String>,
    user_secret: String,
    organization_secret: String,
    connectors: BTreeMap<String, Registration>,
}

#[derive(Serialize)]
struct Registration {
    api_key: String,
    api_secret: String,
}

pub(crate) async fn run(
    args: &args::Sandbox,
    json: bool,
    interrupts: &mut Interrupts,
) -> Result<(), Failure> {
    let catalogue = match args.catalogue.clone() {
        None => Catalogue::builtin(),
        Some(directory) => interrupts.end(blocking::run(move || catalogue::with_own(&directory))).await?,
    };
    let mut sandbox = Sandbox::with_catalogue(args.seed.map_or_else(random_seed, Ok)?, catalogue);
    args.accounts.iter().for_each(|name| sandbox.add_provider_account(name));
    if let Some(lifetime) = args.code_lifetime {
        sandbox.set_code_lifetime(lifetime);
    }
    args.redirect_uris.iter().for_each(|uri| sandbox.register_redirect_uri(uri));
    for Armed { call, fault, times } in &args.faults {
        sandbox.arm(*call, *fault, *times);
    }
    sandbox.keep_journal(args.journal);
    let transport = SandboxTransport::new(sandbox).on_request(|record| terminal::say(&record.to_string()));
    let server = start(transport, args.port)?;
    let access = Access::of(&server);
    if json {
        terminal::json(&access)?;
    } else {
        terminal::result(&access.text())?;
        terminal::say("The sandbox runs until Ctrl-C. Nothing in it is real.");
    }
    interrupts.next().await;
    let stopped = blocking::run(move || {
        server.stop();
        Ok(())
    });
    tokio::select! {
        _ = tokio::time::timeout(FAREWELL, stopped) => {}
        () = interrupts.next() => {}
    }
    Ok(())
}

/// Serves `sandbox` from a thread of its own, on `port` of 127.0.0.1 or, for 0, on any.
pub(crate) fn start(sandbox: impl Into<SandboxTransport>, port: u16) -> Result<Server, Failure> {
    Server::start_at(sandbox, port).map_err(|error| match port {
        0 => Failure::failed("the sandbox cannot be served").because(&error),
        _ => Failure::failed(format!("the sandbox cannot be served at 127.0.0.1:{port}"))
            .because(&error)
            .help("stop the program that listens there, or choose another --port"),
    })
}

/// The connector with this key or number.
pub(crate) fn connector(sandbox: &Sandbox, key: &str) -> Option<ConnectorSummary> {
    sandbox.connectors().into_iter().find(|it| it.key == key || it.id.to_string() == key)
}

/// Nobody can guess what comes of it.
pub(crate) fn random_seed() -> Result<u64, Failure> {
    getrandom::u64()
        .map_err(|error| Failure::failed("the operating system's random source failed").because(&error))
}

impl Vocabulary {
    pub(crate) fn noun(self) -> Noun {
        match self {
            Self::YourMoms => Noun::YourMom,
            Self::Elements => Noun::Element,
        }
    }
}

impl Access {
    fn of(server: &Server) -> Self {
        let sandbox = server.sandbox();
        let credentials = sandbox.credentials().clone();
        let registration = |connector: ConnectorSummary| {
            let client = sandbox.client(&connector.key)?.clone();
            Some((connector.key, Registration { api_key: client.api_key, api_secret: client.api_secret }))
        };
        Self {
            inspector: format!("{}/", sandbox.origin()),
            base_url: [Noun::YourMom, Noun::Element]
                .map(|noun| (noun.plural(), sandbox.base_url(noun)))
                .into(),
            user_secret: credentials.user_secret,
            organization_secret: credentials.organization_secret,
            connectors: sandbox.connectors().into_iter().filter_map(registration).collect(),
        }
    }

    /// Lines for a shell. None of the values has a quote in it.
    fn text(&self) -> String {
        let mut lines = vec![
            format!("# What it knows and did: {}", self.inspector),
            String::new(),
            format!("export YOUR_MOMS_USER_SECRET='{}'", self.user_secret),
            format!("export YOUR_MOMS_ORGANIZATION_SECRET='{}'", self.organization_secret),
        ];
        for (key, Registration { api_key, api_secret }) in self.connectors.iter().rev() {
            let url = self.base_url.get(Noun::YourMom.plural()).map(String::as_str).unwrap_or_default();
            lines.extend([
                String::new(),
                format!("# {key}"),
                format!("export YOUR_MOMS_API_KEY='{api_key}'"),
                format!("export YOUR_MOMS_API_SECRET='{api_secret}'"),
                format!("your-moms connect {key} --base-url {url}"),
            ]);
        }
        lines.join("\n")
    }
}
