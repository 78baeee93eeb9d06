//! Which member of a JSON object holds the connector. It is named by the deployment's noun, which bytes alone do not tell.

/// The nouns that are known.
pub(crate) const KNOWN: [&str; 2] = ["your_mom", "element"];

/// Members of instances and of creations that may be objects, and are never the connector.
const OTHERS: [&str; 4] = ["configuration", "externalAuthentication", "providerData", "user"];

/// The member of a JSON object that holds the connector: a known noun, or else the first that has a `key` and is nothing
/// else. `members` are names, and whether there is a `key` in them.
///
/// ```
/// use your_moms_core::text::connector_member;
///
/// let members = [("configuration", true), ("gadget", true), ("name", false)];
/// assert_eq!(connector_member(members.into_iter()), Some("gadget"));
/// ```
pub fn find<'a>(members: impl Iterator<Item = (&'a str, bool)> + Clone) -> Option<&'a str> {
    let known = members.clone().map(|(name, _)| name).find(|name| KNOWN.contains(name));
    known.or_else(|| {
        let mut candidates = members.filter(|(name, has_key)| *has_key && !OTHERS.contains(name));
        candidates.next().map(|(name, _)| name)
    })
}
