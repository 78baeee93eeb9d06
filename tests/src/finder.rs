//! Looks for secrets in text and bytes, however they are spelled.

mod escapes;

use aho_corasick::AhoCorasick;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;

/// So many characters of a secret in a row give it away; fewer may be a coincidence.
const PIECE: usize = 12;

/// How often a text is unescaped: JSON in a string in JSON in a form.
const LAYERS: usize = 4;

/// Finds secrets in any text, or a part of 12 characters of one.
///
/// Spelled as they are, in percent-encoding, as a form, with the escapes of JSON, Rust and HTML, several of these one in the
/// other, in base64 and hexadecimal, as a list of bytes, in another letter case, and with anything but letters and digits in
/// between, such as line breaks.
///
/// ```
/// use your_moms_tests::Finder;
///
/// let finder = Finder::new([("token", "5MOr3Sl/E4kYbQ2xWz0p=")]);
/// assert_eq!(finder.find(br#"{"body": "{\"token\": \"5MOr3Sl\u002FE4kYbQ2xWz0p\"}"}"#), ["token"]);
/// assert_eq!(finder.find(b"Basic dXNlcjo1TU9yM1NsL0U0a1liUTJ4V3owcD0="), ["token"]);
/// assert_eq!(finder.find(b"nothing"), [""; 0]);
/// ```
#[derive(Debug)]
pub struct Finder {
    names: Vec<String>,
    needles: AhoCorasick,
    /// Of each needle, the place of its secret among `names`.
    secrets: Vec<usize>,
}

impl Finder {
    /// For these secrets, each with a name for it.
    ///
    /// # Panics
    /// If there are secrets for gigabytes.
    #[expect(clippy::expect_used, reason = "the needles would have to fill the memory")]
    pub fn new<N: Into<String>, S: AsRef<str>>(secrets: impl IntoIterator<Item = (N, S)>) -> Self {
        let (mut names, mut needles, mut of) = (Vec::new(), Vec::new(), Vec::new());
        for (name, secret) in secrets {
            for needle in pieces(secret.as_ref()).flat_map(spellings).filter(|needle| !needle.is_empty()) {
                needles.push(needle);
                of.push(names.len());
            }
            names.push(name.into());
        }
        let needles = AhoCorasick::new(needles).expect("an automaton of ordinary size");
        Self { names, needles, secrets: of }
    }

    /// The names of the secrets that show in `text`, each once, in the order in which they were given.
    pub fn find(&self, text: &[u8]) -> Vec<&str> {
        let mut shown = vec![false; self.names.len()];
        let mut layer = text.to_vec();
        for _ in 0..LAYERS {
            for found in self.needles.find_overlapping_iter(&plain(&layer)) {
                let secret = self.secrets.get(found.pattern().as_usize()).copied().unwrap_or_default();
                shown.get_mut(secret).into_iter().for_each(|shown| *shown = true);
            }
            match escapes::removed(&layer) {
                Some(unescaped) => layer = unescaped,
                None => break,
            }
        }
        let shown = self.names.iter().zip(shown).filter(|(_, shown)| *shown);
        shown.map(|(name, _)| name.as_str()).collect()
    }
}

/// The parts of a secret that are looked for: what is no letter or digit in it has too many spellings.
fn pieces(secret: &str) -> impl Iterator<Item = &[u8]> {
    let runs = secret.as_bytes().split(|byte| !byte.is_ascii_alphanumeric());
    let long: Vec<_> = runs.flat_map(|run| run.windows(PIECE)).collect();
    let whole = if long.is_empty() { Some(secret.as_bytes()) } else { None };
    long.into_iter().chain(whole)
}

/// Everything that a piece may look like once a text is [plain].
fn spellings(piece: &[u8]) -> Vec<Vec<u8>> {
    let listed = |show: fn(&u8) -> String| piece.iter().map(show).collect::<String>().into_bytes();
    let base64 = (0..3).filter_map(|place| {
        // The characters that no neighbour has a part in.
        let placed = [vec![0; place], piece.to_vec()].concat();
        let text = STANDARD_NO_PAD.encode(&placed);
        Some(text.as_bytes().get((place * 8).div_ceil(6)..placed.len() * 8 / 6)?.to_vec())
    });
    let hex = [listed(|byte| format!("{byte:02x}")), listed(|byte| format!("0x{byte:02x}"))];
    let all = base64.chain(hex).chain([piece.to_vec(), listed(ToString::to_string)]);
    all.map(|spelling| plain(&spelling)).collect()
}

/// The letters and digits of `text`, in lower case.
fn plain(text: &[u8]) -> Vec<u8> {
    text.iter()
        .filter(|byte| byte.is_ascii_alphanumeric() || !byte.is_ascii())
        .map(u8::to_ascii_lowercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use base64::engine::general_purpose::URL_SAFE;

    use super::*;

    const SECRET: &str = "5MOr3Sl/E4k+YbQ2xWz0pKuT7=";

    #[track_caller]
    fn shows(text: &str) {
        assert_eq!(
            Finder::new([("other", "a-very-different-value"), ("it", SECRET)]).find(text.as_bytes()),
            ["it"],
            "{text}"
        );
    }

    fn each(spell: impl Fn(char) -> String) -> String {
        SECRET.chars().map(spell).collect()
    }

    #[test]
    fn a_secret_as_it_is_cut_wrapped_and_in_another_case() {
        for text in
            [SECRET.to_owned(), format!("x{SECRET}y"), SECRET.replace('2', "2\r\n  "), SECRET.to_uppercase()]
        {
            shows(&text);
        }
        shows("…YbQ2xWz0pKuT");
        shows("…bQ2xWz0pKuT7");
        assert_eq!(Finder::new([("it", SECRET)]).find(b"5MOr3Sl YbQ2xWz0p"), [""; 0]);
    }

    #[test]
    fn a_secret_in_escapes_of_every_kind_and_one_in_the_other() {
        let percent = each(|c| format!("%{:02X}", u32::from(c)));
        let json = each(|c| format!("\\u{:04x}", u32::from(c)));
        for text in [
            &percent,
            &percent.to_lowercase(),
            &percent.replace('%', "%25"),
            &json,
            &json.replace('\\', "\\\\"),
            &json.replace('\\', "%5C"),
            &SECRET.replace('/', "\\/").replace('+', " "),
            &each(|c| format!("\\u{{{:x}}}", u32::from(c))),
            &each(|c| format!("\\x{:02x}", u32::from(c))),
            &each(|c| format!("&#{};", u32::from(c))),
            &each(|c| format!("&#x{:X};", u32::from(c))),
            &each(|c| format!("&amp;#{};", u32::from(c))),
        ] {
            shows(text);
        }
    }

    #[test]
    fn a_secret_as_bytes_and_in_base64_wherever_it_stands() {
        shows(&format!("{:?} {:?}", "x", SECRET.as_bytes()));
        shows(&format!("{:#?}", SECRET.as_bytes()));
        shows(&format!("{:#04x?}", SECRET.as_bytes()));
        let hex = each(|c| format!("{:02x} ", u32::from(c)));
        shows(&hex);
        shows(&hex.to_uppercase().replace(' ', ""));
        for before in ["", "a", "ab"] {
            let text = format!("{before}{SECRET}:");
            shows(&STANDARD_NO_PAD.encode(&text));
            shows(&URL_SAFE.encode(&text).replace('=', "%3D"));
        }
    }
}
