//! `HEAD`, `OPTIONS`, and pages of other origins.

use http::HeaderMap;
use serde_json::Value;
use your_moms_sandbox::{Call, Fault, Noun};

use crate::app::{App, INVALID};

const EXPOSED: &str = "elements-element-instance-id, elements-next-page-token, elements-returned-count, \
                       elements-total-count";

fn shown(headers: &HeaderMap) -> Vec<(&str, &str)> {
    headers.iter().map(|(name, value)| (name.as_str(), value.to_str().unwrap())).collect()
}

#[test]
fn head_is_get_without_the_body() {
    for noun in [Noun::YourMom, Noun::Element] {
        let mut app = App::new(noun);
        let token = app.connect("instagram")["token"].as_str().unwrap().to_owned();
        let three = app.three_parts(&token);
        let catalogue = format!("/{}?pageSize=2", noun.plural());
        for path in ["/instances/123", "/instances", "/ping", "/hubs/social/media?pageSize=1", &catalogue] {
            let mut app = App::new(noun);
            app.connect("instagram");
            let get = app.call_with("GET", path, &three);
            let head = app.call_with("HEAD", path, &three);
            assert_eq!((head.status, head.json), (get.status, Value::Null), "{path}");
            let mut expected = get.headers;
            expected.insert("content-length", get.json.to_string().len().into());
            assert_eq!(head.headers, expected, "{path}");
        }
        let refused = app.send("HEAD", "/instances", &[], b"");
        assert_eq!((refused.status.as_u16(), refused.json), (401, Value::Null));
        assert_eq!(app.sandbox.journal().last().unwrap().call, Some(Call::ListInstances));
    }
}

#[test]
fn head_changes_nothing_at_the_provider() {
    let mut app = App::new(Noun::YourMom);
    let url = app.oauth_url("instagram", "s");
    let request = http::Request::head(url.strip_prefix("http://127.0.0.1").unwrap()).body(&b""[..]).unwrap();
    let response = app.sandbox.handle(&request, app.now);
    assert_eq!(
        (response.status().as_u16(), response.headers()["allow"].to_str().unwrap()),
        (405, "GET, POST")
    );
    assert!(response.body().is_empty());
}

#[test]
fn options_name_the_methods_of_a_path_to_anybody() {
    let mut app = App::new(Noun::Element);
    for (path, methods) in [
        ("/instances", "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS"),
        ("/instances/7/enabled", "PUT, DELETE, OPTIONS"),
        ("/elements/sfdc/oauth/url", "GET, HEAD, POST, OPTIONS"),
        ("/hubs/crm/contacts", "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS"),
    ] {
        let response = app.send("OPTIONS", path, &[], b"");
        assert_eq!((response.status.as_u16(), response.json), (204, Value::Null));
        assert_eq!(shown(&response.headers), [("allow", methods)]);

        let asked = "authorization,elements-version, x-a,Content-Type";
        let headers = [
            ("origin", "https://app.example"),
            ("access-control-request-method", "PATCH"),
            ("access-control-request-headers", asked),
        ];
        let response = app.send("OPTIONS", path, &headers, b"");
        assert_eq!(
            shown(&response.headers),
            [
                ("allow", methods),
                ("access-control-allow-methods", methods),
                ("access-control-allow-headers", "Authorization, Content-Type, elements-version, x-a"),
                ("access-control-allow-origin", "*"),
                ("access-control-expose-headers", EXPOSED),
            ]
        );
        assert_eq!(app.sandbox.journal().last().unwrap().call, Some(Call::Options));
    }
}

#[test]
fn a_page_of_any_origin_reads_every_response_of_the_api() {
    let mut app = App::new(Noun::YourMom);
    let authorization = app.authorization();
    let headers = [("origin", "https://app.example"), ("authorization", authorization.as_str())];
    for (path, status) in [("/your_moms", 200), ("/instances", 404), ("/nothing", 404)] {
        let response = app.send("GET", path, &headers, b"");
        assert_eq!(response.status, status, "{path}");
        assert_eq!(response.headers["access-control-allow-origin"], "*");
        assert_eq!(response.headers["access-control-expose-headers"], EXPOSED);
        assert!(!app.call("GET", path).headers.contains_key("access-control-allow-origin"));
    }
    let refused = app.send("GET", "/instances", &[("origin", "null")], b"");
    assert_eq!(refused.refusal(), (401, INVALID, None));
    assert_eq!(refused.headers["access-control-allow-origin"], "*");
}

#[test]
fn a_fault_is_read_by_a_page_too() {
    let mut app = App::new(Noun::YourMom);
    app.sandbox.fail_next(Call::Catalogue, "status-503".parse::<Fault>().unwrap());
    let uri = format!("{}/your_moms", app.noun.base_path());
    let request = http::Request::get(uri).header("origin", "https://app.example").body(&b""[..]).unwrap();
    let your_moms_sandbox::Reply::Whole(response) = app.sandbox.respond(&request, app.now) else { panic!() };
    assert_eq!(response.status(), 503);
    assert_eq!(response.headers()["access-control-allow-origin"], "*");
}

#[test]
fn the_provider_and_the_console_share_nothing() {
    let mut app = App::new(Noun::YourMom);
    for path in ["/provider/instagram/oauth/authorize", "/_sandbox", "/", "/elsewhere"] {
        let request = http::Request::get(path)
            .header("host", "127.0.0.1")
            .header("origin", "https://app.example")
            .body(&b""[..])
            .unwrap();
        let response = app.sandbox.handle(&request, app.now);
        assert!(!response.headers().contains_key("access-control-allow-origin"), "{path}");
        assert!(response.status().is_client_error(), "{path}");
    }
}
