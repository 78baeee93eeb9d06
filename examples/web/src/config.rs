//! The environment, read once.

use std::error::Error;
use std::fmt;
use std::fs;
use std::io;
use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};

use etcetera::BaseStrategy as _;

use crate::keys::Keys;

/// The address that is used when it is free and no other is given.
const LISTEN: &str = "127.0.0.1:8628";

const FOLDER: &str = "the database's folder cannot be used";

/// Why the program cannot start.
#[derive(Debug)]
pub struct Failure {
    text: String,
    source: Option<Box<dyn Error + Send + Sync>>,
}

impl Failure {
    pub(crate) fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), source: None }
    }

    /// This environment variable is missing.
    pub fn missing(name: &str) -> Self {
        Self::new(format!("{name} is missing"))
    }

    /// What failed, of an error that says why: `map_err(Failure::of("the database cannot be used"))`.
    pub fn of<E: Into<Box<dyn Error + Send + Sync>>>(text: &'static str) -> impl FnOnce(E) -> Self {
        move |source| Self { text: text.to_owned(), source: Some(source.into()) }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)?;
        let mut cause = self.source.as_ref().map(|error| &**error as &dyn Error);
        while let Some(error) = cause {
            write!(f, ": {error}")?;
            cause = error.source();
        }
        Ok(())
    }
}

/// Where the application's own things are.
pub struct Config {
    /// `DATABASE_URL`, or an SQLite file in the user's data directory.
    pub database_url: String,
    /// `EXAMPLE_WEB_KEYS`, or the key kept beside the SQLite file.
    pub keys: Keys,
    /// `EXAMPLE_WEB_URL`.
    pub url: Option<String>,
    listen: Option<String>,
}

impl Config {
    /// Reads the environment.
    ///
    /// # Errors
    /// The keys cannot be used or kept, or there is no place to keep them: with PostgreSQL they have to be given.
    pub fn from_environment(get: impl Fn(&str) -> Option<String>) -> Result<Self, Failure> {
        let database_url = match get("DATABASE_URL") {
            Some(url) => url,
            None => format!("sqlite:{}", default_file().map_err(Failure::of(FOLDER))?.display()),
        };
        let keys = match (get("EXAMPLE_WEB_KEYS"), sqlite_file(&database_url)) {
            (Some(keys), _) => Keys::parse(&keys).map_err(Failure::of("EXAMPLE_WEB_KEYS cannot be used"))?,
            (None, Some(file)) => Keys::kept_in(&file.with_extension("key")).map_err(Failure::of(FOLDER))?,
            (None, None) => {
                return Err(Failure::new("EXAMPLE_WEB_KEYS is missing: 32 random bytes in base64"));
            }
        };
        Ok(Self { database_url, keys, url: get("EXAMPLE_WEB_URL"), listen: get("EXAMPLE_WEB_LISTEN") })
    }

    /// The listening socket: `EXAMPLE_WEB_LISTEN`, or the usual port, or any.
    ///
    /// # Errors
    /// The address is taken or cannot be used.
    pub fn listen(&self) -> io::Result<TcpListener> {
        let listener = match &self.listen {
            Some(address) => TcpListener::bind(address)?,
            None => TcpListener::bind(LISTEN).or_else(|_| TcpListener::bind("127.0.0.1:0"))?,
        };
        listener.set_nonblocking(true)?;
        Ok(listener)
    }

    /// The public URL of an application that listens here.
    pub fn public_url(&self, address: SocketAddr) -> String {
        self.url.clone().unwrap_or_else(|| format!("http://{address}"))
    }
}

impl fmt::Debug for Config {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Config").field("keys", &self.keys).field("url", &self.url).finish_non_exhaustive()
    }
}

fn default_file() -> io::Result<PathBuf> {
    let Ok(strategy) = etcetera::choose_base_strategy() else { return Ok("example-web.sqlite".into()) };
    let folder = strategy.data_dir().join("example-web");
    fs::create_dir_all(&folder)?;
    Ok(folder.join("example-web.sqlite"))
}

fn sqlite_file(url: &str) -> Option<&Path> {
    let path = url.strip_prefix("sqlite:")?;
    let path = path.strip_prefix("//").unwrap_or(path);
    Some(Path::new(path.split('?').next().unwrap_or(path)))
}
