//! The mistakes that are known, and their names.

/// The known mistakes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum DiagnosticKind {
    /// There is nothing in it.
    Empty,
    /// It begins with a byte order mark.
    ByteOrderMark,
    /// A line ends inside a string.
    LineBreakInString,
    /// A control character, such as a tab, stands inside a string.
    ControlCharacter,
    /// A `"` inside a string without a `\` before it.
    UnescapedQuote,
    /// A `\` that begins no escape of JSON.
    BadEscape,
    /// A bracket or quote that is never closed.
    NeverClosed,
    /// A bracket that closes nothing, or closes too much.
    ClosedTwice,
    /// No comma between two members or items.
    MissingComma,
    /// A comma before a closing bracket.
    TrailingComma,
    /// A comment, which JSON does not have.
    Comment,
    /// A second document after the first.
    TwoDocuments,
    /// A curly quote, a dash or a space that an editor put in place of the plain character.
    Typographic,
    /// Anything else that is not JSON.
    Unexpected,
    /// Brackets within brackets, more than 127 deep.
    TooDeep,
    /// A sample's placeholder, not filled in.
    Placeholder,
    /// Members of the instance stand inside the connector.
    Nested,
    /// A member that there must be is absent.
    MissingMember,
    /// A member's value is of the wrong kind.
    WrongType,
    /// The callback URL is not the one of the first step.
    CallbackUrlDiffers,
    /// The connector's key is not the one of the path.
    KeyDiffers,
    /// A `callbackUrl` in a query that is not percent-encoded.
    UnencodedCallbackUrl,
    /// A line of a command that should go on has no `\` at its end.
    MissingBackslash,
    /// Something blank stands after the `\` at the end of a line.
    SpaceAfterBackslash,
}

impl DiagnosticKind {
    /// The name of every kind, so that a test can see whether it covers them all.
    pub const NAMES: [&'static str; 24] = [
        "empty",
        "byte-order-mark",
        "line-break-in-string",
        "control-character",
        "unescaped-quote",
        "bad-escape",
        "never-closed",
        "closed-twice",
        "missing-comma",
        "trailing-comma",
        "comment",
        "two-documents",
        "typographic",
        "unexpected",
        "too-deep",
        "placeholder",
        "nested",
        "missing-member",
        "wrong-type",
        "callback-url-differs",
        "key-differs",
        "unencoded-callback-url",
        "missing-backslash",
        "space-after-backslash",
    ];

    /// The kind's name, one of [`NAMES`](Self::NAMES): stable, for logs and for comparing.
    pub fn name(self) -> &'static str {
        // Taken apart and used up, so that neither a variant nor a name can be without the other.
        let [
            empty,
            byte_order_mark,
            line_break_in_string,
            control_character,
            unescaped_quote,
            bad_escape,
            never_closed,
            closed_twice,
            missing_comma,
            trailing_comma,
            comment,
            two_documents,
            typographic,
            unexpected,
            too_deep,
            placeholder,
            nested,
            missing_member,
            wrong_type,
            callback_url_differs,
            key_differs,
            unencoded_callback_url,
            missing_backslash,
            space_after_backslash,
        ] = Self::NAMES;
        match self {
            Self::Empty => empty,
            Self::ByteOrderMark => byte_order_mark,
            Self::LineBreakInString => line_break_in_string,
            Self::ControlCharacter => control_character,
            Self::UnescapedQuote => unescaped_quote,
            Self::BadEscape => bad_escape,
            Self::NeverClosed => never_closed,
            Self::ClosedTwice => closed_twice,
            Self::MissingComma => missing_comma,
            Self::TrailingComma => trailing_comma,
            Self::Comment => comment,
            Self::TwoDocuments => two_documents,
            Self::Typographic => typographic,
            Self::Unexpected => unexpected,
            Self::TooDeep => too_deep,
            Self::Placeholder => placeholder,
            Self::Nested => nested,
            Self::MissingMember => missing_member,
            Self::WrongType => wrong_type,
            Self::CallbackUrlDiffers => callback_url_differs,
            Self::KeyDiffers => key_differs,
            Self::UnencodedCallbackUrl => unencoded_callback_url,
            Self::MissingBackslash => missing_backslash,
            Self::SpaceAfterBackslash => space_after_backslash,
        }
    }
}
