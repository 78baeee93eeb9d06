//! Bad transports: the asynchronous example with one flaw each, and the checks that must find it.
#![expect(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]

#[path = "../clients/hyper_util.rs"]
mod clients;
mod flawed;
mod made;

use your_moms_core::AsyncTransport;
use your_moms_transport_testkit::{ONCE_CHECK, SECRET_CHECK, Settings};

/// What is wrong with a transport.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Flaw {
    FollowsRedirects,
    FollowsRedirectsToTheSameHost,
    SendsAgain,
    SendsAgainWhenDropped,
    RetriesUnavailable,
    RetriesReads,
    Caches,
    MixesUpCalls,
    ReusesConnections,
    SendsUserinfo,
    NormalisesTargets,
    LosesTheSecondOfAHeader,
    AddsContentType,
    AddsAcceptEncoding,
    AddsExpect,
    KeepsCookies,
    SaysLengthZero,
    TakesNotFoundForAnError,
    LosesTheBodyOfErrors,
    LosesLongBodiesOfErrors,
    KeepsOneOfTwoHeaders,
    PanicsOnOddHeaders,
    Allows20Headers,
    TakesBodiesForText,
    MergesInterimHeaders,
    MergesTrailers,
    TakesInterimForFinal,
    AcceptsCutBodies,
    DecodesWithoutLimit,
    ReadsWithoutLimit,
    ReadsAllThenCounts,
    HasNoTimeLimit,
    IgnoresTheConnectLimit,
    OutlivesTheDeadline,
    TrustsAnyCertificate,
    UsesAnyProxy,
    ShowsTheUrl,
    ShowsAHeader,
    ShowsABodyAsNumbers,
    SaysNotSent,
    MakesUpThePartialBody,
}

use Flaw::{
    AcceptsCutBodies, AddsAcceptEncoding, AddsContentType, AddsExpect, Allows20Headers, Caches,
    DecodesWithoutLimit, FollowsRedirects, FollowsRedirectsToTheSameHost, HasNoTimeLimit,
    IgnoresTheConnectLimit, KeepsCookies, KeepsOneOfTwoHeaders, LosesLongBodiesOfErrors,
    LosesTheBodyOfErrors, LosesTheSecondOfAHeader, MakesUpThePartialBody, MergesInterimHeaders,
    MergesTrailers, MixesUpCalls, NormalisesTargets, OutlivesTheDeadline, PanicsOnOddHeaders,
    ReadsAllThenCounts, ReadsWithoutLimit, RetriesReads, RetriesUnavailable, ReusesConnections,
    SaysLengthZero, SaysNotSent, SendsAgain, SendsAgainWhenDropped, SendsUserinfo, ShowsABodyAsNumbers,
    ShowsAHeader, ShowsTheUrl, TakesBodiesForText, TakesInterimForFinal, TakesNotFoundForAnError,
    TrustsAnyCertificate, UsesAnyProxy,
};

/// Every flaw, its name, and the checks that fail with it.
const TABLE: &[(Flaw, &str, &[&str])] = &[
    (FollowsRedirects, "follows-redirects", &["no-redirect"]),
    (FollowsRedirectsToTheSameHost, "follows-redirects-to-the-same-host", &["no-redirect"]),
    (SendsAgain, "sends-again", &[ONCE_CHECK]),
    (SendsAgainWhenDropped, "sends-again-when-dropped", &["dropped-call"]),
    (RetriesUnavailable, "retries-unavailable", &["any-status"]),
    (RetriesReads, "retries-reads", &["any-status"]),
    (Caches, "caches", &["no-cache"]),
    (MixesUpCalls, "mixes-up-calls", &["64-calls-at-once"]),
    (ReusesConnections, "reuses-connections", &["fresh-connection", "proxy-fresh-connection"]),
    (SendsUserinfo, "sends-userinfo", &["userinfo"]),
    (NormalisesTargets, "normalises-targets", &["method-and-target"]),
    (LosesTheSecondOfAHeader, "loses-the-second-of-a-header", &["request-headers"]),
    (AddsContentType, "adds-content-type", &["no-added-headers"]),
    (AddsAcceptEncoding, "adds-accept-encoding", &["no-added-headers", "request-headers"]),
    (AddsExpect, "adds-expect", &["no-expect-header"]),
    (KeepsCookies, "keeps-cookies", &["no-cookies"]),
    (SaysLengthZero, "says-length-zero", &["request-body"]),
    (TakesNotFoundForAnError, "takes-not-found-for-an-error", &["any-status"]),
    (LosesTheBodyOfErrors, "loses-the-body-of-errors", &["any-status"]),
    (LosesLongBodiesOfErrors, "loses-long-bodies-of-errors", &["any-status"]),
    (KeepsOneOfTwoHeaders, "keeps-one-of-two-headers", &["response-headers"]),
    (PanicsOnOddHeaders, "panics-on-odd-headers", &["response-headers"]),
    (Allows20Headers, "allows-20-headers", &["usual-head"]),
    (TakesBodiesForText, "takes-bodies-for-text", &["response-body"]),
    (MergesInterimHeaders, "merges-interim-headers", &["interim-headers"]),
    (MergesTrailers, "merges-trailers", &["trailers-apart"]),
    (
        TakesInterimForFinal,
        "takes-interim-for-final",
        &[
            "interim-headers",
            "interim-responses",
            "interim-responses-drip",
            "interim-responses-without-end",
            "only-continue",
            "only-early-hints",
        ],
    ),
    (
        AcceptsCutBodies,
        "accepts-cut-bodies",
        &[
            "body-cut",
            "body-of-500-cut",
            "body-of-petabytes-announced",
            "body-reset",
            "body-without-length-reset",
            "chunk-cut",
            "chunk-extension-without-end",
            "chunk-size-is-no-number",
            "chunk-size-overflows",
            "chunks-cut",
            "tls-cut-in-body",
            "tls-cut-in-body-without-length",
            "tls-cut-in-chunks",
            "trailers-without-end",
        ],
    ),
    (DecodesWithoutLimit, "decodes-without-limit", &["decoded-size-limit"]),
    (
        ReadsWithoutLimit,
        "reads-without-limit",
        &[
            "size-limit",
            "reads-no-more-than-the-limit",
            "body-too-large",
            "body-without-end",
            "chunks-without-end",
        ],
    ),
    (ReadsAllThenCounts, "reads-all-then-counts", &["reads-no-more-than-the-limit"]),
    (
        HasNoTimeLimit,
        "has-no-time-limit",
        &[
            "body-drips",
            "body-stalls",
            "body-without-length-stalls",
            "call-deadline",
            "chunks-of-one-byte-drip",
            "chunks-stall",
            "connect-hangs",
            "connect-limit",
            "dns-hangs",
            "head-drips",
            "interim-responses-drip",
            "interim-responses-without-end",
            "nobody-reads-upload",
            "proxy-connect-limit",
            "proxy-hangs",
            "silent-after-request",
            "tls-hangs",
        ],
    ),
    (
        IgnoresTheConnectLimit,
        "ignores-the-connect-limit",
        &["connect-limit", "dns-hangs", "proxy-connect-limit"],
    ),
    (OutlivesTheDeadline, "outlives-the-deadline", &["call-deadline"]),
    (
        TrustsAnyCertificate,
        "trusts-any-certificate",
        &["tls-authority-unknown", "tls-behind-proxy-unknown", "tls-certificate-expired", "tls-wrong-name"],
    ),
    (UsesAnyProxy, "uses-any-proxy", &["environment-proxy"]),
    (ShowsTheUrl, "shows-the-url", &[SECRET_CHECK]),
    (ShowsAHeader, "shows-a-header", &[SECRET_CHECK]),
    (ShowsABodyAsNumbers, "shows-a-body-as-numbers", &[SECRET_CHECK]),
    (
        SaysNotSent,
        "says-not-sent",
        &[
            "body-cut",
            "body-of-500-cut",
            "body-of-petabytes-announced",
            "body-reset",
            "body-without-length-reset",
            "chunk-cut",
            "chunk-extension-without-end",
            "chunk-size-is-no-number",
            "chunk-size-overflows",
            "chunks-cut",
            "closed-after-request",
            "closed-before-reading",
            "head-cut",
            "head-cut-after-status-line",
            "head-cut-before-its-end",
            "head-reset",
            "only-continue",
            "only-early-hints",
            "reset-after-request",
            "reset-before-reading",
            "status-line-cut",
            "tls-1.3-client-certificate-required",
            "tls-cut-after-request",
            "tls-cut-in-body",
            "tls-cut-in-body-without-length",
            "tls-cut-in-chunks",
            "tls-cut-in-head",
            "trailers-without-end",
        ],
    ),
    (MakesUpThePartialBody, "makes-up-the-partial-body", &["partial-body"]),
];

impl Flaw {
    /// Every flaw.
    pub(crate) fn all() -> impl Iterator<Item = Self> {
        TABLE.iter().map(|(flaw, ..)| *flaw)
    }

    pub(crate) fn name(self) -> &'static str {
        self.row().1
    }

    /// The names of the checks that fail, and of no others.
    pub(crate) fn checks(self) -> &'static [&'static str] {
        self.row().2
    }

    fn row(self) -> &'static (Self, &'static str, &'static [&'static str]) {
        TABLE.iter().find(|(flaw, ..)| *flaw == self).unwrap()
    }
}

/// A transport that is good but for `flaw`.
pub(crate) fn transport(flaw: Flaw, settings: &Settings) -> Box<dyn AsyncTransport> {
    flawed::wrap(flaw, settings, made::with(flaw, settings))
}
