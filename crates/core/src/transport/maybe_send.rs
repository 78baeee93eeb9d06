//! `Send` and `Sync` where there are threads, nothing on wasm32. One pair of names keeps `cfg` out of every signature.

#[cfg(not(target_arch = "wasm32"))]
mod bounds {
    /// `Send`, except on wasm32, where everything has it.
    pub trait MaybeSend: Send {}
    impl<T: Send + ?Sized> MaybeSend for T {}

    /// `Sync`, except on wasm32, where everything has it.
    pub trait MaybeSync: Sync {}
    impl<T: Sync + ?Sized> MaybeSync for T {}
}

#[cfg(target_arch = "wasm32")]
mod bounds {
    /// `Send`, except on wasm32, where everything has it.
    pub trait MaybeSend {}
    impl<T: ?Sized> MaybeSend for T {}

    /// `Sync`, except on wasm32, where everything has it.
    pub trait MaybeSync {}
    impl<T: ?Sized> MaybeSync for T {}
}

pub use bounds::{MaybeSend, MaybeSync};
