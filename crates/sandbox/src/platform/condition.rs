//! `where=name='value'`, joined by `and`. A filter is never ignored: clients delete what it lists.

/// The names and values in a filter; `None` if anything else is in it.
pub(super) fn conditions(filter: &str) -> Option<Vec<(&str, &str)>> {
    filter.split(" and ").map(condition).collect()
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
