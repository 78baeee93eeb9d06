//! The operations of the cases, with their parameters: those of the list, and those that are more than a request and a
//! response.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::creation::CreateInstance;
use super::parameters::{Authorize, Custom, GetOauthUrl, Recover};
use crate::operations::operations;

macro_rules! define {
    ($($(#[$doc:meta])* $operation:ident($it:ident: $parameters:ident $(, $context:ident)?) => $make:expr;)*) => {
        /// An operation and its parameters.
        #[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
        #[serde(tag = "operation", content = "parameters", rename_all = "kebab-case")]
        pub enum Operation {
            $($(#[$doc])* $operation(super::parameters::$parameters),)*
            /// `GET /{nouns}/{key}/oauth/url`, or the same as `POST`.
            GetOauthUrl(GetOauthUrl),
            /// `POST /instances`.
            CreateInstance(Box<CreateInstance>),
            /// A call without an operation of its own, made with the library's builder.
            Custom(Custom),
            /// The first step as a whole, in the group `retry`: request token if there is one, OAuth URL, and what is kept.
            Authorize(Authorize),
            /// The search for a creation whose outcome is unknown, in the group `retry`.
            Recover(Recover),
        }

        /// Which operation, and as what its response is read.
        #[derive(Clone, Copy, Debug, Serialize, Deserialize, JsonSchema)]
        #[serde(rename_all = "kebab-case")]
        #[schemars(rename = "ResponseOperation")]
        #[expect(missing_docs, reason = "the operations have their description where they have their parameters")]
        pub enum OperationName {
            $($operation,)*
            GetOauthUrl,
            CreateInstance,
            /// The response of an `instance-request`, as JSON.
            InstanceRequestJson,
            /// The same, as one page of a list.
            InstanceRequestPage,
        }
    };
}

operations!(define);
