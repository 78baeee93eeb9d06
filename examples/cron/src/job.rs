//! The job itself.

use std::io::Write;
use std::time::Duration;

use your_moms_core::{Client, Error, InstanceRequest, InstanceToken, RetryPolicy, Transport};

use crate::failure::Failure;
use crate::media::Media;

/// Nobody is waiting for a scheduled job, so it is more patient than a web page: a platform that asks for five minutes
/// (`Retry-After`) gets them. One that asks for more gets the next run.
pub const POLICY: RetryPolicy = RetryPolicy {
    tries: 6,
    base: Duration::from_secs(1),
    cap: Duration::from_secs(5 * 60),
    search: Duration::ZERO, // nothing is created here
    deadline: Duration::from_secs(15 * 60),
};

/// Entries a page: few enough that a page which has to be asked for again is a small one.
const PAGE_SIZE: &str = "100";

/// Writes the account's media to `out`, one JSON object a line, and returns how many there are. Nothing is written before the
/// last page has arrived: whatever reads the output never takes half a list for the whole.
///
/// # Errors
/// [`Failure`].
pub fn run<T: Transport>(
    client: &Client<T>,
    token: &InstanceToken,
    out: &mut impl Write,
) -> Result<usize, Failure> {
    let request = InstanceRequest::get("/hubs/social/media", token).query("pageSize", PAGE_SIZE);
    let media = client.pages(&request.page::<Media>()).items().collect::<Result<Vec<_>, Error>>()?;
    let mut lines = Vec::new();
    for media in &media {
        serde_json::to_writer(&mut lines, media).map_err(|error| Failure::Output(error.into()))?;
        lines.push(b'\n');
    }
    out.write_all(&lines).and_then(|()| out.flush()).map_err(Failure::Output)?;
    Ok(media.len())
}
