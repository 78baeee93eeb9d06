//! Instagram, with the values that the source document's response to step 2 shows.

use serde_json::{Value, json};

use super::{Connector, Entry, Oauth, Protocol, internal, optional, required};

pub(super) static CONNECTOR: Connector = Connector {
    id: 74,
    key: "instagram",
    name: "Instagram Beta",
    description: "Instagram is an online mobile photo-sharing, video-sharing and social networking service that enables \
                  its users to take pictures and videos, and share them on a variety of social networking platforms, \
                  such as Facebook, Twitter, Tumblr and Flickr.",
    image: Some("https://pbs.twimg.com/profile_images/1550954462/instagramIcon.png"),
    hub: "social",
    active: false,
    oauth: Some(Oauth {
        provider: "Instagram",
        account: "sandbox.traveller",
        scopes: &[
            ("basic", "See your profile, your photos and your videos"),
            ("comments", "Write and delete comments for you"),
            ("relationships", "Follow and unfollow accounts for you"),
            ("likes", "Like and unlike posts for you"),
        ],
        protocol: Protocol::Oauth2 { meta_redirects: true },
    }),
    entries: &[
        required("oauth.api.key", "API key", "TEXTFIELD_64"),
        required("oauth.api.secret", "API secret", "PASSWORD"),
        required("oauth.callback.url", "Callback URL", "TEXTFIELD_1000"),
        optional("oauth.scope", "OAuth scope", Some("basic+comments+relationships+likes")),
        optional("base.url", "Base URL", Some("https://api.instagram.com/v1")),
        optional(
            "oauth.authorization.url",
            "Authorization URL",
            Some("https://api.instagram.com/oauth/authorize"),
        ),
        optional("oauth.token.url", "Token URL", Some("https://api.instagram.com/oauth/access_token")),
        Entry { kind: "TEXTFIELD_32", ..optional("pagination.max", "Largest page", Some("100")) },
        Entry {
            kind: "BOOLEAN",
            ..optional("pagination.offset", "Pages count from an offset", Some("false"))
        },
        optional("event.notification.instance.finder", "How an event finds its instance", None),
        internal("oauth.user.token", "Access token", None),
        internal("oauth.user.refresh_token", "Refresh token", None),
        internal("oauth.user.refresh_interval", "Refresh interval in seconds", Some("3600")),
        internal("oauth.user.refresh_time", "Time of the last refresh", None),
    ],
    resources: &[("users/self", profile), ("media", media)],
};

fn profile() -> Value {
    json!({
        "id": "566745376",
        "username": "sandbox.traveller",
        "full_name": "Sandbox Traveller",
        "profile_picture": "https://sandbox.invalid/instagram/profile.jpg",
        "bio": "Slow trains and early mornings. Nobody real.",
        "website": "https://sandbox.invalid/",
        "counts": { "media": 3, "follows": 128, "followed_by": 342 },
    })
}

fn media() -> Value {
    let post = |id: u32, caption: &str, likes: u32, comments: u32| {
        json!({
            "id": format!("{id}_566745376"),
            "type": "image",
            "caption": { "text": caption },
            "link": format!("https://sandbox.invalid/instagram/p/{id}"),
            "created_time": (1_460_000_000 + 86_400 * id).to_string(),
            "likes": { "count": likes },
            "comments": { "count": comments },
            "images": { "standard_resolution": {
                "url": format!("https://sandbox.invalid/instagram/{id}.jpg"), "width": 640, "height": 640,
            } },
            "user": { "id": "566745376", "username": "sandbox.traveller" },
        })
    };
    json!([
        post(1003, "First light over the harbour", 87, 12),
        post(1002, "Platform 9, running late ☕", 41, 5),
        post(1001, "Rain on the night train", 63, 8),
    ])
}
