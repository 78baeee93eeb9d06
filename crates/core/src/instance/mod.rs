//! An instance as the platform describes it: its token, its connector, its configuration, and the form in which an
//! application keeps it. Everything here is a view of JSON text that is kept as it came, so that nothing is lost that
//! this release has no name for. What lives here reads and writes such text; it sends nothing, and knows neither
//! operations nor the platform they are sent to.

mod configuration_value;
mod connector;
#[expect(clippy::module_inception, reason = "the folder is named after its main type, and so is the file")]
mod instance;
mod json;
mod known;
mod members;
mod stored;
mod token;
mod unreadable;

pub use configuration_value::ConfigurationValue;
pub use connector::Connector;
pub use instance::Instance;
pub use json::Json;
pub use stored::ExposedInstance;
pub use token::InstanceToken;
