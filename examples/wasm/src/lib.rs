//! The client in a browser (`wasm32-unknown-unknown`), where there is one thread: neither the transport, nor the timer, nor
//! their futures are `Send`.
//!
//! What a browser has is handed over as three functions, so that this compiles without a binding to JavaScript: `fetch`, a
//! timer made of `setTimeout`, and `crypto.getRandomValues`.
#![cfg(target_arch = "wasm32")]

use std::error::Error;
use std::pin::Pin;
use std::rc::Rc;
use std::time::Duration;

use http::Request;
use your_moms_core::{
    AsyncClient, CreateRecord, Credentials, Instance, ListInstances, Platform, Reply, async_transport_fn,
};

/// A future as JavaScript's promises give it: of one thread.
pub type Local<T> = Pin<Box<dyn Future<Output = T>>>;

/// Connects an account that needs no OAuth, and counts the instances there are. `store` keeps the record, in `localStorage` for
/// example.
///
/// # Errors
/// Values that cannot be used, and whatever a call fails with.
pub async fn connect(
    fetch: Rc<dyn Fn(Request<Vec<u8>>) -> Local<Reply>>,
    set_timeout: Rc<dyn Fn(Duration) -> Local<()>>,
    random_values: fn(&mut [u8]) -> Result<(), Box<dyn Error + Send + Sync>>,
    store: impl Fn(&CreateRecord),
    user: &str,
    organization: &str,
) -> Result<(Instance, usize), Box<dyn Error>> {
    let platform = Platform::new(Platform::BASE_URL, Credentials::new(user, organization)?)?;
    let transport = async_transport_fn(move |request| fetch(request));
    let client = AsyncClient::new(platform, transport, move |wait| set_timeout(wait), random_values);

    let create = client.new_instance("helpdesk")?.configuration("username", "me").name("Support");
    store(&create.record());
    let instance = client.create(&create).await?;

    let mut instances = 0;
    let mut pages = client.pages(&ListInstances::new());
    while let Some(page) = pages.next().await {
        instances += page?.items.len();
    }
    Ok((instance, instances))
}
