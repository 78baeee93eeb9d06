//! The user's browser. What is on a command line, every user of a machine can read; so the link reaches the browser in a file
//! that only its owner can, and the command line has no more than the path of that.

use std::fs::{self, Metadata, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::time::Duration;

use maud::{DOCTYPE, html};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use tempfile::{Builder, TempDir};
use tokio::sync::oneshot;

/// How the name of the folder begins that the page is in.
const PREFIX: &str = "your-moms-link-";
/// The page in it.
const NAME: &str = "open.html";
/// Nobody waits for a longer time for what comes of a link.
const LIFETIME: Duration = Duration::from_secs(600);

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
        let page = Self(folder()?);
        let mut file =
            readable_by_its_owner(OpenOptions::new().write(true).create_new(true)).open(page.path())?;
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
        self.0.path().join(NAME)
    }
}

/// A new folder that only this user enters, and the browser. Where there are snaps, the browser is likely to be one: that sees
/// neither this machine's temporary files nor what is hidden.
fn folder() -> io::Result<TempDir> {
    let temporary = std::env::temp_dir();
    let home = etcetera::home_dir().ok().filter(|_| Path::new("/snap/bin").is_dir());
    folder_in(home.as_deref().unwrap_or(&temporary)).or_else(|_| folder_in(&temporary))
}

fn folder_in(place: &Path) -> io::Result<TempDir> {
    clear(place);
    private(tempfile::Builder::new().prefix(PREFIX)).tempdir_in(place)
}

/// Removes what programs have left there that were killed. The folder goes if the page was all that was in it.
fn clear(place: &Path) {
    for entry in fs::read_dir(place).into_iter().flatten().flatten() {
        let is_old = || entry.metadata().is_ok_and(|it| it.is_dir() && is_older(&it));
        if entry.file_name().to_string_lossy().starts_with(PREFIX) && is_old() {
            // What stays belongs to another user.
            drop(fs::remove_file(entry.path().join(NAME)).and_then(|()| fs::remove_dir(entry.path())));
        }
    }
}

fn is_older(metadata: &Metadata) -> bool {
    let age = metadata.modified().ok().and_then(|at| at.elapsed().ok());
    age.is_some_and(|age| age > LIFETIME)
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
fn private<'a, 'b, 'c>(builder: &'c mut Builder<'a, 'b>) -> &'c mut Builder<'a, 'b> {
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o700))
}

#[cfg(unix)]
fn readable_by_its_owner(options: &mut OpenOptions) -> &mut OpenOptions {
    std::os::unix::fs::OpenOptionsExt::mode(options, 0o600)
}

/// A user's folders are theirs alone here.
#[cfg(not(unix))]
fn private<'a, 'b, 'c>(builder: &'c mut Builder<'a, 'b>) -> &'c mut Builder<'a, 'b> {
    builder
}

#[cfg(not(unix))]
fn readable_by_its_owner(options: &mut OpenOptions) -> &mut OpenOptions {
    options
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn a_path_becomes_a_url() {
        assert_eq!(file_url(Path::new("/tmp/a b#%/open.html")), "file:///tmp/a%20b%23%25/open.html");
    }

    #[test]
    fn what_was_left_goes_and_nothing_else() {
        let place = tempfile::tempdir().unwrap();
        let folder = |name: &str, file: &str, age: Duration| {
            let path = place.path().join(name);
            fs::create_dir(&path).unwrap();
            fs::write(path.join(file), "").unwrap();
            let at = std::time::SystemTime::now() - age;
            fs::File::open(&path).unwrap().set_modified(at).unwrap();
        };
        let old = LIFETIME + Duration::from_secs(1);
        folder("your-moms-link-left", NAME, old);
        folder("your-moms-link-new", NAME, Duration::ZERO);
        folder("your-moms-link-other", "diary", old);
        folder("other", NAME, old);
        drop(folder_in(place.path()).unwrap());
        let left = fs::read_dir(place.path()).unwrap().map(|entry| entry.unwrap().file_name());
        let mut left: Vec<_> = left.map(|name| name.into_string().unwrap()).collect();
        left.sort();
        assert_eq!(left, ["other", "your-moms-link-new", "your-moms-link-other"]);
        assert!(place.path().join("other").join(NAME).exists());
    }
}
