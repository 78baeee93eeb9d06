//! `where=name='value'`, joined by `and` in any letter case. A filter is never ignored: clients delete what it lists.

/// The names and values in a filter; `None` if anything else is in it.
pub(super) fn conditions(filter: &str) -> Option<Vec<(&str, &str)>> {
    let mut rest = filter;
    let mut found = Vec::new();
    while let Some((before, after)) = split_at_and(rest) {
        found.push(condition(before)?);
        rest = after;
    }
    found.push(condition(rest)?);
    Some(found)
}

/// Before and after the first `and` that is a word of its own, outside quotes.
fn split_at_and(text: &str) -> Option<(&str, &str)> {
    const WORD: &str = " and ";
    let is_quoted = |at: usize| text.bytes().take(at).filter(|byte| *byte == b'\'').count() % 2 == 1;
    let is_word = |at: usize| text.get(at..at + WORD.len()).is_some_and(|it| it.eq_ignore_ascii_case(WORD));
    let at = text.match_indices(' ').map(|(at, _)| at).find(|at| is_word(*at) && !is_quoted(*at))?;
    Some((text.get(..at)?, text.get(at + WORD.len()..)?))
}

fn condition(text: &str) -> Option<(&str, &str)> {
    let (name, value) = text.split_once('=')?;
    let name = name.trim();
    let is_name = !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || "_-".contains(c));
    let value = value.trim().strip_prefix('\'')?.strip_suffix('\'')?;
    (is_name && !value.contains('\'')).then_some((name, value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_equality_is_a_condition() {
        assert_eq!(conditions("a='1'"), Some(vec![("a", "1")]));
        assert_eq!(conditions(" a_b = 'x = y'  and c-d=''"), Some(vec![("a_b", "x = y"), ("c-d", "")]));
        assert_eq!(conditions("a='1' AND b='2' And c='3'"), Some(vec![("a", "1"), ("b", "2"), ("c", "3")]));
        assert_eq!(conditions("a='ham and eggs'"), Some(vec![("a", "ham and eggs")]));
        for filter in [
            "",
            "a",
            "a=1",
            "='1'",
            "a!='1'",
            "a>='1'",
            "a='1' or b='2'",
            "a='1' and ",
            "a='it''s'",
            "a.b='1'",
        ] {
            assert_eq!(conditions(filter), None, "{filter}");
        }
    }
}
