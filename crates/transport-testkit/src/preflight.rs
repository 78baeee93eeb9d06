//! The first two calls of all: without them, each check would fail for the same reason.

use std::time::Duration;

use http::Method;

use crate::fault::Scene;
use crate::request::secret_request;
use crate::server::Server;
use crate::subject::Subject;

/// Its name stands in the report if it fails. It cannot be run alone or left out.
pub const PREFLIGHT_CHECK: &str = "preflight";

pub(crate) const REASON: &str = "nothing else was run: a plain GET and a plain POST to a server on 127.0.0.1 that responds with 200 must work first";

pub(crate) const FIX: &str = "if the call never ended: `block_on` must run the future on an executor that other threads can use. A handle of a \
     current-thread runtime waits forever, because the thread that would drive it is waiting for the kit; make a runtime for \
     the kit (`let runtime = tokio::runtime::Runtime::new()?;`, `move |future| runtime.block_on(future)`). If it failed: let \
     the transport connect to plain `http` on loopback, without a proxy. If it panicked: look at the closure that makes the \
     transport";

pub(crate) fn run(subject: &dyn Subject) -> Result<(), String> {
    let mut settings = Scene::new("").settings;
    settings.limits.total = Duration::from_secs(4);
    settings.limits.connect = Duration::from_secs(3);
    for method in [Method::GET, Method::POST] {
        let server = Server::plain(|wire| {
            if wire.request().is_some() {
                wire.write("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}");
            }
        });
        let reply = subject.open(&settings).call(secret_request(&method, &server.url()));
        drop(server.finish());
        match reply {
            Ok(response) if response.status() == 200 => {}
            Ok(response) => {
                return Err(format!(
                    "{method}: status {}, and the server sent 200",
                    response.status().as_u16()
                ));
            }
            Err(error) => {
                return Err(format!(
                    "{method}: failed ({error}, {:?}), and the server sent 200",
                    error.delivery()
                ));
            }
        }
    }
    Ok(())
}
