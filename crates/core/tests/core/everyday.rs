//! The everyday path, and what must not slip past it.

use std::sync::Mutex;
use std::time::{Duration, SystemTime};

use http::{Request, Response};

use crate::support::{Scene, instance, platform, registration, reply};
use your_moms_core::{
    Authorized, BuildError, CallbackError, CallbackUrl, Client, Credentials, Entropy, EntropyErrorKind,
    Error, GetOauthUrl, InstanceRequest, Operation as _, Page, PendingAuthorization, Platform, Registration,
    State, UntrustedOauthUrl, transport_fn,
};

fn query(request: &Request<Vec<u8>>, name: &str) -> Option<String> {
    let query = request.uri().query().unwrap_or_default();
    form_urlencoded::parse(query.as_bytes())
        .find(|(other, _)| other == name)
        .map(|(_, value)| value.into_owned())
}

/// The platform as far as the everyday path needs it.
fn play(request: &Request<Vec<u8>>) -> Option<your_moms_core::Reply> {
    let path = request.uri().path();
    let state = query(request, "state").unwrap_or_default();
    let url = match query(request, "requestToken") {
        None => format!("https://provider.example/authorize?state={state}"),
        Some(token) => format!(
            "https://provider.example/authorize?oauth_token={token}&oauth_callback=https%3A%2F%2Fapp.example%2F%3Fstate%3D{state}"
        ),
    };
    Some(match path {
        "/instances" => {
            let body: serde_json::Value = serde_json::from_slice(request.body()).unwrap();
            let code = body["providerData"].to_string();
            reply(200, &instance(7, &serde_json::json!([code]).to_string()))
        }
        "/hubs/social/media" => reply(200, r#"["a", "b"]"#),
        "/your_moms/etsy/oauth/token" => {
            reply(200, r#"{"token": "request-token", "secret": "token-secret"}"#)
        }
        path if path.ends_with("/oauth/url") => {
            reply(200, &serde_json::json!({"oauthUrl": url, "your_mom": "instagram"}).to_string())
        }
        _ => return None,
    })
}

fn redirect(url: &str) -> String {
    let state = url.split_once("state=").unwrap().1.replace("%3D", "=");
    format!("/callback?code=the-code&state={state}#_")
}

#[test]
fn three_steps_and_a_call() {
    let scene = Scene::playing(play);
    let (client, registration, now) = (&scene.client, registration(), SystemTime::now());
    let (url, pending) = client.authorize(&registration, now).unwrap();
    let stored = serde_json::to_string(&pending).unwrap();
    let pending: PendingAuthorization = serde_json::from_str(&stored).unwrap();
    let authorized = pending.verify(&redirect(url.expose()), now).unwrap();
    let queued = serde_json::to_string(&authorized.expose()).unwrap();
    let authorized: Authorized = serde_json::from_str(&queued).unwrap();
    let create = authorized.create(&registration).unwrap().name("My photos");
    let instance = client.create(&create).unwrap();
    assert_eq!(instance.tags(), [r#"{"code":"the-code"}"#]);
    let media: Page<String> =
        client.call(&InstanceRequest::get("/hubs/social/media", instance.token()).page()).unwrap();
    assert_eq!((media.items, media.next), (vec!["a".to_owned(), "b".to_owned()], None));
    let asked: Vec<_> =
        scene.asked().iter().map(|asked| asked.split('?').next().unwrap().to_owned()).collect();
    assert_eq!(asked, ["GET /your_moms/instagram/oauth/url", "POST /instances", "GET /hubs/social/media"]);
}

#[test]
fn with_oauth_1_a_request_token_is_fetched_first_and_its_secret_goes_on() {
    let scene = Scene::playing(play);
    let registration =
        Registration::new("etsy", "key", "secret", "https://app.example/callback").unwrap().oauth1();
    let (url, pending) = scene.client.authorize(&registration, SystemTime::now()).unwrap();
    assert!(url.expose().contains("oauth_token=request-token"));
    let pending: PendingAuthorization =
        serde_json::from_str(&serde_json::to_string(&pending).unwrap()).unwrap();
    let state = url.expose().split_once("state%3D").unwrap().1;
    let redirect = format!("/callback?state={state}&oauth_token=request-token&oauth_verifier=v");
    for other in ["other-token", ""] {
        let other = redirect.replace("request-token", other);
        let stored = serde_json::to_string(&pending).unwrap();
        let pending: PendingAuthorization = serde_json::from_str(&stored).unwrap();
        assert!(pending.verify(&other, SystemTime::now()).is_err(), "{other}");
    }
    let redirect = format!("{redirect}&secret=EVIL");
    let create = pending.verify(&redirect, SystemTime::now()).unwrap().create(&registration).unwrap();
    let body = create.request(scene.client.platform()).unwrap().into_body();
    let body: serde_json::Value = serde_json::from_slice(&body).unwrap();
    let expected =
        serde_json::json!({"oauth_token": "request-token", "oauth_verifier": "v", "secret": "token-secret"});
    assert_eq!(body["providerData"], expected);
}

#[test]
fn every_authorization_has_a_state_and_a_marker_of_its_own() {
    let scene = Scene::playing(play);
    let mut seen = std::collections::HashSet::new();
    for _ in 0..8 {
        let (_, pending) = scene.client.authorize(&registration(), SystemTime::now()).unwrap();
        let stored = serde_json::to_value(&pending).unwrap();
        assert!(seen.insert(stored["state"].to_string()) && seen.insert(stored["marker"].to_string()));
        let create = scene.client.new_instance("helpdesk").unwrap();
        assert!(seen.insert(create.record().marker().as_str().to_owned()));
    }
}

#[test]
fn a_constant_or_a_broken_source_of_randomness_is_refused() {
    let authorize = |fill: fn(&mut [u8]) -> Result<(), std::io::Error>| {
        let nothing = transport_fn(|_| panic!("nothing is sent"));
        let client = Client::new(platform(), nothing, |_| {}, fill);
        match client.authorize(&registration(), SystemTime::now()).unwrap_err() {
            Error::Build(BuildError::Entropy(kind)) => kind,
            error => panic!("{error}"),
        }
    };
    let counting = |bytes: &mut [u8]| -> Result<(), std::io::Error> {
        (0..).zip(bytes).for_each(|(i, byte)| *byte = i);
        Ok(())
    };
    assert_eq!(authorize(counting), EntropyErrorKind::Constant);
    assert_eq!(authorize(|_| Ok(())), EntropyErrorKind::Constant);
    assert_eq!(authorize(|_| Err(std::io::ErrorKind::Other.into())), EntropyErrorKind::SourceFailed);
    let of = |bytes: &[u8]| match Entropy::from_bytes(bytes).unwrap_err() {
        BuildError::Entropy(kind) => kind,
        error => panic!("{error}"),
    };
    assert_eq!(of(&[7; 48]), EntropyErrorKind::NotRandom);
    assert_eq!(
        of(&std::array::from_fn::<u8, 48, _>(|i| u8::try_from(i).unwrap())),
        EntropyErrorKind::NotRandom
    );
    assert_eq!(of(b"short"), EntropyErrorKind::TooFew);
    let of_distinct = |count: u8| std::array::from_fn::<u8, 48, _>(|i| u8::try_from(i).unwrap() % count);
    assert_eq!(of(&of_distinct(23)), EntropyErrorKind::NotRandom);
    assert!(Entropy::from_bytes(&of_distinct(24)).is_ok());
}

#[test]
fn a_forged_redirect_uses_nothing_up() {
    let scene = Scene::playing(play);
    let now = SystemTime::now();
    let mut session: Vec<_> = (0..3).map(|_| scene.client.authorize(&registration(), now).unwrap()).collect();
    for forged in
        ["/callback?code=x", "/callback?code=x&state=guess", "/callback?state=a&state=b", "\u{0}%zz"]
    {
        assert!(!session.iter().any(|(_, pending)| pending.matches(forged)), "{forged}");
    }
    let redirect = redirect(session[1].0.expose());
    let matching: Vec<_> = session.iter().map(|(_, pending)| pending.matches(&redirect)).collect();
    assert_eq!(matching, [false, true, false]);
    let (_, pending) = session.remove(1);
    assert!(pending.verify(&redirect, now).is_ok());
    // A forged redirect that is verified without asking `matches` uses the pending authorization up, and gets nothing.
    let (_, other) = session.remove(0);
    assert_eq!(other.verify(&redirect, now).unwrap_err(), CallbackError::StateMismatch);
}

#[test]
fn an_authorization_is_finished_with_its_own_registration_on_its_own_platform() {
    let scene = Scene::playing(play);
    let now = SystemTime::now();
    let authorized = || {
        let (url, pending) = scene.client.authorize(&registration(), now).unwrap();
        pending.verify(&redirect(url.expose()), now).unwrap()
    };
    let callback = "https://app.example/callback";
    assert_eq!(authorized().callback_url().as_str(), callback);
    for other in [
        Registration::new("dropbox", "api-key", "api-secret", callback),
        Registration::new("instagram", "other-key", "api-secret", callback),
        Registration::new("instagram", "api-key", "api-secret", "https://app.example/other"),
    ] {
        let other = other.unwrap();
        assert_eq!(authorized().create(&other).unwrap_err(), BuildError::OtherRegistration);
        let update = authorized().reauthorize(7, &other);
        assert_eq!(update.unwrap_err(), BuildError::OtherRegistration);
    }
    let rotated = Registration::new("instagram", "api-key", "new-secret", callback).unwrap();
    assert!(authorized().create(&rotated).is_ok());
    let changed = authorized()
        .create(&registration())
        .unwrap()
        .configuration("oauth.callback.url", "https://evil.example/");
    assert_eq!(changed.request(scene.client.platform()).unwrap_err(), BuildError::OtherRegistration);
    let elsewhere = Platform::new("https://elsewhere.example", Credentials::new("u", "o").unwrap()).unwrap();
    let create = authorized().create(&registration()).unwrap();
    assert_eq!(create.request(&elsewhere).unwrap_err(), BuildError::OtherPlatform);
    let update = authorized().reauthorize(7, &registration()).unwrap();
    assert_eq!(update.request(&elsewhere).unwrap_err(), BuildError::OtherPlatform);
}

#[test]
fn an_oauth_url_that_was_not_checked_is_never_seen() {
    let urls = Mutex::new(vec![
        "http://provider.example/?state=",
        "https://127.0.0.1/?state=",
        "https://p.example/?x=",
    ]);
    let scene = Scene::playing(move |request| {
        let url = format!("{}{}", urls.lock().unwrap().pop()?, query(request, "state").unwrap());
        Some(reply(200, &serde_json::json!({ "oauthUrl": url }).to_string()))
    });
    for kind in ["no-state", "loopback", "plain-http"] {
        let error = scene.client.authorize(&registration(), SystemTime::now()).unwrap_err();
        let Error::Untrusted(untrusted) = error else { panic!("{error}") };
        let name = match untrusted {
            UntrustedOauthUrl::Url(kind) => kind.name(),
            other => other.name(),
        };
        assert_eq!(name, kind);
    }
}

/// `curl … 'https://…/dropinstagram/oauth/url?apiKey=…&siteAddress=…&callbackUrl=http://fake.oauth.callback/url&state=instagram'`
#[test]
fn the_documents_own_command_can_be_built() {
    let callback = CallbackUrl::allow_plain_http("http://fake.oauth.callback/url").unwrap();
    let registration = Registration::new(
        "dropinstagram",
        "fake_instagram_client_id",
        "fake_instagram_client_secret",
        callback,
    )
    .unwrap()
    .parameter("siteAddress", "yourinstagramsiteaddress.instagram.com");
    let platform = Platform::new(Platform::BASE_URL, Credentials::new("u", "o").unwrap()).unwrap();
    let request =
        GetOauthUrl::new(&registration, State::new("instagram").unwrap()).request(&platform).unwrap();
    let decoded =
        percent_encoding::percent_decode_str(&request.uri().to_string()).decode_utf8().unwrap().into_owned();
    assert_eq!(
        decoded,
        "https://api.cloud-your_moms.com/your_moms/api-v2/your_moms/dropinstagram/oauth/url?apiKey=fake_instagram_client_id&apiSecret=fake_instagram_client_secret&siteAddress=yourinstagramsiteaddress.instagram.com&callbackUrl=http://fake.oauth.callback/url&state=instagram"
    );
    assert_eq!(request.method(), "GET");
    assert!(CallbackUrl::new("http://fake.oauth.callback/url").is_err());
}

#[test]
fn plain_http_is_allowed_by_code_and_not_by_a_file() {
    let plain = r#""http://fake.oauth.callback/url""#;
    assert!(serde_json::from_str::<CallbackUrl>(plain).is_err());
    let scene = Scene::playing(play);
    let callback = CallbackUrl::allow_plain_http("http://fake.oauth.callback/url").unwrap();
    let registration = Registration::new("instagram", "api-key", "api-secret", callback).unwrap();
    let (_, pending) = scene.client.authorize(&registration, SystemTime::now()).unwrap();
    let stored = serde_json::to_string(&pending).unwrap();
    assert!(stored.contains(plain));
    assert!(serde_json::from_str::<PendingAuthorization>(&stored).is_ok());
}

#[test]
fn ten_minutes_and_no_longer() {
    let scene = Scene::playing(play);
    let now = SystemTime::now();
    for (later, expired) in [(0, false), (600, false), (602, true)] {
        let (url, pending) = scene.client.authorize(&registration(), now).unwrap();
        assert_eq!(pending.is_expired(now + Duration::from_secs(later)), expired);
        let result = pending.verify(&redirect(url.expose()), now + Duration::from_secs(later));
        assert_eq!(result.err(), expired.then_some(CallbackError::Expired), "{later}");
    }
}

#[test]
fn a_newer_releases_stored_form_is_not_misread() {
    let scene = Scene::playing(play);
    let (_, pending) = scene.client.authorize(&registration(), SystemTime::now()).unwrap();
    let newer = serde_json::to_string(&pending).unwrap().replace(r#""version":1"#, r#""version":2"#);
    let error = serde_json::from_str::<PendingAuthorization>(&newer).unwrap_err().to_string();
    assert!(
        error.starts_with("this was stored in version 2 of its form, and this release reads version 1"),
        "{error}"
    );
}

#[test]
fn html_in_place_of_a_response_is_read_inside_the_loop() {
    let tries = Mutex::new(0);
    let scene = Scene::playing(move |request| {
        *tries.lock().unwrap() += 1;
        if *tries.lock().unwrap() == 1 { Some(Ok(Response::new(b"<html>".to_vec()))) } else { play(request) }
    });
    assert!(scene.client.authorize(&registration(), SystemTime::now()).is_ok());
}
