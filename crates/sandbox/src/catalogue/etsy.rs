//! A connector with OAuth 1.0a.

use super::{Connector, Entry, Oauth, Protocol, internal, optional, required};

pub(super) static CONNECTOR: Connector = Connector {
    id: 112,
    key: "etsy",
    name: "Etsy",
    description: "Etsy is a marketplace for handmade and vintage goods.",
    image: None,
    hub: "ecommerce",
    active: true,
    oauth: Some(Oauth {
        provider: "Etsy",
        account: "sandbox.maker",
        scopes: &[
            ("listings_r", "See what your shop offers"),
            ("transactions_r", "See what your shop has sold"),
        ],
        protocol: Protocol::Oauth1,
    }),
    entries: &[
        required("oauth.api.key", "Keystring", "TEXTFIELD_64"),
        required("oauth.api.secret", "Shared secret", "PASSWORD"),
        required("oauth.callback.url", "Callback URL", "TEXTFIELD_1000"),
        optional("oauth.scope", "OAuth scope", Some("listings_r transactions_r")),
        optional("base.url", "Base URL", Some("https://openapi.etsy.com/v2")),
        Entry { kind: "BOOLEAN", ..optional("event.notification.enabled", "Events enabled", Some("false")) },
        internal("oauth.user.token", "Access token", None),
        internal("oauth.user.token.secret", "Access token secret", None),
    ],
    resources: &[],
};
