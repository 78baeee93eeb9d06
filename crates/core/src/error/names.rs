//! Stable names for the kinds of errors.

/// Gives an enum `name()`, so that neither a variant nor a name can be without the other.
macro_rules! names {
    ($type:ident: $($variant:ident = $name:literal),+ $(,)?) => {
        impl $type {
            /// Every name, for tests that look whether they cover them all.
            #[doc(hidden)]
            pub const NAMES: &'static [&'static str] = &[$($name),+];

            /// The name of this kind: lower case, words joined by `-`, stable. For logs, metrics and comparing.
            pub fn name(&self) -> &'static str {
                match self {
                    $(Self::$variant { .. } => $name),+
                }
            }
        }
    };
}

pub(crate) use names;
