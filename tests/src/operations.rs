//! The operations of the cases that are a request and a response, one row each. A row is all that the runner must be told of an
//! operation: core reads its response, and the type of what was read says how it is shown (`ours/show.rs`).

/// Passes all rows to the macro of this name.
///
/// A row is the operation's HTTP line, the name of its type in core, its parameters (a type in `format/parameters.rs`) and how
/// core's value is made from them. `context`, for the few that need it, is the platform of the case and its prints.
// A macro, since the rows become variants of enums; it names no type itself, so that `format` stays free of `ours`.
macro_rules! operations {
    ($for_all:ident) => {
        $for_all! {
            /// `GET /{nouns}/{key}/oauth/token`.
            GetOauth1Token(it: GetOauth1Token, context) =>
                your_moms_core::GetOauth1Token::new(&it.registration.registration(context.prints)?);

            /// `GET /instances`.
            ListInstances(it: ListInstances) => it.operation()?;

            /// `GET /instances/{id}`.
            GetInstance(it: OfInstance) => your_moms_core::GetInstance::new(it.instance.target());

            /// `PATCH /instances/{id}`.
            UpdateInstance(it: UpdateInstance, context) => it.operation(context.platform, context.prints)?;

            /// `DELETE /instances/{id}`.
            DeleteInstance(it: OfInstance) => your_moms_core::DeleteInstance::new(it.instance.target());

            /// `PUT /instances/{id}/enabled`.
            EnableInstance(it: OfInstance) => your_moms_core::EnableInstance::new(it.instance.target());

            /// `DELETE /instances/{id}/enabled`.
            DisableInstance(it: OfInstance) => your_moms_core::DisableInstance::new(it.instance.target());

            /// `GET /instances/{id}/configuration`.
            GetInstanceConfiguration(it: OfInstance) =>
                your_moms_core::GetInstanceConfiguration::new(it.instance.target());

            /// `PATCH /instances/{id}/configuration/{entry}`.
            UpdateInstanceConfiguration(it: UpdateInstanceConfiguration) => it.operation()?;

            /// `GET /{nouns}`.
            ListConnectors(it: ListConnectors) => it.operation();

            /// `GET /{nouns}/{keyOrId}`.
            GetConnector(it: OfConnector) => your_moms_core::GetConnector::new(it.key()?);

            /// `GET /{nouns}/{keyOrId}/configuration`.
            GetConnectorConfiguration(it: OfConnector) => your_moms_core::GetConnectorConfiguration::new(it.key()?);

            /// `GET /ping`.
            Ping(it: Ping) => it.operation();

            /// Any call with the instance's token.
            InstanceRequest(it: InstanceRequest) => it.operation();
        }
    };
}

pub(crate) use operations;
