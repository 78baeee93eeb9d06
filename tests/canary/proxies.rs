//! The password of a proxy, over the adapters that take one. The tower adapter takes none: its service has one or not.

use std::fmt::Debug;
use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::thread;

use your_moms_core::{
    AsyncTransport as _, Credentials, Limits, ListInstances, Operation as _, Platform, Reply, Transport as _,
};
use your_moms_reqwest::{ReqwestTransport, reqwest};
use your_moms_tests::ours::Prints;
use your_moms_ureq::{UreqTransport, ureq};

use crate::capture;
use crate::watch::{Scene, Watch};

pub(crate) const PASSWORD: &str = "canary-9xVj4Tc7KsB1gPe6Qd";
/// Nothing is sent to it: no proxy lets anybody through.
pub(crate) const BASE_URL: &str = "https://canary.invalid/your_moms/api-v2";

/// A proxy that is closed to all, and one that is not there.
pub(crate) fn urls() -> [String; 2] {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let closed = listener.local_addr().unwrap();
    thread::spawn(move || {
        for socket in listener.incoming() {
            let mut socket = socket.unwrap();
            let _ = socket.read(&mut [0; 4096]);
            let _ =
                socket.write_all(b"HTTP/1.1 407 Closed\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
        }
    });
    [format!("http://me:{PASSWORD}@{closed}"), format!("http://me:{PASSWORD}@127.0.0.1:1")]
}

pub(crate) fn run(watch: &mut Watch) -> String {
    capture::filter(true);
    let mut scene = Scene::default();
    scene.secret("password in a URL", PASSWORD);
    let urls = urls();
    for url in &urls {
        over_ureq(url, &mut scene);
        over_reqwest(url, &mut scene);
    }
    capture::filter(false);
    scene.texts.extend(capture::taken());
    watch.look(scene);
    format!("{} proxies over two adapters", urls.len())
}

fn over_ureq(url: &str, scene: &mut Scene) {
    let config = UreqTransport::config_builder().proxy(Some(ureq::Proxy::new(url).unwrap())).build();
    let transport = UreqTransport::with_config(Limits::default(), config);
    failed(&transport, transport.send(request()), scene);
}

fn over_reqwest(url: &str, scene: &mut Scene) {
    let builder = || reqwest::Client::builder().proxy(reqwest::Proxy::all(url).unwrap());
    let transport = ReqwestTransport::with_builder(Limits::default(), builder).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let reply = runtime.block_on(transport.send(request()));
    failed(&transport, reply, scene);
}

fn request() -> http::Request<Vec<u8>> {
    let credentials = Credentials::new("user", "organization").unwrap();
    ListInstances::new().request(&Platform::new(BASE_URL, credentials).unwrap()).unwrap()
}

fn failed(transport: &dyn Debug, reply: Reply, scene: &mut Scene) {
    let mut prints = Prints::default();
    prints.debug(transport);
    prints.error(&reply.unwrap_err());
    scene.text("error", prints.into_texts().join("\n"));
}
