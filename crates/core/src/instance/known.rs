//! The members of an instance that are known.

use std::ops::Range;

use serde_json::value::RawValue;

use super::unreadable::Unreadable;
use super::{InstanceToken, members};
use crate::text::noun;

/// What is known of an instance. Members that are absent, null or of an odd type are all the same; only the id and the
/// token have to be there.
#[derive(Clone)]
pub(super) struct Known {
    pub(super) id: u64,
    pub(super) token: InstanceToken,
    pub(super) name: Option<String>,
    pub(super) tags: Vec<String>,
    pub(super) valid: Option<bool>,
    pub(super) disabled: Option<bool>,
    /// The known noun, and where in the text the connector stands.
    pub(super) connector: Option<(&'static str, Range<usize>)>,
}

impl Known {
    /// Reads `instance`, the text of some JSON value.
    pub(super) fn read(instance: &str) -> Result<Self, Unreadable> {
        let (mut id, mut token, mut name, mut tags) = (None, None, None, None);
        let (mut valid, mut disabled, mut connector) = (None, None, None);
        if !members::is_object(instance) {
            return Err(Unreadable::no_object("an instance is an object", instance));
        }
        // Of a member that comes twice the last one counts, so values are taken apart only when all have been seen.
        for (member, value) in members::of(instance) {
            match member.as_ref() {
                "id" => id = Some(value),
                "token" => token = Some(value),
                "name" => name = Some(value),
                "tags" => tags = Some(value),
                "valid" => valid = Some(value),
                "disabled" => disabled = Some(value),
                _ => {
                    if let Some(noun) = noun::KNOWN.into_iter().find(|noun| *noun == member)
                        && connector.is_none_or(|(before, _)| before == noun)
                    {
                        connector = members::is_object(value).then_some((noun, value));
                    }
                }
            }
        }
        let Some(id) = id.and_then(|id| id.parse().ok()) else {
            return Err(Unreadable::required("an instance has an `id`, a number", instance));
        };
        let token = token.and_then(members::string).filter(|token| !token.is_empty());
        let Some(token) = token.map(|token| InstanceToken::from(token.into_owned())) else {
            return Err(Unreadable::required("an instance has a `token`, which is not empty", instance));
        };
        Ok(Self {
            id,
            token,
            name: name.and_then(members::string).map(String::from),
            tags: tags.map(read_tags).unwrap_or_default(),
            valid: valid.and_then(|value| value.parse().ok()),
            disabled: disabled.and_then(|value| value.parse().ok()),
            connector: connector.map(|(noun, value)| (noun, members::place(instance, value))),
        })
    }
}

/// Texts; in some deployments objects `{id, name}`, and then their names.
fn read_tags(value: &str) -> Vec<String> {
    let tags: Vec<&RawValue> = serde_json::from_str(value).unwrap_or_default();
    let name = |tag| members::string(tag).or_else(|| members::string(members::last(tag, "name")?));
    tags.into_iter().filter_map(|tag| name(tag.get()).map(String::from)).collect()
}
