//! Calls by name, for command lines and programs in any language.

use std::fmt;
use std::str::FromStr;

use super::Call;

/// There is no call of this name. The text lists those there are.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("there is no call `{0}`; possible: {list}", list = Call::ALL.map(Call::name).join(", "))]
pub struct UnknownCall(String);

impl Call {
    /// Every call there is.
    pub const ALL: [Self; 33] = [
        Self::OauthUrl,
        Self::Oauth1Token,
        Self::ConsentPage,
        Self::Consent,
        Self::CreateInstance,
        Self::ListInstances,
        Self::GetInstance,
        Self::UpdateInstance,
        Self::DeleteInstance,
        Self::EnableInstance,
        Self::DisableInstance,
        Self::InstanceConfiguration,
        Self::UpdateInstanceConfiguration,
        Self::Catalogue,
        Self::Connector,
        Self::CreateConnector,
        Self::UpdateConnector,
        Self::DeleteConnector,
        Self::ActivateConnector,
        Self::DeactivateConnector,
        Self::CloneConnector,
        Self::ExportConnector,
        Self::Configuration,
        Self::Keys,
        Self::Metadata,
        Self::Hubs,
        Self::Docs,
        Self::Transformations,
        Self::Objects,
        Self::OtherPart,
        Self::Ping,
        Self::Resource,
        Self::Options,
    ];

    /// Its name, such as `create` or `oauth-url`, which is read back to the same call.
    pub fn name(self) -> &'static str {
        match self {
            Self::OauthUrl => "oauth-url",
            Self::Oauth1Token => "oauth1-token",
            Self::ConsentPage => "consent-page",
            Self::Consent => "consent",
            Self::CreateInstance => "create",
            Self::ListInstances => "list",
            Self::GetInstance => "get",
            Self::UpdateInstance => "update",
            Self::DeleteInstance => "delete",
            Self::EnableInstance => "enable",
            Self::DisableInstance => "disable",
            Self::InstanceConfiguration => "instance-configuration",
            Self::UpdateInstanceConfiguration => "update-instance-configuration",
            Self::Catalogue => "catalogue",
            Self::Connector => "connector",
            Self::CreateConnector => "create-connector",
            Self::UpdateConnector => "update-connector",
            Self::DeleteConnector => "delete-connector",
            Self::ActivateConnector => "activate-connector",
            Self::DeactivateConnector => "deactivate-connector",
            Self::CloneConnector => "clone-connector",
            Self::ExportConnector => "export-connector",
            Self::Configuration => "configuration",
            Self::Keys => "keys",
            Self::Metadata => "metadata",
            Self::Hubs => "hubs",
            Self::Docs => "docs",
            Self::Transformations => "transformations",
            Self::Objects => "objects",
            Self::OtherPart => "other-part",
            Self::Ping => "ping",
            Self::Resource => "resource",
            Self::Options => "options",
        }
    }
}

impl fmt::Display for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Call {
    type Err = UnknownCall;

    fn from_str(text: &str) -> Result<Self, UnknownCall> {
        Self::ALL.into_iter().find(|call| call.name() == text).ok_or_else(|| UnknownCall(text.to_owned()))
    }
}
