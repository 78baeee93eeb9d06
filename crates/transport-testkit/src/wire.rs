//! One connection, seen from the server.

#![expect(clippy::expect_used, reason = "a server configuration of the kit's own is valid")]

use std::io::{self, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use rustls::{ServerConfig, ServerConnection, StreamOwned};
use socket2::SockRef;

use crate::stop::{Handle, Stop};
use crate::transcript::{Received, Transcript};

/// What a script reads from and writes to. Everything read is kept.
pub(crate) struct Wire {
    stream: Stream,
    read: Arc<Mutex<Vec<u8>>>,
    /// How much of `read` earlier requests took.
    taken: usize,
    handle: Handle,
    stop: Arc<Stop>,
    open: bool,
}

enum Stream {
    Plain(TcpStream),
    Tls(Box<StreamOwned<ServerConnection, TcpStream>>),
}

impl Wire {
    pub(crate) fn new(
        socket: TcpStream,
        tls: Option<&Arc<ServerConfig>>,
        read: Arc<Mutex<Vec<u8>>>,
        handle: Handle,
        stop: Arc<Stop>,
    ) -> Self {
        let stream = match tls {
            None => Stream::Plain(socket),
            Some(config) => {
                let connection = ServerConnection::new(Arc::clone(config)).expect("a valid configuration");
                Stream::Tls(Box::new(StreamOwned::new(connection, socket)))
            }
        };
        Self { stream, read, taken: 0, handle, stop, open: true }
    }

    /// Reads one whole HTTP/1 request. `None` if the connection ends before.
    pub(crate) fn request(&mut self) -> Option<Received> {
        loop {
            let received = {
                let read = self.read.lock().unwrap_or_else(PoisonError::into_inner);
                read.get(self.taken..).and_then(Received::parse)
            };
            if let Some((received, length)) = received {
                self.taken += length;
                return Some(received);
            }
            self.read_some()?;
        }
    }

    /// Reads until `enough` says so of all that was read. `None` if the connection ends before.
    pub(crate) fn read_until(&mut self, enough: impl Fn(&Transcript) -> bool) -> Option<()> {
        loop {
            let read = self.read.lock().unwrap_or_else(PoisonError::into_inner).clone();
            if enough(&Transcript::new(read)) {
                return Some(());
            }
            self.read_some()?;
        }
    }

    /// Reads until the client ends the connection, or the server is finished.
    pub(crate) fn hold(&mut self) {
        while self.read_some().is_some() {}
    }

    /// Waits until something has come, and leaves it there.
    pub(crate) fn wait_for_input(&self) {
        let _ = self.socket().peek(&mut [0]);
    }

    /// Reads nothing until the server is finished.
    pub(crate) fn wait_for_end(&self) {
        self.stop.wait();
    }

    /// Reads and writes nothing until `limit` is over, or the server is finished.
    pub(crate) fn wait_for_end_or(&self, limit: Duration) {
        self.stop.wait_for(limit);
    }

    fn read_some(&mut self) -> Option<()> {
        let mut buffer = [0; 16 * 1024];
        let length = match &mut self.stream {
            Stream::Plain(socket) => socket.read(&mut buffer),
            Stream::Tls(stream) => stream.read(&mut buffer),
        };
        let bytes = length.ok().filter(|length| *length > 0).and_then(|length| buffer.get(..length))?;
        self.read.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        Some(())
    }

    /// Writes all of `bytes`. `false` if the client no longer takes them.
    pub(crate) fn write(&mut self, bytes: impl AsRef<[u8]>) -> bool {
        let bytes = bytes.as_ref();
        match &mut self.stream {
            Stream::Plain(socket) => socket.write_all(bytes),
            Stream::Tls(stream) => stream.write_all(bytes).and_then(|()| stream.flush()),
        }
        .is_ok()
    }

    /// Writes `bytes` again and again, as long as the client takes them. Not forever: a client without a limit is to be
    /// found, not to exhaust the machine. Returns how much it took.
    pub(crate) fn flood(&mut self, bytes: impl AsRef<[u8]>, end: usize) -> usize {
        let bytes = bytes.as_ref();
        let mut taken = 0;
        while taken < end && self.write(bytes) {
            taken += bytes.len();
        }
        taken
    }

    /// As [`flood`](Self::flood), with a pause of 20 ms each time: too slow to end, too fast for a limit on one read.
    pub(crate) fn drip(&mut self, bytes: impl AsRef<[u8]>) {
        self.drip_times(bytes, usize::MAX);
    }

    /// As [`drip`](Self::drip), `times` at most.
    pub(crate) fn drip_times(&mut self, bytes: impl AsRef<[u8]>, times: usize) {
        let _ = self.socket().set_nodelay(true);
        for _ in 0..times {
            std::thread::sleep(Duration::from_millis(20));
            if !self.write(bytes.as_ref()) {
                break;
            }
        }
    }

    /// Ends the connection with a TCP reset, as soon as the script ends.
    pub(crate) fn reset(&mut self) {
        let _ = SockRef::from(self.socket()).set_linger(Some(Duration::ZERO));
        drop(self.handle.lock().unwrap_or_else(PoisonError::into_inner).take());
        self.open = false;
    }

    /// Ends the connection without TLS's `close_notify`.
    pub(crate) fn cut(&mut self) {
        let _ = self.socket().shutdown(Shutdown::Write);
        self.hold();
        // TLS that has failed reads no more.
        let _ = io::copy(&mut self.socket(), &mut io::sink());
        self.open = false;
    }

    /// `source` with everything read from it kept as if this connection had read it.
    pub(crate) fn recording(&self, source: impl Read + Send + 'static) -> impl Read + Send + 'static {
        Recording { source, read: Arc::clone(&self.read) }
    }

    /// The protocol chosen by ALPN (RFC 7301).
    pub(crate) fn speaks_http2(&self) -> bool {
        matches!(&self.stream, Stream::Tls(stream) if stream.conn.alpn_protocol() == Some(b"h2"))
    }

    /// The socket itself, below TLS.
    pub(crate) fn socket(&self) -> &TcpStream {
        match &self.stream {
            Stream::Plain(socket) => socket,
            Stream::Tls(stream) => &stream.sock,
        }
    }

    /// Ends the connection properly, and waits for the client to do the same: a socket that is closed with something
    /// unread sends a reset, which can destroy what was written before.
    pub(crate) fn close(&mut self) {
        if !self.open {
            return;
        }
        if let Stream::Tls(stream) = &mut self.stream {
            stream.conn.send_close_notify();
            let _ = stream.flush();
        }
        self.cut();
    }
}

struct Recording<R> {
    source: R,
    read: Arc<Mutex<Vec<u8>>>,
}

impl<R: Read> Read for Recording<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = self.source.read(buffer)?;
        let bytes = buffer.get(..length).unwrap_or_default();
        self.read.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        Ok(length)
    }
}
