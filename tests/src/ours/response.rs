//! Responses of the platform: what an operation makes of status, headers and body.

use http::Response;
use serde_json::Value;
use your_moms_core::{
    CreateInstance, Credentials, GetOauthUrl, InstanceRequest, Operation, Page, Platform, Registration, State,
};

use super::prints::Prints;
use super::problem::Problem;
use super::show::{self, Show};
use crate::format::operation::OperationName;
use crate::format::response::{Asked, Input, Output};
use crate::operations::operations;

macro_rules! define {
    ($($(#[$doc:meta])* $operation:ident $parameters:tt => $make:expr;)*) => {
        pub(super) fn outcome(input: &Input, prints: &mut Prints) -> Result<Output, Problem> {
            let (head, body) = input.reply.response()?.into_parts();
            let response = Response::from_parts(head, body.as_slice());
            match input.operation {
                $(OperationName::$operation => {
                    prints.shown(&<your_moms_core::$operation as Operation>::parse(response)?).show()
                })*
                OperationName::GetOauthUrl => {
                    let asked = input.asked.as_ref().ok_or_else(|| Problem::case("`asked` is missing"))?;
                    let (asked, platform) = asked.operation()?;
                    let url = GetOauthUrl::parse(response)?;
                    prints.debug(&url);
                    show::oauth_url(url, &asked, &platform, prints)
                }
                OperationName::CreateInstance => prints.shown(&CreateInstance::parse(response)?).show(),
                OperationName::InstanceRequestJson => InstanceRequest::<Value>::parse(response)?.show(),
                OperationName::InstanceRequestPage => InstanceRequest::<Page<Value>>::parse(response)?.show(),
            }
        }
    };
}

operations!(define);

impl Asked {
    /// Only secret, state and platform count; the rest is what it always is.
    fn operation(&self) -> Result<(GetOauthUrl, Platform), Problem> {
        let secret = self.api_secret.as_str();
        let registration = Registration::new("instagram", "key", secret, "https://www.mycoolapp.com/auth")?;
        let base_url = self.base_url.as_deref().unwrap_or(Platform::BASE_URL);
        let platform = Platform::new(base_url, Credentials::new("user", "organization")?)?;
        Ok((GetOauthUrl::new(&registration, State::new(self.state.as_str())?), platform))
    }
}
