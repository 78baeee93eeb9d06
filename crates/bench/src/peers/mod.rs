//! The same steps as a careful programmer writes them with the libraries at hand.

mod hand;
mod oauth2;
mod reqwest;
mod url;
mod value;

pub(crate) use hand::Creation;

use crate::Case;

pub(crate) fn cases() -> impl Iterator<Item = &'static Case> {
    hand::CASES.iter().chain(&oauth2::CASES).chain(&reqwest::CASES).chain(&url::CASES).chain(&value::CASES)
}
