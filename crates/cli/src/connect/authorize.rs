//! Steps 1 and 2: the OAuth URL, and what the user answers.

use std::time::{Duration, SystemTime};

use your_moms_core::{
    AuthorizationUrl, Callback, CallbackError, CallbackUrl, ClientCredentials, CreateInstance, Error,
    OauthUrl, Pending, Secret, State,
};

use super::listener::{Arrival, Listener, Listening};
use super::{Session, browser, paste, press, wanted_registration};
use crate::args::Connect;
use crate::failure::Failure;
use crate::terminal::{self, BOLD, Spinner};
use crate::{random, secrets};

/// The callback URL where nobody listens: the browser shows an error there, and the address to paste.
pub(super) const NOBODY: &str = "http://127.0.0.1/callback";

/// How the redirect comes back.
enum Way {
    Listen(Listener),
    Paste(CallbackUrl),
}

impl Session<'_> {
    /// The creation that the user allowed.
    pub(super) async fn authorize(&mut self) -> Result<CreateInstance, Failure> {
        let registration = self.registration().await?;
        let way = Way::choose(self.args, self.given.callback_url.clone()).await?;
        let state = State::from_random(random::bytes()?);
        let (ask, pending) = Pending::begin(
            self.client.platform(),
            &self.args.key,
            &registration,
            way.callback_url(),
            state,
            SystemTime::now(),
        );
        let ask = self.given.shape(ask);
        terminal::step(1, 3, "Asking the platform for the OAuth URL");
        let url = self.oauth_url(&ask).await?;
        let what = if self.args.yes {
            "Allowing access, as a browser would:"
        } else {
            "Allow access in your browser:"
        };
        terminal::step(2, 3, &format!("{what}\n    {BOLD}{}{BOLD:#}", url.expose()));

        let limit = Duration::from_secs(self.args.timeout);
        let answer =
            tokio::time::timeout(limit, self.answer(way, &pending, &url)).await.map_err(|_| {
                let limit = humantime::format_duration(limit);
                Failure::timed_out(format!("nobody answered the provider's page within {limit}"))
                    .help("nothing was connected; begin again")
            })??;
        let callback = answer.map_err(|error| self.no_access(&error))?;
        if let Some(code) = callback.code() {
            self.mask.add(code);
        }
        Ok(pending.finish(&callback, &registration))
    }

    async fn registration(&mut self) -> Result<ClientCredentials, Failure> {
        let known = self.sandbox.as_ref().and_then(|server| server.sandbox().client(&self.args.key).cloned());
        let (key, secret) = if let Some(client) = known {
            (Secret::from(client.api_key), Secret::from(client.api_secret))
        } else {
            let mut values =
                secrets::obtain(wanted_registration(self.args).into(), Vec::new()).await?.into_iter();
            let mut next = || values.next().unwrap_or_else(|| Secret::from(""));
            (next(), next())
        };
        self.mask.add(&secret);
        Ok(ClientCredentials::new(key.expose(), secret)?)
    }

    async fn oauth_url(&self, ask: &OauthUrl) -> Result<AuthorizationUrl, Failure> {
        let no_url = |error: &Error| Failure::call("there is no OAuth URL", error, &self.mask);
        let answer = self.client.call(ask).await.map_err(|error| no_url(&error))?;
        answer.check(ask).map_err(|error| no_url(&error.into()))
    }

    /// What the redirect brings.
    async fn answer(
        &mut self,
        way: Way,
        pending: &Pending,
        url: &AuthorizationUrl,
    ) -> Result<Result<Callback, CallbackError>, Failure> {
        let listener = match way {
            Way::Listen(listener) => listener,
            Way::Paste(_) => {
                terminal::say(
                    "    Then paste the URL that the browser ends up at, even if it shows an error there:",
                );
                return paste::read(pending).await;
            }
        };
        let mut listening = listener.listen(pending.clone(), &self.args.key);
        let answer = if self.args.yes {
            let (answer, ()) = tokio::try_join!(
                first_answer(&mut listening),
                press::allow(self.client.platform(), url.expose())
            )?;
            answer
        } else {
            open_browser(url);
            first_answer(&mut listening).await?
        };
        // It goes on answering: a browser may come twice.
        self.listening = Some(listening);
        Ok(answer)
    }

    fn no_access(&self, error: &CallbackError) -> Failure {
        let key = &self.args.key;
        let CallbackError::Denied(denial) = error else {
            return Failure::failed(format!("{key} was not connected")).because(error);
        };
        let failure = if denial.is_by_user() {
            Failure::denied(format!("{key} was not connected: access was denied"))
        } else {
            Failure::failed(format!("{key} was not connected")).because(error)
        };
        match denial.description().or(denial.reason()) {
            Some(text) => failure.note(format!("the provider says: {}", self.mask.clean(text))),
            None => failure,
        }
    }
}

impl Way {
    async fn choose(args: &Connect, callback_url: Option<CallbackUrl>) -> Result<Self, Failure> {
        match callback_url {
            Some(url) if args.no_browser => Ok(Self::Paste(url)),
            None if args.no_browser => Ok(Self::Paste(CallbackUrl::new(NOBODY)?)),
            None => Listener::anywhere().await.map(Self::Listen),
            Some(url) => match Listener::at(&url).await? {
                Some(listener) => Ok(Self::Listen(listener)),
                None if args.yes => Err(Failure::usage("--yes needs a callback URL at 127.0.0.1")),
                None => Ok(Self::Paste(url)),
            },
        }
    }

    fn callback_url(&self) -> &CallbackUrl {
        match self {
            Self::Listen(listener) => listener.callback_url(),
            Self::Paste(url) => url,
        }
    }
}

/// Waits for the redirect that counts, and tells the user of those that do not.
async fn first_answer(listening: &mut Listening) -> Result<Result<Callback, CallbackError>, Failure> {
    let spinner = Spinner::start("Waiting for your answer");
    loop {
        match listening.next().await? {
            Arrival::Answer(answer) => return Ok(answer),
            Arrival::Stray(why) => {
                spinner.say(&format!("    A redirect came that does not count: {why}. Still waiting."));
            }
        }
    }
}

fn open_browser(url: &AuthorizationUrl) {
    let url = url.expose().to_owned();
    tokio::spawn(async move {
        if !browser::open(&url).await {
            terminal::say("    No browser could be started: open the link yourself.");
        }
    });
}
