//! People in real browsers: what the tests have in common, whatever is in the browser.
//!
//! A scenario is a test in which people use pages through chromedriver. The programs that hold the scenarios are run by
//! `cargo xtask sandbox --browser` and `cargo xtask web`.

mod accessibility;
mod browser;
mod driver;
mod outcome;
mod process;
mod run;
mod setting;

pub use accessibility::fits;
pub use browser::Browser;
pub use outcome::{Failed, Outcome, same};
pub use process::Process;
pub use run::{finish, play, run};
pub use setting::{Options, Setting};
