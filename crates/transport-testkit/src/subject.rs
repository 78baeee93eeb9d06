//! The transport under test, blocking or asynchronous, behind one interface.

use std::future::Future;
use std::panic::resume_unwind;
use std::pin::{Pin, pin};
use std::thread;

use futures_channel::oneshot;
use futures_util::future::{Either, join_all, select};
use http::Request;
use your_moms_core::{AsyncTransport, Reply, Transport};

use crate::settings::Settings;

/// Makes the transport anew for each check.
pub(crate) trait Subject: Send + Sync {
    fn open<'a>(&'a self, settings: &Settings) -> Box<dyn Caller + 'a>;
}

/// One transport.
pub(crate) trait Caller {
    fn call(&self, request: Request<Vec<u8>>) -> Reply;

    /// All at the same time. The replies are in the order of the requests.
    fn call_at_once(&self, requests: Vec<Request<Vec<u8>>>) -> Vec<Reply>;

    /// Drops the call when `drop_at` fires. `false` if the call ended before, and for a blocking transport, whose
    /// calls cannot be dropped.
    fn call_and_drop(&self, request: Request<Vec<u8>>, drop_at: oneshot::Receiver<()>) -> bool;
}

/// A blocking transport.
pub(crate) struct Blocking<F>(pub(crate) F);

impl<T: Transport + 'static, F: Fn(&Settings) -> T + Send + Sync> Subject for Blocking<F> {
    fn open<'a>(&'a self, settings: &Settings) -> Box<dyn Caller + 'a> {
        Box::new(BlockingCaller((self.0)(settings)))
    }
}

struct BlockingCaller<T>(T);

impl<T: Transport> Caller for BlockingCaller<T> {
    fn call(&self, request: Request<Vec<u8>>) -> Reply {
        self.0.send(request)
    }

    fn call_at_once(&self, requests: Vec<Request<Vec<u8>>>) -> Vec<Reply> {
        thread::scope(|scope| {
            let calls: Vec<_> =
                requests.into_iter().map(|request| scope.spawn(|| self.0.send(request))).collect();
            calls.into_iter().map(|call| call.join().unwrap_or_else(|panic| resume_unwind(panic))).collect()
        })
    }

    fn call_and_drop(&self, _: Request<Vec<u8>>, _: oneshot::Receiver<()>) -> bool {
        false
    }
}

/// An asynchronous transport, and what runs its futures.
pub(crate) struct Async<B, F> {
    pub(crate) block_on: B,
    pub(crate) make: F,
}

impl<T, B, F> Subject for Async<B, F>
where
    T: AsyncTransport + 'static,
    B: Fn(Pin<Box<dyn Future<Output = ()> + Send + '_>>) + Send + Sync,
    F: Fn(&Settings) -> T + Send + Sync,
{
    fn open<'a>(&'a self, settings: &Settings) -> Box<dyn Caller + 'a> {
        Box::new(AsyncCaller { block_on: &self.block_on, transport: (self.make)(settings) })
    }
}

struct AsyncCaller<'a, B, T> {
    block_on: &'a B,
    transport: T,
}

impl<B, T> AsyncCaller<'_, B, T>
where
    B: Fn(Pin<Box<dyn Future<Output = ()> + Send + '_>>),
{
    #[expect(clippy::expect_used, reason = "an executor that returns early cannot be tested with")]
    fn run<R: Send>(&self, future: impl Future<Output = R> + Send) -> R {
        let mut result = None;
        (self.block_on)(Box::pin(async { result = Some(future.await) }));
        result.expect("`block_on` must run the future to its end")
    }
}

impl<B, T> Caller for AsyncCaller<'_, B, T>
where
    T: AsyncTransport + 'static,
    B: Fn(Pin<Box<dyn Future<Output = ()> + Send + '_>>),
{
    fn call(&self, request: Request<Vec<u8>>) -> Reply {
        self.run(self.transport.send(request))
    }

    fn call_at_once(&self, requests: Vec<Request<Vec<u8>>>) -> Vec<Reply> {
        self.run(join_all(requests.into_iter().map(|request| self.transport.send(request))))
    }

    fn call_and_drop(&self, request: Request<Vec<u8>>, drop_at: oneshot::Receiver<()>) -> bool {
        let call = self.transport.send(request);
        self.run(async { matches!(select(call, pin!(drop_at)).await, Either::Right(_)) })
    }
}
