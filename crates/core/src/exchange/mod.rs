//! Calls as state machines without IO: one call with its retries, one authorization, one creation and the search for it,
//! one deletion. A machine says what to send and how long to wait; how that is done is not known here, and there is no clock.

mod authorize;
mod create_once;
mod disconnect;
#[expect(clippy::module_inception, reason = "the folder is named after its main type, and so is the file")]
mod exchange;
mod machine;
mod retry;
mod search;

pub use authorize::Authorize;
pub use create_once::CreateOnce;
pub use disconnect::Disconnect;
pub use exchange::Exchange;
pub use machine::{Awaiting, Event, Machine, Step};
pub use retry::RetryPolicy;
pub use search::Search;
