//! What a path of the platform names, and what can be done with it.

use crate::catalogue::Catalogue;
use crate::noun::Noun;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Target {
    Connectors,
    Connector(String),
    Active(String),
    Clone(String),
    Export(String),
    Configuration(String),
    OauthUrl(String),
    Oauth1Token(String),
    /// All instances, or those of one connector.
    Instances(Option<String>),
    Instance(Which),
    Enabled(Which),
    /// The configuration of an instance, or one entry of it by key or id.
    InstanceConfiguration(Which, Option<String>),
    Keys,
    /// Of every connector, or of one.
    Metadata(Option<String>),
    Hubs,
    ConnectorDocs(String),
    Transformations(String),
    InstanceDocs(Which),
    /// The objects behind an instance, or what one of them looks like. Without an instance, that of the token.
    Objects(Option<Which>, Option<String>),
    /// A part of the platform that is empty here, with the name of what is not there.
    Empty(&'static str),
    Definitions,
    Ping,
    /// With an instance token a hub resource, and without one an empty part of the platform.
    Accounts,
    /// A hub resource, or an object in one, without its hub, which the platform ignores.
    Resource(Vec<String>),
}

/// How a path says which instance is meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Which {
    /// The one whose token is in the header.
    Own,
    /// By id, possibly below its connector.
    Id { id: String, connector: Option<String> },
}

impl Which {
    fn id(id: &str) -> Self {
        Self::Id { id: id.to_owned(), connector: None }
    }
}

impl Target {
    /// `segments` are those after the base path.
    pub(super) fn of(noun: Noun, segments: &[&str], catalogue: &Catalogue) -> Option<Self> {
        let owned = |text: &str| text.to_owned();
        Some(match segments {
            ["instances", rest @ ..] => Self::below_instances(rest)?,
            ["ping"] | ["hubs", _, "ping"] => Self::Ping,
            ["hubs"] => Self::Hubs,
            ["objects"] | ["hubs", _, "objects"] => Self::Objects(None, None),
            ["objects", name, "metadata"] | ["hubs", _, "objects", name, "metadata"] => {
                Self::Objects(None, Some(owned(name)))
            }
            ["formulas"] => Self::Empty("formulas"),
            ["formulas", "instances"] => Self::Empty("formula instances"),
            ["vdrs"] => Self::Empty("vdrs"),
            ["organizations", "objects", "definitions"] => Self::Definitions,
            ["accounts"] => Self::Accounts,
            [nouns, rest @ ..] if *nouns == noun.plural() => match rest {
                [] => Self::Connectors,
                ["keys"] => Self::Keys,
                ["metadata"] => Self::Metadata(None),
                [key] => Self::Connector(owned(key)),
                [key, "metadata"] => Self::Metadata(Some(owned(key))),
                [key, "docs"] => Self::ConnectorDocs(owned(key)),
                [key, "transformations"] => Self::Transformations(owned(key)),
                [key, "active"] => Self::Active(owned(key)),
                [key, "clone"] => Self::Clone(owned(key)),
                [key, "export"] => Self::Export(owned(key)),
                [key, "configuration"] => Self::Configuration(owned(key)),
                [key, "instances"] => Self::Instances(Some(owned(key))),
                [key, "instances", id] => {
                    Self::Instance(Which::Id { id: owned(id), connector: Some(owned(key)) })
                }
                [key, "oauth", "url"] => Self::OauthUrl(owned(key)),
                [key, "oauth", "token"] => Self::Oauth1Token(owned(key)),
                _ => return None,
            },
            ["hubs", _, resource @ ..] | resource => {
                let known = catalogue.has_resource(resource);
                known.then(|| Self::Resource(resource.iter().copied().map(str::to_owned).collect()))?
            }
        })
    }

    fn below_instances(segments: &[&str]) -> Option<Self> {
        let owned = |entry: &str| Some(entry.to_owned());
        Some(match segments {
            [] => Self::Instances(None),
            ["enabled"] => Self::Enabled(Which::Own),
            ["configuration"] => Self::InstanceConfiguration(Which::Own, None),
            ["configuration", entry] => Self::InstanceConfiguration(Which::Own, owned(entry)),
            ["docs"] => Self::InstanceDocs(Which::Own),
            ["objects"] => Self::Objects(Some(Which::Own), None),
            ["objects", name, "metadata"] => Self::Objects(Some(Which::Own), owned(name)),
            [id] => Self::Instance(Which::id(id)),
            [id, "docs"] => Self::InstanceDocs(Which::id(id)),
            [id, "objects"] => Self::Objects(Some(Which::id(id)), None),
            [id, "objects", name, "metadata"] => Self::Objects(Some(Which::id(id)), owned(name)),
            [id, "enabled"] => Self::Enabled(Which::id(id)),
            [id, "configuration"] => Self::InstanceConfiguration(Which::id(id), None),
            [id, "configuration", entry] => Self::InstanceConfiguration(Which::id(id), owned(entry)),
            _ => return None,
        })
    }

    /// The methods that are possible here, with the call each makes.
    pub(super) fn calls(&self) -> &'static [(&'static str, Call)] {
        match self {
            Self::Connectors => &[("GET", Call::Catalogue), ("POST", Call::CreateConnector)],
            Self::Connector(_) => {
                &[("GET", Call::Connector), ("PUT", Call::UpdateConnector), ("DELETE", Call::DeleteConnector)]
            }
            Self::Active(_) => &[("PUT", Call::ActivateConnector), ("DELETE", Call::DeactivateConnector)],
            Self::Clone(_) => &[("POST", Call::CloneConnector)],
            Self::Export(_) => &[("GET", Call::ExportConnector)],
            Self::Configuration(_) => &[("GET", Call::Configuration)],
            Self::OauthUrl(_) => &[("GET", Call::OauthUrl), ("POST", Call::OauthUrl)],
            Self::Oauth1Token(_) => &[("GET", Call::Oauth1Token)],
            Self::Instances(Some(_)) => &[("GET", Call::ListInstances), ("POST", Call::CreateInstance)],
            Self::Instances(None) => &[
                ("GET", Call::ListInstances),
                ("POST", Call::CreateInstance),
                ("PUT", Call::UpdateInstance),
                ("PATCH", Call::UpdateInstance),
                ("DELETE", Call::DeleteInstance),
            ],
            Self::Instance(_) => &[
                ("GET", Call::GetInstance),
                ("PUT", Call::UpdateInstance),
                ("PATCH", Call::UpdateInstance),
                ("DELETE", Call::DeleteInstance),
            ],
            Self::Enabled(_) => &[("PUT", Call::EnableInstance), ("DELETE", Call::DisableInstance)],
            Self::InstanceConfiguration(..) => {
                &[("GET", Call::InstanceConfiguration), ("PATCH", Call::UpdateInstanceConfiguration)]
            }
            Self::Keys => &[("GET", Call::Keys)],
            Self::Metadata(_) => &[("GET", Call::Metadata)],
            Self::Hubs => &[("GET", Call::Hubs)],
            Self::ConnectorDocs(_) | Self::InstanceDocs(_) => &[("GET", Call::Docs)],
            Self::Transformations(_) => &[("GET", Call::Transformations)],
            Self::Objects(..) => &[("GET", Call::Objects)],
            Self::Empty(_) | Self::Definitions => &[("GET", Call::OtherPart)],
            Self::Ping => &[("GET", Call::Ping)],
            // What of this is possible depends on the connector.
            Self::Accounts | Self::Resource(_) => &[
                ("GET", Call::Resource),
                ("POST", Call::Resource),
                ("PUT", Call::Resource),
                ("PATCH", Call::Resource),
                ("DELETE", Call::Resource),
            ],
        }
    }
}

/// The calls of the sandbox, to name one that is to fail or was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Call {
    /// `GET` or `POST /{nouns}/{keyOrId}/oauth/url`.
    OauthUrl,
    /// `GET /{nouns}/{keyOrId}/oauth/token`: the first step of OAuth 1.0a.
    Oauth1Token,
    /// `POST /instances` or `POST /{nouns}/{keyOrId}/instances`.
    CreateInstance,
    /// `GET /instances` or `GET /{nouns}/{keyOrId}/instances`.
    ListInstances,
    /// `GET /instances/{id}`, or `GET /instances` with an instance token in the header.
    GetInstance,
    /// `PUT` or `PATCH /instances/{id}` or `/instances`.
    UpdateInstance,
    /// `DELETE /instances/{id}` or `/instances`.
    DeleteInstance,
    /// `PUT /instances/{id}/enabled` or `/instances/enabled`.
    EnableInstance,
    /// `DELETE /instances/{id}/enabled` or `/instances/enabled`.
    DisableInstance,
    /// `GET /instances/{id}/configuration[/{entry}]` or `/instances/configuration[/{entry}]`.
    InstanceConfiguration,
    /// `PATCH` to the same paths.
    UpdateInstanceConfiguration,
    /// `GET /{nouns}`.
    Catalogue,
    /// `GET /{nouns}/{keyOrId}`.
    Connector,
    /// `POST /{nouns}`.
    CreateConnector,
    /// `PUT /{nouns}/{keyOrId}`.
    UpdateConnector,
    /// `DELETE /{nouns}/{keyOrId}`.
    DeleteConnector,
    /// `PUT /{nouns}/{keyOrId}/active`.
    ActivateConnector,
    /// `DELETE /{nouns}/{keyOrId}/active`.
    DeactivateConnector,
    /// `POST /{nouns}/{keyOrId}/clone`.
    CloneConnector,
    /// `GET /{nouns}/{keyOrId}/export`.
    ExportConnector,
    /// `GET /{nouns}/{keyOrId}/configuration`.
    Configuration,
    /// `GET /{nouns}/keys`.
    Keys,
    /// `GET /{nouns}/metadata` or `/{nouns}/{keyOrId}/metadata`.
    Metadata,
    /// `GET /hubs`.
    Hubs,
    /// `GET /{nouns}/{keyOrId}/docs`, `/instances/{id}/docs` or `/instances/docs`.
    Docs,
    /// `GET /{nouns}/{keyOrId}/transformations`.
    Transformations,
    /// `GET /objects`, `/instances/{id}/objects` or `/instances/objects`, or `…/{name}/metadata` below it.
    Objects,
    /// A part of the platform that is empty here, such as `GET /formulas`.
    OtherPart,
    /// `GET /ping`.
    Ping,
    /// A hub resource, such as `GET /hubs/social/media`, or an object in one, with any method.
    Resource,
    /// `OPTIONS` of any path: which methods it has, and what a page of another origin may do.
    Options,
    /// The provider's consent page: `GET /provider/{key}/oauth/authorize`.
    ConsentPage,
    /// The Allow or Deny button of that page: `POST` to the same path.
    Consent,
}
