//! The placeholders of published samples, which people send as they are.

/// Whether `text` still holds a placeholder of the source document's samples: `<INSERT_USER_SECRET>` and its like,
/// `<user secret>`, or "Code on Return the URL".
pub fn is_placeholder(text: &str) -> bool {
    let text = text.trim();
    let blank = text.strip_prefix('<').and_then(|text| text.strip_suffix('>'));
    blank.is_some_and(|name| !name.is_empty() && !name.contains(['<', '>']))
        || text.contains("<INSERT_")
        || text.eq_ignore_ascii_case("code on return the url")
}

#[cfg(test)]
mod tests {
    use super::is_placeholder;

    #[test]
    fn blanks_of_samples() {
        for blank in [
            "<INSERT_INSTAGRAM_CLIENT_ID>",
            " <INSERT_TAGS> ",
            "id-<INSERT_X>",
            "Code on Return the URL",
            "code on return the url",
            "<user secret>",
        ] {
            assert!(is_placeholder(blank), "{blank}");
        }
        for real in ["", "instagram", "a<b", "<>", "<a><b>", "5MOr3Sl/E4kww6mTjmjBYV/hAUAzz1g=", "code"] {
            assert!(!is_placeholder(real), "{real}");
        }
    }
}
