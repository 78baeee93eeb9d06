//! The user's browser.

use tokio::sync::oneshot;

/// Opens `url` in the browser that `$BROWSER` or the desktop names; `true` if one was started. The browser's own output
/// is dropped.
pub(crate) async fn open(url: &str) -> bool {
    let (sender, started) = oneshot::channel();
    let url = url.to_owned();
    // A thread nobody waits for: a browser in the terminal ends only when its user leaves it.
    std::thread::spawn(move || sender.send(webbrowser::open(&url).is_ok()));
    started.await.unwrap_or(false)
}
