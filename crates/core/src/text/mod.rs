//! Questions about text that more than one part asks: splitting URLs, percent-encoding, a sample's placeholders, which JSON
//! member holds the connector, characters that a person cannot see. No type of the protocol is known here, and nothing is
//! rewritten.
//!
//! Public for the packages of this workspace that read the same texts, so that they decide these questions alike;
//! applications have no need of it.

mod byte_set;
pub(crate) mod noun;
pub(crate) mod percent;
mod placeholder;
pub(crate) mod url;
mod version;
pub(crate) mod visible;

pub use noun::find as connector_member;
pub use percent::{decode as percent_decode, encode as percent_encode};
pub use placeholder::{is_placeholder, leading_placeholder, placeholders};
pub use url::{UrlParts, split as split_url};
pub(crate) use version::Version;
