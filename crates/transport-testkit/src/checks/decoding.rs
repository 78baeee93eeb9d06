//! A body that a transport decodes.

use super::{Bench, Check, ensure, get, settings};
use crate::faults::bomb;
use crate::server::Server;

pub(super) const SIZE: Check = Check {
    name: "decoded-size-limit",
    reason: "two kilobytes of gzip are two megabytes of memory, and two megabytes two gigabytes",
    fix: "turn off decompression (another crate of the program may have turned it on), or count the bytes behind it",
    run: decoded_size,
};

fn decoded_size(bench: &Bench<'_>) -> Result<(), String> {
    let server = Server::plain(|wire| {
        if wire.request().is_some() {
            let bomb = bomb();
            let length = bomb.len();
            wire.write(format!(
                "HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: {length}\r\n\r\n"
            ));
            wire.write(bomb);
        }
    });
    // Not decoded it is small.
    let Ok(response) = bench.open().call(get(&server)) else { return Ok(()) };
    let (length, limit) = (response.body().len(), settings().limits.response_bytes);
    ensure(length <= limit, || {
        format!("a body of {} bytes was decoded to {length}, with a limit of {limit}", bomb().len())
    })
}
