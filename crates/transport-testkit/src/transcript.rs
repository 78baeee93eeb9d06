//! What a server read on one connection.

use crate::http2;

/// Every byte that came, with TLS taken off.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Transcript(Vec<u8>);

impl Transcript {
    pub(crate) fn new(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        &self.0
    }

    pub(crate) fn contains(&self, text: &str) -> bool {
        self.0.windows(text.len()).any(|window| window == text.as_bytes())
    }

    /// Enough to tell where it came from.
    pub(crate) fn beginning(&self) -> String {
        format!("\"{}\"", self.0.get(..120).unwrap_or(&self.0).escape_ascii())
    }

    /// The first head, as far as it came, in lower case.
    pub(crate) fn first_head(&self) -> String {
        let end = self.0.windows(4).position(|window| window == b"\r\n\r\n").unwrap_or(self.0.len());
        String::from_utf8_lossy(self.0.get(..end).unwrap_or_default()).to_ascii_lowercase()
    }

    /// All HTTP/1 requests that came whole, in order.
    pub(crate) fn requests(&self) -> Vec<Received> {
        let mut requests = Vec::new();
        let mut rest = self.bytes();
        while let Some((received, length)) = Received::parse(rest) {
            requests.push(received);
            rest = rest.get(length..).unwrap_or_default();
        }
        requests
    }

    /// How many requests began to arrive.
    pub(crate) fn request_count(&self) -> usize {
        match self.kind() {
            Kind::Handshake | Kind::Tunnel => 0,
            Kind::Http2 => http2::frames(self.bytes()).filter(|frame| frame.is_headers()).count(),
            Kind::Http1 => self.requests().len() + usize::from(!self.unfinished().is_empty()),
        }
    }

    /// How many bytes belong to requests: not to a TLS handshake, a proxy's tunnel or HTTP/2's own frames.
    pub(crate) fn request_bytes(&self) -> usize {
        match self.kind() {
            Kind::Handshake | Kind::Tunnel => 0,
            Kind::Http2 => http2::frames(self.bytes()).map(http2::Frame::request_bytes).sum(),
            Kind::Http1 => self.bytes().len(),
        }
    }

    fn unfinished(&self) -> &[u8] {
        let mut rest = self.bytes();
        while let Some((_, length)) = Received::parse(rest) {
            rest = rest.get(length..).unwrap_or_default();
        }
        rest
    }

    fn kind(&self) -> Kind {
        /// A TLS record of the type handshake (RFC 8446 §5.1).
        const CLIENT_HELLO: &[u8] = &[0x16, 0x03];
        if self.0.starts_with(CLIENT_HELLO) {
            Kind::Handshake
        } else if self.0.starts_with(b"CONNECT ") {
            Kind::Tunnel
        } else if self.0.starts_with(http2::PREFACE) {
            Kind::Http2
        } else {
            Kind::Http1
        }
    }
}

enum Kind {
    Handshake,
    Tunnel,
    Http2,
    Http1,
}

/// One HTTP/1 request, as it stood on the wire.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Received {
    pub(crate) method: String,
    pub(crate) target: String,
    /// Names in lower case, in the order of the wire.
    pub(crate) headers: Vec<(String, Vec<u8>)>,
    pub(crate) body: Vec<u8>,
}

impl Received {
    /// The first request in `bytes` and its length, if it is there as a whole. Knows `content-length` only: no request
    /// of the kit needs more, and a transport that sends chunks instead must not (the body is whole in memory).
    pub(crate) fn parse(bytes: &[u8]) -> Option<(Self, usize)> {
        let head_length = bytes.windows(4).position(|window| window == b"\r\n\r\n")? + 4;
        // One character for each byte: header values need not be UTF-8.
        let head: String = bytes.get(..head_length)?.iter().copied().map(char::from).collect();
        let mut lines = head.split("\r\n");
        let mut request_line = lines.next()?.split(' ');
        let (method, target) = (request_line.next()?.to_owned(), request_line.next()?.to_owned());
        let headers: Vec<_> = lines
            .filter_map(|line| line.split_once(':'))
            .map(|(name, value)| (name.to_ascii_lowercase(), latin1(value.trim())))
            .collect();
        let body_length = headers
            .iter()
            .find(|(name, _)| name == "content-length")
            .and_then(|(_, value)| std::str::from_utf8(value).ok()?.parse().ok())
            .unwrap_or(0_usize);
        let length = head_length.checked_add(body_length)?;
        let body = bytes.get(head_length..length)?.to_vec();
        Some((Self { method, target, headers, body }, length))
    }

    /// The value of the first header of this name.
    pub(crate) fn header(&self, name: &str) -> Option<&[u8]> {
        self.headers.iter().find(|(other, _)| other == name).map(|(_, value)| value.as_slice())
    }
}

fn latin1(text: &str) -> Vec<u8> {
    text.chars().filter_map(|character| u8::try_from(character).ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requests_are_counted_and_their_bytes_are_theirs_alone() {
        let one = "POST /a HTTP/1.1\r\nContent-Length: 2\r\n\r\n{}";
        let cases = [
            (String::new(), 0, 0),
            (one.to_owned(), 1, one.len()),
            (format!("{one}{one}GET /b HT"), 3, 2 * one.len() + 9),
            ("CONNECT h:443 HTTP/1.1\r\n\r\n".to_owned(), 0, 0),
            ("\u{16}\u{3}\u{1}hello".to_owned(), 0, 0),
        ];
        for (read, requests, bytes) in cases {
            let transcript = Transcript::new(read.clone().into_bytes());
            assert_eq!(
                (transcript.request_count(), transcript.request_bytes()),
                (requests, bytes),
                "{read:?}"
            );
        }
    }

    #[test]
    fn a_request_is_read_as_it_stands() {
        let bytes = b"PUT /a?b='c' HTTP/1.1\r\nX-Odd: caf\xe9\r\ncontent-length: 2\r\n\r\n{}rest";
        let (received, length) = Received::parse(bytes).unwrap();
        assert_eq!(length, bytes.len() - 4);
        assert_eq!(
            received,
            Received {
                method: "PUT".to_owned(),
                target: "/a?b='c'".to_owned(),
                headers: vec![
                    ("x-odd".to_owned(), b"caf\xe9".to_vec()),
                    ("content-length".to_owned(), b"2".to_vec()),
                ],
                body: b"{}".to_vec(),
            }
        );
    }
}
