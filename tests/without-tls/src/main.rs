//! Both adapters refuse an `https` URL where no TLS was built in: before anything is sent, with and without a proxy, and with
//! an error that names what is missing. They still send what needs no TLS.

use std::error::Error;
use std::io::{ErrorKind, Read as _, Write as _};
use std::net::TcpListener;
use std::thread;

use http::Request;
use your_moms_core::{AsyncTransport, Delivery, Limits, Reply, Transport, TransportErrorKind};
use your_moms_reqwest::{ReqwestTransport, reqwest};
use your_moms_ureq::{UreqTransport, ureq};

type Send<'a> = &'a dyn Fn(Request<Vec<u8>>) -> Reply;

fn main() -> Result<(), Box<dyn Error>> {
    let proxy = TcpListener::bind("127.0.0.1:0")?;
    proxy.set_nonblocking(true)?;
    let proxy_url = format!("http://{}", proxy.local_addr()?);

    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let over_reqwest =
        ReqwestTransport::with_builder(Limits::default(), || reqwest::Client::builder().no_proxy())?;
    let proxied = reqwest::Proxy::all(&proxy_url)?;
    let over_proxied_reqwest = ReqwestTransport::with_builder(Limits::default(), || {
        reqwest::Client::builder().proxy(proxied.clone())
    })?;
    let config = |proxy| ureq::Agent::config_builder().proxy(proxy).build();
    let over_ureq = UreqTransport::with_config(Limits::default(), config(None));
    let over_proxied_ureq =
        UreqTransport::with_config(Limits::default(), config(Some(ureq::Proxy::new(&proxy_url)?)));

    for send in [
        &|request| runtime.block_on(over_reqwest.send(request)),
        &|request| runtime.block_on(over_proxied_reqwest.send(request)),
        &|request| over_ureq.send(request),
        &|request| over_proxied_ureq.send(request),
    ] as [Send<'_>; 4]
    {
        is_refused(send)?;
    }
    let untouched = proxy.accept().is_err_and(|error| error.kind() == ErrorKind::WouldBlock);
    ensure(untouched, "the proxy was asked for something")?;
    sends_in_clear(&|request| runtime.block_on(over_reqwest.send(request)))?;
    sends_in_clear(&|request| over_ureq.send(request))?;
    println!("without TLS: both adapters refuse `https`, and say why");
    Ok(())
}

fn is_refused(send: Send<'_>) -> Result<(), Box<dyn Error>> {
    let reply = send(Request::get("https://platform.test/?apiSecret=sentinel").body(Vec::new())?);
    let Err(error) = reply else { return Err("an `https` request was sent without TLS".into()) };
    ensure(
        (error.delivery(), error.kind()) == (Delivery::NotSent, TransportErrorKind::NoTls)
            && error.to_string().contains("`rustls` feature"),
        &format!("an `https` request failed with: {error}"),
    )
}

fn sends_in_clear(send: Send<'_>) -> Result<(), Box<dyn Error>> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let uri = format!("http://{}/", listener.local_addr()?);
    let server = thread::spawn(move || {
        let (mut socket, _) = listener.accept()?;
        let _ = socket.read(&mut [0; 1024])?;
        socket.write_all(b"HTTP/1.1 204 No Content\r\n\r\n")
    });
    let response = send(Request::get(uri).body(Vec::new())?)?;
    server.join().map_err(|_| "the server panicked")??;
    ensure(response.status() == 204, "an `http` request was not sent")
}

fn ensure(holds: bool, problem: &str) -> Result<(), Box<dyn Error>> {
    if holds { Ok(()) } else { Err(problem.into()) }
}
