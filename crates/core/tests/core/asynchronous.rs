//! The asynchronous client does what the blocking one does, over any pointer to a transport.

use std::future::{Future, ready};
use std::pin::pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};
use std::time::{Duration, SystemTime};

use http::Request;
use your_moms_core::{
    AsyncClient, AsyncTransport, Delivery, Error, ErrorClass, Instance, ListInstances, Operation as _, Page,
    Ping, Reply, RetryPolicy, Transport, async_transport_fn, transport_fn,
};

use crate::support::{instance, lost, own, platform, registration, reply};

/// Nothing here ever waits, so that one look is enough.
fn now<F: Future>(future: F) -> F::Output {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(output) => output,
        Poll::Pending => unreachable!("nothing here waits"),
    }
}

/// A client over these replies, what it asks for, and how long it waits.
struct Scene {
    client: AsyncClient<Arc<dyn AsyncTransport>>,
    asked: Arc<Mutex<Vec<String>>>,
    waits: Arc<Mutex<Vec<Duration>>>,
}

impl Scene {
    fn new(replies: impl IntoIterator<Item = Reply>) -> Self {
        let replies = Mutex::new(replies.into_iter().collect::<Vec<_>>().into_iter());
        Self::playing(move |_| replies.lock().unwrap().next().expect("no more requests than replies"))
    }

    fn playing(play: impl Fn(&Request<Vec<u8>>) -> Reply + Send + Sync + 'static) -> Self {
        let (asked, waits) = (Arc::<Mutex<Vec<String>>>::default(), Arc::<Mutex<Vec<Duration>>>::default());
        let (requests, waited) = (asked.clone(), waits.clone());
        let transport = async_transport_fn(move |request: Request<Vec<u8>>| {
            requests.lock().unwrap().push(format!("{} {}", request.method(), request.uri().path()));
            ready(play(&request))
        });
        let sleep = move |wait| {
            waited.lock().unwrap().push(wait);
            ready(())
        };
        let transport: Arc<dyn AsyncTransport> = Arc::new(transport);
        Self { client: AsyncClient::new(platform(), transport, sleep, getrandom::fill), asked, waits }
    }

    fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }
}

#[test]
fn an_account_is_connected() {
    let scene = Scene::playing(|request| {
        if request.uri().path() == "/instances" {
            return reply(200, &instance(7, "[]"));
        }
        let query = request.uri().query().unwrap();
        let (_, state) = form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "state").unwrap();
        let url = format!("https://provider.example/authorize?state={state}");
        reply(200, &serde_json::json!({ "oauthUrl": url, "your_mom": "instagram" }).to_string())
    });
    let (client, time) = (&scene.client, SystemTime::now());
    let (url, pending) = now(client.authorize(&registration(), time)).unwrap();
    let (_, state) = url.expose().split_once("state=").unwrap();
    let authorized = pending.verify(&format!("/callback?code=c&state={state}"), time).unwrap();
    let create = authorized.create(&registration()).unwrap();
    assert_eq!(now(client.create(&create)).unwrap().id(), 7);
    assert_eq!(scene.asked(), ["GET /your_moms/instagram/oauth/url", "POST /instances"]);
}

#[test]
fn a_creation_of_its_own_is_found_again() {
    let scene = Scene::playing(|request| match request.uri().query() {
        None => own(401),
        Some(query) => {
            let (_, searched) = form_urlencoded::parse(query.as_bytes()).next().unwrap();
            reply(200, &format!("[{}]", instance(7, &format!("[\"{searched}\"]"))))
        }
    });
    let create = scene.client.new_instance("helpdesk").unwrap().name("n");
    assert_eq!(create.connector().as_str(), "helpdesk");
    assert_eq!(create.record().connector().as_str(), "helpdesk");
    let error = now(scene.client.create(&create)).unwrap_err();
    assert_eq!((error.class(), error.may_have_happened()), (ErrorClass::Unauthorized, false));
    assert_eq!(now(scene.client.recover(&create.record())).unwrap().unwrap().id(), 7);
    assert_eq!(scene.asked(), ["POST /instances", "GET /instances"]);
    assert!(matches!(scene.client.new_instance(" "), Err(Error::Build(_))));
}

#[test]
fn what_was_not_made_is_not_found() {
    let scene = Scene::playing(|_| reply(200, "[]"));
    let create = scene.client.new_instance("helpdesk").unwrap();
    let policy = RetryPolicy { search: Duration::ZERO, ..RetryPolicy::default() };
    let found = now(scene.client.clone().with_retries(policy).recover(&create.record())).unwrap();
    assert!(found.is_none());
    assert!(scene.asked().iter().all(|asked| asked == "GET /instances"));
}

#[test]
fn an_instance_is_deleted_after_a_wait() {
    let scene = Scene::new([lost(Delivery::Unknown), own(404)]);
    let known: Instance = serde_json::from_str(&instance(7, "[]")).unwrap();
    now(scene.client.disconnect(&known)).unwrap();
    assert_eq!(scene.asked(), ["DELETE /instances", "DELETE /instances"]);
    let waits = scene.waits.lock().unwrap().clone();
    assert!(matches!(waits[..], [wait] if (250..=500).contains(&wait.as_millis())), "{waits:?}");
}

#[test]
fn pages_are_followed_to_the_end_and_not_in_circles() {
    let page = |id, next: &str| {
        let mut reply = reply(200, &format!("[{}]", instance(id, "[]"))).unwrap();
        reply.headers_mut().insert("elements-next-page-token", next.parse().unwrap());
        Ok(reply)
    };
    for last in [reply(200, "[]"), page(3, "b"), own(403)] {
        let scene = Scene::new([page(1, "a"), page(2, "b"), last]);
        let mut pages = scene.client.pages(&ListInstances::new().with_header("x-more", "1"));
        assert_eq!(format!("{pages:?}"), r#"AsyncPages { operation: "list-instances", .. }"#);
        let ids = |page: Page<Instance>| page.items.iter().map(Instance::id).collect::<Vec<_>>();
        assert_eq!(now(pages.next()).map(|page| page.map(ids).unwrap()), Some(vec![1]));
        assert_eq!(now(pages.next()).map(|page| page.map(ids).unwrap()), Some(vec![2]));
        assert!(now(pages.next()).is_some());
        assert!(now(pages.next()).is_none());
        assert_eq!(scene.asked().len(), 3);
    }
}

#[test]
fn any_pointer_to_a_transport_is_one() {
    let request = || Request::new(Vec::new());
    let status = |reply: Reply| reply.unwrap().status().as_u16();
    let blocking = transport_fn(|_| reply(204, ""));
    let asynchronous = async_transport_fn(|_| ready(reply(204, "")));
    assert_eq!(status(Transport::send(&&blocking, request())), 204);
    assert_eq!(status(Transport::send(&(Box::new(blocking) as Box<dyn Transport>), request())), 204);
    assert_eq!(status(Transport::send(&(Arc::new(blocking) as Arc<dyn Transport>), request())), 204);
    assert_eq!(status(now(AsyncTransport::send(&&asynchronous, request()))), 204);
    let boxed: Box<dyn AsyncTransport> = Box::new(asynchronous);
    assert_eq!(status(now(AsyncTransport::send(&boxed, request()))), 204);
    assert_eq!(format!("{blocking:?} {asynchronous:?}"), "TransportFn(…) TransportFn(…)");
}

#[test]
fn it_shows_neither_its_transport_nor_a_secret() {
    let client = Scene::new([own(403)]).client.with_retries(RetryPolicy::NEVER);
    assert_eq!(client.platform().base_url(), "https://api.example");
    let shown = format!("{client:?}");
    assert!(shown.starts_with("AsyncClient { platform: ") && shown.contains("tries: 1"), "{shown}");
    let token = your_moms_core::InstanceToken::from("t");
    assert_eq!(now(client.call(&Ping::new(&token))).unwrap_err().class(), ErrorClass::Forbidden);
}
