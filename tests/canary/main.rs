//! Leak canaries: a secret of its own is planted in every secret place, everything is driven through every fault, and all that was
//! logged, traced, printed, shown or stored is searched for each of them in every spelling.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking, its helpers too")]

mod acts;
mod allowed;
mod app;
mod caller;
mod capture;
mod carrier;
mod harvest;
mod hostile;
mod kit;
mod planted;
#[cfg(target_os = "linux")]
mod program;
mod proxies;
mod refused;
mod service;
mod sweep;
mod watch;
mod ways;

use watch::Watch;

#[test]
fn core_over_every_adapter_and_the_sandbox() {
    let _capture = capture::start();
    let mut watch = Watch::default();
    println!("{}", hostile::run(&mut watch));
    println!("{}", kit::run(&mut watch));
    println!("{}", refused::run(&mut watch));
    println!("{}", proxies::run(&mut watch));
    println!("{}", sweep::run(&mut watch));
    watch.planted(&sweep::KINDS);
    watch.planted(&["refused value", "password in a URL"]);
    println!("{}", watch.verdict(&allowed::CORE_AND_SANDBOX).unwrap_or_else(|leaks| panic!("{leaks}")));
}

#[cfg(target_os = "linux")]
#[test]
fn every_command_of_the_program() {
    let (watch, ran) = program::run();
    println!("{ran}");
    watch.planted(&program::KINDS);
    println!("{}", watch.verdict(&allowed::PROGRAM).unwrap_or_else(|leaks| panic!("{leaks}")));
}
