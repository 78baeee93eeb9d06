//! The steps, the inputs that grow, and what they should cost.

/// A step of the flow.
pub(super) struct Step {
    /// Its letter, with which the names of its cases begin.
    pub(super) letter: &'static str,
    pub(super) what: &'static str,
    /// Instructions and allocations, reallocations included.
    pub(super) goal: (u64, u64),
    /// Why the goal is missed, shown while it is.
    pub(super) why: Option<&'static str>,
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
        why: Some(
            "24 % is `http` scanning path and query once more in `PathAndQuery::from_shared`; making, filling and dropping the \
             header map and the request take about 12 %. The rest looks at each byte of the texts twice, once to know the \
             exact length and once to write it. Without the first look the goal for allocations is missed instead: an \
             inexact buffer makes `Bytes` take a fourth",
        ),
        peers: &["hand", "reqwest", "s3", "url", "oauth2"],
    },
    Step {
        letter: "b",
        what: "its response, parsed and checked",
        goal: (8_000, 5),
        why: None,
        peers: &["hand", "value", "url"],
    },
    Step { letter: "c", what: "redirect verified", goal: (3_500, 3), why: None, peers: &["hand", "url"] },
    Step {
        letter: "d",
        what: "create request built",
        goal: (7_500, 5),
        why: Some(
            "42 % is `serde_json` writing the body; its escaping alone is 33 %, and the same body is written by hand. 15 % is \
             the check that no value is still a sample's placeholder, which reads every value and which no peer makes. \
             Headers, URI and drop in `http` and the allocator are most of the rest. By hand the same request costs more",
        ),
        peers: &["hand", "reqwest", "s3"],
    },
    Step {
        letter: "e",
        what: "instance of 1.6 KB read, unknown members kept, wiped on drop",
        goal: (34_000, 25),
        why: None,
        peers: &["hand", "value"],
    },
    Step {
        letter: "f",
        what: "whole call, canned transport",
        goal: (50_000, 45),
        why: None,
        peers: &["hand", "oauth2"],
    },
    Step {
        letter: "g",
        what: "instance request built",
        goal: (4_500, 4),
        why: None,
        peers: &["hand", "reqwest", "s3"],
    },
    Step {
        letter: "h",
        what: "list of 200 read",
        goal: (7_500_000, 5_200),
        why: None,
        peers: &["hand", "value"],
    },
];

/// What building a request should cost, as a fraction of what it costs with reqwest's own builder.
pub(super) const OF_REQWEST: f64 = 0.45;

/// What grows: the case, its unit, and the sizes, each ten times the one before.
pub(super) const GROWTH: [(&str, &str, &[usize]); 8] = [
    ("growth.instance", "bytes of an instance", &[1_000, 10_000, 100_000, 1_000_000, 10_000_000]),
    ("growth.callback", "bytes of a redirect's code", &[80, 800, 8_000]),
    ("growth.parameters", "further parameters of a redirect", &[6, 60]),
    ("growth.configuration", "entries of configuration", &[10, 100, 1_000, 10_000]),
    ("growth.list", "instances of a page", &[2, 20, 200, 2_000]),
    ("growth.pages", "pages of ten instances", &[1, 10, 100]),
    ("growth.mistake", "bytes of a document with one mistake", &[1_000, 10_000, 100_000, 1_000_000]),
    ("growth.mistakes", "bytes of a document with one on each line", &[1_000, 10_000, 100_000, 1_000_000]),
];

/// What ten times the input may cost, as a multiple.
pub(super) const GROWS: f64 = 12.0;

/// An input, its size, and the most that may be held at once beyond it.
pub(super) const PEAK: (&str, usize, u64) = ("bytes of an instance", 10_000_000, 12_000_000);

/// The HTTP libraries that round trips go over.
pub(super) const LIBRARIES: [&str; 3] = ["reqwest", "ureq", "tower"];

/// The round trips over each library.
pub(super) const TRIPS: [(&str, &str); 8] = [
    ("plain.pooled.get", "GET"),
    ("plain.pooled.post", "POST"),
    ("plain.fresh.get", "GET, fresh connection"),
    ("plain.fresh.post", "creation, fresh connection"),
    ("tls.pooled.get", "GET over TLS"),
    ("tls.pooled.post", "POST over TLS"),
    ("tls.fresh.get", "GET, fresh connection over TLS"),
    ("tls.fresh.post", "creation, fresh connection over TLS"),
];

/// What a round trip should cost.
pub(super) struct TripGoal {
    pub(super) case: &'static str,
    /// Instructions, as a fraction of the idiomatic use's.
    pub(super) ratio: Option<f64>,
    /// System calls beyond the idiomatic use's.
    pub(super) further_calls: Option<f64>,
    /// Why the goal is missed, shown while it is.
    pub(super) why: Option<&'static str>,
}

pub(super) const TRIP_GOALS: [TripGoal; 4] = [
    TripGoal { case: "plain.pooled.get.reqwest", ratio: Some(1.0), further_calls: Some(0.0), why: None },
    TripGoal { case: "plain.pooled.get.ureq", ratio: Some(0.95), further_calls: Some(-15.0), why: None },
    TripGoal {
        case: "tls.fresh.post.reqwest",
        ratio: Some(0.98),
        further_calls: None,
        why: Some(
            "about 1.1 of 1.26 million instructions are the resumed handshake in rustls, SHA-384 and X25519, which both sides \
             make alike",
        ),
    },
    TripGoal { case: "tls.fresh.post.ureq", ratio: Some(0.85), further_calls: None, why: None },
];

/// What each peer is.
pub(super) const PEERS: [(&str, &str); 6] = [
    (
        "hand",
        "`http`, `form_urlencoded` and `serde_json` into derived structs of the known members; the rest is lost",
    ),
    ("value", "the same with `serde_json::Value`: the rest is kept"),
    ("reqwest", "reqwest's own request builder"),
    ("url", "`url::Url`"),
    (
        "s3",
        "`rusty-s3`, which builds requests without sending them, as this library does: the signed URL of a `GetObject` \
         with the same parameters (a) or the same path (g), and of a `PutObject` (d). The signature is included, which is \
         most of it; headers and a body are not",
    ),
    (
        "oauth2",
        "`oauth2`, which speaks to a provider itself: its authorization URL and its exchange of the code",
    ),
];
