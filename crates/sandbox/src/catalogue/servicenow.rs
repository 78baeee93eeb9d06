//! A connector with basic authentication: no provider to ask, but a user name and a password.

use super::{Connector, optional, required};

pub(super) static CONNECTOR: Connector = Connector {
    id: 95,
    key: "servicenow",
    name: "ServiceNow",
    description: "ServiceNow keeps track of requests and incidents for a help desk.",
    image: None,
    hub: "helpdesk",
    active: true,
    oauth: None,
    entries: &[
        required("username", "User name", "TEXTFIELD_64"),
        required("password", "Password", "PASSWORD"),
        optional("base.url", "Base URL", Some("https://sandbox.invalid/servicenow")),
    ],
    resources: &[],
};
