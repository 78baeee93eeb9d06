//! A scheduled job: lists the media of a connected account, all of it or nothing, and says by its exit code how it went.

mod exit;
mod failure;
mod job;
mod media;
mod settings;

pub use exit::Exit;
pub use failure::Failure;
pub use job::{POLICY, run};
pub use media::Media;
pub use settings::Settings;
