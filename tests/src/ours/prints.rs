//! Everything that a log could get to see.

use std::error::Error;
use std::fmt::Debug;

use http::Request;
use your_moms_core::{Redacted, curl};

/// What was printed of values.
#[derive(Debug, Default)]
pub struct Prints(Vec<String>);

impl Prints {
    /// A value, in both forms of `Debug`.
    pub fn debug(&mut self, value: &(impl Debug + ?Sized)) {
        self.0.push(format!("{value:?}"));
        self.0.push(format!("{value:#?}"));
    }

    /// The same value, once it was printed.
    pub fn shown<'a, T: Debug + ?Sized>(&mut self, value: &'a T) -> &'a T {
        self.debug(value);
        value
    }

    /// An error with everything behind it: both forms of `Debug`, and `Display`, of each.
    pub fn error(&mut self, error: &dyn Error) {
        let mut next = Some(error);
        while let Some(error) = next {
            self.debug(error);
            self.0.push(error.to_string());
            next = error.source();
        }
    }

    /// A request, in the forms that are meant for logs; its own `Debug` is known to print secrets.
    pub fn request(&mut self, request: &Request<Vec<u8>>) {
        self.debug(&Redacted(request));
        self.debug(request.headers());
        self.0.push(Redacted(request).to_string());
        self.0.push(curl(request));
    }

    /// All of it.
    pub fn into_texts(self) -> Vec<String> {
        self.0
    }
}
