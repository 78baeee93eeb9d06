//! Escapes of URLs, JSON, Rust and HTML.

/// `text` with its escapes removed once; `None` if it has none.
pub(super) fn removed(text: &[u8]) -> Option<Vec<u8>> {
    let mut plain = Vec::with_capacity(text.len());
    let (mut rest, mut changed) = (text, false);
    while let Some((&first, after)) = rest.split_first() {
        let escape = match first {
            b'%' => hex(after, 2),
            b'\\' => backslash(after),
            b'&' => reference(after),
            _ => None,
        };
        let (character, length) = escape.unwrap_or((u32::from(first), 0));
        changed |= escape.is_some();
        match char::from_u32(character).filter(|_| escape.is_some()) {
            Some(character) => plain.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes()),
            None => plain.push(first),
        }
        rest = after.get(length..).unwrap_or_default();
    }
    changed.then_some(plain)
}

/// A character, and how much of what follows the first byte is its escape.
type Escape = Option<(u32, usize)>;

fn hex(digits: &[u8], length: usize) -> Escape {
    Some((number(digits.get(..length)?, 16)?, length))
}

fn number(digits: &[u8], radix: u32) -> Option<u32> {
    let digits = std::str::from_utf8(digits).ok().filter(|digits| !digits.starts_with('+'))?;
    u32::from_str_radix(digits, radix).ok()
}

/// `\u0041`, `\u{41}`, `\x41`, `\/`; what stands for no visible character may stay as it is.
fn backslash(after: &[u8]) -> Escape {
    match after {
        [b'u', b'{', digits @ ..] => {
            let length = digits.iter().take(7).position(|byte| *byte == b'}')?;
            Some((number(digits.get(..length)?, 16)?, length + 3))
        }
        [b'u', digits @ ..] => hex(digits, 4).map(|(character, length)| (character, length + 1)),
        [b'x', digits @ ..] => hex(digits, 2).map(|(character, length)| (character, length + 1)),
        [b'n' | b'r' | b't', ..] => Some((u32::from(b' '), 1)),
        [escaped @ (b'\\' | b'"' | b'\'' | b'/'), ..] => Some((u32::from(*escaped), 1)),
        _ => None,
    }
}

/// `&amp;`, `&#38;`, `&#x26;`.
fn reference(after: &[u8]) -> Escape {
    let end = after.iter().take(9).position(|byte| *byte == b';')?;
    let character = match after.get(..end)? {
        [b'#', b'x' | b'X', digits @ ..] => number(digits, 16)?,
        [b'#', digits @ ..] => number(digits, 10)?,
        b"amp" => u32::from(b'&'),
        b"lt" => u32::from(b'<'),
        b"gt" => u32::from(b'>'),
        b"quot" => u32::from(b'"'),
        b"apos" => u32::from(b'\''),
        _ => return None,
    };
    Some((character, end + 1))
}
