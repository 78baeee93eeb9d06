//! Questions about a text as such: where its lines begin, and which characters an editor put in place of plain ones. No
//! language is known here.

pub(crate) mod position;
pub(crate) mod typography;

pub(crate) use position::Lines;
