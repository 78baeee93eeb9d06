//! A client that keeps every connection, whatever came of the last call on it.
#![expect(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::sync::Mutex;

use http::{Request, Response};
use your_moms_core::{CallContext, Delivery, Limits, Reply, Transport, TransportError, TransportErrorKind};
use your_moms_transport_testkit::Kit;

type Connection = BufReader<TcpStream>;

struct KeepsConnections {
    limits: Limits,
    kept: Mutex<BTreeMap<String, Connection>>,
}

impl Transport for KeepsConnections {
    fn send(&self, request: Request<Vec<u8>>) -> Reply {
        let host = request.uri().authority().unwrap().to_string();
        let kept = self.kept.lock().unwrap().remove(&host);
        let mut connection =
            kept.unwrap_or_else(|| BufReader::new(TcpStream::connect(host.as_str()).unwrap()));
        let reply = self.exchange(&request, &mut connection);
        self.kept.lock().unwrap().insert(host, connection);
        reply.map_err(|_| TransportError::new(Delivery::Unknown, TransportErrorKind::Other))
    }
}

impl KeepsConnections {
    fn exchange(
        &self,
        request: &Request<Vec<u8>>,
        connection: &mut Connection,
    ) -> io::Result<Response<Vec<u8>>> {
        let limit = CallContext::of(request).time_limit.unwrap_or(self.limits.total);
        connection.get_ref().set_read_timeout(Some(limit))?;
        let mut sent = Vec::new();
        write!(sent, "{} {} HTTP/1.1\r\n", request.method(), request.uri().path())?;
        for (name, value) in request.headers() {
            write!(sent, "{name}: {}\r\n", value.to_str().unwrap())?;
        }
        write!(sent, "content-length: {}\r\n\r\n", request.body().len())?;
        sent.extend_from_slice(request.body());
        connection.get_mut().write_all(&sent)?;

        let mut head = String::new();
        while !head.ends_with("\r\n\r\n") {
            if connection.read_line(&mut head)? == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
        }
        let length =
            head.split_once("content-length: ").map_or("0", |(_, rest)| rest.lines().next().unwrap());
        let length: usize = length.parse().unwrap();
        if length > self.limits.response_bytes {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        let mut body = vec![0; length];
        connection.read_exact(&mut body)?;
        Ok(Response::builder().status(head.get(9..12).unwrap()).body(body).unwrap())
    }
}

#[test]
fn gets_what_belongs_to_an_earlier_call() {
    let kit = Kit::blocking(|settings| KeepsConnections { limits: settings.limits, kept: Mutex::default() });
    let report = kit.run_named(&["late-response", "leftover-bytes", "no-cache"]);
    assert_eq!(report.failed(), BTreeSet::from(["late-response", "leftover-bytes"]), "{report}");
}
