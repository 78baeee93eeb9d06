//! The places where secrets are meant to show, each with its reason. One that is not needed fails the test.

use crate::sweep;
use crate::watch::Allowed;

const UREQ: &str = "ureq logs requests and responses whole at TRACE, and URLs whole at DEBUG where anything listens at TRACE; its adapter's \
                    documentation names the filter for that, and under it the test kit's faults are run here";
const MADE_UP: &str = "the sandbox is a fake, and tells a person or a test what to give to a client";
const UNNAMED: &str =
    "the journal shows bodies without what has the name or the look of a secret; this has neither";
const PUBLIC: &str = "what the platform gives as a connector's key, a time or the token of the next page is no secret and is shown; only \
                      a platform that repeats secrets there puts one in it";

const CREDENTIALS: [&str; 3] = ["user secret", "organization secret", "client secret"];

#[rustfmt::skip]
pub(crate) const CORE_AND_SANDBOX: [Allowed; 9] = [
    Allowed { channel: "log of ureq", kinds: &sweep::KINDS, why: UREQ },
    Allowed { channel: "hostile output", kinds: &["user secret", "organization secret", "instance token"], why: PUBLIC },
    Allowed { channel: "hostile curl", kinds: &["user secret"], why: PUBLIC },
    Allowed { channel: "control API /_sandbox", kinds: &CREDENTIALS, why: MADE_UP },
    Allowed { channel: "control API /_sandbox/connectors", kinds: &["client secret"], why: MADE_UP },
    Allowed { channel: "inspector /", kinds: &CREDENTIALS, why: MADE_UP },
    Allowed { channel: "journal", kinds: &["caller's own value"], why: UNNAMED },
    Allowed { channel: "inspector /journal/{number}", kinds: &["caller's own value"], why: UNNAMED },
    Allowed { channel: "control API /_sandbox/journal/{number}", kinds: &["caller's own value"], why: UNNAMED },
];

const LINK: &str = "the user has to open the link: it has the state, and for OAuth 1.0a the request token";
const STORED: &str = "the store is where the token is kept, with the rest of the instance as the platform gave it; it is its user's alone";
const INHERITED: &str = "the user's shell gives its variables to everything that it starts, and a program cannot take back its own";
const BODY: &str = "the body of the response is what was asked for; another program gets it as it came";

#[cfg(target_os = "linux")]
#[rustfmt::skip]
pub(crate) const PROGRAM: [Allowed; 8] = [
    Allowed { channel: "stderr of connect", kinds: &["state", "request token"], why: LINK },
    Allowed { channel: "browser's page", kinds: &["state"], why: LINK },
    Allowed { channel: "browser's environment", kinds: &["user secret", "organization secret", "client secret", "password"], why: INHERITED },
    Allowed { channel: "the store", kinds: &["instance token", "client secret", "password", "provider token"], why: STORED },
    Allowed { channel: "stdout of instances show --token", kinds: &["instance token"], why: "this is what was asked for" },
    Allowed { channel: "stdout of call GET /instances/123", kinds: &["instance token", "client secret", "provider token"], why: BODY },
    Allowed { channel: "stdout of call POST /hubs/social/media", kinds: &["code", "password", "provider token"], why: BODY },
    Allowed { channel: "stdout of sandbox", kinds: &["secret of a sandbox"], why: MADE_UP },
];
