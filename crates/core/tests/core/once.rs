//! Creating exactly once: what is sent, what is searched for, and what is reported. The golden files have the transcripts.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use crate::support::{Scene, instance, lost, own, reply};
use http::{Request, Response};
use your_moms_core::{
    BuildError, CreateOnce, CreateRecord, Credentials, Delivery, Elapsed, Error, ErrorClass, Instance,
    Machine as _, Operation as _, Platform, Reply, RetryPolicy, Step, TransportError, TransportErrorKind,
    UpdateInstance, ValueErrorKind,
};

/// The instance of the creation that `request` is, or searches for.
fn made(request: &Request<Vec<u8>>) -> String {
    let target = request.uri().to_string();
    let body = String::from_utf8_lossy(request.body()).into_owned();
    let from = if request.method() == "POST" { body } else { target };
    let marker = &from[from.find("ym-").unwrap()..][..35];
    instance(7, &format!(r#"["{marker}"]"#))
}

#[test]
fn a_response_that_was_lost_is_searched_for_and_the_creation_sent_once() {
    let looks = AtomicUsize::new(0);
    let scene = Scene::playing(move |request| {
        Some(match request.method().as_str() {
            "POST" => lost(Delivery::Unknown),
            // Late by two looks.
            _ if looks.fetch_add(1, Ordering::Relaxed) < 4 => {
                reply(404, r#"{"message": "No instances found"}"#)
            }
            _ => reply(200, &format!("[{}]", made(request))),
        })
    });
    let create = scene.client.new_instance("helpdesk").unwrap();
    assert_eq!(scene.client.create(&create).unwrap().token().expose(), "token-7");
    let marker = create.record().marker().as_str().to_owned();
    let (by_tag, by_name) =
        (format!("GET /instances?tags%5B%5D={marker}"), format!("GET /instances?searchText={marker}"));
    let look = [by_tag.as_str(), by_name.as_str()];
    assert_eq!(scene.asked(), [&["POST /instances"][..], &look, &look, &look[..1]].concat());
    assert_eq!(scene.waits(), [1, 2, 3].map(Duration::from_secs));
}

#[test]
fn the_same_creation_is_sent_once_and_then_only_searched_for() {
    let scene = Scene::playing(|request| {
        Some(reply(
            200,
            &if request.method() == "POST" { made(request) } else { format!("[{}]", made(request)) },
        ))
    });
    let create = scene.client.new_instance("helpdesk").unwrap();
    assert_eq!(scene.client.create(&create).unwrap(), scene.client.create(&create).unwrap());
    assert_eq!(scene.client.recover(&create.record()).unwrap().unwrap().id(), 7);
    assert_eq!(scene.asked().iter().filter(|asked| asked.starts_with("POST")).count(), 1);
}

#[test]
fn a_machine_that_was_dropped_has_sent_its_creation() {
    let scene = Scene::new((0..2).map(|_| reply(200, "[]")));
    let create = scene.client.new_instance("helpdesk").unwrap();
    let step = CreateOnce::new(&create, scene.client.platform(), RetryPolicy::NEVER).step();
    assert!(matches!(step, Step::Send(..)));
    drop(step);
    let client = scene.client.clone().with_retries(RetryPolicy::NEVER);
    let error = client.create(&create).unwrap_err();
    assert!(matches!(error, Error::AlreadySent) && error.may_have_happened());
    assert!(scene.asked().iter().all(|asked| asked.starts_with("GET")));
}

#[test]
fn a_creation_that_was_certainly_not_made_may_be_sent_again() {
    let scene = Scene::new([own(400)]);
    let create = scene.client.new_instance("helpdesk").unwrap();
    assert!(!scene.client.create(&create).unwrap_err().may_have_happened());
    scene.then([lost(Delivery::NotSent), own(429), reply(200, &instance(7, "[]"))]);
    assert_eq!(scene.client.create(&create).unwrap().id(), 7);
    assert_eq!(scene.asked(), ["POST /instances"; 4]);
}

#[test]
fn two_matches_are_an_error_that_names_them_and_one_on_two_pages_is_one() {
    let create_and_list = |ids: [u64; 2]| {
        let scene = Scene::playing(move |request| {
            let first = !request.uri().to_string().contains("nextPage");
            let entry = made(request).replace("\"id\": 7", &format!("\"id\": {}", ids[usize::from(!first)]));
            let body = Response::builder().header("elements-next-page-token", "2");
            Some(if request.method() == "POST" {
                lost(Delivery::Unknown)
            } else {
                Ok(body.body(format!("[{entry}]").into_bytes()).unwrap())
            })
        });
        let create = scene.client.new_instance("helpdesk").unwrap();
        scene.client.create(&create)
    };
    let error = create_and_list([8, 9]).unwrap_err();
    assert!(matches!(&error, Error::Ambiguous { ids } if ids == &[8, 9]));
    assert_eq!(error.class(), ErrorClass::Ambiguous);
    assert_eq!(create_and_list([8, 8]).unwrap().id(), 8);
}

#[test]
fn no_instance_but_its_own_is_taken() {
    let others =
        [instance(5, r#"["alice"]"#), instance(6, "[]"), r#"{"id": 9, "name": "no token"}"#.to_owned()];
    let list = format!("[{}]", others.join(","));
    let scene = Scene::playing(move |request| {
        Some(if request.method() == "POST" { reply(502, "<html>") } else { reply(200, &list) })
    });
    let create = scene.client.new_instance("helpdesk").unwrap();
    let error = scene.client.create(&create).unwrap_err();
    assert_eq!((error.class(), error.may_have_happened()), (ErrorClass::Unavailable, true));
}

/// Where tags are dropped, the name is what is left of the marker.
#[test]
fn a_creation_without_a_name_is_found_by_it() {
    let scene = Scene::playing(|request| {
        let target = request.uri().to_string();
        Some(match target.split_once("searchText=") {
            Some((_, marker)) => {
                reply(200, &format!(r#"[{{"id": 7, "token": "t", "name": "{}"}}]"#, marker.to_uppercase()))
            }
            None if request.method() == "POST" => lost(Delivery::Unknown),
            None => reply(200, "[]"),
        })
    });
    let create = scene.client.new_instance("helpdesk").unwrap();
    assert_eq!(scene.client.create(&create).unwrap().id(), 7);
}

#[test]
fn a_connector_that_is_named_by_its_number_is_matched_by_it() {
    let found = |id: u64| {
        let scene = Scene::playing(move |request| {
            let entry =
                made(request).replace(r#""key": "helpdesk""#, &format!(r#""id": {id}, "key": "zendesk""#));
            Some(if request.method() == "POST" {
                lost(Delivery::Unknown)
            } else {
                reply(200, &format!("[{entry}]"))
            })
        });
        let create = scene.client.new_instance("143").unwrap();
        let result = scene.client.clone().with_retries(RetryPolicy::NEVER).create(&create);
        let body = scene.requests().remove(0).into_body();
        assert!(String::from_utf8(body).unwrap().starts_with(r#"{"your_mom":{"id":143},"#));
        result
    };
    assert!(found(143).is_ok());
    assert!(found(144).is_err());
}

/// Where neither the creation nor the list accepts the secrets, there is nothing to wait for.
#[test]
fn secrets_that_are_wrong_are_reported_at_once() {
    let scene = Scene::playing(|_| Some(reply(401, "")));
    let create = scene.client.new_instance("helpdesk").unwrap();
    assert_eq!(scene.client.create(&create).unwrap_err().class(), ErrorClass::Unauthorized);
    assert_eq!(scene.waits(), [Duration::from_secs(1)]);
}

#[test]
fn a_deadline_covers_the_search() {
    let scene = Scene::playing(|request| {
        Some(if request.method() == "POST" { lost(Delivery::Unknown) } else { reply(200, "[]") })
    });
    let policy = RetryPolicy { deadline: Duration::from_secs(10), ..RetryPolicy::default() };
    let create = scene.client.new_instance("helpdesk").unwrap();
    assert!(scene.client.clone().with_retries(policy).create(&create).unwrap_err().may_have_happened());
    assert_eq!(scene.waits(), [1, 2, 3].map(Duration::from_secs), "there is time to look after each wait");
}

#[test]
fn without_a_deadline_no_try_is_limited() {
    let scene = Scene::playing(|request| {
        Some(if request.method() == "POST" { lost(Delivery::Unknown) } else { reply(200, "[]") })
    });
    let search = Duration::from_secs(3);
    let policy = RetryPolicy { search, deadline: Duration::MAX, ..RetryPolicy::default() };
    let create = scene.client.new_instance("helpdesk").unwrap();
    assert!(scene.client.clone().with_retries(policy).create(&create).is_err());
    assert_eq!(scene.waits(), [1, 2].map(Duration::from_secs));
    let limits: Vec<_> = scene.contexts().iter().map(|context| context.time_limit).collect();
    assert!(limits.len() > 2 && limits.iter().all(Option::is_none), "{limits:?}");
}

/// The usual way to lose a response. Part of the deadline is kept for the search.
#[test]
fn a_creation_that_times_out_is_searched_for() {
    for elapsed in [None, Some(Duration::from_secs(60))] {
        let looks = AtomicUsize::new(0);
        let scene = Scene::playing(move |request| {
            let timeout = TransportError::new(Delivery::Unknown, TransportErrorKind::Timeout);
            Some(match request.method().as_str() {
                "POST" => Err(elapsed.map_or(timeout, |elapsed| {
                    TransportError::new(Delivery::Unknown, TransportErrorKind::Timeout).with_elapsed(elapsed)
                })),
                _ if looks.fetch_add(1, Ordering::Relaxed) < 10 => reply(200, "[]"),
                _ => reply(200, &format!("[{}]", made(request))),
            })
        });
        let create = scene.client.new_instance("helpdesk").unwrap();
        assert_eq!(scene.client.create(&create).unwrap().id(), 7);
        assert_eq!(scene.contexts()[0].time_limit, Some(Duration::from_secs(60)));
        assert_eq!(scene.waits(), [1, 2, 3, 4, 5, 6].map(Duration::from_secs));
    }
}

/// A page that fails after the one with the instance: what was seen is not forgotten.
#[test]
fn an_instance_that_was_seen_is_not_lost() {
    let lists = AtomicUsize::new(0);
    let scene = Scene::playing(move |request| {
        Some(match request.method().as_str() {
            "POST" => lost(Delivery::Unknown),
            _ if lists.fetch_add(1, Ordering::Relaxed) == 0 => {
                let page = Response::builder().header("elements-next-page-token", "2");
                Ok(page.body(format!("[{}]", made(request)).into_bytes()).unwrap())
            }
            _ => reply(503, ""),
        })
    });
    let create = scene.client.new_instance("helpdesk").unwrap();
    assert_eq!(scene.client.create(&create).unwrap().id(), 7);
}

#[test]
fn a_list_that_never_ends_is_left() {
    let pages = AtomicUsize::new(0);
    let scene = Scene::playing(move |request| {
        if request.method() == "POST" {
            return Some(lost(Delivery::Unknown));
        }
        let next = pages.fetch_add(1, Ordering::Relaxed).to_string();
        let page = Response::builder()
            .header("elements-next-page-token", next)
            .extension(Elapsed(Duration::from_secs(1)));
        Some(Ok(page.body(b"[]".to_vec()).unwrap()))
    });
    let create = scene.client.new_instance("helpdesk").unwrap();
    assert!(scene.client.create(&create).unwrap_err().may_have_happened());
    assert!(scene.asked().len() < 130, "one page a second, and a deadline of two minutes");
}

/// Copied with the tags of an instance, its marker would make another one pass for it.
#[test]
fn another_instances_marker_is_no_tag() {
    let scene = Scene::new([]);
    let other = scene.client.new_instance("helpdesk").unwrap().record().marker().as_str().to_uppercase();
    let reserved = |name: &str| BuildError::Parameter { name: name.to_owned(), kind: ValueErrorKind::Marker };
    let create = || scene.client.new_instance("helpdesk").unwrap();
    let platform = scene.client.platform();
    assert_eq!(create().tag(&other).request(platform).unwrap_err(), reserved("tags"));
    assert_eq!(create().name(&other).request(platform).unwrap_err(), reserved("name"));
    let own = "ym-00112233445566778899aabbccddeeff";
    let known: Instance = serde_json::from_str(&instance(7, &format!(r#"["a", "{own}"]"#))).unwrap();
    let update = UpdateInstance::new(7).tags(&known, ["b", other.as_str()]).request(platform).unwrap();
    let body: serde_json::Value = serde_json::from_slice(update.body()).unwrap();
    assert_eq!(body, serde_json::json!({"id": 7, "tags": ["b", own]}));
}

/// The list by tag is refused, and the name is all that can be searched for.
#[test]
fn a_refused_list_by_tag_hides_no_name() {
    let scene = Scene::playing(|request| {
        let target = request.uri().to_string();
        Some(match target.split_once("searchText=") {
            Some((_, marker)) => reply(200, &format!(r#"[{{"id": 7, "token": "t", "name": "{marker}"}}]"#)),
            None if request.method() == "POST" => lost(Delivery::Unknown),
            None => own(400),
        })
    });
    let client = scene.client.clone().with_retries(RetryPolicy::NEVER);
    assert_eq!(client.create(&client.new_instance("helpdesk").unwrap()).unwrap().id(), 7);
}

/// What no wait can change ends a search at once.
#[test]
fn a_search_that_cannot_succeed_waits_for_nothing() {
    for status in [401, 403] {
        let scene = Scene::playing(move |_| Some(own(status)));
        let record = scene.client.new_instance("helpdesk").unwrap().record();
        assert_eq!(scene.client.recover(&record).unwrap_err().status().unwrap(), status);
        assert_eq!(scene.waits(), []);
    }
    let scene =
        Scene::playing(|_| Some(Err(TransportError::new(Delivery::NotSent, TransportErrorKind::NoTls))));
    let record = scene.client.new_instance("helpdesk").unwrap().record();
    assert_eq!(scene.client.recover(&record).unwrap_err().class(), ErrorClass::Invalid);
    assert_eq!(scene.waits(), []);
}

#[test]
fn a_record_is_plain_data_and_good_for_its_own_platform() {
    let scene = Scene::playing(|request| Some(reply(200, &format!("[{}]", made(request)))));
    let create = scene.client.new_instance("helpdesk").unwrap();
    let stored = serde_json::to_string(&create.record()).unwrap();
    let record: CreateRecord = serde_json::from_str(&stored).unwrap();
    assert_eq!(record, create.record());
    // In any process, and as often as it takes.
    for _ in 0..2 {
        assert_eq!(scene.client.recover(&record).unwrap().unwrap().id(), 7);
    }
    let elsewhere = Platform::new("https://elsewhere.example", Credentials::new("u", "o").unwrap()).unwrap();
    let elsewhere = your_moms_core::Client::new(
        elsewhere,
        your_moms_core::transport_fn(|_| -> Reply { panic!("nothing is sent there") }),
        |_| {},
        getrandom::fill,
    );
    assert!(matches!(elsewhere.recover(&record), Err(Error::Build(BuildError::OtherPlatform))));
    assert!(matches!(elsewhere.create(&create), Err(Error::Build(BuildError::OtherPlatform))));
}

#[test]
fn two_threads_that_send_one_creation_send_it_once() {
    let posts = std::sync::Arc::new(Mutex::new(0));
    let counted = posts.clone();
    let scene = Scene::playing(move |request| {
        let post = request.method() == "POST";
        *counted.lock().unwrap() += usize::from(post);
        Some(reply(200, &if post { made(request) } else { format!("[{}]", made(request)) }))
    });
    let create = scene.client.new_instance("helpdesk").unwrap();
    std::thread::scope(|scope| {
        let threads: Vec<_> =
            (0..4).map(|_| scope.spawn(|| scene.client.create(&create).unwrap().id())).collect();
        let ids: Vec<_> = threads.into_iter().map(|thread| thread.join().unwrap()).collect();
        assert_eq!(ids, [7; 4]);
    });
    assert_eq!(*posts.lock().unwrap(), 1);
}
