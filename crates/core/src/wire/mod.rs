//! HTTP as the platform speaks it: building a request, reading a response, a page of a list, and a request as a curl command.
//! Which path and which body an operation has is not known here.

mod curl;
mod from_response;
mod headers;
mod json;
mod lenient;
mod page;
mod request;
mod response;
mod success;
mod target;

pub use curl::curl;
pub use from_response::FromResponse;
pub(crate) use headers::FurtherHeaders;
pub(crate) use lenient::or_default;
pub use page::Page;
pub(crate) use page::read_page;
pub use request::RequestBuilder;
pub use response::InstanceResponse;
pub use success::expect_success;
pub(crate) use target::Path;
