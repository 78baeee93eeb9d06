//! `your-moms connect`: the three steps of the source document, for one user at a terminal.

mod authorize;
mod browser;
mod configuration;
mod create;
mod curl;
mod desk;
mod follow;
mod given;
mod listener;
mod pages;
mod paste;
mod payoff;
mod press;
mod reauthorize;
mod redirect;
mod report;

use your_moms_core::{
    ConfigurationEntry, CreateInstance, GetConnector, GetConnectorConfiguration, Operation, Platform, Secret,
};
use your_moms_sandbox::{Sandbox, Server};

use crate::args::{Common, Connect, Vocabulary};
use crate::failure::Failure;
use crate::interrupts::Interrupts;
use crate::mark;
use crate::mask::Mask;
use crate::platform::{self, Client};
use crate::secrets::{self, Required};
use crate::spinner::Spinner;
use crate::store::Store;
use crate::{again, connectors, recover, sandbox};
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
    secrets_mark: String,
    sandbox: Option<Server>,
    /// Responds to the browser until the end, once it has brought the redirect.
    listening: Option<Listening>,
}

pub(crate) async fn run(common: &Common, args: &Connect, interrupts: &mut Interrupts) -> Result<(), Failure> {
    if args.curl {
        return interrupts.end(curl::show(common, args)).await;
    }
    let store = Store::at(common.store.as_deref());
    // What is left of an earlier creation has nothing to do with a sandbox, and must not keep it from starting.
    if let Ok(kept) = store.as_ref().map_err(drop).and_then(|store| store.read().map_err(drop)) {
        recover::remind(&kept);
    }
    let for_now = args.sandbox.then(payoff::store).transpose()?;
    let store = for_now.as_ref().map_or(store, |(_, store)| Ok(store.clone()))?;
    if let Some(name) = interrupts.end(reauthorize::chosen(common, args, &store)).await? {
        return reauthorize::run(common, args, &store, &name, interrupts).await;
    }
    let name = interrupts.end(store.reserve(args.name.as_deref(), &args.key)).await?;
    // Until the instance is created nothing exists that an interrupted program could leave behind.
    let mut session = interrupts.end(Session::start(common, args)).await?;
    let result = session.connect(&store, &name, interrupts).await;
    session.end(interrupts).await;
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
        let instance = self.create(store, name, &create, steps, interrupts).await?;
        if let Some(listening) = &self.listening {
            listening.created();
        }
        self.finish(store, name, &create, &instance, interrupts).await
    }

    /// Lets the last page reach the browser, unless the user has no patience for that.
    async fn end(&mut self, interrupts: &mut Interrupts) {
        if let Some(listening) = self.listening.take() {
            tokio::select! {
                () = listening.end() => {}
                () = interrupts.next() => {}
            }
        }
    }

    async fn start(common: &'a Common, args: &'a Connect) -> Result<Self, Failure> {
        let vocabulary = platform::vocabulary(common)?;
        let given = Given::read(args, vocabulary).await?;
        let sandbox = args.sandbox.then(|| sandbox_of_its_own(args)).transpose()?;
        let (base_url, secrets) = if let Some(server) = &sandbox {
            let known = server.sandbox().credentials().clone();
            let secrets = [known.user_secret, known.organization_secret].map(Secret::from);
            (server.base_url(vocabulary.noun()), secrets.into())
        } else {
            let required = platform::required_credentials(common).into();
            let secrets = secrets::obtain(required, required_registration(args).into()).await?;
            let base_url = platform::base_url(common)?;
            platform::check_secrets(common, &base_url, &secrets)?;
            (base_url, secrets)
        };
        let mut mask = Mask::of(&secrets);
        given.hide(&mut mask);
        let secrets_mark = mark::of(&secrets);
        let credentials = platform::credentials(secrets)?;
        let platform = Platform::new(&base_url, credentials)?.with_vocabulary(vocabulary.words());
        Ok(Self {
            common,
            args,
            vocabulary,
            given,
            client: platform::client(common, platform).await?,
            mask,
            secrets_mark,
            sandbox,
            listening: None,
        })
    }

    /// Everything before the instance is created: what to create, and in how many steps.
    async fn prepare(&mut self) -> Result<(CreateInstance, usize), Failure> {
        let connector = &self.given.connector;
        // Wrong secrets and unknown connectors show here, before the user is asked for anything.
        let entries = self.ask(&GetConnectorConfiguration::new(connector.clone())).await?;
        let oauth = self.oauth(&entries).await?;
        let configuration = self.configuration(&entries).await?;
        let required = entries.into_iter().filter(ConfigurationEntry::needs_value).map(|entry| entry.key);
        let (create, steps) = match oauth {
            Some(oauth1) => (self.authorize(oauth1).await?, 3),
            None => (self.without_oauth()?, 1),
        };
        let create =
            configuration.into_iter().fold(create, |create, (key, value)| create.configuration(key, value));
        Ok((create.require(required), steps))
    }

    /// Whether the connector uses OAuth 1.0a; `None` if it uses no OAuth at all.
    async fn oauth(&self, entries: &[ConfigurationEntry]) -> Result<Option<bool>, Failure> {
        if !entries.iter().any(|entry| entry.key == configuration::API_KEY) {
            return Ok(None);
        }
        let connector = self.ask(&GetConnector::new(self.given.connector.clone())).await?;
        Ok(Some(connector.authentication() == Some("oauth1")))
    }

    /// Asks the platform about the connector.
    async fn ask<O: Operation>(&self, operation: &O) -> Result<O::Output, Failure> {
        let key = &self.args.key;
        let _spinner = Spinner::start(format!("Asking the platform what {key} needs"));
        match self.client.call(operation).await {
            Ok(output) => Ok(output),
            Err(error) => {
                let again = again::platform(self.common, self.args.sandbox);
                Err(connectors::unknown(&self.client, key, &error, &self.mask, &again).await)
            }
        }
    }

    fn without_oauth(&self) -> Result<CreateInstance, Failure> {
        let create = self.client.new_instance(&self.given.connector);
        create.map_err(|error| Failure::call("the instance was not created", &error, &self.mask))
    }
}

/// A sandbox that ends with this program.
fn sandbox_of_its_own(args: &Connect) -> Result<Server, Failure> {
    let mut sandbox = Sandbox::new(sandbox::random_seed()?);
    if let Some(url) = &args.callback_url {
        sandbox.register_redirect_uri(url);
    }
    sandbox::start(sandbox, 0)
}

/// The application's registration with the provider, as the user has to give it.
fn required_registration(args: &Connect) -> [Required; 2] {
    let key = Required::secret("API key", "--api-key", args.api_key.as_deref(), "YOUR_MOMS_API_KEY");
    [
        Required { public: true, ..key },
        Required::secret("API secret", "--api-secret", args.api_secret.as_deref(), "YOUR_MOMS_API_SECRET"),
    ]
}
