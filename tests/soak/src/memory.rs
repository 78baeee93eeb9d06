//! How much memory this program has.

use std::error::Error;
use std::fs;

/// The resident set in kilobytes, as Linux counts it.
pub(crate) fn resident() -> Result<u64, Box<dyn Error>> {
    let status = fs::read_to_string("/proc/self/status")?;
    of(&status).ok_or_else(|| "/proc/self/status does not say how much memory is resident".into())
}

fn of(status: &str) -> Option<u64> {
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    line.trim().strip_suffix("kB")?.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_is_found() {
        assert_eq!(of("VmHWM:\t    9000 kB\nVmRSS:\t    1234 kB\nRssAnon:\t 1 kB\n"), Some(1234));
        assert_eq!(of("Name:\tsoak\n"), None);
    }
}
