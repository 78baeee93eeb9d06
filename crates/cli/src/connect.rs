//! `your-moms connect`: the three steps of the source document, for one user at a terminal.

mod authorize;
mod browser;
mod configuration;
mod create;
mod curl;
mod given;
mod listener;
mod pages;
mod paste;
mod press;
mod report;

use your_moms_core::{ConfigurationEntry, ConnectorConfiguration, CreateInstance, Platform, Secret};
use your_moms_sandbox::{Sandbox, Server};

use crate::args::{Common, Connect, Vocabulary};
use crate::failure::Failure;
use crate::interrupts::Interrupts;
use crate::mask::Mask;
use crate::platform::{self, Client};
use crate::secrets::{self, Wanted};
use crate::store::Store;
use crate::terminal::Spinner;
use crate::{random, sandbox};
use given::Given;
use listener::Listening;

/// What every step needs.
struct Session<'a> {
    common: &'a Common,
    args: &'a Connect,
    vocabulary: Vocabulary,
    given: Given,
    client: Client,
    mask: Mask,
    sandbox: Option<Server>,
    /// Answers the browser until the end, once it has brought its answer.
    listening: Option<Listening>,
}

pub(crate) async fn run(common: &Common, args: &Connect, interrupts: &mut Interrupts) -> Result<(), Failure> {
    if args.curl {
        return curl::show(common, args);
    }
    let store = Store::at(common.store.as_deref())?;
    let name = store.reserve(args.name.as_deref(), &args.key)?;
    // Until the instance is created nothing exists that an interrupted program could leave behind.
    let mut session = interrupts.end(Session::begin(common, args)).await?;
    let result = session.connect(&store, &name, interrupts).await;
    if let Some(listening) = session.listening.take() {
        listening.end().await;
    }
    result
}

impl<'a> Session<'a> {
    async fn connect(
        &mut self,
        store: &Store,
        name: &str,
        interrupts: &mut Interrupts,
    ) -> Result<(), Failure> {
        let (create, steps) = interrupts.end(self.prepare()).await?;
        let create = self.args.tags.iter().fold(create.name(name), CreateInstance::tag);
        let instance = self.create(create, steps, interrupts).await?;
        self.keep(store, name, &instance)
    }

    async fn begin(common: &'a Common, args: &'a Connect) -> Result<Self, Failure> {
        let vocabulary = common.vocabulary.unwrap_or_default();
        let given = Given::read(args, vocabulary)?;
        let sandbox = args.sandbox.then(|| sandbox_of_its_own(args)).transpose()?;
        let (base_url, secrets) = if let Some(server) = &sandbox {
            let known = server.sandbox().credentials().clone();
            let secrets = [known.user_secret, known.organization_secret].map(Secret::from);
            (server.base_url(vocabulary.noun()), secrets.into())
        } else {
            let wanted = platform::wanted_credentials(common).into();
            (platform::base_url(common)?, secrets::obtain(wanted, wanted_registration(args).into()).await?)
        };
        let mut mask = Mask::of(&secrets);
        given.hide(&mut mask);
        let credentials = platform::credentials(secrets)?;
        let platform = Platform::new(&base_url, credentials)?.with_vocabulary(vocabulary.words());
        Ok(Self {
            common,
            args,
            vocabulary,
            given,
            client: platform::client(platform)?,
            mask,
            sandbox,
            listening: None,
        })
    }

    /// Everything before the instance is created: what to create, and in how many steps.
    async fn prepare(&mut self) -> Result<(CreateInstance, usize), Failure> {
        let key = &self.args.key;
        // Wrong secrets and unknown connectors show here, before the user is asked for anything.
        let entries = {
            let _spinner = Spinner::start(format!("Asking the platform what {key} needs"));
            self.client.call(&ConnectorConfiguration::new(key)).await.map_err(|error| {
                Failure::call(format!("the platform does not tell what {key} needs"), &error, &self.mask)
            })?
        };
        let uses_oauth = entries.iter().any(|entry| entry.key == configuration::API_KEY);
        let configuration = self.configuration(&entries).await?;
        let required = entries.into_iter().filter(ConfigurationEntry::is_wanted).map(|entry| entry.key);
        let (create, steps) =
            if uses_oauth { (self.authorize().await?, 3) } else { (CreateInstance::new(key), 1) };
        let create =
            configuration.into_iter().fold(create, |create, (key, value)| create.configuration(key, value));
        Ok((create.require(required), steps))
    }
}

/// A sandbox that ends with this program.
fn sandbox_of_its_own(args: &Connect) -> Result<Server, Failure> {
    let mut sandbox = Sandbox::new(u64::from_ne_bytes(random::bytes()?));
    if let Some(url) = &args.callback_url {
        sandbox.register_redirect_uri(url);
    }
    sandbox::start(sandbox, 0)
}

/// The application's registration with the provider, as the user has to give it.
fn wanted_registration(args: &Connect) -> [Wanted; 2] {
    let key = Wanted::secret("API key", "--api-key", args.api_key.as_deref(), "YOUR_MOMS_API_KEY");
    [
        Wanted { public: true, ..key },
        Wanted::secret("API secret", "--api-secret", args.api_secret.as_deref(), "YOUR_MOMS_API_SECRET"),
    ]
}
