//! The operations of a case, made from its parameters.

use std::fmt::Debug;

use your_moms_core::{Operation as Call, Platform};

use super::prints::Prints;
use super::problem::Problem;
use super::show::{self, Show};
use crate::format::operation::Operation;
use crate::format::response::Output;
use crate::operations::operations;

/// What is done with an operation of whatever type.
pub(super) trait Use {
    type Outcome;

    /// `show` says what comes of its output.
    fn call<O: Call<Output: Debug> + Debug>(
        self,
        operation: &O,
        show: impl FnOnce(O::Output, &mut Prints) -> Result<Output, Problem>,
        prints: &mut Prints,
    ) -> Result<Self::Outcome, Problem>;
}

/// What some operations are made with, besides their parameters.
struct Context<'a> {
    platform: &'a Platform,
    prints: &'a mut Prints,
}

macro_rules! define {
    ($($(#[$doc:meta])* $operation:ident($it:ident: $parameters:ident $(, $context:ident)?) => $make:expr;)*) => {
        impl Operation {
            /// Makes the operation, and hands it over.
            pub(super) fn hand_to<U: Use>(
                &self,
                user: U,
                platform: &Platform,
                prints: &mut Prints,
            ) -> Result<U::Outcome, Problem> {
                match self {
                    $(Self::$operation($it) => {
                        $(let $context = Context { platform, prints: &mut *prints };)?
                        user.call(&$make, |output, _| output.show(), prints)
                    })*
                    Self::GetOauthUrl(it) => {
                        let get = it.operation(prints)?;
                        user.call(&get, |url, prints| show::oauth_url(url, &get, platform, prints), prints)
                    }
                    Self::CreateInstance(_) | Self::Custom(_) | Self::Authorize(_) | Self::Recover(_) => {
                        Err(Problem::case("this is no operation of the library"))
                    }
                }
            }
        }
    };
}

operations!(define);
