//! A second OAuth 2 connector, in another hub; its provider redirects as RFC 6749 says, with nothing added.

use serde_json::{Value, json};

use super::{Connector, Oauth, Protocol, internal, optional, required};

pub(super) static CONNECTOR: Connector = Connector {
    id: 81,
    key: "dropbox",
    name: "Dropbox",
    description: "Dropbox keeps files in one place and shares them between people and devices.",
    image: None,
    hub: "documents",
    active: true,
    oauth: Some(Oauth {
        provider: "Dropbox",
        account: "sandbox@example.org",
        scopes: &[
            ("files.metadata.read", "See the names of your files and folders"),
            ("files.content.read", "Read the contents of your files"),
        ],
        protocol: Protocol::Oauth2 { meta_redirects: false },
    }),
    entries: &[
        required("oauth.api.key", "App key", "TEXTFIELD_64"),
        required("oauth.api.secret", "App secret", "PASSWORD"),
        required("oauth.callback.url", "Callback URL", "TEXTFIELD_1000"),
        optional("oauth.scope", "OAuth scope", Some("files.metadata.read+files.content.read")),
        optional("base.url", "Base URL", Some("https://api.dropboxapi.com/2")),
        internal("oauth.user.token", "Access token", None),
        internal("oauth.user.refresh_token", "Refresh token", None),
    ],
    resources: &[("folders/contents", contents)],
};

fn contents() -> Value {
    let entry = |id: u32, name: &str, directory: bool, size: u32| {
        json!({
            "id": format!("id:sandbox-{id}"),
            "name": name,
            "path": format!("/{name}"),
            "directory": directory,
            "size": size,
            "modifiedDate": "2016-04-07T08:00:00Z",
        })
    };
    json!([
        entry(1, "Receipts", true, 0),
        entry(2, "Night train timetable.pdf", false, 182_304),
        entry(3, "Packing list.txt", false, 912),
    ])
}
