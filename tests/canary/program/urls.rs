//! Passwords in URLs: of a proxy, of the platform, of the callback.

use super::commands::{Does, Line};
use super::user::User;
use crate::proxies::{self, BASE_URL, PASSWORD};

pub(crate) fn run(user: &mut User) {
    user.scene.secret("password in a URL", PASSWORD);
    let runs = |user: &mut User, words: &[&str]| {
        let words = words.iter().map(ToString::to_string).collect();
        let line = Line { words, meets: None, user_does: Does::Nothing };
        for options in [&["--verbose"][..], &["--verbose", "--json"]] {
            user.runs(&line, options);
        }
    };
    runs(
        user,
        &["connect", "instagram", "--callback-url", &format!("https://me:{PASSWORD}@app.example/auth")],
    );
    user.variables.retain(|(name, _)| *name != "YOUR_MOMS_BASE_URL");
    let connectors = ["connectors", "--base-url", BASE_URL];
    for proxy in proxies::urls().into_iter().chain([format!("nonsense://{PASSWORD}:x")]) {
        runs(user, &[&connectors[..], &["--proxy", &proxy]].concat());
        // By the environment.
        user.variables.push(("HTTPS_PROXY", proxy));
        runs(user, &connectors);
        user.variables.pop();
    }
    let with_password = BASE_URL.replace("://", &format!("://me:{PASSWORD}@"));
    runs(user, &["connectors", "--base-url", &with_password]);
    user.variables.push(("YOUR_MOMS_BASE_URL", with_password));
    runs(user, &["connectors"]);
}
