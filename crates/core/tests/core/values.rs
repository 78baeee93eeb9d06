//! Values as they are read back and shown.

use std::error::Error as _;
use std::time::{Duration, SystemTime};

use http::{Request, Response};
use your_moms_core::{
    BuildError, CallbackError, CallbackUrl, ConfigurationValue, Connector, ConnectorKey, CreateInstance,
    Delivery, DisableInstance, Disconnect, Entropy, Error, Event, Exchange, Instance, Json, Limits,
    ListInstances, Machine, Operation as _, Page, PendingAuthorization, Ping, Redacted, RetryPolicy, Search,
    Step, TransportError, TransportErrorKind, UncheckedOauthUrl, UpdateInstance, UrlErrorKind,
    ValueErrorKind,
};

use crate::support::{Scene, instance, lost, own, platform, registration, reply};

#[test]
fn connector_keys_and_callback_urls_are_shown_as_they_are() {
    let key = ConnectorKey::new("insta gram").unwrap();
    assert_eq!((key.to_string().as_str(), ConnectorKey::from(&key)), ("insta gram", key.clone()));
    let url = CallbackUrl::new("https://app.example/a?b=c").unwrap();
    assert_eq!(
        (url.to_string().as_str(), url.as_str()),
        ("https://app.example/a?b=c", "https://app.example/a?b=c")
    );
    for (bad, kind) in [
        ("", ValueErrorKind::Empty),
        (" \n", ValueErrorKind::Empty),
        ("<key>", ValueErrorKind::Placeholder),
        (" a", ValueErrorKind::NotVisibleAscii),
        ("a\u{7}b", ValueErrorKind::ControlCharacter),
        ("a/b", ValueErrorKind::NotOneSegment),
        ("..", ValueErrorKind::NotOneSegment),
    ] {
        assert_eq!(ConnectorKey::new(bad).unwrap_err(), BuildError::ConnectorKey(kind), "{bad:?}");
    }
    let bad = CallbackUrl::new("https://app.example/?%zz=1").unwrap_err();
    assert_eq!(bad, BuildError::CallbackUrl(UrlErrorKind::Escape));
}

#[test]
fn what_a_registration_says_goes_through_to_the_creation() {
    let scene = Scene::playing(|request| {
        let query = request.uri().query().unwrap();
        let (_, state) = form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "state").unwrap();
        assert!(form_urlencoded::parse(query.as_bytes()).any(|pair| pair == ("scope".into(), "a b".into())));
        let url = format!("https://provider.example/authorize?state={state}");
        Some(reply(200, &serde_json::json!({ "oauthUrl": url, "your_mom": "instagram" }).to_string()))
    });
    let (registration, now) = (registration().scope("a b"), SystemTime::now());
    let (url, pending) = scene.client.authorize(&registration, now).unwrap();
    assert_eq!(pending.connector(), registration.connector());
    assert_eq!(pending.callback_url(), registration.callback_url());
    let (_, state) = url.expose().split_once("state=").unwrap();
    let authorized = pending.verify(&format!("code=c&state={state}"), now).unwrap();
    assert_eq!(authorized.connector().as_str(), "instagram");
    let create: CreateInstance = authorized.create(&registration).unwrap();
    assert_eq!(
        (create.connector().as_str(), create.record().connector().as_str()),
        ("instagram", "instagram")
    );
}

#[test]
fn an_authorization_of_another_time_is_over() {
    let pending = pending();
    let expired = |started_at: u64| {
        let mut stored = serde_json::to_value(&pending).unwrap();
        stored["started_at"] = started_at.into();
        let pending: PendingAuthorization = serde_json::from_value(stored).unwrap();
        pending.is_expired(SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000))
    };
    for (started_at, over) in [
        (999_399, true),
        (999_400, false),
        (1_000_000, false),
        (1_000_060, false),
        (1_000_061, true),
        (u64::MAX, true),
    ] {
        assert_eq!(expired(started_at), over, "{started_at}");
    }
}

fn pending() -> PendingAuthorization {
    let mut random = [0; 48];
    getrandom::fill(&mut random).unwrap();
    let entropy = Entropy::from_bytes(&random).unwrap();
    PendingAuthorization::start(&platform(), &registration(), entropy, SystemTime::now()).1
}

#[test]
fn a_denial_shows_its_error_code_if_it_is_one() {
    let hidden = "an error code that cannot be shown".to_owned();
    let (longest, too_long) = ("e".repeat(64), "e".repeat(65));
    for (error, shown) in [
        ("access_denied", "access_denied"),
        ("try%20again", "try again"),
        ("a%1b%5B2J", &hidden),
        ("na%C3%AFf", &hidden),
        (&longest, &longest),
        (&too_long, &hidden),
    ] {
        let pending = pending();
        let stored = serde_json::to_value(&pending).unwrap();
        let redirect = format!("error={error}&state={}", stored["state"].as_str().unwrap());
        let denied = pending.verify(&redirect, SystemTime::now()).unwrap_err();
        let CallbackError::Denied(denial) = denied else { panic!("{denied}") };
        assert_eq!(
            (denial.to_string(), format!("{denial:?}")),
            (shown.to_owned(), format!("Denial({shown})"))
        );
    }
}

#[test]
fn members_of_any_type_are_read_on_request() {
    let connector: Connector = serde_json::from_str(r#"{"key": "k", "beta": true, "n": 1, "n": 2}"#).unwrap();
    assert_eq!((connector.field("beta"), connector.field("n")), (Some(true), Some(2)));
    assert_eq!((connector.field::<String>("beta"), connector.field::<bool>("none")), (None, None));
    assert_eq!(serde_json::to_string(&connector).unwrap(), r#"{"key": "k", "beta": true, "n": 1, "n": 2}"#);
    let json = Json::new(&[1, 2]).unwrap();
    assert_eq!((json.to::<[u8; 2]>(), json.to::<bool>()), (Some([1, 2]), None));
    let error = serde_json::from_str::<Connector>("7").unwrap_err().to_string();
    assert_eq!(error, "a connector is an object at line 1 column 1");
}

#[test]
fn instances_are_equal_if_their_texts_are() {
    let read = |json: &str| serde_json::from_str::<Instance>(json).unwrap();
    let known = read(&instance(7, "[]"));
    assert_eq!(known, read(&instance(7, "[]")));
    assert_ne!(known, read(&instance(8, "[]")));
    assert_ne!(known, read(&instance(7, r#"["a"]"#)));
}

#[test]
fn configuration_values_show_their_type_alone() {
    let shown = |json: &str| format!("{:?}", serde_json::from_str::<ConfigurationValue>(json).unwrap());
    let all = ["null", "true", "false", r#""x""#, "1", "[]"].map(shown);
    assert_eq!(all, ["Null", "Bool(true)", "Bool(false)", "Text(…)", "Other(…)", "Other(…)"]);
}

#[test]
fn limits_and_pages_have_defaults() {
    let [connect, total] = [10, 60].map(Duration::from_secs);
    assert_eq!(Limits::default(), Limits { connect, total, response_bytes: 8 << 20 });
    assert_eq!(Page::<u8>::default(), Page { items: Vec::new(), next: None });
}

#[test]
fn machines_and_steps_show_no_value() {
    struct Shows;
    impl Machine for Shows {
        type Output = String;
        fn advance(self, event: Event) -> Step<Self> {
            Step::Done(Ok(format!("{event:?}")))
        }
    }
    let step = Shows.step();
    assert_eq!(format!("{step:?}"), "Done(Ok(…))");
    assert!(matches!(step, Step::Done(Ok(shown)) if shown == "Event(turn)"));

    let known: Instance = serde_json::from_str(&instance(7, "[]")).unwrap();
    let deleting = Disconnect::new(&known, &platform(), RetryPolicy::NEVER);
    let shown = r#"Disconnect(Exchange { operation: "delete-instance", attempt: 0, .. })"#;
    assert_eq!(format!("{deleting:?}"), shown);
    let Step::Send(_, awaiting) = deleting.step() else { panic!("a request") };
    let Step::Send(_, awaiting) = awaiting.receive(own(401)) else { panic!("a look") };
    let step = awaiting.receive(own(403));
    assert!(format!("{step:?}").starts_with("Done("), "{step:?}");

    let policy = RetryPolicy { tries: 2, ..RetryPolicy::default() };
    let Step::Send(_, awaiting) = Disconnect::new(&known, &platform(), policy).step() else { panic!() };
    let Step::Send(_, awaiting) = awaiting.receive(own(404)) else { panic!("a look") };
    let Step::Wait(_, looking) = awaiting.receive(lost(Delivery::NotSent)) else { panic!("a wait") };
    let shown = r#"Disconnect(Exchange { operation: "get-instance", attempt: 1, .. })"#;
    assert_eq!(format!("{looking:?}"), shown);

    let scene = Scene::new([]);
    let record = scene.client.new_instance("helpdesk").unwrap().record();
    let search = Search::new(&record, &platform(), RetryPolicy::NEVER);
    assert_eq!(format!("{search:?}"), format!("Search({record:?})"));

    let items = scene.client.pages(&ListInstances::new()).items();
    assert_eq!(format!("{items:?}"), r#"Items { operation: "list-instances", .. }"#);
}

#[test]
fn redacted_views_are_copied_and_name_the_port() {
    let request = Request::get("http://h:81/p?a=1&b").body(Vec::<u8>::new()).unwrap();
    let view = Redacted(&request);
    #[expect(clippy::clone_on_copy, reason = "a bound of a caller's may ask for it")]
    let copy = view.clone();
    assert_eq!(copy.to_string(), "GET http://h:81/p?a&… headers[] 0 bytes");
}

#[test]
fn errors_tell_what_came_with_the_response() {
    let refused = Response::builder().status(429).header("retry-after", "7").body(&b"slow down"[..]).unwrap();
    let refused = Error::from(DisableInstance::parse(refused).unwrap_err());
    assert_eq!(refused.retry_after(), Some(Duration::from_secs(7)));
    assert_eq!(refused.status().map(|status| status.as_u16()), Some(429));
    let Error::Response(response) = &refused else { panic!("{refused}") };
    assert_eq!(response.body(), b"slow down");

    let started = Delivery::ResponseStarted { status: http::StatusCode::OK };
    for (delivery, status) in [(started, Some(200)), (Delivery::Unknown, None), (Delivery::NotSent, None)] {
        let error = Error::from(TransportError::new(delivery, TransportErrorKind::Lost));
        assert_eq!(error.status().map(|status| status.as_u16()), status);
        assert_eq!((error.retry_after(), error.request_id()), (None, None));
    }
    assert_eq!(Error::AlreadySent.status(), None);

    let caused = TransportError::new(Delivery::NotSent, TransportErrorKind::Dns).with_source("no such host");
    assert_eq!(caused.source().unwrap().to_string(), "no such host");
    assert!(TransportError::new(Delivery::NotSent, TransportErrorKind::Dns).source().is_none());
}

#[test]
fn a_platform_and_an_update_are_shown_without_secrets() {
    let vocabulary = r#"Vocabulary { noun: "your_mom", nouns: "your_moms", header_word: "Your_mom" }"#;
    assert_eq!(
        format!("{:?}", platform()),
        format!(r#"Platform {{ base_url: "https://api.example", vocabulary: {vocabulary}, .. }}"#)
    );
    let update = UpdateInstance::new(7).name("n");
    let shown = r#"UpdateInstance { target: Id(7), name: Some("n"), tags: None, authorizes: false, .. }"#;
    assert_eq!(format!("{update:?}"), shown);
    let pending = pending();
    let stored = serde_json::to_value(&pending).unwrap();
    let redirect = format!("code=c&state={}", stored["state"].as_str().unwrap());
    let authorized = pending.verify(&redirect, SystemTime::now()).unwrap();
    let update = authorized.reauthorize(7, &registration()).unwrap();
    let shown = "UpdateInstance { target: Id(7), name: None, tags: None, authorizes: true, .. }";
    assert_eq!(format!("{update:?}"), shown);
}

/// Read apart from a response, where no text of the parser's is kept.
#[test]
fn what_is_no_response_says_what_it_should_be() {
    assert_eq!(
        serde_json::from_str::<UncheckedOauthUrl>("[]").unwrap_err().to_string(),
        "invalid type: sequence, expected an object with `oauthUrl` at line 1 column 0"
    );
}

#[test]
fn what_cannot_be_built_is_not_tried() {
    let token = your_moms_core::InstanceToken::from("");
    let exchange = Exchange::new(Ping::new(&token), &platform(), RetryPolicy::default());
    let Step::Done(Err(error)) = exchange.step() else { panic!("it cannot be built") };
    assert!(matches!(error, Error::Build(BuildError::Credential { .. })), "{error}");
    assert!(!error.may_have_happened());
}
