//! What can be written for a fault, to choose from.

use super::Fault;

impl Fault {
    /// Every form of a fault's text, as an example that is one, and what happens.
    pub const FORMS: [(&str, &str); 23] = [
        ("reset-before", "The connection is reset, and nothing is done."),
        ("reset-while", "The code is spent, nothing is stored, and the connection is reset."),
        ("reset-after", "Everything is done, and the connection is reset: the response is lost."),
        ("status-503", "The platform refuses with this status, and nothing is done."),
        ("status-429-retry-2s", "The same with Retry-After, in whole seconds."),
        ("own-500-after", "The platform's own refusal, before, while or after the work."),
        ("gateway-403-before", "A gateway's response without a requestId, before, while or after the work."),
        ("gateway-429-retry-2s-before", "The same with Retry-After."),
        ("gateway-502-late-2s-after", "The same, only after this long."),
        ("gateway-html-502-after", "A gateway's page of HTML; -cut breaks it off in the middle."),
        ("gateway-unreadable-502-after", "A gateway's response that calls itself JSON and is none."),
        ("gateway-empty-302-before", "A gateway's response without a body; a redirect leads to /redirected."),
        ("delay-2s", "Everything is done, and the response comes only after this long."),
        ("slow-drip-20ms", "Everything is done, and the body arrives byte by byte, each after this long."),
        ("truncated-body", "Everything is done, and the body breaks off in the middle."),
        ("broken-body", "Everything is done, and the body is a page of HTML."),
        ("unreadable-body", "Everything is done, and the body is JSON that ends too early."),
        (
            "wrong-account",
            "Everything is done, and another instance's response arrives, once there is another.",
        ),
        ("ignores-filter", "A list ignores tags[] and searchText."),
        ("shows-late-2", "A creation shows only after so many further lists."),
        ("small-pages-2", "No page of a list is larger than this."),
        ("strips-tags", "A creation drops its tags."),
        ("masks-secrets", "An instance shows the secrets in its configuration as ********."),
    ];
}
