//! What a command that the user is told to run has to repeat of this one, so that it reaches the same.

use std::env;

use clap::ValueEnum as _;

use crate::args::Common;
use crate::platform;

/// The options that name the platform. What the environment says counts again by itself.
pub(crate) fn platform(common: &Common, sandbox: bool) -> String {
    let mut options = String::new();
    if sandbox {
        options.push_str(" --sandbox");
    }
    if let Some(url) = &common.base_url {
        options.extend([" --base-url ", &shell_word(url)]);
    }
    if let Some(name) = common.vocabulary.and_then(|vocabulary| vocabulary.to_possible_value()) {
        options.extend([" --vocabulary ", name.get_name()]);
    }
    options
}

/// The option that names the platform at `base_url`, if commands do not go there by themselves.
pub(crate) fn platform_at(common: &Common, base_url: &str) -> String {
    let by_itself = Common { base_url: None, vocabulary: None, ..common.clone() };
    match platform::base_url(&by_itself) {
        Ok(url) if url.trim_end_matches('/') == base_url => String::new(),
        _ => format!(" --base-url {}", shell_word(base_url)),
    }
}

/// The option that names the store.
pub(crate) fn store(common: &Common) -> String {
    match &common.store {
        Some(path) if env::var_os("YOUR_MOMS_STORE").is_none_or(|named| named != *path) => {
            format!(" --store {}", shell_word(&path.display().to_string()))
        }
        _ => String::new(),
    }
}

/// `text` as one argument of a POSIX shell.
pub(crate) fn shell_word(text: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./:@".contains(c);
    if !text.is_empty() && text.chars().all(plain) {
        text.to_owned()
    } else {
        format!("'{}'", text.replace('\'', r"'\''"))
    }
}
