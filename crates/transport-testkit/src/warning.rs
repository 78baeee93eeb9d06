//! What is allowed and could be better.

use std::fmt;

use http::Method;

/// An error that is not wrong, and tells less than can be known.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Warning {
    /// The name of the fault.
    pub check: &'static str,
    /// The request's method.
    pub method: Method,
    /// What the error said, and what it could have said.
    pub seen: String,
}

/// Shows each warning once, for all methods that it came with.
pub(crate) struct Warnings<'a>(pub(crate) &'a [Warning]);

impl fmt::Display for Warnings<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let same = |a: &Warning, b: &Warning| a.check == b.check && a.seen == b.seen;
        for warnings in self.0.chunk_by(same) {
            let methods: Vec<_> = warnings.iter().map(|warning| warning.method.as_str()).collect();
            if let [Warning { check, seen, .. }, ..] = warnings {
                writeln!(f, "{check} ({}): {seen}", methods.join(", "))?;
            }
        }
        Ok(())
    }
}
