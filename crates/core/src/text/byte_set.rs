//! A set of bytes, as a table: whether a byte is in it takes one load.

pub(super) struct ByteSet([bool; 256]);

impl ByteSet {
    #[expect(clippy::indexing_slicing, reason = "a byte is below 256, and this is evaluated at compile time")]
    pub(super) const fn of(bytes: &[u8]) -> Self {
        let mut table = [false; 256];
        let mut rest = bytes;
        while let [byte, others @ ..] = rest {
            table[*byte as usize] = true;
            rest = others;
        }
        Self(table)
    }

    pub(super) fn has(&self, byte: u8) -> bool {
        self.0.get(usize::from(byte)).is_some_and(|has| *has)
    }
}
