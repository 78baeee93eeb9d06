//! Which secrets are for which platform.

use sha2::{Digest as _, Sha256};
use your_moms_core::Secret;

use crate::failure::Failure;
use crate::store::Kept;

/// How many bytes of the hash are kept: enough to tell a user's few secrets apart, and too few to find one by.
const BYTES: usize = 4;

/// What is stored of the secrets that an instance was connected with, to know them again.
pub(crate) fn of(secrets: &[Secret]) -> String {
    let mut hash = Sha256::new();
    for secret in secrets {
        hash.update(secret.expose().len().to_be_bytes());
        hash.update(secret.expose());
    }
    hash.finalize().iter().take(BYTES).map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().concat()
}

/// Secrets that the store knows to be another platform's are not sent to this one; nor are those that it does not know,
/// where the environment, in which they stand, `names` another.
pub(crate) fn check(kept: &Kept, base_url: &str, mark: &str, names: Option<&str>) -> Result<(), Failure> {
    let known = || kept.marks().filter(|(_, known)| *known == mark).map(|(url, _)| url);
    match known().chain(names).find(|url| *url != base_url) {
        Some(other) if !known().any(|url| url == base_url) => {
            Err(Failure::usage(format!("these secrets are for {other}, and this is {base_url}"))
                .note("nothing was sent")
                .help(format!(
                    "give the secrets of this platform; or if they are the same: --base-url {base_url}"
                )))
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_is_short_and_tells_secrets_apart() {
        let of = |user: &str, organization: &str| of(&[user, organization].map(Secret::from));
        assert_eq!(of("user", "organization").len(), 8);
        assert_eq!(of("user", "organization"), of("user", "organization"));
        assert_ne!(of("user", "organization"), of("usero", "rganization"));
    }
}
