//! Step 1: sends the user to the provider.

use axum::extract::{Path, State};
use axum::response::Redirect;

use super::visitor::{Nothing, Sent, Visitor};
use crate::app::App;
use crate::db::pending::{self, Pending};
use crate::db::{accounts, seconds};
use crate::error::Error;
use crate::keys::random_id;

/// How many seconds a pending authorization is kept: longer than it is valid, so that a user who comes
/// back late is told so.
const KEPT: i64 = 60 * 60;

pub(super) async fn connect(
    State(app): State<App>,
    Path(service): Path<String>,
    sent: Sent<Nothing>,
) -> Result<Redirect, Error> {
    authorize(&app, &sent.visitor, &service, None).await
}

pub(super) async fn reauthorize(
    State(app): State<App>,
    Path(id): Path<String>,
    sent: Sent<Nothing>,
) -> Result<Redirect, Error> {
    let account =
        accounts::get(&app.db.pool, &sent.visitor.member()?.id, &id).await?.ok_or(Error::NotFound)?;
    authorize(&app, &sent.visitor, &account.connector, Some(account.id)).await
}

async fn authorize(
    app: &App,
    visitor: &Visitor,
    connector: &str,
    account: Option<String>,
) -> Result<Redirect, Error> {
    let user_id = visitor.member()?.id.clone();
    let session = visitor.session_key()?;
    let registration = app.registration(connector, &app.callback_url())?;
    let (url, authorization) = app.quick.authorize(&registration, app.now()).await?;
    let id = random_id()?;
    let sealed = app.keys.seal(&pending::about(&id), &serde_json::to_vec(&authorization)?)?;
    let expires_at = seconds(app.now()).saturating_add(KEPT);
    pending::add(&app.db.pool, &Pending { id, session, user_id, account, sealed, expires_at }).await?;
    Ok(Redirect::to(url.expose()))
}
