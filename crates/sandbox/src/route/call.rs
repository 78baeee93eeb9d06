//! The calls of the sandbox.

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
    /// `GET /{nouns}/{keyOrId}/configuration`.
    Configuration,
    /// `GET /ping`.
    Ping,
    /// A hub resource, such as `GET /hubs/social/media`.
    Resource,
    /// The provider's consent page: `GET /provider/{key}/oauth/authorize`.
    ConsentPage,
    /// The Allow or Deny button of that page: `POST` to the same path.
    Consent,
}
