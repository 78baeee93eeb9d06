//! The provider's part: the consent page, its buttons, and where they lead.

use std::time::Duration;

use http::{Request, Response, StatusCode};
use your_moms_sandbox::{Noun, PressError};

use crate::app::{App, parameter};

const PATH: &str = "/provider/instagram/oauth/authorize";
const QUERY: &str = "response_type=code&client_id=sandbox-instagram-client-id\
                     &redirect_uri=http://127.0.0.1:8080/callback&scope=basic+likes&state=a%26b";

impl App {
    fn open(&mut self, path_and_query: &str) -> Response<Vec<u8>> {
        let request = Request::get(path_and_query).body(&b""[..]).unwrap();
        self.sandbox.handle(&request, self.now)
    }

    fn press(&mut self, path: &str, form: &str) -> Response<Vec<u8>> {
        let request = Request::post(path)
            .header("content-type", "application/x-www-form-urlencoded")
            .body(form.as_bytes())
            .unwrap();
        self.sandbox.handle(&request, self.now)
    }

    /// Opens the page and returns the id in its form.
    fn page(&mut self) -> String {
        let html = text(&self.open(&format!("{PATH}?{QUERY}")));
        between(&html, r#"name="page" value=""#, "\"").to_owned()
    }
}

fn text(response: &Response<Vec<u8>>) -> String {
    String::from_utf8(response.body().clone()).unwrap()
}

fn between<'a>(text: &'a str, before: &str, after: &str) -> &'a str {
    text.split_once(before).unwrap().1.split_once(after).unwrap().0
}

fn location(response: &Response<Vec<u8>>) -> &str {
    response.headers()["location"].to_str().unwrap()
}

/// An error page: status, what it says, and nowhere to go.
fn error_page(response: &Response<Vec<u8>>) -> (u16, String) {
    assert_eq!(response.headers().get("location"), None);
    let html = text(response);
    (response.status().as_u16(), between(&html, r#"<p class="who">"#, "</p>").to_owned())
}

#[test]
fn the_page_says_who_asks_for_what_and_that_nothing_is_real() {
    let mut app = App::new(Noun::YourMom);
    let response = app.open(&format!("{PATH}?{QUERY}&ui=%3Cb%3E"));
    assert_eq!(response.status(), StatusCode::OK);
    let html = text(&response);
    assert_eq!(between(&html, "<h1>", "</h1>"), "Allow access to your Instagram account?");
    assert_eq!(
        between(&html, r#"<p class="who">"#, "</p>"),
        "Asked by <strong>sandbox-instagram-client-id</strong>"
    );
    assert_eq!(
        between(&html, "<fieldset>", "</fieldset>"),
        "<legend>Whose account?</legend>\
         <label class=\"account\"><input type=\"radio\" name=\"account\" value=\"sandbox.traveller\" checked>\
         <span class=\"avatar\" aria-hidden=\"true\">S</span><strong>sandbox.traveller</strong></label>\
         <label class=\"account\"><input type=\"radio\" name=\"account\" value=\"sandbox.baker\">\
         <span class=\"avatar\" aria-hidden=\"true\">S</span><strong>sandbox.baker</strong></label>"
    );
    assert_eq!(
        between(&html, "<ul>", "</ul>"),
        "<li>See your profile, your photos and your videos <code>basic</code></li>\
         <li>Like and unlike posts for you <code>likes</code></li>"
    );
    assert_eq!(
        between(&html, r#"<p class="after">"#, "</p>"),
        "Either way you go back to <span>http://127.0.0.1:8080/callback</span>"
    );
    assert_eq!(
        between(&html, r#"<p class="notice" role="note">"#, "</p>"),
        "<strong>Sandbox</strong> This page comes from your own computer. No real Instagram account is \
         involved."
    );
    assert!(!html.contains("<script"));
}

#[test]
fn the_page_is_protected() {
    let mut app = App::new(Noun::YourMom);
    let response = app.open(&format!("{PATH}?{QUERY}"));
    let html = text(&response);
    let nonce = between(&html, r#"<style nonce=""#, "\"");
    let headers = response.headers();
    let policy = format!(
        "default-src 'none'; style-src 'nonce-{nonce}'; form-action 'self' http://127.0.0.1:* http://127.0.0.1:8080; \
         frame-ancestors 'none'; base-uri 'none'"
    );
    assert_eq!(headers["content-security-policy"], policy);
    assert_eq!(headers["content-type"], "text/html;charset=UTF-8");
    assert_eq!(headers["cache-control"], "no-store");
    assert_eq!(headers["referrer-policy"], "no-referrer");
    assert_eq!(headers["x-frame-options"], "DENY");
    assert_eq!(headers["x-content-type-options"], "nosniff");
}

#[test]
fn what_comes_from_the_url_is_escaped() {
    let mut app = App::new(Noun::YourMom);
    let html = text(&app.open(&format!("{PATH}?{}", QUERY.replace("basic", "%3Cscript%3E%22"))));
    assert_eq!(
        between(&html, "<ul>", "</ul>"),
        "<li>Use this permission <code>&lt;script&gt;&quot;</code></li>\
         <li>Like and unlike posts for you <code>likes</code></li>"
    );
}

#[test]
fn allow_redirects_with_a_code_as_instagram_does() {
    let mut app = App::new(Noun::YourMom);
    let page = app.page();
    let response = app.press(PATH, &format!("page={page}&decision=allow"));
    assert_eq!(response.status(), StatusCode::SEE_OTHER);
    let expected =
        "http://127.0.0.1:8080/callback?code=sandbox-code%2B%2FiwSmT%2FtkShBHWRa0lFbzKFY%3D&state=a%26b#_";
    assert_eq!(location(&response), expected);
    assert_eq!(response.headers()["cache-control"], "no-store");
    assert_eq!(response.headers()["referrer-policy"], "no-referrer");
}

#[test]
fn deny_redirects_with_an_error_as_instagram_does() {
    let mut app = App::new(Noun::YourMom);
    let page = app.page();
    let response = app.press(PATH, &format!("page={page}&decision=deny"));
    assert_eq!(response.status(), StatusCode::SEE_OTHER);
    assert_eq!(
        location(&response),
        "http://127.0.0.1:8080/callback?error=access_denied&error_reason=user_denied\
         &error_description=The+user+denied+your+request&state=a%26b"
    );
}

#[test]
fn another_provider_adds_nothing_to_the_standard() {
    let mut app = App::new(Noun::YourMom);
    let url = app.oauth_url("dropbox", "s");
    let now = app.now;
    let allowed = app.sandbox.allow(&url, now).unwrap();
    let code =
        parameter(&allowed, "code").unwrap().replace('+', "%2B").replace('/', "%2F").replace('=', "%3D");
    assert_eq!(allowed, format!("http://127.0.0.1:8080/callback?code={code}&state=s"));
    assert_eq!(
        app.sandbox.deny(&url, now).unwrap(),
        "http://127.0.0.1:8080/callback?error=access_denied&error_description=The+user+denied+your+request&state=s"
    );
}

#[test]
fn a_page_can_be_used_once_within_ten_minutes_at_its_own_provider() {
    let mut app = App::new(Noun::YourMom);
    let gone = (400, "This page was used before, or was open for more than ten minutes.".to_owned());
    let page = app.page();
    let form = format!("page={page}&decision=allow");
    assert_eq!(error_page(&app.press("/provider/dropbox/oauth/authorize", &form)), gone);
    assert_eq!(app.press(PATH, &form).status(), StatusCode::SEE_OTHER);
    assert_eq!(error_page(&app.press(PATH, &form)), gone);

    let page = app.page();
    app.now += Duration::from_secs(601);
    assert_eq!(error_page(&app.press(PATH, &format!("page={page}&decision=allow"))), gone);
    assert_eq!(error_page(&app.press(PATH, "page=guessed&decision=allow")), gone);
    assert_eq!(error_page(&app.press(PATH, "decision=allow")), gone);
}

#[test]
fn an_account_that_is_not_on_the_page_cannot_be_chosen() {
    let mut app = App::new(Noun::YourMom);
    let page = app.page();
    let none = (400, "There is no such account at this provider.".to_owned());
    for account in ["nobody", "sandbox%40example.org", "sandbox.baker&account=sandbox.baker"] {
        let form = format!("page={page}&decision=allow&account={account}");
        assert_eq!(error_page(&app.press(PATH, &form)), none, "{account}");
    }
    // The page is still open.
    let form = format!("page={page}&decision=allow&account=sandbox.baker");
    assert_eq!(app.press(PATH, &form).status(), StatusCode::SEE_OTHER);
}

#[test]
fn a_decision_is_allow_or_deny_in_a_form() {
    let mut app = App::new(Noun::YourMom);
    let page = app.page();
    let neither = (400, "The decision is neither Allow nor Deny.".to_owned());
    for decision in ["", "&decision=maybe", "&decision=allow&decision=deny"] {
        assert_eq!(error_page(&app.press(PATH, &format!("page={page}{decision}"))), neither);
    }
    let json = Request::post(PATH).header("content-type", "application/json").body(&b"{}"[..]).unwrap();
    let response = app.sandbox.handle(&json, app.now);
    assert_eq!(error_page(&response), (415, "A button sends a form.".to_owned()));
}

#[test]
fn an_unknown_client_or_redirect_uri_is_told_to_the_person_and_never_redirected() {
    let mut app = App::new(Noun::YourMom);
    let client = (400, "The client_id is not that of an application registered here.".to_owned());
    let redirect = (400, "The redirect_uri is not one that the application has registered.".to_owned());
    for (from, to, expected) in [
        ("client_id=sandbox-instagram-client-id", "client_id=%3CINSERT_INSTAGRAM_CLIENT_ID%3E", &client),
        ("client_id=sandbox-instagram-client-id", "client_id=sandbox-dropbox-client-id", &client),
        ("client_id=sandbox-instagram-client-id&", "", &client),
        ("&scope", "&client_id=sandbox-instagram-client-id&scope", &client),
        ("http://127.0.0.1:8080/callback", "http://127.0.0.1:8080/other", &redirect),
        ("http://127.0.0.1:8080/callback", "https://evil.example/callback", &redirect),
        ("http://127.0.0.1:8080/callback", "http://127.0.0.1:8080/callback%23x", &redirect),
        ("http://127.0.0.1:8080/callback", "", &redirect),
    ] {
        let response = app.open(&format!("{PATH}?{}", QUERY.replace(from, to)));
        assert_eq!(&error_page(&response), expected, "{to}");
    }
    let response = app.open(&format!("/provider/servicenow/oauth/authorize?{QUERY}"));
    assert_eq!(error_page(&response), (404, "There is no such provider.".to_owned()));
}

#[test]
fn other_errors_are_told_to_the_application() {
    let mut app = App::new(Noun::YourMom);
    for (from, to, expected) in [
        ("response_type=code", "response_type=token", "unsupported_response_type&state=a%26b"),
        ("response_type=code&", "", "invalid_request&state=a%26b"),
        ("&scope", "&scope=x&scope", "invalid_request&state=a%26b"),
        ("&state=a%26b", "&state=1&state=2", "invalid_request"),
    ] {
        let response = app.open(&format!("{PATH}?{}", QUERY.replace(from, to)));
        assert_eq!(response.status(), StatusCode::FOUND);
        assert_eq!(location(&response), format!("http://127.0.0.1:8080/callback?error={expected}"));
    }
}

#[test]
fn a_registered_redirect_uri_keeps_its_query() {
    let mut app = App::new(Noun::YourMom);
    app.sandbox.register_redirect_uri("https://app.example/auth?tenant=7");
    let query =
        QUERY.replace("http://127.0.0.1:8080/callback", "https%3A%2F%2Fapp.example%2Fauth%3Ftenant%3D7");
    let url = format!("http://127.0.0.1{PATH}?{query}");
    let redirect = app.sandbox.deny(&url, app.now).unwrap();
    assert_eq!(
        redirect,
        "https://app.example/auth?tenant=7&error=access_denied&error_reason=user_denied\
         &error_description=The+user+denied+your+request&state=a%26b"
    );
}

#[test]
fn without_state_none_comes_back() {
    let mut app = App::new(Noun::YourMom);
    let url = format!("http://127.0.0.1{PATH}?{}", QUERY.replace("&state=a%26b", ""));
    let redirect = app.sandbox.allow(&url, app.now).unwrap();
    let expected = "http://127.0.0.1:8080/callback?code=sandbox-code%2B%2FiwSmT%2FtkShBHWRa0lFbzKFY%3D#_";
    assert_eq!(redirect, expected);
}

#[test]
fn a_button_that_is_not_there_cannot_be_pressed() {
    let mut app = App::new(Noun::YourMom);
    let now = app.now;
    for url in [
        "",
        "https://api.instagram.com/oauth/authorize",
        "http://127.0.0.1:1/provider/",
        "http://127.0.0.1/x",
    ] {
        assert_eq!(app.sandbox.allow(url, now), Err(PressError::Elsewhere), "{url}");
    }
    let url = format!("http://127.0.0.1{PATH}?client_id=wrong");
    let error = app.sandbox.deny(&url, now).unwrap_err();
    assert_eq!(error, PressError::Refused(StatusCode::BAD_REQUEST));
    let expected =
        "the provider shows an error page (status 400 Bad Request): check apiKey and callbackUrl of step 1";
    assert_eq!(error.to_string(), expected);
}
