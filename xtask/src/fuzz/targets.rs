//! The targets of `fuzz/`.

/// One of them.
#[derive(Clone, Copy)]
pub(super) struct Target {
    pub(super) name: &'static str,
    /// Its part of a smoke run, by what an execution costs.
    pub(super) share: u64,
    /// The longest input, in bytes.
    pub(super) longest: usize,
}

const fn target(name: &'static str, share: u64, longest: usize) -> Target {
    Target { name, share, longest }
}

/// The costly ones first, so that none is left running alone.
pub(super) const TARGETS: [Target; 10] = [
    target("round_trip", 10, 1024),
    target("sandbox", 30, 4096),
    target("diagnosis", 40, 4096),
    target("listener", 60, 4096),
    target("parse", 150, 4096),
    target("oauth_url", 150, 512),
    target("retry_after", 100, 256),
    target("callback", 150, 1024),
    target("callback_url", 145, 512),
    target("base_url", 165, 512),
];
