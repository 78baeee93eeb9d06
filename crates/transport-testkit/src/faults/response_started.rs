//! The head of a response comes, and its body does not.

use std::io::Write as _;

use flate2::Compression;
use flate2::write::GzEncoder;
use http::StatusCode;
use your_moms_core::{Delivery, TransportErrorKind};

use super::{FLOOD, RESPONSE_STARTED, after_request};
use crate::fault::{Fault, Scene};
use crate::request::RESPONSE;
use crate::wire::Wire;

pub(super) const FAULTS: &[Fault] = &[
    fault("body-cut", &[TransportErrorKind::Lost], || {
        after_request(|wire| begin(wire, "content-length: 1000"))
    }),
    fault("body-reset", &[TransportErrorKind::Lost], || {
        after_request(|wire| {
            begin(wire, "content-length: 1000");
            wire.reset();
        })
    }),
    fault("body-stalls", &[TransportErrorKind::Timeout], || {
        after_request(|wire| {
            begin(wire, "content-length: 1000");
            wire.hold();
        })
        .hasty()
    }),
    fault("body-drips", &[TransportErrorKind::Timeout], || {
        after_request(|wire| {
            begin(wire, "content-length: 1000");
            wire.drip("a");
        })
        .hasty()
    }),
    fault("body-without-length-reset", &[TransportErrorKind::Lost], || {
        after_request(|wire| {
            begin(wire, "x-a: b");
            wire.reset();
        })
    }),
    fault("body-without-length-stalls", &[TransportErrorKind::Timeout], || {
        after_request(|wire| {
            begin(wire, "x-a: b");
            wire.hold();
        })
        .hasty()
    }),
    Fault {
        name: "body-of-500-cut",
        deliveries: &[Delivery::ResponseStarted { status: StatusCode::INTERNAL_SERVER_ERROR }],
        kinds: &[TransportErrorKind::Lost],
        response: None,
        scene: || {
            after_request(|wire| {
                wire.write(format!("HTTP/1.1 500 {RESPONSE}\r\ncontent-length: 1000\r\n\r\n{RESPONSE}"));
            })
        },
    },
    fault("chunks-cut", &[TransportErrorKind::Lost, TransportErrorKind::Protocol], || {
        after_request(begin_chunks)
    }),
    fault("chunk-cut", &[TransportErrorKind::Lost, TransportErrorKind::Protocol], || {
        after_request(|wire| {
            begin_chunks(wire);
            wire.write("10\r\nhalf");
        })
    }),
    fault("chunks-stall", &[TransportErrorKind::Timeout], || {
        after_request(|wire| {
            begin_chunks(wire);
            wire.hold();
        })
        .hasty()
    }),
    fault("chunks-of-one-byte-drip", &[TransportErrorKind::Timeout], || {
        after_request(|wire| {
            begin_chunks(wire);
            wire.drip("1\r\na\r\n");
        })
        .hasty()
    }),
    fault("chunk-size-is-no-number", &[TransportErrorKind::Protocol, TransportErrorKind::Lost], || {
        after_request(|wire| {
            begin_chunks(wire);
            wire.write(format!("{RESPONSE}\r\n"));
        })
    }),
    fault(
        "chunk-size-overflows",
        &[TransportErrorKind::Protocol, TransportErrorKind::Lost, TransportErrorKind::TooLarge],
        || {
            after_request(|wire| {
                begin_chunks(wire);
                wire.write("fffffffffffffffff\r\na");
            })
        },
    ),
    fault(
        "chunk-extension-without-end",
        &[
            TransportErrorKind::Protocol,
            TransportErrorKind::TooLarge,
            TransportErrorKind::Lost,
            TransportErrorKind::Timeout,
        ],
        || {
            after_request(|wire| {
                begin_chunks(wire);
                wire.write("1;");
                wire.flood("a".repeat(1024), FLOOD);
                wire.hold();
            })
            .hasty()
        },
    ),
    fault(
        "trailers-without-end",
        &[
            TransportErrorKind::Protocol,
            TransportErrorKind::TooLarge,
            TransportErrorKind::Lost,
            TransportErrorKind::Timeout,
        ],
        || {
            after_request(|wire| {
                begin_chunks(wire);
                wire.write("0\r\n");
                wire.flood("x-a: b\r\n".repeat(64), FLOOD);
                wire.hold();
            })
            .hasty()
        },
    ),
    fault("body-too-large", &[TransportErrorKind::TooLarge], || {
        after_request(|wire| {
            wire.write(format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n", 1 << 20));
            wire.write("a".repeat(1 << 20));
        })
    }),
    fault("body-of-petabytes-announced", &[TransportErrorKind::TooLarge, TransportErrorKind::Lost], || {
        after_request(|wire| begin(wire, "content-length: 1000000000000000"))
    }),
    fault("body-without-end", &[TransportErrorKind::TooLarge], || {
        after_request(|wire| {
            begin(wire, "x-a: b");
            wire.flood("a".repeat(1024), FLOOD);
        })
    }),
    fault("chunks-without-end", &[TransportErrorKind::TooLarge], || {
        after_request(|wire| {
            begin_chunks(wire);
            wire.flood(format!("400\r\n{}\r\n", "a".repeat(1024)), FLOOD);
            // A client without a limit gets a whole response.
            wire.write("0\r\n\r\n");
        })
    }),
    // Undecoded it is small and whole; decoded it must run into the limit.
    Fault {
        name: "decompression-bomb",
        deliveries: RESPONSE_STARTED,
        kinds: &[TransportErrorKind::TooLarge],
        response: Some(200),
        scene: || {
            after_request(|wire| {
                let bomb = bomb();
                let length = bomb.len();
                wire.write(format!(
                    "HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: {length}\r\n\r\n"
                ));
                wire.write(bomb);
            })
        },
    },
];

const fn fault(name: &'static str, kinds: &'static [TransportErrorKind], scene: fn() -> Scene) -> Fault {
    Fault { name, deliveries: RESPONSE_STARTED, kinds, response: None, scene }
}

/// A head with one header line, and the beginning of a body.
fn begin(wire: &mut Wire, header: &str) {
    wire.write(format!("HTTP/1.1 200 OK\r\n{header}\r\n\r\n{{\"token\":\"{RESPONSE}\""));
}

/// A head, and one whole chunk.
fn begin_chunks(wire: &mut Wire) {
    wire.write(format!(
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n{:x}\r\n{RESPONSE}\r\n",
        RESPONSE.len()
    ));
}

/// 2 MiB of nothing in about 2 KiB.
pub(crate) fn bomb() -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    // Writing into memory does not fail.
    let _ = encoder.write_all(&vec![0; 2 << 20]);
    encoder.finish().unwrap_or_default()
}
