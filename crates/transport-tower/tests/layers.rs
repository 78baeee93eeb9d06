//! What the kit makes of layers around hyper-util: which are harmless, and which it finds out.
#![expect(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]

mod clients;

use std::collections::BTreeSet;
use std::future::{Ready, ready};

use http::{Request, Response};
use http_body_util::Full;
use hyper::body::{Bytes, Incoming};
use hyper_util::client::legacy::Error;
use tokio::runtime::Runtime;
use tower::retry::{Policy, RetryLayer};
use tower::{BoxError, ServiceBuilder};
use tower_http::follow_redirect::FollowRedirectLayer;
use your_moms_core::Limits;
use your_moms_tower::{HttpService, TowerTransport};
use your_moms_transport_testkit::{Kit, ONCE_CHECK};

use clients::HyperService;

/// The names of the checks that fail.
fn failed<S: HttpService<Full<Bytes>>>(
    around: impl Fn(HyperService, Limits) -> S + Send + Sync + 'static,
) -> BTreeSet<&'static str> {
    let runtime = Runtime::new().unwrap();
    let kit = Kit::asynchronous(
        move |future| runtime.block_on(future),
        move |settings| {
            let service = |kept| around(clients::client(settings, kept), settings.limits);
            TowerTransport::new(service(0), settings.limits, tokio::time::sleep)
                .with_pooled(service(16))
                .classify(clients::example::classify)
        },
    );
    kit.run().failed()
}

#[test]
fn limits_and_mapped_errors_are_harmless() {
    let failed = failed(|client, limits| {
        ServiceBuilder::new()
            .map_err(|error: BoxError| error)
            .timeout(limits.total)
            .load_shed()
            .concurrency_limit(64)
            .service(client)
    });
    assert_eq!(failed, BTreeSet::new());
}

#[test]
fn a_layer_that_follows_redirects_is_found_out() {
    let failed = failed(|client, _| ServiceBuilder::new().layer(FollowRedirectLayer::new()).service(client));
    assert_eq!(failed, BTreeSet::from(["no-redirect"]));
}

/// Sends once more whatever failed.
#[derive(Clone)]
struct Again;

impl Policy<Request<Full<Bytes>>, Response<Incoming>, Error> for Again {
    type Future = Ready<()>;

    fn retry(
        &mut self,
        request: &mut Request<Full<Bytes>>,
        result: &mut Result<Response<Incoming>, Error>,
    ) -> Option<Ready<()>> {
        let is_first = request.extensions_mut().insert(Second).is_none();
        (is_first && result.is_err()).then(|| ready(()))
    }

    fn clone_request(&mut self, request: &Request<Full<Bytes>>) -> Option<Request<Full<Bytes>>> {
        Some(request.clone())
    }
}

/// Marks a request that is the second try.
#[derive(Clone)]
struct Second;

#[test]
fn a_layer_that_sends_again_is_found_out() {
    let failed = failed(|client, _| ServiceBuilder::new().layer(RetryLayer::new(Again)).service(client));
    assert_eq!(failed, BTreeSet::from([ONCE_CHECK, "closed-connection"]));
}
