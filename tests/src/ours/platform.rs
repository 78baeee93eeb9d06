//! The platform of a case.

use your_moms_core::{BuildError, Credentials, Platform, Vocabulary};

use crate::format::platform as format;

pub(super) fn platform(input: &format::Platform) -> Result<Platform, BuildError> {
    let credentials = Credentials::new(input.user_secret.as_str(), input.organization_secret.as_str())?;
    let vocabulary = match &input.vocabulary {
        format::Vocabulary::Known(format::Known::YourMoms) => Vocabulary::YOUR_MOMS,
        format::Vocabulary::Known(format::Known::Elements) => Vocabulary::ELEMENTS,
        format::Vocabulary::Own(format::Words { noun, nouns, header_word }) => {
            Vocabulary::new(noun, nouns, header_word)?
        }
    };
    let platform = Platform::new(&input.base_url, credentials)?.with_vocabulary(vocabulary);
    match &input.user_agent {
        Some(name) => platform.with_user_agent(name),
        None => Ok(platform),
    }
}

/// The platform of a case that says nothing of it.
pub(super) fn of_the_source_document() -> Result<Platform, BuildError> {
    Platform::new(Platform::BASE_URL, Credentials::new("user", "organization")?)
}
