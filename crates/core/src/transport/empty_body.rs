//! The length of a body that is not there.

use http::header::CONTENT_LENGTH;
use http::{HeaderValue, Method, Request};

/// Adds `content-length: 0` to a request without a body whose method means one (`POST`, `PUT`, `PATCH`), unless it states a length
/// already. RFC 9110 §8.6 asks for it; some HTTP libraries leave it out, others add it to a `GET` as well.
///
/// ```
/// use http::Request;
/// use your_moms_core::state_empty_body;
///
/// let mut request = Request::post("https://api.example/instances").body(Vec::new())?;
/// state_empty_body(&mut request);
/// assert_eq!(request.headers()["content-length"], "0");
/// # Ok::<(), http::Error>(())
/// ```
pub fn state_empty_body(request: &mut Request<Vec<u8>>) {
    if request.body().is_empty() && [Method::POST, Method::PUT, Method::PATCH].contains(request.method()) {
        request.headers_mut().entry(CONTENT_LENGTH).or_insert(HeaderValue::from_static("0"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_missing_body_is_stated() {
        for (method, body, before, after) in [
            (Method::POST, "", None, Some("0")),
            (Method::PUT, "", None, Some("0")),
            (Method::PATCH, "", None, Some("0")),
            (Method::POST, "", Some("00"), Some("00")),
            (Method::POST, "{}", None, None),
            (Method::GET, "", None, None),
            (Method::DELETE, "", None, None),
        ] {
            let mut request = Request::new(body.as_bytes().to_vec());
            *request.method_mut() = method.clone();
            request
                .headers_mut()
                .extend(before.map(|length| (CONTENT_LENGTH, HeaderValue::from_static(length))));
            state_empty_body(&mut request);
            let length = request.headers().get(CONTENT_LENGTH).map(|length| length.to_str().unwrap());
            assert_eq!(length, after, "{method} {body:?}");
        }
    }
}
