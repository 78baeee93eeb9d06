//! The placeholders of published samples and templates, which people send as they are. One rule for what the client sends
//! and for what the linter reads.

use std::ops::Range;

use super::byte_set::ByteSet;

/// The longest text between `<` and `>` that is still taken for a placeholder.
const LONGEST: usize = 80;

/// The bytes that a placeholder begins with, the last for `…`: most text has few of them, and is searched for nothing else.
static BEGINNINGS: ByteSet = ByteSet::of(b"<{.YIcC\xe2");

/// Elements of HTML that stand in real names and descriptions: `<b>` is no placeholder.
const HTML: [&str; 34] = [
    "a",
    "b",
    "blockquote",
    "body",
    "br",
    "code",
    "div",
    "em",
    "font",
    "form",
    "h1",
    "h2",
    "h3",
    "head",
    "hr",
    "html",
    "i",
    "iframe",
    "img",
    "input",
    "li",
    "link",
    "ol",
    "p",
    "pre",
    "script",
    "span",
    "strong",
    "style",
    "table",
    "td",
    "tr",
    "u",
    "ul",
];

/// Whether `text` still holds a placeholder: `<INSERT_USER_SECRET>`, `<user secret>`, `<<id>>`, `{{token}}`, `{% if %}`, `…`,
/// `YOUR_API_KEY`, or the source document's "Code on Return the URL".
pub fn is_placeholder(text: &str) -> bool {
    next(text, 0).is_some()
}

/// Where placeholders stand in `text`, in bytes and in their order.
///
/// ```
/// use your_moms_core::text::placeholders;
///
/// assert_eq!(placeholders("User <user secret>, Organization abc="), [5..18]);
/// ```
pub fn placeholders(text: &str) -> Vec<Range<usize>> {
    let first = next(text, 0);
    std::iter::successors(first, |before| next(text, before.end)).collect()
}

/// The first placeholder in `text` that begins at `from` or later.
fn next(text: &str, from: usize) -> Option<Range<usize>> {
    let mut at = from;
    loop {
        let rest = text.as_bytes().get(at..)?;
        at += rest.iter().position(|byte| BEGINNINGS.has(*byte))?;
        let (before, rest) = text.split_at_checked(at)?;
        if let Some(length) = length(rest, before.chars().next_back()) {
            return Some(at..at + length);
        }
        // None of these bytes continues a character, so the next one that is found begins a character too.
        at += 1;
    }
}

/// How long the placeholder is that `text` begins with, if it begins with one.
pub fn leading_placeholder(text: &str) -> Option<usize> {
    // What stands before it is no part of a text.
    length(text, Some(':'))
}

/// How long the placeholder is that `rest` begins with. `before` is the character before it.
fn length(rest: &str, before: Option<char>) -> Option<usize> {
    let starts_word = !before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '$' | '{'));
    let head = rest.as_bytes().get(..LONGEST).unwrap_or(rest.as_bytes());
    match rest.chars().next()? {
        // Most are not closed; this is the cheapest way to know.
        '<' if memchr::memchr(b'>', head).is_none() => None,
        '{' if memchr::memchr(b'}', head).is_none() => None,
        '<' => between(rest, "<<", ">>", |_| true).or_else(|| angle(rest, before)),
        '{' => between(rest, "{{", "}}", |inside| !inside.contains(['"', '{']))
            .or_else(|| between(rest, "{%", "%}", |_| true)),
        '\u{2026}' | '.' => dots(rest, before),
        'Y' if starts_word => shouted(rest, "YOUR").filter(|_| !rest.starts_with("YOUR_MOM")),
        'I' if starts_word => shouted(rest, "INSERT"),
        'c' | 'C' if starts_word => code_on_the_return_url(rest),
        _ => None,
    }
}

/// `open`, something on the same line, and `close`.
fn between(rest: &str, open: &str, close: &str, fits: impl Fn(&str) -> bool) -> Option<usize> {
    let inside = head(rest.strip_prefix(open)?);
    let inside = inside.get(..inside.find(close)?)?;
    let is_named = !inside.trim().is_empty() && !inside.contains('\n') && fits(inside);
    is_named.then_some(open.len() + inside.len() + close.len())
}

/// `<…>` with a name in it, but neither HTML nor an address.
fn angle(rest: &str, before: Option<char>) -> Option<usize> {
    let inside = head(rest.strip_prefix('<')?);
    let end = inside.find(['<', '>', '\n'])?;
    let after = inside.get(end..)?;
    let inside = inside.get(..end)?;
    // `<>` of nothing and comparisons (`a<b`) name nothing.
    let named =
        inside.starts_with(|c: char| c.is_alphabetic()) && !inside.contains(['@', '=', '"', '{', '}']);
    let word = inside.split([' ', '/']).next().unwrap_or_default();
    let is_html = HTML.iter().any(|tag| word.eq_ignore_ascii_case(tag)) && (word.len() < 4 || inside == word);
    let is_html = is_html && !(inside.contains(' ') && before.is_none());
    // A lone word among others may be meant as it is: `cats & <more>`.
    let next = after.chars().nth(1);
    let stands_free = before.is_none() && next.is_none();
    let touches = [before, next].into_iter().flatten().any(|c| !c.is_whitespace());
    let is_blank = touches || stands_free || !inside.bytes().all(|byte| byte.is_ascii_lowercase());
    (after.starts_with('>') && named && is_blank && !is_html && !inside.contains("://"))
        .then_some(inside.len() + 2)
}

/// `…` or `...` as a word of its own, or where a single word ends.
fn dots(rest: &str, before: Option<char>) -> Option<usize> {
    let length = if rest.starts_with('\u{2026}') {
        '\u{2026}'.len_utf8()
    } else {
        rest.starts_with("...").then_some(3)?
    };
    let edge = |c: char| {
        c.is_whitespace() || matches!(c, '"' | '\'' | ',' | '=' | '&' | ':' | '\u{201c}' | '\u{201d}')
    };
    let ends = rest.get(length..)?.chars().next().is_none_or(edge);
    (ends && before.is_none_or(edge)).then_some(length)
}

/// `YOUR_API_KEY`, `INSERT_TAGS`: `word` and more, all in capitals.
fn shouted(rest: &str, word: &str) -> Option<usize> {
    let more = rest.strip_prefix(word)?.strip_prefix(['_', '-', ' '])?;
    let is_part = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || matches!(c, '_' | '-');
    let length = more.find(|c| !is_part(c)).unwrap_or(more.len());
    let ends = more.get(length..)?.chars().next().is_none_or(|c| !c.is_alphanumeric());
    (length > 1 && ends).then_some(word.len() + 1 + length)
}

/// "Code on Return the URL", as the source document writes it, and as others put the words.
fn code_on_the_return_url(rest: &str) -> Option<usize> {
    let is_first = rest.get(..5).is_some_and(|word| word.eq_ignore_ascii_case("code "));
    if !is_first {
        return None;
    }
    let mut length = 0;
    let mut named = (false, false);
    for word in head(rest).split_inclusive(' ').take(8) {
        let bare = word.trim_end().trim_end_matches(|c: char| !c.is_alphanumeric());
        let known =
            ["code", "on", "in", "from", "of", "the", "return", "returned", "callback", "redirect", "url"];
        if !known.iter().any(|known| bare.eq_ignore_ascii_case(known)) {
            break;
        }
        named.0 |= ["return", "returned", "callback", "redirect"]
            .iter()
            .any(|known| bare.eq_ignore_ascii_case(known));
        named.1 |= bare.eq_ignore_ascii_case("url");
        if named == (true, true) {
            return Some(length + bare.len());
        }
        length += word.len();
    }
    None
}

/// As much of `text` as a placeholder can be long.
fn head(text: &str) -> &str {
    // In the middle of a character there is nothing to get.
    (0..=text.len().min(LONGEST)).rev().find_map(|end| text.get(..end)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{LONGEST, is_placeholder, placeholders};

    #[test]
    fn what_samples_and_templates_leave_open() {
        for blank in [
            "<INSERT_INSTAGRAM_CLIENT_ID>",
            " <INSERT_TAGS> ",
            "id-<INSERT_X>",
            "Code on Return the URL",
            "code on the return url",
            "Code on Return URL",
            "Code from the callback URL",
            "<user secret>",
            "https://<your-site>.example/auth",
            "<<token>>",
            "https://<subdomain>.example",
            "User <secret>, Organization x",
            "{{user_secret}}",
            "Bearer {{ token }}",
            "{% if x %}",
            "…",
            "...",
            "User …, Organization …",
            "YOUR_API_KEY",
            "key-is YOUR-SECRET",
            "INSERT_TAGS",
            "see <code you got>",
        ] {
            assert!(is_placeholder(blank), "{blank}");
        }
    }

    #[test]
    fn what_people_really_write() {
        for real in [
            "",
            "instagram",
            "a<b",
            "<>",
            "<a><b>",
            "5MOr3Sl/E4kww6mTjmjBYV/hAUAzz1g=",
            "code",
            "<b>bold</b>",
            "<br/>",
            "<a href=\"x\">y</a>",
            "Bob <bob@app.example>",
            "Loading…",
            "cats & <more>",
            "and so on...",
            "{\"a\": {\"b\": 1}}",
            "your_mom",
            "$YOUR_MOMS_USER_SECRET",
            "YOUR_MOMS",
            "INSERT A COIN",
            "XINSERT_TAGS",
            "REINSERT-TAGS",
            "$YOUR_API_KEY",
            "YOUR_APIkey",
            "YOUR_B",
            "OUR_YOUR_API_KEY",
            "Unicode on return the URL",
            "{{ }}",
            "{% %}",
            "<<a\nb>>",
            "{{a\nb}}",
            "{{\"a\": 1}}",
            "<code>x</code>",
            "code of conduct",
            "1 < 2 > 0",
            "<https://app.example>",
        ] {
            assert!(!is_placeholder(real), "{real}");
        }
    }

    #[test]
    fn what_is_too_long_for_a_name() {
        let named = |inside: &str| is_placeholder(&format!("<{inside}>"));
        assert!(named(&format!("A{}", "b".repeat(LONGEST - 3))));
        assert!(!named(&format!("A{}", "b".repeat(LONGEST))));
        // The limit is in the middle of a character.
        assert!(!named(&format!("A{}", "é".repeat(LONGEST))));
    }

    #[test]
    fn places_are_in_bytes() {
        for (text, places) in [
            ("ä <x y>{{z}}", vec![3..8, 8..13]),
            ("<<a b>>, {% if c %}", vec![0..7, 9..19]),
            ("YOUR_API_KEY_2, INSERT-TAGS.", vec![0..14, 16..27]),
            ("it is …, or ...", vec![6..9, 14..17]),
            ("the code on return the URL, <x y>", vec![4..26, 28..33]),
        ] {
            assert_eq!(placeholders(text), places, "{text}");
        }
    }
}
