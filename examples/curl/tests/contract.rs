//! libcurl keeps the contract, but for one rule.

use example_curl::CurlTransport;
use your_moms_transport_testkit::{Kit, Settings};

#[test]
fn curl_keeps_the_contract() {
    let kit = Kit::blocking(|settings: &Settings| CurlTransport {
        limits: settings.limits,
        roots_pem: settings.root_certificate_pem.clone().into_bytes(),
        proxy: settings.proxy.clone(),
    });
    // libcurl's limit fires in time, and then libcurl waits for the thread that resolves the name. `CURLOPT_QUICK_EXIT` turns
    // that off, and the `curl` crate does not have it.
    kit.without("dns-hangs").run().assert();
}
