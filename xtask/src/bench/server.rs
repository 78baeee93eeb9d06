//! A server on loopback that replies to every request with an instance, outside the program that is measured.

use std::error::Error;
use std::fs;
use std::io::{self, BufRead as _, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;

use rcgen::CertifiedKey;
use rustls::crypto::ring;
use rustls::pki_types::PrivatePkcs8KeyDer;
use rustls::{ServerConfig, ServerConnection, StreamOwned};

use super::measure::Programs;

const INSTANCE: &str = include_str!("instance.json");

/// With what a handshake of TLS begins (RFC 8446 §5.1).
const HANDSHAKE: u8 = 22;

/// It ends with this process.
pub(super) struct Server {
    /// Takes plain HTTP and TLS.
    pub(super) port: usize,
    /// Its certificate in DER, where the programs look for it.
    certificate: PathBuf,
}

impl Server {
    pub(super) fn start(programs: &Programs) -> Result<Self, Box<dyn Error>> {
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let port = usize::from(listener.local_addr()?.port());
        let certificate = programs.beside(&format!("server-{port}.der"));
        let tls = tls(&certificate)?;
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let tls = Arc::clone(&tls);
                // A client that goes away ends its connection, and nothing else.
                thread::spawn(move || accept(stream, tls));
            }
        });
        Ok(Self { port, certificate })
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Nobody looks for it again; if it stays, it does no harm.
        let _ = fs::remove_file(&self.certificate);
    }
}

fn tls(file: &Path) -> Result<Arc<ServerConfig>, Box<dyn Error>> {
    let CertifiedKey { cert, signing_key } = rcgen::generate_simple_self_signed(["127.0.0.1".to_owned()])?;
    fs::write(file, cert.der())?;
    let key = PrivatePkcs8KeyDer::from(signing_key.serialize_der()).into();
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()?
        .with_no_client_auth()
        .with_single_cert(vec![cert.der().clone()], key)?;
    Ok(Arc::new(config))
}

fn accept(stream: TcpStream, tls: Arc<ServerConfig>) -> io::Result<()> {
    // As servers do: otherwise a response may wait 40 ms for the client's system to acknowledge the end of a handshake.
    stream.set_nodelay(true)?;
    let mut first = [0];
    if stream.peek(&mut first)? == 1 && first == [HANDSHAKE] {
        let connection = ServerConnection::new(tls).map_err(io::Error::other)?;
        serve(StreamOwned::new(connection, stream))
    } else {
        serve(stream)
    }
}

/// Replies until the client closes the connection.
fn serve(stream: impl Read + Write) -> io::Result<()> {
    let mut stream = BufReader::new(stream);
    let reply = format!(
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{INSTANCE}",
        INSTANCE.len()
    );
    loop {
        let mut body = 0;
        loop {
            let mut line = String::new();
            if stream.read_line(&mut line)? == 0 {
                return Ok(());
            }
            if line == "\r\n" {
                break;
            }
            if let Some(length) = line.to_ascii_lowercase().strip_prefix("content-length:") {
                body = length.trim().parse().unwrap_or(0);
            }
        }
        io::copy(&mut (&mut stream).take(body), &mut io::sink())?;
        stream.get_mut().write_all(reply.as_bytes())?;
    }
}
