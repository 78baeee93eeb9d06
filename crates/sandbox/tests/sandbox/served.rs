//! The server: real sockets, no HTTP library.

use std::io::{self, ErrorKind, Read as _, Write as _};
use std::net::TcpStream;
use std::time::Duration;

use http::StatusCode;
use your_moms_sandbox::{Call, Fault, Listener, Moment, Noun, Sandbox, SandboxTransport, Server, Substitute};

use crate::app::{App, now};

/// Sends `request` and reads until the server ends the connection.
fn exchange(origin: &str, request: &str) -> io::Result<String> {
    let mut stream = TcpStream::connect(origin.strip_prefix("http://").unwrap())?;
    stream.write_all(request.as_bytes())?;
    let mut response = Vec::new();
    stream.read_to_end(&mut response)?;
    Ok(String::from_utf8(response).unwrap())
}

fn get(origin: &str, path: &str) -> io::Result<String> {
    let host = origin.strip_prefix("http://").unwrap();
    exchange(origin, &format!("GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"))
}

fn status(response: &str) -> u16 {
    response.split(' ').nth(1).unwrap().parse().unwrap()
}

/// A server, and a complete step 2 for it.
fn ready() -> (Server, String) {
    let mut app = App::new(Noun::YourMom);
    let code = app.code("instagram");
    let body = app.body("instagram", &code).to_string();
    let authorization = app.authorization();
    let server = Server::start(SandboxTransport::new(app.sandbox).with_clock(now)).unwrap();
    let origin = server.origin();
    let request = format!(
        "POST /your_moms/api-v2/instances HTTP/1.1\r\nHost: {}\r\nAuthorization: {authorization}\r\n\
         Content-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
        origin.strip_prefix("http://").unwrap(),
        body.len()
    );
    (server, request)
}

#[test]
fn head_and_options_leave_the_connection_as_it_should_be() {
    let server = Server::start(Sandbox::new(1)).unwrap();
    let origin = server.origin();
    let host = origin.strip_prefix("http://").unwrap();
    let path = "/your_moms/api-v2/instances";
    let request = |method: &str, more: &str| {
        format!("{method} {path} HTTP/1.1\r\nHost: {host}\r\nOrigin: https://app.example\r\n{more}\r\n")
    };
    let requests =
        [request("HEAD", ""), request("OPTIONS", ""), request("GET", "Connection: close\r\n")].concat();
    let responses = exchange(&origin, &requests).unwrap();
    let responses: Vec<_> = responses.split("HTTP/1.1 ").skip(1).collect();
    let statuses: Vec<_> = responses.iter().map(|it| it.split(' ').next().unwrap()).collect();
    assert_eq!(statuses, ["401", "204", "401"]);
    let (head, body) = responses[2].split_once("\r\n\r\n").unwrap();
    let length = format!("content-length: {}", body.len());
    assert!(head.contains(&length), "{head}");
    assert!(responses[0].contains(&length) && responses[0].ends_with("\r\n\r\n"), "{}", responses[0]);
    assert!(responses[1].ends_with("\r\n\r\n"), "{}", responses[1]);
    assert!(responses.iter().all(|it| it.contains("access-control-allow-origin: *\r\n")));
}

#[test]
fn the_three_steps_work_over_a_socket() {
    let server = Server::start(Sandbox::new(1)).unwrap();
    let origin = server.origin();
    assert_eq!(server.base_url(Noun::YourMom), format!("{origin}/your_moms/api-v2"));
    let response = get(
        &origin,
        "/your_moms/api-v2/your_moms/instagram/oauth/url?apiKey=sandbox-instagram-client-id&apiSecret=s\
         &callbackUrl=http://127.0.0.1:1/callback&state=s",
    );
    let response = response.unwrap();
    let body: serde_json::Value = serde_json::from_str(response.split_once("\r\n\r\n").unwrap().1).unwrap();
    let oauth_url = body["oauthUrl"].as_str().unwrap();
    assert_eq!(status(&get(&origin, oauth_url.strip_prefix(&origin).unwrap()).unwrap()), 200);
    let redirect = server.transport().allow(oauth_url).unwrap();
    assert!(redirect.starts_with("http://127.0.0.1:1/callback?code=sandbox-code"));

    let (server, create) = ready();
    let response = exchange(&server.origin(), &create).unwrap();
    assert_eq!((status(&response), server.sandbox().instances().len()), (200, 1));
}

#[test]
fn a_request_for_another_host_is_refused() {
    let server = Server::start(Sandbox::new(1)).unwrap();
    let origin = server.origin();
    let port = origin.rsplit_once(':').unwrap().1;
    for (target, hosts, expected) in [
        ("/x", format!("Host: 127.0.0.1:{port}\r\n"), 404),
        ("/x", format!("Host: LocalHost:{port}\r\n"), 404),
        ("/x", "Host: evil.example\r\n".to_owned(), 421),
        ("/x", format!("Host: evil.example:{port}\r\n"), 421),
        ("/x", "Host: 127.0.0.1\r\n".to_owned(), 421),
        ("/x", String::new(), 400),
        ("/x", format!("Host: 127.0.0.1:{port}\r\nHost: 127.0.0.1:{port}\r\n"), 400),
        ("http://evil.example/x", format!("Host: 127.0.0.1:{port}\r\n"), 421),
    ] {
        let request = format!("GET {target} HTTP/1.1\r\n{hosts}Connection: close\r\n\r\n");
        assert_eq!(status(&exchange(&origin, &request).unwrap()), expected, "{target} {hosts}");
    }
    assert_eq!(server.sandbox().journal().len(), 2);
}

#[test]
fn a_body_that_is_too_large_is_refused_unread() {
    let server = Server::start(Sandbox::new(1)).unwrap();
    let host = server.origin().strip_prefix("http://").unwrap().to_owned();
    let head = format!("POST / HTTP/1.1\r\nHost: {host}\r\nContent-Length: 1048577\r\n\r\n");
    let mut stream = TcpStream::connect(&host).unwrap();
    stream.write_all(head.as_bytes()).unwrap();
    let mut response = [0; 12];
    stream.read_exact(&mut response).unwrap();
    assert_eq!(&response, b"HTTP/1.1 413");
    assert_eq!(server.sandbox().journal(), []);
}

#[test]
fn a_reset_is_a_reset() {
    for (moment, instances) in [(Moment::Before, 0), (Moment::While, 0), (Moment::After, 1)] {
        let (server, create) = ready();
        server.sandbox().fail_next(Call::CreateInstance, Fault::Reset(moment));
        let error = exchange(&server.origin(), &create).unwrap_err();
        assert_eq!(
            (error.kind(), server.sandbox().instances().len()),
            (ErrorKind::ConnectionReset, instances)
        );
    }
}

#[test]
fn a_truncated_body_ends_before_its_announced_length() {
    let (server, create) = ready();
    server.sandbox().fail_next(Call::CreateInstance, Fault::TruncatedBody);
    let response = exchange(&server.origin(), &create).unwrap();
    let (head, body) = response.split_once("\r\n\r\n").unwrap();
    let announced = head.lines().find_map(|line| line.strip_prefix("content-length: ")).unwrap();
    assert_eq!((status(head), body.len()), (200, announced.parse::<usize>().unwrap() / 2));
    assert_eq!(server.sandbox().instances().len(), 1);
}

#[test]
fn a_substitute_arrives_whole_and_the_journal_names_it() {
    let (server, create) = ready();
    let substitute = Substitute::gateway_empty(StatusCode::TEMPORARY_REDIRECT);
    server.sandbox().fail_next(Call::CreateInstance, Fault::Instead { moment: Moment::After, substitute });
    let response = exchange(&server.origin(), &create).unwrap();
    let (head, body) = response.split_once("\r\n\r\n").unwrap();
    assert!(head.contains(&format!("location: {}/redirected\r\n", server.origin())), "{head}");
    assert_eq!((status(head), body, server.sandbox().instances().len()), (307, "", 1));
    let fault = server.sandbox().journal().last().unwrap().fault.clone();
    assert_eq!(fault.as_deref(), Some("gateway-empty-307-after"));
}

#[test]
fn a_truncated_empty_body_is_announced_as_one_byte() {
    let (server, create) = ready();
    exchange(&server.origin(), &create).unwrap();
    server.sandbox().fail_next(Call::DeleteInstance, Fault::TruncatedBody);
    let delete =
        create.replacen("POST /your_moms/api-v2/instances", "DELETE /your_moms/api-v2/instances/123", 1);
    let response = exchange(&server.origin(), &delete).unwrap();
    let (head, body) = response.split_once("\r\n\r\n").unwrap();
    assert!(head.contains("content-length: 1\r\n"), "{head}");
    assert_eq!((status(head), body, server.sandbox().instances().len()), (200, "", 0));
}

#[test]
fn a_delay_holds_back_the_response_of_what_is_done() {
    let (server, create) = ready();
    let origin = server.origin();
    server.sandbox().fail_next(Call::CreateInstance, Fault::Delay(Duration::from_secs(3600)));
    let client = std::thread::spawn(move || exchange(&origin, &create));
    while server.sandbox().instances().is_empty() {
        std::thread::yield_now();
    }
    drop(server);
    assert_eq!(client.join().unwrap().unwrap(), "");
}

#[test]
fn a_connection_is_kept_for_the_next_request() {
    let server = Server::start(Sandbox::new(1)).unwrap();
    let origin = server.origin();
    let host = origin.strip_prefix("http://").unwrap();
    let requests = format!(
        "GET /a HTTP/1.1\r\nHost: {host}\r\n\r\nGET /b HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"
    );
    let responses = exchange(&origin, &requests).unwrap();
    assert_eq!(responses.matches("HTTP/1.1 404 Not Found\r\n").count(), 2);
}

#[test]
fn a_dropped_server_is_gone_and_a_stopped_one_too() {
    for stop in [drop as fn(Server), Server::stop] {
        let server = Server::start(Sandbox::new(1)).unwrap();
        let origin = server.origin();
        let mut idle = TcpStream::connect(origin.strip_prefix("http://").unwrap()).unwrap();
        assert_eq!(status(&get(&origin, "/x").unwrap()), 404);
        stop(server);
        assert_eq!(get(&origin, "/x").unwrap_err().kind(), ErrorKind::ConnectionRefused);
        // The idle connection is ended as well, with nothing said on it.
        let mut rest = Vec::new();
        assert!(idle.read_to_end(&mut rest).is_ok_and(|_| rest.is_empty()));
    }
}

#[test]
fn a_stopping_server_responds_to_what_it_was_sent() {
    let (server, create) = ready();
    let origin = server.origin();
    let transport = server.transport();
    server.sandbox().fail_next(Call::CreateInstance, Fault::Delay(Duration::from_millis(50)));
    let client = std::thread::spawn(move || exchange(&origin, &create));
    while transport.sandbox().journal().len() < 4 {
        std::thread::yield_now();
    }
    server.stop();
    assert_eq!(status(&client.join().unwrap().unwrap()), 200);
}

#[test]
fn a_port_can_be_chosen_unless_it_is_taken() {
    let server = Server::start(Sandbox::new(1)).unwrap();
    let port = server.origin().rsplit_once(':').unwrap().1.parse().unwrap();
    assert_eq!(Server::start_at(Sandbox::new(1), port).unwrap_err().kind(), ErrorKind::AddrInUse);
    drop(server);
    assert_eq!(Server::start_at(Sandbox::new(1), port).unwrap().origin(), format!("http://127.0.0.1:{port}"));
}

#[test]
fn a_listener_serves_on_the_runtime_of_the_caller() {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let listener = Listener::bind(Sandbox::new(1), 0).unwrap();
    let transport = listener.transport();
    let origin = transport.sandbox().origin().to_owned();
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let serving = runtime.spawn(listener.serve(async { drop(stopped.await) }));
    assert_eq!(status(&get(&origin, "/x").unwrap()), 404);
    assert_eq!(transport.sandbox().journal()[0].status, Some(StatusCode::NOT_FOUND));
    drop(stop);
    runtime.block_on(serving).unwrap().unwrap();
    assert_eq!(get(&origin, "/x").unwrap_err().kind(), ErrorKind::ConnectionRefused);
}

#[test]
fn a_body_may_drip() {
    let server = Server::start(Sandbox::new(1)).unwrap();
    server.sandbox().fail_next(Call::Ping, Fault::SlowDrip(Duration::from_nanos(1)));
    let dripped = get(&server.origin(), "/your_moms/api-v2/ping").unwrap();
    let (head, body) = dripped.split_once("\r\n\r\n").unwrap();
    assert!(head.contains(&format!("\r\ncontent-length: {}\r\n", body.len())), "{head}");
    let body: serde_json::Value = serde_json::from_str(body).unwrap();
    assert_eq!((status(head), &body["message"]), (401, &crate::app::INVALID.into()));
    assert_eq!(server.sandbox().journal()[0].fault.as_deref(), Some("slow-drip"));
}

#[test]
fn every_request_is_told_when_it_is_over() {
    let (told, requests) = std::sync::mpsc::channel();
    let transport = SandboxTransport::new(Sandbox::new(1)).on_request(move |record| {
        drop(told.send((record.number, record.method.clone(), record.status, record.duration.is_some())));
    });
    let server = Server::start(transport).unwrap();
    get(&server.origin(), "/your_moms/api-v2/ping").unwrap();
    assert_eq!(requests.recv().unwrap(), (1, "GET".to_owned(), Some(StatusCode::UNAUTHORIZED), true));
    assert!(server.sandbox().journal()[0].duration.is_some());
}

#[test]
fn the_ids_of_forms_do_not_come_from_the_seed() {
    let id = |server: &Server| {
        let page = get(&server.origin(), "/inspector/controls").unwrap();
        page.split_once("name=\"form\" value=\"").unwrap().1.split('"').next().unwrap().to_owned()
    };
    let servers = [(); 2].map(|()| Server::start(Sandbox::new(1)).unwrap());
    assert_ne!(id(&servers[0]), id(&servers[1]));
}
