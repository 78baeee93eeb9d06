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
    Ok(Platform::new(&input.base_url, credentials)?.with_vocabulary(vocabulary))
}
