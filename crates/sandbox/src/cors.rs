//! What lets a page of any origin use the API, as browser applications do: the CORS protocol of the Fetch standard.

use http::header::{
    ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN,
    ACCESS_CONTROL_EXPOSE_HEADERS, ACCESS_CONTROL_REQUEST_HEADERS, ALLOW, ORIGIN,
};
use http::{HeaderMap, HeaderName, HeaderValue, Response, StatusCode};

use crate::response::{INSTANCE_ID, NEXT_PAGE, RETURNED, TOTAL};

/// Adds to a response of the API what a browser looks for, if it was asked by a page.
pub(crate) fn share(asked: &HeaderMap, response: &mut Response<Vec<u8>>) {
    if !asked.contains_key(ORIGIN) {
        return;
    }
    response.headers_mut().insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    let exposed = [&INSTANCE_ID, &NEXT_PAGE, &RETURNED, &TOTAL].map(HeaderName::as_str).join(", ");
    insert(response, ACCESS_CONTROL_EXPOSE_HEADERS, &exposed);
}

/// 204 with the methods that are possible at a path. Nobody has to prove anything: a browser asks without credentials.
pub(crate) fn preflight(asked: &HeaderMap, methods: &[&str]) -> Response<Vec<u8>> {
    let mut response = Response::new(Vec::new());
    *response.status_mut() = StatusCode::NO_CONTENT;
    insert(&mut response, ALLOW, &methods.join(", "));
    if asked.contains_key(ORIGIN) {
        insert(&mut response, ACCESS_CONTROL_ALLOW_METHODS, &methods.join(", "));
        // `*` does not cover Authorization.
        let mut headers = "Authorization, Content-Type".to_owned();
        for more in asked.get_all(ACCESS_CONTROL_REQUEST_HEADERS).iter().filter_map(|it| it.to_str().ok()) {
            let more = more.split(',').map(str::trim).filter(|name| {
                !name.is_empty() && !["authorization", "content-type"].contains(&&*name.to_ascii_lowercase())
            });
            more.for_each(|name| {
                headers.push_str(", ");
                headers.push_str(name);
            });
        }
        insert(&mut response, ACCESS_CONTROL_ALLOW_HEADERS, &headers);
    }
    response
}

fn insert(response: &mut Response<Vec<u8>>, name: HeaderName, value: &str) {
    // What came in a header fits into one.
    if let Ok(value) = HeaderValue::from_str(value) {
        response.headers_mut().insert(name, value);
    }
}
