//! The spellings of a text: each of its characters may be written in every way that a request or a response has for it, and
//! what is written so, once more: a JSON body in a form, a URL in JSON. Between two of them a line may end: base64 and mail are
//! wrapped.

/// A text whose spellings are looked for.
#[derive(Clone)]
pub(super) struct Spelled(Vec<Letter>);

#[derive(Clone)]
struct Letter {
    c: char,
    /// The texts that usually stand for it: what they begin with, and what follows that.
    escaped: [(char, Vec<String>); 4],
}

impl Spelled {
    pub(super) fn of(text: &str) -> Self {
        let letter = |c| Letter {
            c,
            escaped: [
                ('%', after_percent(c)),
                ('+', (c == ' ').then(String::new).into_iter().collect()),
                ('\\', after_backslash(c)),
                ('&', after_ampersand(c)),
            ],
        };
        Self(text.chars().map(letter).collect())
    }

    /// How long a spelling of it is that `written` begins with; the longest, if there are several.
    pub(super) fn length(&self, written: &str) -> Option<usize> {
        // Most texts begin with something else.
        let first = self.0.first()?;
        if !written.starts_with(first.c) && !written.starts_with(ESCAPES) {
            return None;
        }
        lengths(self.0.iter(), written, Letter::ways).pop()
    }
}

impl Letter {
    /// The lengths of its spellings that `written` begins with, and of those of what stands for it.
    fn ways(&self, written: &str) -> Vec<usize> {
        let mut ways = ways(self.c, written);
        if written.starts_with(ESCAPES) {
            for (first, after) in &self.escaped {
                let lengths_of_first =
                    if after.is_empty() { Vec::new() } else { self::ways(*first, written) };
                for length in lengths_of_first {
                    let rest = written.get(length..).unwrap_or_default();
                    let after = after.iter().filter(|after| may_begin(after, rest));
                    let after = after.flat_map(|after| lengths(after.chars(), rest, carried));
                    ways.extend(after.map(|after| length + after));
                }
            }
        }
        ways
    }
}

/// What begins a character's spelling that is not the character itself.
const ESCAPES: [char; 4] = ['%', '+', '\\', '&'];

/// The lengths of all readings of `written`, from its beginning, as these letters; sorted.
fn lengths<L: Copy>(
    letters: impl Iterator<Item = L>,
    written: &str,
    ways: impl Fn(L, &str) -> Vec<usize>,
) -> Vec<usize> {
    // All places that some way of reading has reached: `\\` may be one backslash or two.
    let mut reached = vec![0];
    for (number, letter) in letters.enumerate() {
        if number > 0 {
            let breaks = reached.iter().filter_map(|&at| Some(at + line_break(written.get(at..)?)?));
            reached = reached.iter().copied().chain(breaks).collect();
        }
        let mut next: Vec<_> = reached
            .iter()
            .flat_map(|&at| {
                let rest = written.get(at..).unwrap_or_default();
                ways(letter, rest).into_iter().map(move |length| at + length)
            })
            .collect();
        next.sort_unstable();
        next.dedup();
        reached = next;
        if reached.is_empty() {
            break;
        }
    }
    reached
}

/// How long the end of a line is that `written` begins with, as it is or escaped in JSON.
fn line_break(written: &str) -> Option<usize> {
    ["\r\n", "\n", "\\r\\n", "\\n"].into_iter().find(|end| written.starts_with(end)).map(str::len)
}

/// As [`ways`], for a character of an escape: what carries that leaves letters and digits as they are.
fn carried(c: char, written: &str) -> Vec<usize> {
    if c.is_ascii_alphanumeric() {
        return written.starts_with(c).then_some(1).into_iter().collect();
    }
    ways(c, written)
}

/// Whether it is worth reading on.
fn may_begin(escape: &str, written: &str) -> bool {
    let first = escape.chars().next();
    first.is_none_or(|first| !first.is_ascii_alphanumeric() || written.starts_with(first))
}

/// The lengths of the spellings of `c` that `written` begins with.
fn ways(c: char, written: &str) -> Vec<usize> {
    let mut ways: Vec<_> = written.starts_with(c).then(|| c.len_utf8()).into_iter().collect();
    if written.starts_with(ESCAPES) {
        let escapes = [percent_encoded(c, written), json_escape(c, written), html_reference(c, written)];
        ways.extend(escapes.into_iter().flatten());
    }
    ways
}

fn after_percent(c: char) -> Vec<String> {
    let bytes: Vec<_> = c.encode_utf8(&mut [0; 4]).bytes().map(|byte| format!("{byte:02X}")).collect();
    let bytes = bytes.join("%");
    vec![bytes.to_lowercase(), bytes]
}

fn after_backslash(c: char) -> Vec<String> {
    let units: Vec<_> = c.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("u{unit:04x}")).collect();
    let units = units.join("\\");
    let short = SHORT.iter().filter(|(_, of)| *of == c).map(|(short, _)| short.to_string());
    [units.to_uppercase().replace('U', "u"), units].into_iter().chain(short).collect()
}

fn after_ampersand(c: char) -> Vec<String> {
    let number = u32::from(c);
    let numbers = [format!("#{number};"), format!("#x{number:x};"), format!("#x{number:X};")];
    let named = NAMED.iter().filter(|(_, of)| *of == c).map(|(name, _)| format!("{name};"));
    numbers.into_iter().chain(named).collect()
}

/// JSON's escapes of one letter.
const SHORT: [(char, char); 8] = [
    ('"', '"'),
    ('\\', '\\'),
    ('/', '/'),
    ('n', '\n'),
    ('r', '\r'),
    ('t', '\t'),
    ('b', '\u{8}'),
    ('f', '\u{c}'),
];

/// More than any name or number has.
const LONGEST_NAME: usize = 16;

/// HTML's names of ASCII characters. Few have to be escaped there; some programs escape all that have a name.
const NAMED: [(&str, char); 43] = [
    ("amp", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("apos", '\''),
    ("AMP", '&'),
    ("LT", '<'),
    ("GT", '>'),
    ("QUOT", '"'),
    ("Tab", '\t'),
    ("NewLine", '\n'),
    ("excl", '!'),
    ("num", '#'),
    ("dollar", '$'),
    ("percnt", '%'),
    ("lpar", '('),
    ("rpar", ')'),
    ("ast", '*'),
    ("midast", '*'),
    ("plus", '+'),
    ("comma", ','),
    ("period", '.'),
    ("sol", '/'),
    ("colon", ':'),
    ("semi", ';'),
    ("equals", '='),
    ("quest", '?'),
    ("commat", '@'),
    ("lsqb", '['),
    ("lbrack", '['),
    ("bsol", '\\'),
    ("rsqb", ']'),
    ("rbrack", ']'),
    ("Hat", '^'),
    ("lowbar", '_'),
    ("grave", '`'),
    ("lcub", '{'),
    ("lbrace", '{'),
    ("verbar", '|'),
    ("vert", '|'),
    ("rcub", '}'),
    ("rbrace", '}'),
    ("nbsp", '\u{a0}'),
];

/// `%XX` for each byte, or `+` for a space.
fn percent_encoded(c: char, written: &str) -> Option<usize> {
    if c == ' ' && written.starts_with('+') {
        return Some(1);
    }
    let mut rest = written;
    for byte in c.encode_utf8(&mut [0; 4]).bytes() {
        let digits = rest.strip_prefix('%')?;
        digits.get(..2).filter(|digits| is_hex(digits, u32::from(byte)))?;
        rest = digits.get(2..)?;
    }
    Some(written.len() - rest.len())
}

/// `\"`, `\/`, `\n`, `\u0041`.
fn json_escape(c: char, written: &str) -> Option<usize> {
    let escaped = written.strip_prefix('\\')?;
    if SHORT.iter().any(|(short, of)| *of == c && escaped.starts_with(*short)) {
        return Some(2);
    }
    let mut rest = written;
    for unit in c.encode_utf16(&mut [0; 2]) {
        let digits = rest.strip_prefix("\\u")?;
        digits.get(..4).filter(|digits| is_hex(digits, u32::from(*unit)))?;
        rest = digits.get(4..)?;
    }
    Some(written.len() - rest.len())
}

/// `&amp;`, `&#38;`, `&#x26;`.
fn html_reference(c: char, written: &str) -> Option<usize> {
    let name = written.strip_prefix('&')?;
    // The end of the text may be far.
    let name = name.get(..name.bytes().take(LONGEST_NAME).position(|byte| byte == b';')?)?;
    let same = match name.strip_prefix('#') {
        Some(number) => match number.strip_prefix(['x', 'X']) {
            Some(digits) => is_hex(digits, u32::from(c)),
            None => number.parse() == Ok(u32::from(c)),
        },
        None => NAMED.contains(&(name, c)),
    };
    same.then(|| name.len() + 2)
}

/// Whether these are digits of `number`, in either case.
fn is_hex(digits: &str, number: u32) -> bool {
    !digits.starts_with('+') && u32::from_str_radix(digits, 16) == Ok(number)
}
