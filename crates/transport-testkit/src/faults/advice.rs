//! What is at stake with each fault, for a transport that takes it for something else.

/// For faults that are really the same.
struct Advice {
    faults: &'static [&'static str],
    /// What happens to the caller.
    reason: &'static str,
    /// What to change in the transport.
    fix: &'static str,
}

/// Why the fault of this name matters, and what to do.
pub(crate) fn on(fault: &str) -> (&'static str, &'static str) {
    let advice = [NOT_SENT, OVER_TLS, MAYBE_SENT, RESPONSE_STARTED, OVER_HTTP2].into_iter().flatten();
    let found = advice.into_iter().find(|advice| advice.faults.contains(&fault));
    found.map_or(GENERAL, |advice| (advice.reason, advice.fix))
}

const GENERAL: (&str, &str) = (
    "the caller decides by `delivery` whether to send a request again: what was sent and is called `NotSent` runs twice",
    "say `NotSent` only of failures to connect, `ResponseStarted` once the head is there, `Unknown` of all others",
);

const NOT_SENT: &[Advice] = &[
    Advice {
        faults: &["userinfo"],
        reason: "libraries turn userinfo into an `Authorization` header, which takes the place of ours or stands beside it",
        fix: "call `check_destination(request.uri())?` before anything else",
    },
    Advice {
        faults: &["port-zero", "port-too-large"],
        reason: "a library can take such a port for none at all, and send the secrets to port 80 in the clear",
        fix: "call `check_destination(request.uri())?` before anything else",
    },
    Advice {
        faults: &["scheme-unknown", "no-host"],
        reason: "such a request can never be sent, and only `InvalidRequest` keeps the client from trying it again",
        fix: "call `check_destination(request.uri())?` before anything else",
    },
    Advice {
        faults: &["name-unknown", "connection-refused"],
        reason: "nobody was reached: a response can only be made up, by a cache, a mock or a page for errors, and the caller \
                 believes it",
        fix: "return a failure to connect as it is, with `NotSent`; turn off caches and fallbacks",
    },
    Advice {
        faults: &["connect-hangs"],
        reason: "the host takes no connections, so nothing was sent: a creation that is reported so can be made again without \
                 danger, and any other report is made up",
        fix: "limit connecting by `Limits::connect`, and say `NotSent` and `Timeout` when it passes",
    },
    Advice {
        faults: &["tls-hangs"],
        reason: "the port is open and nobody speaks TLS on it: nothing may be sent before the handshake has ended",
        fix: "let the limit on connecting go on until TLS is established, and say `NotSent` and `Timeout` when it passes",
    },
    Advice {
        faults: &["tls-closed", "tls-reset", "tls-on-plain-port"],
        reason: "a client that goes on without TLS when the handshake fails shows every secret to everyone on the way",
        fix: "never fall back to plain HTTP; a handshake that failed is `NotSent`",
    },
    Advice {
        faults: &["tls-authority-unknown", "tls-behind-proxy-unknown"],
        reason: "everyone can make such a certificate: a client that accepts it hands the secrets to any machine in between",
        fix: "verify the chain up to a trusted authority, behind a proxy as well; turn off every `danger_accept_invalid_certs`",
    },
    Advice {
        faults: &["tls-certificate-expired"],
        reason: "the key of an expired certificate may be in anybody's hands by now",
        fix: "verify when a certificate is valid: a verifier of your own must not leave it out",
    },
    Advice {
        faults: &["tls-wrong-name"],
        reason: "the owner of any other site's certificate could pose as the platform",
        fix: "verify that the certificate is for the host of the URL; turn off every `danger_accept_invalid_hostnames`",
    },
    Advice {
        faults: &["proxy-refuses-connection", "proxy-name-unknown"],
        reason: "a client that goes around a proxy it cannot reach sends secrets on a way that was closed on purpose",
        fix: "do not fall back to a direct connection; say `NotSent`, nothing has left",
    },
    Advice {
        faults: &["proxy-407", "proxy-502"],
        reason: "the proxy's refusal is no response of the platform: the caller would read its status and body as the platform's",
        fix: "take every status but 2xx to CONNECT for a failure to connect: `NotSent` and `Proxy`",
    },
    Advice {
        faults: &["proxy-garbage", "proxy-closes", "proxy-resets"],
        reason: "the tunnel was never opened: a client that goes on speaks to nobody, or in the clear to the proxy",
        fix: "open TLS only behind a 2xx to CONNECT; anything else is a failure to connect: `NotSent` and `Proxy`",
    },
    Advice {
        faults: &["proxy-hangs"],
        reason: "a proxy that does not respond to CONNECT has not been given the request",
        fix: "let the limit on connecting cover the tunnel, and say `NotSent` and `Timeout` when it passes",
    },
];

const OVER_TLS: &[Advice] = &[
    Advice {
        faults: &["tls-1.2-client-certificate-required"],
        reason: "with TLS 1.2 the handshake fails before the first byte of the request: there can be no response to it",
        fix: "a handshake that failed is `NotSent`, or `Unknown` where the library does not tell",
    },
    Advice {
        faults: &["tls-1.3-client-certificate-required"],
        reason: "with TLS 1.3 the server refuses a client after that has begun to send: nobody can tell what it had read, and \
                 with `NotSent` the request runs twice",
        fix: "say `Unknown` of a TLS error that comes after the handshake, whatever its name: only connecting is `NotSent`",
    },
    Advice {
        faults: &["tls-cut-after-request"],
        reason: "the server had the whole request and may have acted on it: with `NotSent` it runs twice",
        fix: "say `Unknown` of every end of an established connection; a TLS error is not always one of the handshake",
    },
    Advice {
        faults: &["tls-cut-in-head"],
        reason: "anyone on the way can cut a head: one that lacks its last lines is read as another response",
        fix: "return no response whose head did not end, and say `Unknown` of it: the request did arrive",
    },
    Advice {
        faults: &["tls-cut-in-body", "tls-cut-in-chunks"],
        reason: "anyone on the way can cut a body: half an instance is read as a whole one, or its token is lost",
        fix: "fail unless the body came whole by its length or its last chunk: with `ResponseStarted` and `Lost`",
    },
    Advice {
        faults: &["tls-cut-in-body-without-length"],
        reason: "anyone on the way can cut such a body, whose only end is that of the connection: half an instance is read as a \
                 whole one, or its token is lost",
        fix: "without TLS's `close_notify`, fail with `ResponseStarted` and `Lost`: do not swallow the TLS library's \
              `UnexpectedEof`",
    },
];

const MAYBE_SENT: &[Advice] = &[
    Advice {
        faults: &["closed-before-reading", "reset-before-reading"],
        reason: "the request was on its way when the connection ended, and such an end says nothing of what the server did: with \
                 `NotSent` it runs twice",
        fix: "say `NotSent` only while connecting; from then on an end, a reset and a broken pipe are `Unknown`",
    },
    Advice {
        faults: &["closed-after-request", "reset-after-request"],
        reason: "the server had the whole request and may have acted on it: with `NotSent` a second instance is made, or a \
                 one-time code is burnt",
        fix: "say `Unknown` of every connection that ends before the response, however its error is called",
    },
    Advice {
        faults: &["silent-after-request"],
        reason: "a server that is slow may still be acting on the request: with `NotSent` it runs twice at the same time",
        fix: "say `Unknown` and `Timeout` when the limit on the whole call passes; only that on connecting means `NotSent`",
    },
    Advice {
        faults: &[
            "head-cut",
            "head-reset",
            "status-line-cut",
            "head-cut-after-status-line",
            "head-cut-before-its-end",
        ],
        reason: "a head ends with an empty line; one that is cut may lack the length, the request's id or the time to wait, and \
                 was certainly sent for a request that arrived",
        fix: "return no response whose head did not end, and say `Unknown` of it",
    },
    Advice {
        faults: &["head-drips"],
        reason: "a server that sends one byte now and then keeps a caller forever, and the request did arrive",
        fix: "limit the whole call, not each read, and say `Unknown` when the limit passes",
    },
    Advice {
        faults: &["header-lines-without-end", "header-line-without-end", "too-many-headers"],
        reason: "a head without a limit eats all memory, and one that was given up did come for a request that arrived",
        fix: "limit the size of a head (64 KiB will do) and the number of its lines, and say `Unknown` beyond",
    },
    Advice {
        faults: &["interim-responses-without-end", "interim-responses-drip"],
        reason: "1xx responses are skipped, so they need a limit of their own: without one a server keeps a caller forever; taken \
                 as the final response, one hides what became of the request",
        fix: "skip 1xx responses until the limit on the whole call, and say `Unknown` when it passes",
    },
    Advice {
        faults: &["only-continue", "only-early-hints"],
        reason: "a 1xx is no response: taken for one, the request seems done while nobody knows what became of it",
        fix: "skip 1xx responses and wait for the final one; if none comes, say `Unknown` and `Lost`",
    },
    Advice {
        faults: &["garbage", "response-of-another-protocol", "http2-frames-unasked"],
        reason: "something else than HTTP has read the request: as a response its bytes would be believed, with `NotSent` the \
                 secrets go there again",
        fix: "accept only what begins with `HTTP/1.` (turn off HTTP/0.9), and say `Unknown` of anything else",
    },
    Advice {
        faults: &["status-is-no-number", "header-without-colon"],
        reason: "a client that guesses what a broken head means reads something else than the proxies in between did",
        fix: "let the HTTP library refuse what is malformed (no lenient mode), and say `Unknown`",
    },
    Advice {
        faults: &["content-length-is-no-number", "content-length-is-negative", "two-content-lengths"],
        reason: "where the length is in doubt, what follows can be another response: a caller gets half of its own, or a \
                 stranger's (RFC 9112 §6.3)",
        fix: "let the HTTP library refuse such a head (no lenient mode), and say `Unknown`",
    },
    Advice {
        faults: &["response-during-upload"],
        reason: "a server may refuse a large body before it has read it: that is a response, and without it the request's fate \
                 is unknown",
        fix: "return the early response if it can be read; otherwise say `Unknown` when the time is up",
    },
    Advice {
        faults: &["nobody-reads-upload"],
        reason: "the server has the head and a part of the body, and may have acted on them",
        fix: "let the limit on the whole call cover sending, and say `Unknown` when it passes",
    },
];

const RESPONSE_STARTED: &[Advice] = &[
    Advice {
        faults: &["body-cut", "body-reset", "body-without-length-reset"],
        reason: "half an instance is read as a whole one, or its token is lost, after the platform has made it",
        fix: "fail unless as many bytes came as `content-length` said, and on every reset: with `ResponseStarted`, `Lost` and what \
              came as `with_partial_body`",
    },
    Advice {
        faults: &["chunks-cut", "chunk-cut"],
        reason: "a chunked body is whole only with its last, empty chunk: half an instance is read as a whole one, or its token \
                 is lost",
        fix: "fail unless the last chunk came: with `ResponseStarted`, `Lost` and what came as `with_partial_body`",
    },
    Advice {
        faults: &["body-of-500-cut"],
        reason: "the caller decides by the status even if the body is lost: with another one, a failure of the platform passes \
                 for a success",
        fix: "say `ResponseStarted` with the status of the head that came",
    },
    Advice {
        faults: &["body-stalls", "body-without-length-stalls", "chunks-stall"],
        reason: "a server that stops in the middle keeps a caller forever, and what came so far is not the whole response",
        fix: "let the limit on the whole call go on until the last byte of the body, and say `ResponseStarted` and `Timeout` when \
              it passes",
    },
    Advice {
        faults: &["body-drips", "chunks-of-one-byte-drip"],
        reason: "each byte comes in time and the whole never does: limits on single reads do not end it",
        fix: "measure the whole call from its start, and say `ResponseStarted` and `Timeout` when its limit passes",
    },
    Advice {
        faults: &["chunk-size-is-no-number", "chunk-size-overflows"],
        reason: "a size that is guessed ends the body too early or runs into what follows: half an instance is read as a whole one",
        fix: "let the HTTP library refuse such a chunk (no lenient mode), and say `ResponseStarted`",
    },
    Advice {
        faults: &["chunk-extension-without-end", "trailers-without-end"],
        reason: "what does not count as body needs a limit as well, or it eats memory and time without end",
        fix: "limit extensions and trailers in size, or let the limit on the whole call end them: with `ResponseStarted`",
    },
    Advice {
        faults: &["body-too-large", "body-without-end", "chunks-without-end"],
        reason: "a body without a limit eats all memory, and one that is cut at the limit and returned is read as a whole one",
        fix: "count while reading, and fail with `ResponseStarted` and `TooLarge` at the first byte beyond \
              `Limits::response_bytes`",
    },
    Advice {
        faults: &["body-of-petabytes-announced"],
        reason: "a buffer of the announced size ends the process, and the few bytes that come are not the whole body",
        fix: "reserve memory for what has come and not for what was announced; fail with `ResponseStarted`",
    },
    Advice {
        faults: &["decompression-bomb"],
        reason: "two kilobytes become two megabytes, and two megabytes two gigabytes: decoding gets around a limit that counts \
                 what came",
        fix: "turn off decompression (another crate of the program may have turned it on), or count behind it",
    },
];

const OVER_HTTP2: &[Advice] = &[
    Advice {
        faults: &["http2-stream-refused", "http2-goes-away"],
        reason: "the server says that it did nothing, and it may be a gateway that cannot know: the client takes what a server says \
                 for `Unknown`, and a library that sends again takes the choice from it",
        fix: "turn off the library's retries over HTTP/2, and say `Unknown` of a stream that was refused",
    },
    Advice {
        faults: &["http2-stream-reset", "http2-closed-after-request"],
        reason: "the server had the whole request and may have acted on it: with `NotSent` it runs twice",
        fix: "say `Unknown` of a stream or connection that ends before the response",
    },
    Advice {
        faults: &["http2-silent-after-request"],
        reason: "a server that is slow may still be acting on the request: with `NotSent` it runs twice at the same time",
        fix: "limit the whole call over HTTP/2 as well: pings keep a connection alive, not a call",
    },
    Advice {
        faults: &["http2-body-reset"],
        reason: "a stream that is reset has not ended: half an instance is read as a whole one, or its token is lost",
        fix: "fail unless the stream ended with END_STREAM: with `ResponseStarted` and `Lost`",
    },
    Advice {
        faults: &["http2-body-stalls"],
        reason: "a server that stops in the middle keeps a caller forever, and what came so far is not the whole response",
        fix: "let the limit on the whole call go on until the end of the stream, and say `ResponseStarted` and `Timeout`",
    },
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_fault_has_its_own_advice() {
        let advised: Vec<_> = [NOT_SENT, OVER_TLS, MAYBE_SENT, RESPONSE_STARTED, OVER_HTTP2]
            .into_iter()
            .flatten()
            .flat_map(|advice| advice.faults.iter().copied())
            .collect();
        let faults: BTreeSet<_> = super::super::all().map(|fault| fault.name).collect();
        assert_eq!(advised.iter().copied().collect::<BTreeSet<_>>(), faults);
        assert_eq!(advised.len(), faults.len(), "two for one");
    }
}
