//! What was measured, and whether it is good enough.

use std::fmt;
use std::time::Duration;

/// Over the million, in percent.
const MOST_GROWTH: u64 = 5;
/// In percent of a ping with the only token.
const MOST_TIME: u32 = 150;

pub(crate) struct Measured {
    /// In kilobytes.
    pub(crate) memory_before: u64,
    pub(crate) memory_after: u64,
    /// With the only token there is.
    pub(crate) ping_of_one: Duration,
    /// With the newest of many.
    pub(crate) ping_of_many: Duration,
}

impl Measured {
    /// In percent.
    #[expect(clippy::cast_precision_loss, reason = "nobody has 2^52 kilobytes")]
    fn growth(&self) -> f64 {
        (self.memory_after as f64 / self.memory_before as f64 - 1.0) * 100.0
    }

    /// Why the run has failed; nothing if it has not.
    pub(crate) fn problems(&self) -> Vec<&'static str> {
        let mut problems = Vec::new();
        // Nothing measured is not good enough.
        let is_measured = self.memory_before > 0 && self.memory_after > 0;
        if !is_measured || self.memory_after * 100 > self.memory_before * (100 + MOST_GROWTH) {
            problems.push("The sandbox's memory grows with the number of requests.");
        }
        let is_measured = !self.ping_of_one.is_zero() && !self.ping_of_many.is_zero();
        if !is_measured || self.ping_of_many * 100 > self.ping_of_one * MOST_TIME {
            problems.push("A request takes longer, the more instances there are.");
        }
        problems
    }
}

impl fmt::Display for Measured {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "memory: {} kB after 100 000 requests, {} kB after a million more: {:+.1} %, at most {MOST_GROWTH} %",
            self.memory_before,
            self.memory_after,
            self.growth()
        )?;
        write!(
            f,
            "ping: {:.2?} with the newest of 100 000 tokens, {:.2?} with the only one: {:.0} %, at most {MOST_TIME} %",
            self.ping_of_many,
            self.ping_of_one,
            self.ping_of_many.as_secs_f64() / self.ping_of_one.as_secs_f64() * 100.0
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn measured(memory_after: u64, ping_of_many: u64) -> Measured {
        Measured {
            memory_before: 1000,
            memory_after,
            ping_of_one: Duration::from_micros(1),
            ping_of_many: Duration::from_nanos(ping_of_many),
        }
    }

    #[test]
    fn a_run_within_the_limits_passes() {
        assert_eq!(measured(1050, 1500).problems(), Vec::<&str>::new());
        assert_eq!(measured(900, 800).problems(), Vec::<&str>::new());
    }

    #[test]
    fn a_run_past_either_limit_fails() {
        let (grows, slows) = (
            "The sandbox's memory grows with the number of requests.",
            "A request takes longer, the more instances there are.",
        );
        assert_eq!(measured(1051, 1500).problems(), [grows]);
        assert_eq!(measured(1050, 1501).problems(), [slows]);
        assert_eq!(measured(2000, 2000).problems(), [grows, slows]);
    }

    #[test]
    fn nothing_measured_is_a_failure() {
        let nothing = Measured {
            memory_before: 0,
            memory_after: 0,
            ping_of_one: Duration::ZERO,
            ping_of_many: Duration::ZERO,
        };
        assert_eq!(nothing.problems().len(), 2);
    }

    #[test]
    fn both_figures_are_shown() {
        assert_eq!(
            measured(1010, 1250).to_string(),
            "memory: 1000 kB after 100 000 requests, 1010 kB after a million more: +1.0 %, at most 5 %\n\
             ping: 1.25µs with the newest of 100 000 tokens, 1.00µs with the only one: 125 %, at most 150 %"
        );
    }
}
