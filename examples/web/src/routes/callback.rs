//! Step 2: the provider's redirect. It may arrive at another process than the one that sent the user away.

use axum::extract::{OriginalUri, State};
use axum::response::Redirect;
use your_moms_core::{CallbackError, PendingAuthorization};

use super::visitor::Visitor;
use crate::app::App;
use crate::db::attempts::{self, Attempt};
use crate::db::pending::{self, Pending};
use crate::db::seconds;
use crate::error::Error;
use crate::glue;
use crate::jobs::queue;
use crate::keys::random_id;

/// Takes the pending authorization out, and hands the code to a job, in one transaction: a redirect that comes twice finds
/// nothing, and no code is lost between the two.
pub(super) async fn callback(
    State(app): State<App>,
    OriginalUri(uri): OriginalUri,
    visitor: Visitor,
) -> Result<Redirect, Error> {
    let user_id = visitor.member()?.id.clone();
    let redirect = uri.path_and_query().map_or("", |target| target.as_str());
    let (row, authorization) = find(&app, &visitor.session_key()?, &user_id, redirect).await?;
    let connector = authorization.connector().as_str().to_owned();
    let authorized = authorization.verify(redirect, app.now());

    let mut tx = app.db.pool.begin().await?;
    if !pending::take(&mut tx, &row.id).await? {
        return Err(CallbackError::StateMismatch.into());
    }
    let authorized = match authorized {
        Ok(authorized) => authorized,
        Err(error) => {
            tx.commit().await?;
            return Err(error.into());
        }
    };
    let id = random_id()?;
    let sealed = app.keys.seal(&attempts::about(&id), &glue::authorized_text(&authorized)?)?;
    let now = seconds(app.now());
    let attempt = Attempt {
        id,
        user_id,
        connector,
        account: row.account,
        sealed: Some(sealed),
        record: None,
        sent_at: None,
        failure: None,
        request_id: None,
        created_at: now,
    };
    attempts::add(&mut tx, &attempt).await?;
    queue::push(&mut tx, &app.db.queue, &attempt.id, now).await?;
    tx.commit().await?;
    Ok(Redirect::to("/accounts"))
}

/// The one that this redirect belongs to, among those of this session alone.
async fn find(
    app: &App,
    session: &str,
    user: &str,
    redirect: &str,
) -> Result<(Pending, PendingAuthorization), Error> {
    for row in pending::of_session(&app.db.pool, session, user).await? {
        let text = app.keys.open(&pending::about(&row.id), &row.sealed)?;
        let authorization: PendingAuthorization = serde_json::from_slice(&text)?;
        if authorization.matches(redirect) {
            return Ok((row, authorization));
        }
    }
    Err(CallbackError::StateMismatch.into())
}
