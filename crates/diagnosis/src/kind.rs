//! The mistakes that are known, and their names.

/// The known mistakes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum DiagnosticKind {
    /// There is nothing in it.
    Empty,
    /// It begins with a byte order mark.
    ByteOrderMark,
    /// YAML, JavaScript, markup or HTTP where JSON should be.
    OtherLanguage,
    /// A line ends inside a string.
    LineBreakInString,
    /// A control character, such as a tab, stands inside a string.
    ControlCharacter,
    /// A `"` inside a string without a `\` before it.
    UnescapedQuote,
    /// A string without its opening or closing quote.
    MissingQuote,
    /// A `\` that begins no escape of JSON.
    BadEscape,
    /// A bracket or quote that is never closed.
    NeverClosed,
    /// A bracket that should open what another one closes is missing.
    NeverOpened,
    /// A bracket that closes nothing, or closes too much.
    ClosedTwice,
    /// No comma between two members or items.
    MissingComma,
    /// A comma before a closing bracket.
    TrailingComma,
    /// A comma with nothing before it.
    DoubleComma,
    /// A comment, which JSON does not have, or one that ends a command.
    Comment,
    /// A second document after the first.
    TwoDocuments,
    /// A curly quote, a dash or a space that an editor put in place of the plain character.
    Typographic,
    /// Anything else that is not JSON.
    Unexpected,
    /// Brackets within brackets, more than 127 deep.
    TooDeep,
    /// A variable or a directive of a template language.
    Template,
    /// Dots in place of something that was left out.
    Omission,
    /// A placeholder, not filled in.
    Placeholder,
    /// Members stand inside another member and belong beside it.
    Nested,
    /// A member that there must be is absent.
    MissingMember,
    /// Two members of one object have the same name.
    DuplicateMember,
    /// A name that is almost one that the platform knows.
    Misspelt,
    /// A member's value is of the wrong type.
    WrongType,
    /// A code that ends in `#_`.
    CodeSuffix,
    /// The callback URL is not the one of the first step.
    CallbackUrlDiffers,
    /// The connector's key is not the one of the path.
    KeyDiffers,
    /// The words of another vocabulary than the expected one.
    VocabularyDiffers,
    /// A `callbackUrl` in a query that is not percent-encoded.
    UnencodedCallbackUrl,
    /// Text that should be a URL and is none.
    InvalidUrl,
    /// A space inside a URL.
    SpaceInUrl,
    /// A line of a command that should go on has no `\` at its end.
    MissingBackslash,
    /// Trailing whitespace after the `\` at the end of a line.
    SpaceAfterBackslash,
    /// A `\` at the end of a command's last line.
    DanglingBackslash,
    /// A `\` at the end of a line inside quotes, where it is sent.
    BackslashInQuotes,
    /// A quote inside a quoted argument of a command, which ends it.
    QuoteInArgument,
    /// A character that a shell takes for an operator, without quotes.
    Unquoted,
    /// An option of curl that is not the one meant.
    WrongOption,
    /// A header that is not `Name: value`, or lacks a comma.
    InvalidHeader,
    /// A body is sent without saying that it is JSON.
    MissingContentType,
    /// A method that does not fit the request.
    WrongMethod,
}

use DiagnosticKind as Kind;

/// Every kind with its name.
const ALL: [(DiagnosticKind, &str); 44] = [
    (Kind::Empty, "empty"),
    (Kind::ByteOrderMark, "byte-order-mark"),
    (Kind::OtherLanguage, "other-language"),
    (Kind::LineBreakInString, "line-break-in-string"),
    (Kind::ControlCharacter, "control-character"),
    (Kind::UnescapedQuote, "unescaped-quote"),
    (Kind::MissingQuote, "missing-quote"),
    (Kind::BadEscape, "bad-escape"),
    (Kind::NeverClosed, "never-closed"),
    (Kind::NeverOpened, "never-opened"),
    (Kind::ClosedTwice, "closed-twice"),
    (Kind::MissingComma, "missing-comma"),
    (Kind::TrailingComma, "trailing-comma"),
    (Kind::DoubleComma, "double-comma"),
    (Kind::Comment, "comment"),
    (Kind::TwoDocuments, "two-documents"),
    (Kind::Typographic, "typographic"),
    (Kind::Unexpected, "unexpected"),
    (Kind::TooDeep, "too-deep"),
    (Kind::Template, "template"),
    (Kind::Omission, "omission"),
    (Kind::Placeholder, "placeholder"),
    (Kind::Nested, "nested"),
    (Kind::MissingMember, "missing-member"),
    (Kind::DuplicateMember, "duplicate-member"),
    (Kind::Misspelt, "misspelt"),
    (Kind::WrongType, "wrong-type"),
    (Kind::CodeSuffix, "code-suffix"),
    (Kind::CallbackUrlDiffers, "callback-url-differs"),
    (Kind::KeyDiffers, "key-differs"),
    (Kind::VocabularyDiffers, "vocabulary-differs"),
    (Kind::UnencodedCallbackUrl, "unencoded-callback-url"),
    (Kind::InvalidUrl, "invalid-url"),
    (Kind::SpaceInUrl, "space-in-url"),
    (Kind::MissingBackslash, "missing-backslash"),
    (Kind::SpaceAfterBackslash, "space-after-backslash"),
    (Kind::DanglingBackslash, "dangling-backslash"),
    (Kind::BackslashInQuotes, "backslash-in-quotes"),
    (Kind::QuoteInArgument, "quote-in-argument"),
    (Kind::Unquoted, "unquoted"),
    (Kind::WrongOption, "wrong-option"),
    (Kind::InvalidHeader, "invalid-header"),
    (Kind::MissingContentType, "missing-content-type"),
    (Kind::WrongMethod, "wrong-method"),
];

impl DiagnosticKind {
    /// The name of every kind, so that a test can see whether it covers them all.
    pub const NAMES: &'static [&'static str] = &{
        let mut names = [""; ALL.len()];
        let mut at = 0;
        while at < ALL.len() {
            #[expect(
                clippy::indexing_slicing,
                reason = "the compiler runs this loop; it cannot go past the end later"
            )]
            {
                names[at] = ALL[at].1;
            }
            at += 1;
        }
        names
    };

    /// The kind's name, one of [`NAMES`](Self::NAMES): stable, for logs and for comparing.
    pub fn name(self) -> &'static str {
        ALL.iter().find(|(kind, _)| *kind == self).map_or("unexpected", |(_, name)| name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_its_own_name_in_the_order_of_the_variants() {
        for (at, (kind, name)) in ALL.iter().enumerate() {
            assert_eq!((*kind as usize, kind.name()), (at, *name));
        }
        assert_eq!(ALL.len(), Kind::WrongMethod as usize + 1);
    }
}
