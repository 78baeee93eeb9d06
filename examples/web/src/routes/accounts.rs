//! The list of a user's accounts.

use axum::extract::{Path, State};
use axum::response::Redirect;
use maud::Markup;

use super::visitor::{Nothing, Sent, Visitor};
use crate::app::App;
use crate::db::{accounts, attempts};
use crate::error::Error;
use crate::pages;

pub(super) async fn page(State(app): State<App>, visitor: Visitor) -> Result<Markup, Error> {
    let member = visitor.member()?;
    // In this order: an account that a job connects in between is shown twice for a moment, and not never.
    let attempts = attempts::of_user(&app.db.pool, &member.id).await?;
    let accounts = accounts::of_user(&app.db.pool, &member.id).await?;
    let has = |key: &str| app.has(key);
    Ok(pages::accounts::page(&member.name, &visitor.csrf, &accounts, &attempts, has))
}

/// Takes the note of a failed attempt from the list.
pub(super) async fn dismiss(
    State(app): State<App>,
    Path(id): Path<String>,
    sent: Sent<Nothing>,
) -> Result<Redirect, Error> {
    let dismissed = attempts::dismiss(&app.db.pool, &sent.visitor.member()?.id, &id).await?;
    if dismissed { Ok(Redirect::to("/accounts")) } else { Err(Error::NotFound) }
}
