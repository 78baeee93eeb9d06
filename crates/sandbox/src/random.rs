//! Everything that looks random, drawn from one seed.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

pub(crate) struct Random(fastrand::Rng);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Self(fastrand::Rng::with_seed(seed))
    }

    /// As [`new`](Self::new), with values that another name does not get.
    pub(crate) fn named(seed: u64, name: &str) -> Self {
        let mix = |seed, byte| fastrand::Rng::with_seed(seed ^ u64::from(byte)).u64(..);
        Self::new(name.bytes().fold(seed, mix))
    }

    /// A value nobody takes for a real one, such as `sandbox-code+/4Xr…=`. It has the characters of real secrets that
    /// suffer when somebody forgets to encode or decode: `+`, `/` and `=`.
    pub(crate) fn secret(&mut self, what: &str) -> String {
        let mut bytes = [0; 17]; // one byte short of a multiple of three: base64 then ends in `=`
        self.0.fill(&mut bytes);
        format!("sandbox-{what}+/{}", STANDARD.encode(bytes))
    }

    /// 24 hex digits, the form of the platform's request ids.
    pub(crate) fn hex(&mut self) -> String {
        format!("{:016x}{:08x}", self.0.u64(..), self.0.u32(..))
    }
}
