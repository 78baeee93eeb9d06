//! What a ping costs, with one instance and with many.

use std::error::Error;
use std::time::{Duration, Instant};

use your_moms_sandbox::{Sandbox, SandboxTransport};

use crate::caller::Caller;

const MANY: u32 = 100_000;
/// Both are timed in turn: whatever else the machine does slows both.
const ROUNDS: usize = 301;
const PINGS: u32 = 200;

/// The median times of one ping: with the only token, and with the newest of many.
pub(crate) fn measure() -> Result<(Duration, Duration), Box<dyn Error>> {
    let (one, many) = (holding(1)?, holding(MANY)?);
    let (mut of_one, mut of_many) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        of_one.push(timed(&one)?);
        of_many.push(timed(&many)?);
    }
    Ok((median(of_one), median(of_many)))
}

/// A caller with the token of the last instance.
fn holding(instances: u32) -> Result<(Caller, String), Box<dyn Error>> {
    let mut caller = Caller::new(SandboxTransport::new(Sandbox::new(1)));
    let mut newest = String::new();
    for number in 0..instances {
        newest = caller.connect_basic(&format!("instance {number}"))?.token;
    }
    Ok((caller, newest))
}

fn timed((caller, token): &(Caller, String)) -> Result<Duration, Box<dyn Error>> {
    let started = Instant::now();
    for _ in 0..PINGS {
        caller.with_token(token, "GET", "/ping", 200)?;
    }
    Ok(started.elapsed() / PINGS)
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times.get(times.len() / 2).copied().unwrap_or_default()
}
