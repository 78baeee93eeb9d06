//! Names and tags come back without markup: `<b>x</b>` becomes `x`. Nothing is escaped.

pub(crate) fn stripped(text: &str) -> String {
    let mut text = text.to_owned();
    // What is left of `<<b>b>` is markup again.
    while let Some(without) = without_first_tag(&text) {
        text = without;
    }
    text.trim().to_owned()
}

/// A `<` begins a tag only before a letter, `/`, `!` or `?`, and only if a `>` follows: `1 < 2` is no markup.
fn without_first_tag(text: &str) -> Option<String> {
    text.match_indices('<').find_map(|(start, _)| {
        let (before, tag) = text.split_at_checked(start)?;
        let opens = |c: char| c.is_ascii_alphabetic() || "/!?".contains(c);
        tag.chars().nth(1).filter(|c| opens(*c))?;
        let (_, after) = tag.split_once('>')?;
        Some(format!("{before}{after}"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_goes_and_text_stays() {
        for (text, expected) in [
            ("<b>x</b>", "x"),
            ("Tom & Jerry", "Tom & Jerry"),
            ("1 < 2 > 0", "1 < 2 > 0"),
            ("a<!-- c -->b<br/>c", "abc"),
            ("<<b>b>x", "x"),
            ("<script src=x>", ""),
            ("<b", "<b"),
            (" <i> </i>x ", "x"),
            ("é<é>", "é<é>"),
        ] {
            assert_eq!(stripped(text), expected, "{text}");
        }
    }
}
