//! What was asked of the sandbox, without a value that could be a secret.

use std::time::{Duration, SystemTime};

use http::{Request, Response, StatusCode};

use crate::catalogue::Catalogue;
use crate::response::instance_of;
use crate::route::Call;
use crate::sandbox::Sandbox;

pub use message::Message;
pub(crate) use ring::Journal;

mod line;
mod mask;
mod message;
mod ring;
mod target;

/// One request and how it ended. Its text is one line for a terminal.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Record {
    /// Counts the requests, from 1.
    pub number: u64,
    /// When it was handled, by the sandbox's clock.
    pub at: SystemTime,
    /// How long it took until the response was ready to be sent; in-process nobody measures it.
    pub duration: Option<Duration>,
    /// The call it made, if it made one.
    pub call: Option<Call>,
    /// The method, such as `GET`.
    pub method: String,
    /// The path. A segment that is no word of the API, no key of a connector or of a configuration entry
    /// and no number reads `…`.
    pub path: String,
    /// The names in the query, in order, without their values. A name that the API does not know reads `…`.
    pub query_names: Vec<String>,
    /// The names of the header fields, sorted, once each.
    pub header_names: Vec<String>,
    /// Length of the body in bytes.
    pub body_length: usize,
    /// The status of the response; `None` if the connection was reset.
    pub status: Option<StatusCode>,
    /// The instance that the response is about.
    pub instance: Option<u64>,
    /// Whose account at the provider that instance is connected to, where it is known.
    pub account: Option<String>,
    /// The name of the fault that was used, as [`Fault::name`](crate::Fault::name) has it.
    pub fault: Option<String>,
    /// The habits of [`Behaviour`](crate::Behaviour) that changed something: `filter-ignored`, `small-page`, `shown-late`
    /// or `tags-stripped`.
    pub behaviours: Vec<&'static str>,
    /// The request, with its secrets masked.
    pub request: Message,
    /// The response, or the one that began to arrive, with its secrets masked.
    pub response: Option<Message>,
}

impl Record {
    pub(crate) fn of(
        request: &Request<&[u8]>,
        call: Option<Call>,
        response: Option<&Response<Vec<u8>>>,
        now: SystemTime,
        catalogue: &Catalogue,
    ) -> Self {
        let mut header_names: Vec<_> = request.headers().keys().map(ToString::to_string).collect();
        header_names.sort();
        Self {
            number: 0,
            at: now,
            duration: None,
            call,
            method: request.method().to_string(),
            path: target::path(request.uri(), catalogue),
            query_names: target::query_names(request.uri().query().unwrap_or_default()),
            header_names,
            body_length: request.body().len(),
            status: response.map(Response::status),
            instance: response.and_then(instance_of),
            account: None,
            fault: None,
            behaviours: Vec::new(),
            request: Message::of_request(request, catalogue),
            response: response.map(|response| Message::of_response(response, catalogue)),
        }
    }
}

impl Sandbox {
    /// The last requests, in order: 10 000 at most, or as many as [`keep_journal`](Self::keep_journal) says.
    pub fn journal(&self) -> &[Record] {
        self.journal.records()
    }

    /// Keeps the last `records` requests in the journal, and for 0 none.
    pub fn keep_journal(&mut self, records: usize) {
        self.journal.keep(records);
    }

    /// Notes a request that has been handled.
    pub(crate) fn note(
        &mut self,
        request: &Request<&[u8]>,
        call: Option<Call>,
        response: Option<&Response<Vec<u8>>>,
        fault: Option<String>,
        now: SystemTime,
    ) {
        let behaviours = self.parts().0.take_shown_behaviours();
        if self.journal.is_kept() {
            let record = Record::of(request, call, response, now, self.catalogue());
            let account = record.instance.and_then(|id| self.provider_account(id));
            self.journal.push(Record { account, fault, behaviours, ..record });
        }
    }
}
