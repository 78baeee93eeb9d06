//! The job: connects an account, or authorizes one anew, with the code that a redirect brought.
//!
//! The queue runs a job at least once: the job of a killed worker again, that of a frozen worker twice at the same time. So the
//! first thing a job does is to claim the attempt, in the statement that stores the record and forgets the code. A job that
//! finds it claimed never sends the creation; it searches.

use your_moms_core::{
    Authorized, CreateRecord, Error as CallError, ErrorClass, GetInstance, Instance, Registration,
};

use super::{keep, queue};
use crate::app::App;
use crate::db::accounts;
use crate::db::attempts::{self, Attempt};
use crate::db::seconds;
use crate::error::Error;
use crate::services::service;

/// For how many seconds an instance may yet show that was not found.
const SHOWS_LATE: i64 = 24 * 60 * 60;

/// Runs the job of one attempt. It may run any number of times, also at once.
///
/// # Errors
/// The database failed, and the job has to run again.
#[tracing::instrument(skip(app))]
pub async fn run(app: &App, id: &str) -> Result<(), Error> {
    let Some(attempt) = attempts::get(&app.db.pool, id).await? else { return Ok(()) };
    match step(app, &attempt).await {
        Ok(()) => Ok(()),
        Err(error @ Error::Database(_)) => Err(error),
        // It would go wrong again.
        Err(error) => {
            tracing::error!(error = &error as &dyn std::error::Error, "a job cannot be run");
            fail(app, &attempt, error.kind(), None).await
        }
    }
}

/// Whether a run of this attempt's job has sent it, or was about to.
///
/// # Errors
/// The database failed.
pub async fn is_claimed(app: &App, id: &str) -> Result<bool, Error> {
    Ok(attempts::get(&app.db.pool, id).await?.is_some_and(|attempt| attempt.sent_at.is_some()))
}

async fn step(app: &App, attempt: &Attempt) -> Result<(), Error> {
    match (&attempt.sealed, &attempt.account) {
        (Some(sealed), None) if attempt.sent_at.is_none() => create(app, attempt, sealed).await,
        (Some(sealed), Some(account)) if attempt.sent_at.is_none() => {
            reauthorize(app, attempt, sealed, account).await
        }
        (_, None) => recover(app, attempt).await,
        (_, Some(account)) => look_at(app, attempt, account).await,
    }
}

async fn create(app: &App, attempt: &Attempt, sealed: &str) -> Result<(), Error> {
    let (authorized, registration) = authorized(app, attempt, sealed)?;
    let create = match authorized.create(&registration) {
        Ok(create) => create.name(name(app, attempt).await?),
        Err(error) => return failed(app, attempt, &error.into()).await,
    };
    let record = serde_json::to_string(&create.record())?;
    if !attempts::claim(&app.db.pool, &attempt.id, Some(&record), seconds(app.now())).await? {
        return search(app, attempt, &create.record()).await;
    }
    match app.client.create(&create).await {
        Ok(instance) => keep::created(app, attempt, &instance).await,
        Err(error) if error.may_have_happened() => {
            failed(app, attempt, &error).await?;
            look_again(app, attempt).await
        }
        Err(error) => failed(app, attempt, &error).await,
    }
}

/// Another run of this job has sent the creation, or was about to.
async fn recover(app: &App, attempt: &Attempt) -> Result<(), Error> {
    match &attempt.record {
        Some(record) => search(app, attempt, &serde_json::from_str(record)?).await,
        None => Ok(()),
    }
}

async fn search(app: &App, attempt: &Attempt, record: &CreateRecord) -> Result<(), Error> {
    match app.client.recover(record).await {
        Ok(Some(instance)) => return keep::created(app, attempt, &instance).await,
        Ok(None) => fail(app, attempt, "not-connected", None).await?,
        Err(error) => failed(app, attempt, &error).await?,
    }
    look_again(app, attempt).await
}

/// The instance may show later, and must not be lost: the next look is after as long as this has taken, until a day is over.
async fn look_again(app: &App, attempt: &Attempt) -> Result<(), Error> {
    let now = seconds(app.now());
    let age = now.saturating_sub(attempt.created_at).max(30);
    let mut tx = app.db.pool.begin().await?;
    if age > SHOWS_LATE {
        attempts::delete(&mut tx, &attempt.id).await?;
    } else {
        queue::push(&mut tx, &app.db.queue, &attempt.id, now.saturating_add(age)).await?;
    }
    Ok(tx.commit().await?)
}

async fn reauthorize(app: &App, attempt: &Attempt, sealed: &str, account: &str) -> Result<(), Error> {
    let (authorized, registration) = authorized(app, attempt, sealed)?;
    let Some(instance) = instance(app, attempt, account).await? else { return ended(app, attempt).await };
    let update = match authorized.reauthorize(instance.token(), &registration) {
        Ok(update) => update,
        Err(error) => return failed(app, attempt, &error.into()).await,
    };
    if !attempts::claim(&app.db.pool, &attempt.id, None, seconds(app.now())).await? {
        return look_at(app, attempt, account).await;
    }
    match app.client.call(&update).await {
        Ok(_) => reauthorized(app, attempt, account, &instance).await,
        Err(error) if error.may_have_happened() => look_at(app, attempt, account).await,
        Err(error) => failed(app, attempt, &error).await,
    }
}

/// The outcome is unknown: the instance itself says whether it is valid.
async fn look_at(app: &App, attempt: &Attempt, account: &str) -> Result<(), Error> {
    let Some(instance) = instance(app, attempt, account).await? else { return ended(app, attempt).await };
    match app.client.call(&GetInstance::new(instance.token())).await {
        Ok(now) if now.is_valid() != Some(false) => reauthorized(app, attempt, account, &instance).await,
        Ok(_) => fail(app, attempt, "not-connected", None).await,
        Err(error) => failed(app, attempt, &error).await,
    }
}

async fn reauthorized(app: &App, attempt: &Attempt, account: &str, instance: &Instance) -> Result<(), Error> {
    accounts::set_status(&app.db.pool, account, "connected").await?;
    if let Some(account) = accounts::get(&app.db.pool, &attempt.user_id, account).await? {
        // The user may have signed in at the service as somebody else.
        keep::identify(app, &account, instance).await?;
    }
    ended(app, attempt).await
}

async fn ended(app: &App, attempt: &Attempt) -> Result<(), Error> {
    let mut tx = app.db.pool.begin().await?;
    attempts::delete(&mut tx, &attempt.id).await?;
    Ok(tx.commit().await?)
}

fn authorized(app: &App, attempt: &Attempt, sealed: &str) -> Result<(Authorized, Registration), Error> {
    let text = app.keys.open(&attempts::about(&attempt.id), sealed)?;
    let authorized: Authorized = serde_json::from_slice(&text)?;
    let registration = app.registration(&attempt.connector, authorized.callback_url().as_str())?;
    Ok((authorized, registration))
}

async fn instance(app: &App, attempt: &Attempt, account: &str) -> Result<Option<Instance>, Error> {
    let account = accounts::get(&app.db.pool, &attempt.user_id, account).await?;
    account.map(|account| app.instance(&account)).transpose()
}

async fn failed(app: &App, attempt: &Attempt, error: &CallError) -> Result<(), Error> {
    // Unless two instances show, the user can do no better than try again.
    let unknown = error.may_have_happened() && error.class() != ErrorClass::Ambiguous;
    let kind = if unknown { "not-connected" } else { error.class().name() };
    fail(app, attempt, kind, error.request_id()).await
}

async fn fail(app: &App, attempt: &Attempt, kind: &str, request_id: Option<&str>) -> Result<(), Error> {
    tracing::warn!(kind, request_id, "an account was not connected");
    Ok(attempts::fail(&app.db.pool, &attempt.id, kind, request_id).await?)
}

/// What an account is called before its user names it: `Instagram`, `Instagram 2`, …
async fn name(app: &App, attempt: &Attempt) -> Result<String, Error> {
    let title = service(&attempt.connector).map_or(attempt.connector.as_str(), |service| service.title);
    let accounts = accounts::of_user(&app.db.pool, &attempt.user_id).await?;
    let taken = |name: &str| accounts.iter().any(|account| account.name == name);
    let numbered = (2..).map(|number| format!("{title} {number}"));
    let mut names = std::iter::once(title.to_owned()).chain(numbered);
    Ok(names.find(|name| !taken(name)).unwrap_or_default())
}
