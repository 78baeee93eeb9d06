//! Two drivers of any machine, blocking and asynchronous, and what both offer. They differ in `.await`. What a call is and
//! when it is sent again is decided elsewhere.

mod asynchronous;
mod blocking;
mod pages;
mod settings;
mod trace;

pub use asynchronous::AsyncClient;
pub use blocking::Client;
pub use pages::{AsyncPages, Items, Pages};
