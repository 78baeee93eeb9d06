//! What carries the requests of a scene: it plants secrets in responses, and knows those of all that passes.

use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use http::Request;
use serde_json::{Value, json};
use your_moms_core::{AsyncTransport, CallContext, Redacted, Reply, Transport, curl};

use crate::watch::Scene;

/// A scene that several look at and write to.
pub(crate) type Shared = Arc<Mutex<Scene>>;

/// What the platform puts into every object of a response, under a name that nobody knows.
const UNKNOWN: &str = "canary-7Qm2vX9kTz4RbW8pLs";

#[derive(Clone)]
pub(crate) struct Watched<T> {
    pub(crate) transport: T,
    pub(crate) scene: Shared,
    /// The operations that were sent.
    pub(crate) sent: Arc<Mutex<Vec<&'static str>>>,
    /// Whether what comes back is the sandbox's, and has secrets under the names of secrets.
    pub(crate) is_sandbox: bool,
}

impl<T> Watched<T> {
    fn before(&self, request: &Request<Vec<u8>>) {
        self.sent.lock().unwrap().push(CallContext::of(request).operation);
        let mut scene = self.scene.lock().unwrap();
        scene.harvest_request(request);
        // In the forms that are meant to be shown.
        scene.text("request", format!("{0} {0:?} {0:#?} {1:?}", Redacted(request), request.headers()));
        scene.text("curl", curl(request));
    }

    fn after(&self, reply: Reply) -> Reply {
        let mut scene = self.scene.lock().unwrap();
        reply.map(|mut response| {
            if !self.is_sandbox {
                return response;
            }
            if let Ok(mut body) = serde_json::from_slice(response.body()) {
                plant(&mut body);
                *response.body_mut() = body.to_string().into_bytes();
            }
            scene.harvest_response(&response);
            response
        })
    }
}

fn plant(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(plant),
        Value::Object(members) => {
            members.insert("session".to_owned(), json!({ "sessionKey": [UNKNOWN] }));
            members.insert("sessionKey".to_owned(), UNKNOWN.into());
        }
        _ => {}
    }
}

impl<T: Transport> Transport for Watched<T> {
    fn send(&self, request: Request<Vec<u8>>) -> Reply {
        self.before(&request);
        self.after(self.transport.send(request))
    }
}

#[async_trait]
impl<T: AsyncTransport> AsyncTransport for Watched<T> {
    async fn send(&self, request: Request<Vec<u8>>) -> Reply {
        self.before(&request);
        let reply = self.transport.send(request).await;
        self.after(reply)
    }
}
