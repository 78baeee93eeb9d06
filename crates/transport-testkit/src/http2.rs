//! As much of HTTP/2 (RFC 9113) as the faults need: its frames, and how a header field was encoded.

/// What a client sends first (RFC 9113 §3.4).
pub(crate) const PREFACE: &[u8] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

const DATA: u8 = 0x0;
const HEADERS: u8 = 0x1;
const RST_STREAM: u8 = 0x3;
const SETTINGS: u8 = 0x4;
const GOAWAY: u8 = 0x7;

const END_STREAM: u8 = 0x1;
const END_HEADERS: u8 = 0x4;
const PADDED: u8 = 0x8;
const PRIORITY: u8 = 0x20;

/// Error codes (RFC 9113 §7).
pub(crate) const NO_ERROR: u32 = 0x0;
pub(crate) const INTERNAL_ERROR: u32 = 0x2;
pub(crate) const REFUSED_STREAM: u32 = 0x7;

/// A frame that a client sent.
#[derive(Clone, Copy)]
pub(crate) struct Frame<'a> {
    kind: u8,
    flags: u8,
    payload: &'a [u8],
}

/// The whole frames behind the preface.
pub(crate) fn frames(bytes: &[u8]) -> impl Iterator<Item = Frame<'_>> {
    let mut rest = bytes.strip_prefix(PREFACE).unwrap_or_default();
    std::iter::from_fn(move || {
        let (head, tail) = rest.split_first_chunk::<9>()?;
        let [a, b, c, kind, flags, ..] = *head;
        let length = usize::try_from(u32::from_be_bytes([0, a, b, c])).ok()?;
        let payload = tail.get(..length)?;
        rest = tail.get(length..)?;
        Some(Frame { kind, flags, payload })
    })
}

impl<'a> Frame<'a> {
    pub(crate) fn is_headers(self) -> bool {
        self.kind == HEADERS
    }

    /// Whether a request ends with this frame.
    pub(crate) fn ends_request(self) -> bool {
        matches!(self.kind, HEADERS | DATA) && self.flags & END_STREAM != 0
    }

    pub(crate) fn request_bytes(self) -> usize {
        if matches!(self.kind, HEADERS | DATA) { self.payload.len() } else { 0 }
    }

    /// The encoded header fields of a HEADERS frame, without padding and priority.
    fn field_block(self) -> Option<&'a [u8]> {
        let mut block = self.payload;
        if self.flags & PADDED != 0 {
            let (padding, rest) = block.split_first()?;
            block = rest.get(..rest.len().checked_sub(usize::from(*padding))?)?;
        }
        if self.flags & PRIORITY != 0 { block.get(5..) } else { Some(block) }
    }
}

/// Whether every `authorization` field in `bytes` is a literal that is never indexed (RFC 7541 §6.2.3). `None` if there
/// is none.
pub(crate) fn authorization_is_never_indexed(bytes: &[u8]) -> Option<bool> {
    /// Its place in the static table (RFC 7541 appendix A).
    const AUTHORIZATION: usize = 23;
    let blocks = frames(bytes).filter(|frame| frame.is_headers()).filter_map(Frame::field_block);
    blocks
        .flat_map(fields)
        .filter(|field| field.name == AUTHORIZATION)
        .map(|field| field.never_indexed)
        .reduce(|all, one| all && one)
}

struct Field {
    /// Its index, or 0 for a name that is spelled out.
    name: usize,
    never_indexed: bool,
}

/// The fields of a block (RFC 7541 §6), without their values.
fn fields(mut block: &[u8]) -> impl Iterator<Item = Field> {
    std::iter::from_fn(move || {
        loop {
            let first = *block.first()?;
            let (prefix, is_literal, never_indexed) = match first {
                0x80.. => (7, false, false),
                0x40.. => (6, true, false),
                // The size of the dynamic table: no field.
                0x20.. => {
                    integer(&mut block, 5)?;
                    continue;
                }
                _ => (4, true, first & 0x10 != 0),
            };
            let name = integer(&mut block, prefix)?;
            if is_literal {
                if name == 0 {
                    skip_string(&mut block)?;
                }
                skip_string(&mut block)?;
            }
            return Some(Field { name, never_indexed });
        }
    })
}

fn skip_string(block: &mut &[u8]) -> Option<()> {
    let length = integer(block, 7)?;
    *block = block.get(length..)?;
    Some(())
}

/// RFC 7541 §5.1, with at most four bytes behind the prefix.
fn integer(block: &mut &[u8], prefix: u32) -> Option<usize> {
    let largest = (1_usize << prefix) - 1;
    let mut next = || {
        let (first, rest) = block.split_first()?;
        *block = rest;
        Some(usize::from(*first))
    };
    let mut value = next()? & largest;
    if value == largest {
        for shift in [0, 7, 14, 21] {
            let byte = next()?;
            value += (byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Some(value);
            }
        }
        return None;
    }
    Some(value)
}

/// The server's own settings, and the acknowledgement of the client's.
pub(crate) fn greeting() -> Vec<u8> {
    [frame(SETTINGS, 0, 0, &[]), frame(SETTINGS, 0x1, 0, &[])].concat()
}

/// A response head with status 200 on the first stream.
pub(crate) fn ok_head() -> Vec<u8> {
    /// `:status: 200` in the static table.
    const STATUS_200: u8 = 0x88;
    frame(HEADERS, END_HEADERS, 1, &[STATUS_200])
}

/// The end of the response on the first stream.
pub(crate) fn last_data(data: &[u8]) -> Vec<u8> {
    frame(DATA, END_STREAM, 1, data)
}

pub(crate) fn data(data: &[u8]) -> Vec<u8> {
    frame(DATA, 0, 1, data)
}

pub(crate) fn reset_stream(code: u32) -> Vec<u8> {
    frame(RST_STREAM, 0, 1, &code.to_be_bytes())
}

/// The connection ends, and no stream was worked on.
pub(crate) fn go_away(code: u32) -> Vec<u8> {
    frame(GOAWAY, 0, 0, &[[0; 4], code.to_be_bytes()].concat())
}

fn frame(kind: u8, flags: u8, stream: u32, payload: &[u8]) -> Vec<u8> {
    let length = u32::try_from(payload.len()).unwrap_or(u32::MAX).to_be_bytes();
    let mut frame = length.get(1..).unwrap_or_default().to_vec();
    frame.extend([kind, flags]);
    frame.extend(stream.to_be_bytes());
    frame.extend(payload);
    frame
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with_field_block(block: &[u8]) -> Vec<u8> {
        [PREFACE, &frame(SETTINGS, 0, 0, &[]), &frame(HEADERS, END_HEADERS | END_STREAM, 1, block)].concat()
    }

    #[test]
    fn how_a_field_was_encoded_is_read_off_its_first_byte() {
        // `:method: GET` from the static table, then `authorization` (index 23) with a value of one byte.
        let fields: [(&[u8], _); 5] = [
            (&[0x82, 0x1f, 0x08, 0x01, b'a'], Some(true)),
            (&[0x82, 0x0f, 0x08, 0x01, b'a'], Some(false)),
            (&[0x82, 0x57, 0x01, b'a'], Some(false)),
            // Behind a new size of the table and a literal with a name of its own.
            (&[0x3f, 0xe1, 0x1f, 0x40, 0x01, b'n', 0x01, b'v', 0x1f, 0x08, 0x01, b'a'], Some(true)),
            (&[0x82], None),
        ];
        for (block, never_indexed) in fields {
            assert_eq!(
                authorization_is_never_indexed(&with_field_block(block)),
                never_indexed,
                "{block:02x?}"
            );
        }
    }

    #[test]
    fn only_whole_frames_count() {
        let bytes = with_field_block(&[0x82]);
        let whole = frames(&bytes).filter(|frame| frame.is_headers()).count();
        let cut = frames(bytes.get(..bytes.len() - 1).unwrap()).filter(|frame| frame.is_headers()).count();
        assert_eq!((whole, cut), (1, 0));
    }
}
