//! The foreign clients of the examples keep the contract.

mod clients;

use std::collections::BTreeSet;

use async_trait::async_trait;
use http::{HeaderValue, Request};
use tokio::runtime::Runtime;
use your_moms_core::{AsyncTransport, Reply};
use your_moms_transport_testkit::{Kit, Settings, check, check_async};

#[test]
fn reqwest_blocking_keeps_the_contract() {
    check(clients::blocking);
}

#[test]
fn hyper_util_keeps_the_contract() {
    let runtime = Runtime::new().unwrap();
    check_async(move |future| runtime.block_on(future), clients::asynchronous);
}

#[test]
fn hyper_smol_keeps_the_contract() {
    // hyper's connections know no proxies; the application of an example may do without.
    let kit = Kit::asynchronous(|future| smol::block_on(future), clients::hyper_smol);
    kit.without("proxy").without("tls-behind-proxy").run().assert();
}

/// Sends the headers of a trace, as a layer around a transport does.
struct Traced(Box<dyn AsyncTransport>);

#[async_trait]
impl AsyncTransport for Traced {
    async fn send(&self, mut request: Request<Vec<u8>>) -> Reply {
        for (name, value) in [
            ("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"),
            ("tracestate", "vendor=1"),
            ("baggage", "tenant=a"),
        ] {
            request.headers_mut().insert(name, HeaderValue::from_static(value));
        }
        self.0.send(request).await
    }
}

#[test]
fn a_layer_may_add_the_headers_of_a_trace() {
    let runtime = Runtime::new().unwrap();
    let make = |settings: &Settings| Traced(clients::asynchronous(settings));
    let report = Kit::asynchronous(move |future| runtime.block_on(future), make)
        .run_named(&["request-headers", "no-added-headers"]);
    assert_eq!(report.failed(), BTreeSet::new());
}
