//! Random bytes for one authorization or one creation.

use std::error::Error as StdError;
use std::fmt;

use zeroize::Zeroizing;

use crate::error::{BuildError, EntropyErrorKind};

/// How many bytes one use takes: 32 for the `state`, 16 for the marker.
const LENGTH: usize = 48;

/// Random bytes repeat few values: of 48, about 44 are distinct, and practically never fewer than 24.
const DISTINCT: usize = 24;

/// 48 random bytes for one authorization or one creation, for code that drives the machines itself. The clients draw theirs.
///
/// It is neither `Clone` nor `Copy`, and is used up by what is made of it: two authorizations with one `state`, or two
/// creations with one marker, can hand one user another user's token.
///
/// ```compile_fail,E0382
/// # use your_moms_core::{Entropy, Marker};
/// # fn f(entropy: Entropy) {
/// let _ = Marker::new(entropy);
/// let _ = Marker::new(entropy);
/// # }
/// ```
pub struct Entropy(Zeroizing<[u8; LENGTH]>);

impl Entropy {
    /// Takes the first 48 of `bytes`, which come from the operating system's random source and are used nowhere else.
    ///
    /// # Errors
    /// [`BuildError::Entropy`] if there are fewer, or if they are equal or repeat.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, BuildError> {
        let bytes = bytes.get(..LENGTH).and_then(|bytes| bytes.try_into().ok());
        let bytes: Zeroizing<[u8; LENGTH]> =
            Zeroizing::new(bytes.ok_or(BuildError::Entropy(EntropyErrorKind::TooFew))?);
        let mut seen = [0u64; 4];
        for byte in bytes.iter() {
            if let Some(word) = seen.get_mut(usize::from(byte >> 6)) {
                *word |= 1 << (byte & 63);
            }
        }
        let distinct: u32 = seen.iter().map(|word| word.count_ones()).sum();
        let progression = bytes.windows(3).all(|three| match three {
            [a, b, c] => b.wrapping_sub(*a) == c.wrapping_sub(*b),
            _ => false,
        });
        if usize::try_from(distinct).unwrap_or_default() < DISTINCT || progression {
            return Err(BuildError::Entropy(EntropyErrorKind::NotRandom));
        }
        Ok(Self(bytes))
    }

    pub(crate) fn state_bytes(&self) -> &[u8] {
        self.0.get(..32).unwrap_or_default()
    }

    pub(crate) fn marker_bytes(&self) -> &[u8] {
        self.0.get(32..).unwrap_or_default()
    }
}

impl fmt::Debug for Entropy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Entropy(…)")
    }
}

type Fill = dyn Fn(&mut [u8]) -> Result<(), Box<dyn StdError + Send + Sync>> + Send + Sync;

/// Where a client draws its random bytes.
pub(crate) struct RandomSource(Box<Fill>);

impl RandomSource {
    pub(crate) fn new<E: Into<Box<dyn StdError + Send + Sync>>>(
        fill: impl Fn(&mut [u8]) -> Result<(), E> + Send + Sync + 'static,
    ) -> Self {
        Self(Box::new(move |bytes| fill(bytes).map_err(Into::into)))
    }

    /// Draws twice: a source that returns the same bytes twice is a constant.
    pub(crate) fn draw(&self) -> Result<Entropy, BuildError> {
        let mut first = Zeroizing::new([0; LENGTH]);
        let mut second = Zeroizing::new([0; LENGTH]);
        let failed = |_| BuildError::Entropy(EntropyErrorKind::SourceFailed);
        (self.0)(first.as_mut_slice()).map_err(failed)?;
        (self.0)(second.as_mut_slice()).map_err(failed)?;
        if first == second {
            return Err(BuildError::Entropy(EntropyErrorKind::Constant));
        }
        Entropy::from_bytes(first.as_slice())
    }
}
