//! Presses Allow on the sandbox's consent page, over the network as a browser would.

use http::header::{CONTENT_TYPE, LOCATION};
use http::{HeaderValue, Method, Request, Response};
use your_moms_core::{AsyncTransport, Platform};

use crate::args::Common;
use crate::failure::Failure;
use crate::platform;

/// Opens the consent page at `url`, submits its form with Allow, and follows the redirect to the callback listener.
pub(super) async fn allow(common: &Common, platform: &Platform, url: &str) -> Result<(), Failure> {
    let browser = platform::transport(common, platform).await?;
    let page = send(&browser, Method::GET, url, Vec::new()).await?;
    let page = String::from_utf8_lossy(page.body()).into_owned();
    let (Some(action), Some(id)) =
        (attribute(&page, "action=\""), attribute(&page, "name=\"page\" value=\""))
    else {
        return Err(Failure::failed("the provider shows no consent page")
            .help("open the link in a browser to see what it shows"));
    };
    let origin = url.split('/').take(3).collect::<Vec<_>>().join("/");
    let form = form_urlencoded::Serializer::new(String::new())
        .append_pair("page", id)
        .append_pair("decision", "allow")
        .finish();
    let response = send(&browser, Method::POST, &format!("{origin}{action}"), form.into_bytes()).await?;
    let location = response.headers().get(LOCATION).and_then(|location| location.to_str().ok());
    let location = location.ok_or_else(|| Failure::failed("the consent page did not redirect"))?;
    // A browser keeps the fragment to itself.
    let target = location.split('#').next().unwrap_or_default();
    send(&browser, Method::GET, target, Vec::new()).await.map(drop)
}

async fn send(
    browser: &impl AsyncTransport,
    method: Method,
    url: &str,
    body: Vec<u8>,
) -> Result<Response<Vec<u8>>, Failure> {
    let unusable = |_| Failure::failed("the consent page leads to an unusable URL");
    let mut request = Request::new(body);
    *request.method_mut() = method;
    *request.uri_mut() = url.parse().map_err(unusable)?;
    if request.method() == Method::POST {
        let form = HeaderValue::from_static("application/x-www-form-urlencoded");
        request.headers_mut().insert(CONTENT_TYPE, form);
    }
    browser
        .send(request)
        .await
        .map_err(|error| Failure::failed("the consent page cannot be reached").because(&error))
}

/// The text between `start` and the next quote.
fn attribute<'a>(page: &'a str, start: &str) -> Option<&'a str> {
    page.split_once(start)?.1.split('"').next()
}
