//! libcurl keeps the contract.

use example_curl::CurlTransport;
use your_moms_transport_testkit::{Settings, check};

#[test]
fn curl_keeps_the_contract() {
    check(|settings: &Settings| CurlTransport {
        limits: settings.limits,
        roots_pem: settings.root_certificate_pem.clone().into_bytes(),
        proxy: settings.proxy.clone(),
    });
}
