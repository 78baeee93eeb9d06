//! Calls one by one, or many at once.

use std::thread;

use futures_util::future::join_all;
use tokio::runtime::Builder;

use crate::{Prepared, Run};

/// How many calls a run makes if it makes several at once.
const CALLS: usize = 1024;

/// A run is one call, or [`CALLS`] of them by `at_once` tasks, on this thread.
pub(super) fn asynchronous(at_once: usize, call: impl AsyncFn() -> bool + 'static) -> Prepared {
    let runtime = Builder::new_current_thread().enable_io().enable_time().build()?;
    if at_once == 1 {
        return Ok(Box::new(move || runtime.block_on(call())));
    }
    Ok(Box::new(move || {
        let task = async || {
            for _ in 0..CALLS / at_once {
                if !call().await {
                    return false;
                }
            }
            true
        };
        runtime.block_on(join_all((0..at_once).map(|_| task()))).into_iter().all(|succeeded| succeeded)
    }))
}

/// A run is one call, or [`CALLS`] of them by `at_once` threads.
pub(super) fn blocking(at_once: usize, call: impl Fn() -> bool + Sync + 'static) -> Run {
    if at_once == 1 {
        return Box::new(call);
    }
    Box::new(move || {
        let task = || (0..CALLS / at_once).all(|_| call());
        thread::scope(|scope| {
            let tasks: Vec<_> = (0..at_once).map(|_| scope.spawn(task)).collect();
            tasks.into_iter().all(|task| task.join().unwrap_or(false))
        })
    })
}
