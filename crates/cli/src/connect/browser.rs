//! The user's browser. What is on a command line, every user of a machine can read; so the link reaches the browser in a file
//! that only its owner can, and the command line has no more than the path of that.

use std::fs::OpenOptions;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use maud::{DOCTYPE, html};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use tempfile::TempDir;
use tokio::sync::oneshot;

/// A page that leads to a link. It goes away when dropped.
pub(super) struct Page(TempDir);

impl Page {
    pub(super) fn leading_to(link: &str) -> io::Result<Self> {
        let text = html! {
            (DOCTYPE)
            html lang="en" {
                head {
                    meta charset="utf-8";
                    meta name="referrer" content="no-referrer";
                    meta http-equiv="refresh" content=(format!("0; url={link}"));
                    title { "your-moms" }
                }
                body { p { a href=(link) { "Go on to the page where you allow access" } } }
            }
        };
        let page = Self(private_folder()?);
        let mut file = private(OpenOptions::new().write(true).create_new(true)).open(page.path())?;
        file.write_all(text.into_string().as_bytes())?;
        Ok(page)
    }

    /// Opens it in the browser that `$BROWSER` or the desktop names; `true` if one was started. The browser's own output is
    /// dropped.
    pub(super) async fn open(&self) -> bool {
        let (sender, started) = oneshot::channel();
        let url = file_url(&self.path());
        // A thread nobody waits for: a browser in the terminal ends only when its user leaves it.
        std::thread::spawn(move || sender.send(webbrowser::open(&url).is_ok()));
        started.await.unwrap_or(false)
    }

    fn path(&self) -> PathBuf {
        self.0.path().join("open.html")
    }
}

/// RFC 8089: a folder's name may have spaces in it, and on some systems a drive.
fn file_url(path: &Path) -> String {
    const PLAIN: AsciiSet =
        NON_ALPHANUMERIC.remove(b'/').remove(b'.').remove(b'-').remove(b'_').remove(b'~').remove(b':');
    let path = path.to_string_lossy();
    let path = if cfg!(windows) { format!("/{}", path.replace('\\', "/")) } else { path.into_owned() };
    format!("file://{}", utf8_percent_encode(&path, &PLAIN))
}

#[cfg(unix)]
fn private_folder() -> io::Result<TempDir> {
    use std::os::unix::fs::PermissionsExt as _;
    let only_its_owner = std::fs::Permissions::from_mode(0o700);
    tempfile::Builder::new().prefix("your-moms-").permissions(only_its_owner).tempdir()
}

#[cfg(unix)]
fn private(options: &mut OpenOptions) -> &mut OpenOptions {
    use std::os::unix::fs::OpenOptionsExt as _;
    options.mode(0o600)
}

/// A user's folder for temporary files is theirs alone here.
#[cfg(not(unix))]
fn private_folder() -> io::Result<TempDir> {
    tempfile::Builder::new().prefix("your-moms-").tempdir()
}

#[cfg(not(unix))]
fn private(options: &mut OpenOptions) -> &mut OpenOptions {
    options
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn a_path_becomes_a_url() {
        assert_eq!(file_url(Path::new("/tmp/a b#%/open.html")), "file:///tmp/a%20b%23%25/open.html");
    }
}
