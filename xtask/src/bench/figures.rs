//! What is measured of a case.

use serde::{Deserialize, Serialize};

/// The figures of a case, the drop of what it makes included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Figures {
    pub(super) instructions: u64,
    /// Reallocations included.
    pub(super) allocations: u64,
    pub(super) bytes: u64,
    /// The most that is held at once, beyond what was there before.
    pub(super) peak: u64,
}

impl Figures {
    /// Each with its name, and the same of `other`.
    pub(super) fn beside(self, other: Self) -> [(&'static str, u64, u64); 4] {
        [
            ("instructions", self.instructions, other.instructions),
            ("allocations", self.allocations, other.allocations),
            ("bytes", self.bytes, other.bytes),
            ("peak", self.peak, other.peak),
        ]
    }

    /// The lower of each.
    pub(super) fn lower(self, other: Self) -> Self {
        Self {
            instructions: self.instructions.min(other.instructions),
            allocations: self.allocations.min(other.allocations),
            bytes: self.bytes.min(other.bytes),
            peak: self.peak.min(other.peak),
        }
    }
}

/// One input, as measured.
pub(super) struct Grown {
    pub(super) unit: &'static str,
    pub(super) size: usize,
    pub(super) figures: Figures,
    /// The instructions as a multiple of those for a tenth of the input.
    pub(super) multiple: Option<f64>,
}

/// `this` as a multiple of `that`.
#[expect(clippy::cast_precision_loss, reason = "digits that nobody reads")]
pub(super) fn ratio(this: u64, that: u64) -> f64 {
    if that == 0 { 0.0 } else { this as f64 / that as f64 }
}
