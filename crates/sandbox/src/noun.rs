//! The one word in which the two vocabularies of the platform differ.

/// What the platform calls a connector. It decides paths, JSON fields, the header word and the wording of errors.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Noun {
    /// `your_mom`, as in the source document.
    YourMom,
    /// `element`, as in the deployments that are alive today.
    Element,
}

impl Noun {
    /// The JSON field: `your_mom` or `element`.
    pub fn singular(self) -> &'static str {
        match self {
            Self::YourMom => "your_mom",
            Self::Element => "element",
        }
    }

    /// The path segment: `your_moms` or `elements`.
    pub fn plural(self) -> &'static str {
        match self {
            Self::YourMom => "your_moms",
            Self::Element => "elements",
        }
    }

    /// The word before an instance token in the `Authorization` header: `Your_mom` or `Element`.
    pub fn header_word(self) -> &'static str {
        match self {
            Self::YourMom => "Your_mom",
            Self::Element => "Element",
        }
    }

    /// Every path of the API begins with it: `/your_moms/api-v2` or `/elements/api-v2`.
    pub fn base_path(self) -> &'static str {
        match self {
            Self::YourMom => "/your_moms/api-v2",
            Self::Element => "/elements/api-v2",
        }
    }

    pub(crate) fn from_plural(word: &str) -> Option<Self> {
        [Self::YourMom, Self::Element].into_iter().find(|noun| noun.plural() == word)
    }
}
