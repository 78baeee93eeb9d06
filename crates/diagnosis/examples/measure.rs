//! What `cargo xtask bench` counts the instructions of: `measure read|secrets|value|nothing`, with the text on standard
//! input.

use std::hint::black_box;
use std::io::{self, Read as _};

use your_moms_diagnosis::{Expectations, read, secret_spans};

fn main() -> io::Result<()> {
    let mut text = String::new();
    io::stdin().read_to_string(&mut text)?;
    match std::env::args().nth(1).as_deref() {
        Some("read") => drop(black_box(read(&text, &Expectations::default()))),
        Some("secrets") => drop(black_box(secret_spans(&text))),
        Some("value") => drop(black_box(serde_json::from_str::<serde_json::Value>(&text))),
        _ => drop(black_box(text)),
    }
    Ok(())
}
