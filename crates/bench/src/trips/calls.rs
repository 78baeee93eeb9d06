//! The call that this library makes for a trip.

use std::error::Error;
use std::hint::black_box;
use std::sync::atomic::{AtomicUsize, Ordering};

use your_moms_core::{
    AsyncClient, AsyncTransport, Client, CreateInstance, GetInstance, Instance, InstanceRequest,
    InstanceToken, Platform, Transport,
};

use super::trip::Trip;
use crate::peers::Creation;
use crate::{ours, payload};

pub(super) enum Calls {
    Get(GetInstance),
    /// One creation for each run, and the number of the next.
    Create(Vec<CreateInstance>, AtomicUsize),
    WithToken(InstanceRequest<Instance>),
}

impl Calls {
    pub(super) fn new(trip: &Trip, platform: &Platform) -> Result<Self, Box<dyn Error>> {
        let token = InstanceToken::from(payload::TOKEN);
        Ok(match (trip.has_token(), trip.post) {
            (false, false) => Self::Get(GetInstance::new(123)),
            (false, true) => Self::Create(ours::creations(platform)?, AtomicUsize::new(0)),
            (true, false) => Self::WithToken(
                InstanceRequest::get("/instances/123", &token).json().reuse_connection(!trip.fresh),
            ),
            (true, true) => Self::WithToken(
                InstanceRequest::post("/instances", &token)
                    .json_body(&Creation::DOCUMENTED)
                    .json()
                    .reuse_connection(!trip.fresh),
            ),
        })
    }

    /// The next call over an asynchronous client: whether it succeeded.
    pub(super) async fn with_async<T: AsyncTransport>(&self, client: &AsyncClient<T>) -> bool {
        match self {
            Self::Get(get) => black_box(client.call(get).await).is_ok(),
            Self::WithToken(request) => black_box(client.call(request).await).is_ok(),
            Self::Create(all, next) => match all.get(next.fetch_add(1, Ordering::Relaxed)) {
                Some(creation) => black_box(client.create(creation).await).is_ok(),
                None => false,
            },
        }
    }

    /// The same over a blocking client.
    pub(super) fn with<T: Transport>(&self, client: &Client<T>) -> bool {
        match self {
            Self::Get(get) => black_box(client.call(get)).is_ok(),
            Self::WithToken(request) => black_box(client.call(request)).is_ok(),
            Self::Create(all, next) => all
                .get(next.fetch_add(1, Ordering::Relaxed))
                .is_some_and(|creation| black_box(client.create(creation)).is_ok()),
        }
    }
}
