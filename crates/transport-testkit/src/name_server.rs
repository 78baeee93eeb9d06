//! A name server that lets a resolver wait.

use std::io;
use std::net::{Ipv4Addr, SocketAddr, UdpSocket};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use crate::stop::Stop;

/// Knows every name, and that it is loopback's.
pub(crate) struct NameServer {
    shared: Arc<Shared>,
    listener: JoinHandle<()>,
}

struct Shared {
    socket: UdpSocket,
    stop: Stop,
    asked: AtomicBool,
    answered: AtomicBool,
    answers: Mutex<Vec<JoinHandle<()>>>,
}

impl NameServer {
    /// On the port where name servers are. It responds to each query after `silence`.
    pub(crate) fn start(silence: Duration) -> io::Result<Self> {
        let shared = Arc::new(Shared {
            socket: UdpSocket::bind((Ipv4Addr::LOCALHOST, 53))?,
            stop: Stop::default(),
            asked: AtomicBool::new(false),
            answered: AtomicBool::new(false),
            answers: Mutex::default(),
        });
        let listener = thread::spawn({
            let shared = Arc::clone(&shared);
            move || shared.listen(silence)
        });
        Ok(Self { shared, listener })
    }

    /// Whether anybody asked.
    pub(crate) fn was_asked(&self) -> bool {
        self.shared.asked.load(Ordering::SeqCst)
    }

    /// Whether somebody had a response after the whole silence.
    pub(crate) fn has_answered(&self) -> bool {
        self.shared.answered.load(Ordering::SeqCst)
    }

    /// Responds at once to all who wait, and ends.
    pub(crate) fn finish(self) {
        self.shared.stop.set();
        // Wakes the listener.
        let _ = self.shared.socket.local_addr().and_then(|own| self.shared.socket.send_to(&[], own));
        let _ = self.listener.join();
        let answers =
            std::mem::take(&mut *self.shared.answers.lock().unwrap_or_else(PoisonError::into_inner));
        for answer in answers {
            let _ = answer.join();
        }
    }
}

impl Shared {
    fn listen(self: &Arc<Self>, silence: Duration) {
        let mut buffer = [0; 4096];
        while !self.stop.is_set() {
            let Ok((length, from)) = self.socket.recv_from(&mut buffer) else { continue };
            let Some(response) = buffer.get(..length).and_then(response_to) else { continue };
            self.asked.store(true, Ordering::SeqCst);
            let shared = Arc::clone(self);
            let answer = thread::spawn(move || shared.answer(&response, from, silence));
            self.answers.lock().unwrap_or_else(PoisonError::into_inner).push(answer);
        }
    }

    fn answer(&self, response: &[u8], to: SocketAddr, silence: Duration) {
        self.stop.wait_for(silence);
        if !self.stop.is_set() {
            self.answered.store(true, Ordering::SeqCst);
        }
        let _ = self.socket.send_to(response, to);
    }
}

/// 127.0.0.1 for a question for IPv4 addresses, and no records of any other sort (RFC 1035 §4.1).
fn response_to(query: &[u8]) -> Option<Vec<u8>> {
    /// Its name is that of the question; one of IPv4, of the internet, not to be kept, 4 bytes.
    const RECORD: [u8; 16] = [0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 0, 0, 4, 127, 0, 0, 1];
    let id = query.get(..2)?;
    let mut end = 12;
    loop {
        let label = usize::from(*query.get(end)?);
        end += label + 1;
        if label == 0 {
            break;
        }
    }
    let question = query.get(12..end + 4)?;
    let asks_for_ipv4 = question.ends_with(&[0, 1, 0, 1]);
    let records = u8::from(asks_for_ipv4);
    // A response without an error, from a server that asks others; one question.
    let mut response = [id, &[0x81, 0x80, 0, 1, 0, records, 0, 0, 0, 0], question].concat();
    if asks_for_ipv4 {
        response.extend(RECORD);
    }
    Some(response)
}

#[cfg(test)]
mod tests {
    use super::*;

    const QUESTION: &[u8] = b"\x01a\x04test\0";

    fn query(kind: u8) -> Vec<u8> {
        [b"\x12\x34\x01\x20\0\x01\0\0\0\0\0\x01", QUESTION, &[0, kind, 0, 1], b"and more"].concat()
    }

    #[test]
    fn an_ipv4_address_is_loopback() {
        let expected = [
            b"\x12\x34\x81\x80\0\x01\0\x01\0\0\0\0",
            QUESTION,
            &[0, 1, 0, 1],
            b"\xc0\x0c\0\x01\0\x01\0\0\0\0\0\x04\x7f\0\0\x01",
        ]
        .concat();
        assert_eq!(response_to(&query(1)), Some(expected));
    }

    #[test]
    fn there_is_no_ipv6_address() {
        let expected = [b"\x12\x34\x81\x80\0\x01\0\0\0\0\0\0", QUESTION, &[0, 28, 0, 1]].concat();
        assert_eq!(response_to(&query(28)), Some(expected));
    }

    #[test]
    fn what_is_no_query_gets_no_response() {
        let whole = query(1);
        for length in 0..whole.len() - b"and more".len() {
            assert_eq!(response_to(&whole[..length]), None, "{length}");
        }
    }
}
