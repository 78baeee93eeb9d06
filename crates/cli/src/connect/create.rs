//! Step 3: the instance.

use std::pin::pin;

use your_moms_core::{CreateInstance, Error, Instance};

use super::Session;
use crate::failure::Failure;
use crate::interrupts::Interrupts;
use crate::random;
use crate::terminal::{self, Spinner};

impl Session<'_> {
    /// Creates the instance. Once the request is on its way, Ctrl-C is too late to leave nothing behind; so the answer is
    /// waited for, unless the user insists.
    pub(super) async fn create(
        &self,
        create: CreateInstance,
        steps: usize,
        interrupts: &mut Interrupts,
    ) -> Result<Instance, Failure> {
        // By this tag the instance is found again if its answer is lost.
        let marker = format!("connect-{}", random::unique()?);
        terminal::step(steps, steps, "Creating the instance (this can take half a minute)");
        let spinner = Spinner::start("Waiting for the platform");
        let mut created = pin!(self.client.provision(create, &marker));
        let mut interrupted = false;
        loop {
            tokio::select! {
                result = &mut created => return result.map_err(|error| self.not_created(&error, &marker)),
                () = interrupts.next() => {
                    if interrupted {
                        return Err(Failure::interrupted("given up while the instance was being created")
                            .help(search(&marker)));
                    }
                    interrupted = true;
                    spinner.say("    The request is on its way: waiting for its answer. Ctrl-C again gives up.");
                }
            }
        }
    }

    fn not_created(&self, error: &Error, marker: &str) -> Failure {
        let failure = Failure::call("the instance was not created", error, &self.mask);
        match error {
            // The status says that it was: then its token is in this answer and nowhere else.
            Error::Response(error) if error.status().is_success() => {
                terminal::rescue(error.body());
                failure
                    .note("the platform's answer was printed as it came; a token may be in it: keep it safe")
                    .help(search(marker))
            }
            _ if error.may_have_happened() => failure.help(search(marker)),
            _ => failure,
        }
    }
}

/// What to do where nobody knows whether the instance exists.
fn search(marker: &str) -> String {
    format!(
        "it may exist all the same, with the tag {marker}: look for that on the platform before you try again"
    )
}
