//! The foreign clients of the examples keep the contract.

mod clients;

use tokio::runtime::Runtime;
use your_moms_transport_testkit::{check, check_async};

#[test]
fn reqwest_blocking_keeps_the_contract() {
    check(clients::blocking);
}

#[test]
fn hyper_util_keeps_the_contract() {
    let runtime = Runtime::new().unwrap();
    check_async(move |future| runtime.block_on(future), clients::asynchronous);
}
