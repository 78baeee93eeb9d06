//! A time as one word of a fault's text: `2s`, `1500ms`, `1h30m`.

use std::time::Duration;

pub(super) fn text(time: Duration) -> String {
    humantime::format_duration(time).to_string().replace(' ', "")
}

pub(super) fn parse(text: &str) -> Option<Duration> {
    humantime::parse_duration(text).ok()
}
