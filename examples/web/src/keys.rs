//! Encryption of what the database must not show: XChaCha20-Poly1305 under keys that can be replaced.
//!
//! A sealed text is `key id.base64(nonce, ciphertext)`. The newest key seals, any of them opens. What a text is about (the
//! table and row) is authenticated with it, so a text that was copied to another row does not open there.

use std::fmt;
use std::io::{self, Write as _};
use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chacha20poly1305::aead::{Aead as _, KeyInit as _, Payload};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};
use sha2::{Digest as _, Sha256};
use thiserror::Error;
use zeroize::Zeroizing;

const NONCE: usize = 24;

/// Why something was not sealed or opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum KeyError {
    /// A key is not 32 bytes of base64, or there is none.
    #[error("an encryption key is 32 bytes in base64; several are separated by commas, the newest first")]
    Malformed,
    /// No random bytes.
    #[error("the operating system gives no random bytes")]
    Random,
    /// The key that sealed it is not among the keys.
    #[error("the key that sealed it is not among the keys")]
    Missing,
    /// It was changed, or moved to another row.
    #[error("it was changed since it was sealed, or belongs to another row")]
    Changed,
}

/// The encryption keys, the newest first.
pub struct Keys(Vec<(String, XChaCha20Poly1305)>);

impl Keys {
    /// Reads keys: 32 bytes each in base64, separated by commas or blanks, the newest first.
    ///
    /// # Errors
    /// [`KeyError::Malformed`].
    pub fn parse(text: &str) -> Result<Self, KeyError> {
        let words = text.split(|c: char| c == ',' || c.is_whitespace()).filter(|word| !word.is_empty());
        let keys: Vec<_> = words.map(key).collect::<Result<_, _>>()?;
        if keys.is_empty() { Err(KeyError::Malformed) } else { Ok(Self(keys)) }
    }

    /// The key that is kept in this file, which only its owner can read; it is made when there is none.
    ///
    /// # Errors
    /// The file cannot be written or read, or holds no key.
    pub fn kept_in(path: &Path) -> io::Result<Self> {
        if !path.exists() {
            // Written whole or not at all: another process may start at the same moment, and one key must win.
            let draft = path.with_extension(format!("{}.tmp", std::process::id()));
            let mut key = Zeroizing::new([0; 32]);
            getrandom::fill(key.as_mut_slice()).map_err(io::Error::other)?;
            let mut options = std::fs::OpenOptions::new();
            options.write(true).create_new(true);
            #[cfg(unix)]
            std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
            let mut file = options.open(&draft)?;
            file.write_all(Zeroizing::new(STANDARD.encode(key.as_slice())).as_bytes())?;
            file.sync_all()?;
            let linked = std::fs::hard_link(&draft, path);
            std::fs::remove_file(&draft)?;
            linked.or_else(|error| if path.exists() { Ok(()) } else { Err(error) })?;
        }
        let text = Zeroizing::new(std::fs::read_to_string(path)?);
        Self::parse(&text).map_err(io::Error::other)
    }

    /// Encrypts `plain` under the newest key.
    ///
    /// # Errors
    /// [`KeyError::Random`].
    pub fn seal(&self, about: &str, plain: &[u8]) -> Result<String, KeyError> {
        let (id, cipher) = self.0.first().ok_or(KeyError::Missing)?;
        let mut nonce = [0; NONCE];
        getrandom::fill(&mut nonce).map_err(|_| KeyError::Random)?;
        let payload = Payload { msg: plain, aad: about.as_bytes() };
        let sealed = cipher.encrypt(&XNonce::from(nonce), payload).map_err(|_| KeyError::Changed)?;
        Ok(format!("{id}.{}", STANDARD.encode([nonce.as_slice(), &sealed].concat())))
    }

    /// Decrypts what [`seal`](Self::seal) made of something about the same.
    ///
    /// # Errors
    /// [`KeyError::Missing`], [`KeyError::Changed`].
    pub fn open(&self, about: &str, sealed: &str) -> Result<Zeroizing<Vec<u8>>, KeyError> {
        let (id, text) = sealed.split_once('.').ok_or(KeyError::Changed)?;
        let (_, cipher) = self.0.iter().find(|(known, _)| known == id).ok_or(KeyError::Missing)?;
        let bytes = STANDARD.decode(text).map_err(|_| KeyError::Changed)?;
        let (nonce, msg) = bytes.split_first_chunk::<NONCE>().ok_or(KeyError::Changed)?;
        let plain = cipher.decrypt(&XNonce::from(*nonce), Payload { msg, aad: about.as_bytes() });
        plain.map(Zeroizing::new).map_err(|_| KeyError::Changed)
    }

    /// The newest key's id: what a text begins with that is sealed under it.
    pub fn newest(&self) -> &str {
        self.0.first().map_or("", |(id, _)| id)
    }
}

fn key(word: &str) -> Result<(String, XChaCha20Poly1305), KeyError> {
    let bytes = Zeroizing::new(STANDARD.decode(word).map_err(|_| KeyError::Malformed)?);
    let bytes: [u8; 32] = bytes.as_slice().try_into().map_err(|_| KeyError::Malformed)?;
    let key = Key::from(*Zeroizing::new(bytes));
    Ok((hash(key.as_slice()).chars().take(8).collect(), XChaCha20Poly1305::new(&key)))
}

/// SHA-256 in hex.
pub(crate) fn hash(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// A name that cannot be guessed: 16 random bytes in hex.
///
/// # Errors
/// [`KeyError::Random`].
pub(crate) fn random_id() -> Result<String, KeyError> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).map_err(|_| KeyError::Random)?;
    Ok(hex(&bytes))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(2 * bytes.len()), |mut text, byte| {
        text.extend([byte >> 4, byte & 15].map(|digit| char::from_digit(digit.into(), 16).unwrap_or('0')));
        text
    })
}

/// The ids alone.
impl fmt::Debug for Keys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.0.iter().map(|(id, _)| id)).finish()
    }
}
