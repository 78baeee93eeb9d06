//! The platform of a case.

use serde::Deserialize;
use your_moms_core::{BuildError, Credentials, Platform, Vocabulary};

/// Where the platform is and who calls.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PlatformInput {
    base_url: String,
    vocabulary: VocabularyInput,
    user_secret: String,
    organization_secret: String,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum VocabularyInput {
    Known(Known),
    Own { noun: String, nouns: String, header_word: String },
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Known {
    YourMoms,
    Elements,
}

impl PlatformInput {
    pub(super) fn platform(&self) -> Result<Platform, BuildError> {
        let credentials = Credentials::new(self.user_secret.as_str(), self.organization_secret.as_str())?;
        let vocabulary = match &self.vocabulary {
            VocabularyInput::Known(Known::YourMoms) => Vocabulary::YOUR_MOMS,
            VocabularyInput::Known(Known::Elements) => Vocabulary::ELEMENTS,
            VocabularyInput::Own { noun, nouns, header_word } => Vocabulary::new(noun, nouns, header_word)?,
        };
        Ok(Platform::new(&self.base_url, credentials)?.with_vocabulary(vocabulary))
    }
}
