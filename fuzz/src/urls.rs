//! The three checks of URLs: what core accepts, a browser must take for the same place.

use http::Response;
use serde_json::json;
use your_moms_core::{
    CallbackUrl, Credentials, GetOauthUrl, Operation as _, Platform, Registration, State, UntrustedOauthUrl,
};

use crate::browser;
use crate::platform::platform;

const STATE: &str = "state-Sentinel-6";
const SECRET: &str = "client-Sentinel-3";
const URL_LIMIT: usize = 16 * 1024;

/// `oauthUrl`: where the platform wants the user's browser sent.
pub fn oauth(data: &[u8]) {
    let Ok(text) = str::from_utf8(data) else { return };
    // Without the state nothing is accepted, and a fuzzer finds it seldom.
    let before_fragment = text.split('#').next().unwrap_or_default();
    let with_state = match before_fragment {
        text if text.contains("state") => text.to_owned(),
        text if text.contains('?') => format!("{text}&state={STATE}"),
        text => format!("{text}?state={STATE}"),
    };
    for (base_url, on_this_machine) in [("https://api.example", false), ("http://127.0.0.1:8080", true)] {
        for text in [text, &with_state] {
            if check_oauth(text, &platform(base_url)).is_ok() {
                accepted_oauth(text, on_this_machine);
            }
        }
    }
}

fn check_oauth(text: &str, platform: &Platform) -> Result<(), UntrustedOauthUrl> {
    let registration = Registration::new("instagram", "key", SECRET, "https://app.example/auth").unwrap();
    let asked = GetOauthUrl::new(&registration, State::new(STATE).unwrap());
    let body = json!({ "oauthUrl": text, "your_mom": "instagram" }).to_string();
    let unchecked =
        GetOauthUrl::parse(Response::new(body.as_bytes())).expect("this is the documented response");
    let url = unchecked.check(&asked, platform)?;
    assert_eq!(url.expose(), text, "the URL was rewritten");
    Ok(())
}

fn accepted_oauth(text: &str, on_this_machine: bool) {
    let Some(url) = browser::agreed(text) else { return };
    assert!(text.len() <= URL_LIMIT, "longer than is promised");
    assert!(
        !text.contains(|c: char| c.is_control() || c.is_whitespace()),
        "what a browser takes out, or a person does not see"
    );
    assert!(!browser::is_this_machine(&url) || on_this_machine, "it points to this machine");
    assert!(
        url.scheme() == "https"
            || url.scheme() == "http" && on_this_machine && browser::is_this_machine(&url),
        "not https"
    );
    let pairs: Vec<(String, String)> = url.query_pairs().into_owned().collect();
    let own = pairs.iter().filter(|(name, _)| name == "state").map(|(_, value)| value.clone());
    let folded = pairs.iter().filter(|(name, _)| name == "oauth_callback").flat_map(|(_, callback)| {
        let query = callback.split_once('?').map_or("", |(_, query)| query);
        let pairs = form_urlencoded::parse(query.as_bytes()).into_owned();
        pairs.filter(|(name, _)| name == "state").map(|(_, value)| value).collect::<Vec<_>>()
    });
    assert_eq!(own.chain(folded).collect::<Vec<_>>(), [STATE], "not this state, once");
    assert!(!text.contains(SECRET), "it shows the client secret");
    assert!(
        !pairs.iter().any(|(name, value)| name.contains(SECRET) || value.contains(SECRET)),
        "it shows the client secret"
    );
}

/// The application's own callback URL.
pub fn callback(data: &[u8]) {
    let Ok(text) = str::from_utf8(data) else { return };
    let strict = CallbackUrl::new(text);
    let plain = CallbackUrl::allow_plain_http(text);
    for accepted in [&strict, &plain].into_iter().flatten() {
        assert_eq!(accepted.as_str(), text, "the URL was rewritten");
        let Some(url) = browser::agreed(text) else { return };
        assert_eq!(url.fragment(), None, "a fragment");
        let taken = ["code", "state", "error", "iss", "oauth_token", "oauth_verifier"];
        assert!(
            !url.query_pairs().any(|(name, _)| taken.contains(&name.as_ref())),
            "a parameter of the redirect"
        );
    }
    if let Ok(strict) = strict {
        assert!(plain.is_ok(), "what is allowed with plain http is more, not less");
        let Some(url) = browser::agreed(strict.as_str()) else { return };
        let is_safe = match url.scheme() {
            "https" => true,
            "http" => browser::is_this_machine(&url),
            other => other.contains('.'),
        };
        assert!(is_safe, "the code would travel in clear");
    }
}

/// The base URL of a deployment: where every secret goes.
pub fn base(data: &[u8]) {
    let Ok(text) = str::from_utf8(data) else { return };
    let credentials = Credentials::new("user-secret", "organization-secret").unwrap();
    let Ok(platform) = Platform::new(text, credentials) else { return };
    let Some(url) = browser::agreed(text) else { return };
    assert!(url.scheme() == "https" || browser::is_this_machine(&url), "secrets would travel in clear");
    let kept = browser::agreed(platform.base_url()).expect("opened a moment ago");
    assert_eq!(kept.origin(), url.origin(), "another origin");
    // A library that rewrites a URL sends what one does that leaves it as it is.
    assert_eq!(kept.path().trim_end_matches('/'), url.path().trim_end_matches('/'), "another path");
    assert!(
        platform.base_url().ends_with(kept.path().trim_end_matches('/')),
        "a path that a browser rewrites"
    );

    let request = your_moms_core::GetInstance::new(123).request(&platform).unwrap();
    let sent = browser::agreed(&request.uri().to_string()).expect("opened a moment ago");
    assert_eq!(sent.origin(), url.origin(), "a request to another origin");
    assert!(your_moms_core::check_destination(request.uri()).is_ok(), "a request that no transport sends");
}
