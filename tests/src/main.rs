//! Our own implementation as a program for `cargo xtask conformance --exec`: questions on standard input, replies on
//! standard output.

use std::io;

use your_moms_tests::{ours, serve};

fn main() -> io::Result<()> {
    serve(io::stdin().lock(), io::stdout().lock(), ours::reply)
}
