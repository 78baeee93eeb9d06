//! A server on loopback that replies to every request with an instance, outside the program that is measured.

use std::io::{self, BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::thread;

const INSTANCE: &str = include_str!("../../../crates/bench/payloads/instance.json");

/// Starts it, and gives its port. It ends with this process.
pub(super) fn start() -> io::Result<u16> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let port = listener.local_addr()?.port();
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            // A client that goes away ends its connection, and nothing else.
            thread::spawn(move || serve(&stream));
        }
    });
    Ok(port)
}

/// Replies until the client closes the connection.
fn serve(stream: &TcpStream) -> io::Result<()> {
    let (mut reader, mut writer) = (BufReader::new(stream), stream);
    let reply = format!(
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{INSTANCE}",
        INSTANCE.len()
    );
    loop {
        let mut body = 0;
        loop {
            let mut line = String::new();
            if reader.read_line(&mut line)? == 0 {
                return Ok(());
            }
            if line == "\r\n" {
                break;
            }
            if let Some(length) = line.to_ascii_lowercase().strip_prefix("content-length:") {
                body = length.trim().parse().unwrap_or(0);
            }
        }
        io::copy(&mut (&mut reader).take(body), &mut io::sink())?;
        writer.write_all(reply.as_bytes())?;
    }
}
