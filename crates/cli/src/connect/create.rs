//! Step 3: the instance.

use std::pin::pin;

use your_moms_core::{CreateInstance, Error, Instance};

use super::Session;
use crate::failure::Failure;
use crate::interrupts::Interrupts;
use crate::spinner::Spinner;
use crate::store::{self, Creation, Store};
use crate::terminal;

impl Session<'_> {
    /// Creates the instance. Once the request is on its way, Ctrl-C is too late to leave nothing behind; so the response is
    /// waited for, unless the user insists.
    pub(super) async fn create(
        &self,
        store: &Store,
        name: &str,
        create: &CreateInstance,
        steps: usize,
        interrupts: &mut Interrupts,
    ) -> Result<Instance, Failure> {
        // However this program ends, `recover` finds the instance by what is stored now.
        interrupts.end(store.start(self.creation(name, create))).await?;
        terminal::step(steps, steps, "Creating the instance (this can take half a minute)");
        let spinner = Spinner::start("Waiting for the platform");
        let mut created = pin!(self.client.create(create));
        let mut interrupted = false;
        loop {
            tokio::select! {
                result = &mut created => {
                    drop(spinner);
                    return match result {
                        Ok(instance) => Ok(instance),
                        Err(error) => Err(self.not_created(store, create, &error, interrupts).await),
                    };
                }
                () = interrupts.next() => {
                    if interrupted {
                        return Err(Failure::interrupted("interrupted while the instance was being created")
                            .help(self.recover()));
                    }
                    interrupted = true;
                    spinner.say("    The request has been sent: waiting for the response. Press Ctrl-C again to give up.");
                }
            }
        }
    }

    fn creation(&self, name: &str, create: &CreateInstance) -> Creation {
        Creation {
            name: name.to_owned(),
            base_url: self.client.platform().base_url().to_owned(),
            vocabulary: self.vocabulary,
            sandbox: self.sandbox.is_some(),
            started_at: store::now(),
            record: create.record(),
            secrets_mark: Some(self.secrets_mark.clone()),
        }
    }

    async fn not_created(
        &self,
        store: &Store,
        create: &CreateInstance,
        error: &Error,
        interrupts: &mut Interrupts,
    ) -> Failure {
        let failure = Failure::call("the instance was not created", error, &self.mask);
        if !error.may_have_happened() {
            // If this fails, `recover` drops it later.
            drop(interrupts.end(store.forget(create.record().marker().as_str())).await);
            return failure;
        }
        let failure = failure.help(self.recover());
        // The status says that it was created: then its token is in this response and nowhere else.
        let body = match error {
            Error::Response(error) => error.body(),
            Error::Transport(error) => error.partial_body(),
            _ => &[],
        };
        if body.is_empty() || !error.status().is_some_and(|status| status.is_success()) {
            return failure;
        }
        terminal::rescue(body);
        failure.note("the response was printed as it came; the token may be in it, so keep it safe")
    }

    /// What to do where nobody knows whether the instance exists.
    pub(super) fn recover(&self) -> String {
        format!("it may exist all the same: `your-moms recover{}` looks for it", self.store_option())
    }
}
