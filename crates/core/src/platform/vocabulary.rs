//! The words of a deployment. The API is the same everywhere; its noun is not.

use std::borrow::Cow;

use crate::error::BuildError;

/// The words of one deployment: where the path, a JSON member and the `Authorization` header name a connector.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Vocabulary {
    noun: Cow<'static, str>,
    nouns: Cow<'static, str>,
    header_word: Cow<'static, str>,
}

impl Vocabulary {
    /// The source document's: `your_mom`, `/your_moms`, `Your_mom`.
    pub const YOUR_MOMS: Self = Self::fixed("your_mom", "your_moms", "Your_mom");

    /// SAP Open Connectors and the platform it came from: `element`, `/elements`, `Element`.
    pub const ELEMENTS: Self = Self::fixed("element", "elements", "Element");

    const fn fixed(noun: &'static str, nouns: &'static str, header_word: &'static str) -> Self {
        Self {
            noun: Cow::Borrowed(noun),
            nouns: Cow::Borrowed(nouns),
            header_word: Cow::Borrowed(header_word),
        }
    }

    /// Another deployment's words: the noun as a JSON member (`element`), its plural as a path segment (`elements`), and
    /// the word in the `Authorization` header (`Element`).
    ///
    /// # Errors
    /// [`BuildError::Vocabulary`] unless each consists of ASCII letters, digits, `-` and `_`.
    pub fn new(noun: &str, nouns: &str, header_word: &str) -> Result<Self, BuildError> {
        for (part, word) in [("noun", noun), ("plural", nouns), ("header word", header_word)] {
            let well_formed =
                word.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
            if word.is_empty() || !well_formed {
                return Err(BuildError::Vocabulary { part });
            }
        }
        let owned = |word: &str| Cow::Owned(word.to_owned());
        Ok(Self { noun: owned(noun), nouns: owned(nouns), header_word: owned(header_word) })
    }

    /// The member of a JSON object that holds or names a connector: `your_mom`.
    pub fn noun(&self) -> &str {
        &self.noun
    }

    /// The path segment under which connectors are: `your_moms`.
    pub fn nouns(&self) -> &str {
        &self.nouns
    }

    /// The word before an instance token in the `Authorization` header: `Your_mom`.
    pub fn header_word(&self) -> &str {
        &self.header_word
    }
}
