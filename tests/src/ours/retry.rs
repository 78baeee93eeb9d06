//! Conversations: core's client led through them.

use std::fmt::Debug;
use std::time::{Duration, UNIX_EPOCH};

use serde_json::{Value, json};
use your_moms_core::{
    Authorize, Client, CreateRecord, Error, Operation as Call, Page, Paged, Platform, RetryPolicy,
};

use super::conversation::Script;
use super::error;
use super::instance::members;
use super::operation::Use;
use super::platform::of_the_source_document;
use super::prints::Prints;
use super::problem::Problem;
use super::show::Show;
use crate::format::operation::Operation;
use crate::format::parameters as format;
use crate::format::response::{Output, Started};
use crate::format::retry::{Input, NamedPolicy, OwnPolicy, Policy, Step};

/// How often a conversation is led: a wait is anywhere in its range.
const TIMES: usize = 8;

pub(super) fn outcome(input: &Input, prints: &mut Prints) -> Result<Value, Problem> {
    let mut ends = Vec::new();
    for _ in 0..TIMES {
        let end = match lead(input, prints) {
            Ok(output) => serde_json::to_value(output).map_err(Problem::case)?,
            Err(Problem::Failed(failed)) => json!({ "error": error::failure(&failed, prints) }),
            Err(problem) => return Err(problem),
        };
        ends.push(end);
    }
    let last = ends.pop().unwrap_or_default();
    if ends.iter().all(|other| *other == last) {
        Ok(last)
    } else {
        Err(Problem::case("the end depends on chance"))
    }
}

fn lead(input: &Input, prints: &mut Prints) -> Result<Output, Problem> {
    let platform = of_the_source_document()?;
    let policy = input.policy.map_or_else(RetryPolicy::default, Policy::policy);
    let talk = |steps: &[Step]| Talk::new(platform.clone(), policy, steps);
    match &input.operation {
        Operation::CreateInstance(parameters) => {
            let create = parameters.creation(&platform, prints)?;
            let first = talk(&input.steps);
            let end = first.end(first.client.create(&create))?;
            let end = match &input.again {
                None => end,
                Some(steps) => {
                    let second = talk(steps);
                    second.end(second.client.create(&create))?
                }
            };
            prints.shown(&end?).show()
        }
        Operation::Recover(parameters) => {
            let record = Value::Object(parameters.record.clone());
            let record: CreateRecord = serde_json::from_value(record).map_err(Problem::case)?;
            let talk = talk(&input.steps);
            match talk.end(talk.client.recover(&record))?? {
                Some(instance) => prints.shown(&instance).show(),
                None => ().show(),
            }
        }
        Operation::Authorize(parameters) => {
            authorize(parameters, &platform, policy, &talk(&input.steps), prints)
        }
        Operation::ListInstances(parameters) if input.all_pages => {
            talk(&input.steps).all_pages(&parameters.operation()?)?.show()
        }
        Operation::ListConnectors(parameters) if input.all_pages => {
            talk(&input.steps).all_pages(&parameters.operation())?.show()
        }
        operation => operation.hand_to(talk(&input.steps), &platform, prints),
    }
}

fn authorize(
    input: &format::Authorize,
    platform: &Platform,
    policy: RetryPolicy,
    talk: &Talk,
    prints: &mut Prints,
) -> Result<Output, Problem> {
    let registration = input.registration.registration(prints)?;
    let now = UNIX_EPOCH + Duration::from_secs(input.now);
    let machine = Authorize::new(&registration, platform, policy, input.entropy.draw()?, now);
    prints.debug(&machine);
    let (url, pending) = talk.end(talk.client.run(machine))??;
    prints.debug(&(&url, &pending));
    Ok(Output::Authorized(Started { url: url.expose().to_owned(), pending: members(&pending)? }))
}

/// A client that talks by the script.
struct Talk {
    client: Client<Script>,
    script: Script,
}

impl Talk {
    fn new(platform: Platform, policy: RetryPolicy, steps: &[Step]) -> Self {
        let script = Script::new(steps);
        let timer = script.clone();
        // Nothing that a conversation calls draws random bytes.
        let random = |_: &mut [u8]| Err("there is no random source");
        let client = Client::new(platform, script.clone(), move |wait| timer.wait(wait), random);
        Self { client: client.with_retries(policy), script }
    }

    fn end<T>(&self, result: Result<T, Error>) -> Result<Result<T, Error>, Problem> {
        self.script.end(result)
    }

    /// The entries of all pages as one.
    fn all_pages<O: Paged + Clone>(&self, operation: &O) -> Result<Page<O::Item>, Problem> {
        let items = self.client.pages(operation).items().collect();
        Ok(Page { items: self.end(items)??, next: None })
    }
}

impl Use for Talk {
    type Outcome = Output;

    fn call<O: Call<Output: Debug> + Debug>(
        self,
        operation: &O,
        show: impl FnOnce(O::Output, &mut Prints) -> Result<Output, Problem>,
        prints: &mut Prints,
    ) -> Result<Output, Problem> {
        prints.debug(operation);
        let output = self.end(self.client.call(operation))??;
        prints.debug(&output);
        show(output, prints)
    }
}

impl Policy {
    fn policy(self) -> RetryPolicy {
        match self {
            Self::Named(NamedPolicy::Never) => RetryPolicy::NEVER,
            Self::Own(own) => own.policy(),
        }
    }
}

impl OwnPolicy {
    fn policy(self) -> RetryPolicy {
        let default = RetryPolicy::default();
        let or = |millis: Option<u64>, default| millis.map_or(default, Duration::from_millis);
        RetryPolicy {
            tries: self.tries.unwrap_or(default.tries),
            base: or(self.base_ms, default.base),
            cap: or(self.cap_ms, default.cap),
            search: or(self.search_ms, default.search),
            deadline: or(self.deadline_ms, default.deadline),
        }
    }
}
