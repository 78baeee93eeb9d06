//! A document as a tree whose nodes know where they stand.

use std::borrow::Cow;
use std::ops::Range;

#[derive(Debug, Clone)]
pub(crate) struct Node<'a> {
    pub(crate) span: Range<usize>,
    pub(crate) value: Tree<'a>,
}

#[derive(Debug, Clone)]
pub(crate) enum Tree<'a> {
    Object(Vec<Member<'a>>),
    Array(Vec<Node<'a>>),
    Text(Cow<'a, str>),
    /// A number, as it is written.
    Number(&'a str),
    /// `true`, `false` or `null`, or what stands in their place.
    Word(&'a str),
}

#[derive(Debug, Clone)]
pub(crate) struct Member<'a> {
    pub(crate) name: Cow<'a, str>,
    pub(crate) name_span: Range<usize>,
    pub(crate) node: Node<'a>,
}

impl<'a> Node<'a> {
    /// The member of this name, if this is an object that has it; the last one, as JSON parsers take it.
    pub(crate) fn member(&self, name: &str) -> Option<&Member<'a>> {
        self.members().iter().rev().find(|member| member.name == name)
    }

    pub(crate) fn members(&self) -> &[Member<'a>] {
        match &self.value {
            Tree::Object(members) => members,
            _ => &[],
        }
    }

    pub(crate) fn text(&self) -> Option<&str> {
        match &self.value {
            Tree::Text(text) => Some(text),
            _ => None,
        }
    }

    pub(crate) fn is_object(&self) -> bool {
        matches!(self.value, Tree::Object(_))
    }

    /// Whether both say the same, wherever it stands.
    pub(crate) fn says(&self, other: &Node<'_>) -> bool {
        match (&self.value, &other.value) {
            (Tree::Object(ours), Tree::Object(theirs)) => {
                ours.len() == theirs.len()
                    && ours.iter().zip(theirs).all(|(a, b)| a.name == b.name && a.node.says(&b.node))
            }
            (Tree::Array(ours), Tree::Array(theirs)) => {
                ours.len() == theirs.len() && ours.iter().zip(theirs).all(|(a, b)| a.says(b))
            }
            (Tree::Text(a), Tree::Text(b)) => a == b,
            // An editor may have made a dash of the sign.
            (Tree::Number(a), Tree::Number(b)) => digits(a) == digits(b),
            (Tree::Word(a), Tree::Word(b)) => a.eq_ignore_ascii_case(b),
            _ => false,
        }
    }
}

/// A number without its sign.
fn digits(number: &str) -> &str {
    number.trim_start_matches(|c: char| !c.is_ascii_digit())
}
