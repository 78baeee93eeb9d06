//! The same steps as a careful programmer writes them with the libraries at hand.

mod hand;
mod oauth2;
mod reqwest;
mod s3;
mod url;
mod value;

pub(crate) use hand::Creation;

use crate::Case;

pub(crate) fn cases() -> impl Iterator<Item = &'static Case> {
    let builders = reqwest::CASES.iter().chain(&s3::CASES).chain(&url::CASES);
    hand::CASES.iter().chain(&oauth2::CASES).chain(builders).chain(&value::CASES)
}
