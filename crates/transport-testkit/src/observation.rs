//! What a transport did report for a fault.

use http::Method;
use your_moms_core::Reply;

use crate::fault::Fault;
use crate::outcome::Outcome;
use crate::request::{leak, secret_request, with_body};
use crate::server::Server;
use crate::subject::Subject;
use crate::transcript::Transcript;
use crate::verdict::Verdict;

/// What a transport made of a fault, and what the servers saw.
#[derive(Clone, Debug)]
pub(crate) struct Observation {
    pub(crate) outcome: Outcome,
    /// How many bytes of the request the servers read.
    pub(crate) bytes_read: usize,
    /// What is wrong with the outcome.
    pub(crate) misjudged: Option<String>,
    /// What would be more exact, if it is not wrong.
    pub(crate) inexact: Option<String>,
    /// Which secret the error shows.
    pub(crate) leak: Option<String>,
    /// What the servers saw, if it was more than the one request.
    pub(crate) repeated: Option<String>,
}

impl Fault {
    /// Lets the transport run into it. Delivery and kind come back as the transport gave them, with what is wrong about them.
    pub(crate) fn observe(&self, subject: &dyn Subject, method: &Method) -> Observation {
        let scene = (self.scene)();
        let transport = subject.open(&scene.settings);
        let reply = transport.call(match scene.upload {
            Some(length) => with_body(method, &scene.base, vec![b'x'; length]),
            None => secret_request(method, &scene.base),
        });
        drop(transport);
        drop(scene.keep);
        let transcripts: Vec<Transcript> = scene.servers.into_iter().flat_map(Server::finish).collect();
        self.judge(&reply, &transcripts)
    }

    /// What `reply` is worth, beside what the servers saw.
    pub(crate) fn judge(&self, reply: &Reply, transcripts: &[Transcript]) -> Observation {
        let bytes_read = transcripts.iter().map(Transcript::request_bytes).sum();
        let requests: usize = transcripts.iter().map(Transcript::request_count).sum();
        let repeated = (requests > 1).then(|| {
            let seen = transcripts.iter().filter(|seen| seen.request_count() > 0).map(Transcript::beginning);
            format!(
                "the server got {requests} requests for one call: {}",
                seen.collect::<Vec<_>>().join(" and ")
            )
        });
        match reply {
            Ok(response) => {
                let status = response.status().as_u16();
                let misjudged = (self.response != Some(status)).then(|| {
                    let length = response.body().len();
                    format!("it came back as a whole response: status {status}, {length} bytes; it must fail")
                });
                let outcome = Outcome::Response(status);
                Observation { outcome, bytes_read, misjudged, inexact: None, leak: None, repeated }
            }
            Err(error) => {
                let verdict =
                    Verdict { fault: self, delivery: error.delivery(), kind: error.kind(), bytes_read };
                let misjudged = verdict.wrong();
                let inexact = if misjudged.is_none() { verdict.inexact() } else { None };
                let outcome = verdict.outcome();
                Observation { outcome, bytes_read, misjudged, inexact, leak: leak(error), repeated }
            }
        }
    }
}
