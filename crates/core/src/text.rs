//! Text, not protocol: URLs taken apart, percent-encoding, the placeholders of published samples, the deployments' nouns.
//!
//! Public so that other readers of the same texts, such as a linter, decide these questions as this crate does.

use crate::encode;

pub use crate::encode::decode as percent_decode;
pub use crate::noun::find as connector_member;
pub use crate::placeholder::is_placeholder;
pub use crate::url::{Parts as UrlParts, split as split_url};

/// `text` as one path segment, query name or query value: everything but letters, digits, `-`, `.`, `_` and `~` is
/// percent-encoded.
///
/// ```
/// use your_moms_core::text::percent_encode;
///
/// assert_eq!(percent_encode("https://a.example/b c"), "https%3A%2F%2Fa.example%2Fb%20c");
/// ```
pub fn percent_encode(text: &str) -> String {
    encode::component(text).to_string()
}
