//! The steps, the inputs that grow, and what they should cost.

/// A step of the flow.
pub(super) struct Step {
    /// Its letter, with which the names of its cases begin.
    pub(super) letter: &'static str,
    pub(super) what: &'static str,
    /// Instructions and allocations, reallocations included.
    pub(super) goal: (u64, u64),
    pub(super) peers: &'static [&'static str],
}

impl Step {
    /// `c. redirect verified`.
    pub(super) fn name(&self) -> String {
        format!("{}. {}", self.letter, self.what)
    }
}

pub(super) const STEPS: [Step; 8] = [
    Step {
        letter: "a",
        what: "OAuth URL request, 216-byte URL",
        goal: (5_000, 3),
        peers: &["hand", "reqwest", "url", "oauth2"],
    },
    Step {
        letter: "b",
        what: "its response, parsed and checked",
        goal: (8_000, 5),
        peers: &["hand", "value", "url"],
    },
    Step { letter: "c", what: "redirect verified", goal: (3_500, 3), peers: &["hand", "url"] },
    Step { letter: "d", what: "create request built", goal: (7_500, 5), peers: &["hand", "reqwest"] },
    Step {
        letter: "e",
        what: "instance of 1.6 KB read, unknown members kept, wiped on drop",
        goal: (34_000, 25),
        peers: &["hand", "value"],
    },
    Step {
        letter: "f",
        what: "whole call, canned transport",
        goal: (50_000, 45),
        peers: &["hand", "oauth2"],
    },
    Step { letter: "g", what: "instance request built", goal: (4_500, 4), peers: &["hand", "reqwest"] },
    Step { letter: "h", what: "list of 200 read", goal: (7_500_000, 5_200), peers: &["hand", "value"] },
];

/// What building a request should cost, as a fraction of what it costs with reqwest's own builder.
pub(super) const OF_REQWEST: f64 = 0.45;

/// What grows: the case, its unit, and the sizes, each ten times the one before.
pub(super) const GROWTH: [(&str, &str, &[usize]); 5] = [
    ("growth.instance", "bytes of an instance", &[1_000, 10_000, 100_000, 1_000_000, 10_000_000]),
    ("growth.callback", "bytes of a redirect's code", &[80, 800, 8_000]),
    ("growth.configuration", "entries of configuration", &[10, 100, 1_000, 10_000]),
    ("growth.list", "instances of a page", &[2, 20, 200, 2_000]),
    ("growth.pages", "pages of ten instances", &[1, 10, 100]),
];

/// What ten times the input may cost, as a multiple.
pub(super) const GROWS: f64 = 12.0;

/// The peak of the heap beyond the body when an instance of this many bytes is read.
pub(super) const PEAK: (usize, u64) = (10_000_000, 12_000_000);

/// What each peer is.
pub(super) const PEERS: [(&str, &str); 5] = [
    (
        "hand",
        "`http`, `form_urlencoded` and `serde_json` into derived structs of the known members; the rest is lost",
    ),
    ("value", "the same with `serde_json::Value`: the rest is kept"),
    ("reqwest", "reqwest's own request builder"),
    ("url", "`url::Url`"),
    (
        "oauth2",
        "`oauth2`, which speaks to a provider itself: its authorization URL and its exchange of the code",
    ),
];
