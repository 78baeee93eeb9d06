//! Steps 1 and 2: the OAuth URL, and the provider's redirect.

use std::time::{Duration, SystemTime};

use your_moms_core::{
    AuthorizationUrl, Authorized, CallbackError, CallbackUrl, CreateInstance, PendingAuthorization,
    Registration, Secret,
};

use super::desk::Arrival;
use super::listener::{Listener, Listening};
use super::redirect::Redirect;
use super::{Session, browser, paste, press, required_registration};
use crate::args::Connect;
use crate::failure::Failure;
use crate::progress;
use crate::sandbox::connector;
use crate::secrets;
use crate::spinner::Spinner;
use crate::terminal::{self, BOLD};

/// The callback URL where nobody listens: the browser shows an error there, and the address to paste.
pub(super) const NOBODY: &str = "http://127.0.0.1/callback";

/// How the redirect comes back.
enum Way {
    Listen(Listener),
    Paste(CallbackUrl),
}

impl Session<'_> {
    /// The creation that the user allowed.
    pub(super) async fn authorize(&mut self, oauth1: bool) -> Result<CreateInstance, Failure> {
        let (authorized, registration) = self.allowed(oauth1).await?;
        Ok(authorized.create(&registration)?)
    }

    /// What the user allowed, and for which registration.
    pub(super) async fn allowed(&mut self, oauth1: bool) -> Result<(Authorized, Registration), Failure> {
        let (api_key, api_secret) = self.registered().await?;
        let way = Way::choose(self.args, self.given.callback_url.clone()).await?;
        let registration = self.given.registration(api_key.expose(), api_secret, way.callback_url())?;
        let registration = if oauth1 { registration.oauth1() } else { registration };
        terminal::step(1, 3, "Asking the platform for the OAuth URL");
        let (url, pending) = self.oauth_url(&registration).await?;
        let what = if self.args.yes {
            "Allowing access, as a browser would:"
        } else {
            "Allow access in your browser:"
        };
        terminal::step(2, 3, &format!("{what}\n    {BOLD}{}{BOLD:#}", url.expose()));

        let limit = Duration::from_secs(self.args.timeout);
        let redirect = tokio::time::timeout(limit, self.redirect(way, pending, &url)).await;
        let redirect = redirect.map_err(|_| {
            let limit = humantime::format_duration(limit);
            Failure::timed_out(format!("the provider sent no redirect within {limit}"))
                .help("nothing was connected; start again")
        })??;
        redirect.secrets.iter().for_each(|secret| self.mask.add(secret));
        let authorized = redirect.outcome.map_err(|error| self.no_access(&error))?;
        Ok((authorized, registration))
    }

    /// The key and the secret that the provider gave to the application.
    async fn registered(&mut self) -> Result<(Secret, Secret), Failure> {
        let known = self.sandbox.as_ref().and_then(|server| {
            let sandbox = server.sandbox();
            sandbox.client(&connector(&sandbox, &self.args.key)?.key).cloned()
        });
        let (key, secret) = if let Some(client) = known {
            (Secret::from(client.api_key), Secret::from(client.api_secret))
        } else {
            let mut values =
                secrets::obtain(required_registration(self.args).into(), Vec::new()).await?.into_iter();
            let mut next = || values.next().unwrap_or_else(|| Secret::from(""));
            (next(), next())
        };
        self.mask.add(&secret);
        Ok((key, secret))
    }

    async fn oauth_url(
        &self,
        registration: &Registration,
    ) -> Result<(AuthorizationUrl, PendingAuthorization), Failure> {
        let asked = self.client.authorize(registration, SystemTime::now()).await;
        asked.map_err(|error| Failure::call("there is no OAuth URL to open", &error, &self.mask))
    }

    /// The redirect of this authorization.
    async fn redirect(
        &mut self,
        way: Way,
        pending: PendingAuthorization,
        url: &AuthorizationUrl,
    ) -> Result<Redirect, Failure> {
        let listener = match way {
            Way::Listen(listener) => listener,
            Way::Paste(callback_url) => {
                self.before_waiting(&callback_url);
                terminal::say(
                    "    Then paste the URL that the browser ends up at, even if it shows an error there:",
                );
                return paste::read(pending).await;
            }
        };
        let callback_url = listener.callback_url().clone();
        let mut listening = listener.listen(pending, &self.args.key);
        let redirect = if self.args.yes {
            let (redirect, ()) = tokio::try_join!(
                awaited(&mut listening),
                press::allow(self.common, self.client.platform(), url.expose())
            )?;
            redirect
        } else {
            self.before_waiting(&callback_url);
            // Until the redirect is here: nobody knows when the browser has read it.
            let page =
                if self.args.no_browser { None } else { Some(browser::Page::leading_to(url.expose())) };
            let opened = async {
                match &page {
                    None => {}
                    // A browser that may not read the page shows nothing, and tells nobody.
                    Some(Ok(page)) if page.open().await => {
                        progress::say("    If no page opens there, open the link yourself.");
                    }
                    Some(_) => progress::say("    No browser could be started: open the link yourself."),
                }
                std::future::pending().await
            };
            tokio::select! {
                redirect = awaited(&mut listening) => redirect?,
                never = opened => never,
            }
        };
        // It goes on responding: a browser may come twice.
        self.listening = Some(listening);
        Ok(redirect)
    }

    /// What only the user can see and the program cannot: an error on the provider's page.
    fn before_waiting(&self, callback_url: &CallbackUrl) {
        let quiet = terminal::QUIET;
        terminal::say(&format!(
            "{quiet}    If the page shows an error, check at the provider that the API key is right\n    \
             and that this callback URL is registered: {}{quiet:#}",
            self.mask.clean(callback_url.as_str())
        ));
    }

    fn no_access(&self, error: &CallbackError) -> Failure {
        let what = format!("{} was not connected", self.args.key);
        let (failure, denial) = match error {
            CallbackError::Denied(denial) if denial.is_by_user() => {
                let failure = Failure::denied(format!("{what}: access was denied"));
                (failure.help("start again, and allow access on the provider's page"), denial)
            }
            CallbackError::Denied(denial) => {
                let failure = Failure::failed(what).because(error);
                (failure.help("see to what the provider says, and start again"), denial)
            }
            CallbackError::Expired => return Failure::timed_out(what).because(error),
            _ => return Failure::failed(what).because(error),
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
            Some(url) if args.paste => Ok(Self::Paste(url)),
            None if args.paste => Ok(Self::Paste(CallbackUrl::new(NOBODY)?)),
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

/// Waits for the redirect of this authorization, and tells the user of others.
async fn awaited(listening: &mut Listening) -> Result<Redirect, Failure> {
    let spinner = Spinner::start("Waiting for the redirect");
    loop {
        match listening.next().await? {
            Arrival::Redirect(redirect) => return Ok(redirect),
            Arrival::Stray => {
                spinner.say(
                    "    A redirect without the `state` of this authorization was ignored, and so are others. Still \
                     waiting.",
                );
            }
        }
    }
}
