//! Accounts on their way to being connected, or to being authorized anew: what a job works on.

use sqlx::{AnyConnection, AnyPool};

/// One of them. It is deleted when it has succeeded.
#[derive(sqlx::FromRow)]
pub(crate) struct Attempt {
    pub(crate) id: String,
    pub(crate) user_id: String,
    pub(crate) connector: String,
    /// The account that is authorized anew, if it is not a new one.
    pub(crate) account: Option<String>,
    /// The code, until it is sent.
    pub(crate) sealed: Option<String>,
    /// What finds the instance again, once the creation may have been sent.
    pub(crate) record: Option<String>,
    /// When it was sent, or was about to be.
    pub(crate) sent_at: Option<i64>,
    /// Why it failed, if it has.
    pub(crate) failure: Option<String>,
    /// The platform's name for the request that failed.
    pub(crate) request_id: Option<String>,
    pub(crate) created_at: i64,
}

/// What its encryption says it is about.
pub(crate) fn about(id: &str) -> String {
    format!("attempts/{id}")
}

pub(crate) async fn add(db: &mut AnyConnection, attempt: &Attempt) -> Result<(), sqlx::Error> {
    let insert = "INSERT INTO attempts (id, user_id, connector, account, sealed, created_at) \
        VALUES ($1, $2, $3, $4, $5, $6)";
    let query = sqlx::query(insert).bind(&attempt.id).bind(&attempt.user_id).bind(&attempt.connector);
    let query = query.bind(&attempt.account).bind(&attempt.sealed).bind(attempt.created_at);
    query.execute(db).await.map(drop)
}

pub(crate) async fn get(pool: &AnyPool, id: &str) -> Result<Option<Attempt>, sqlx::Error> {
    let select = "SELECT id, user_id, connector, account, sealed, record, sent_at, failure, request_id, created_at \
        FROM attempts WHERE id = $1";
    sqlx::query_as(select).bind(id).fetch_optional(pool).await
}

/// What the user shall see of them.
pub(crate) async fn of_user(pool: &AnyPool, user: &str) -> Result<Vec<Attempt>, sqlx::Error> {
    let select = "SELECT id, user_id, connector, account, sealed, record, sent_at, failure, request_id, created_at \
        FROM attempts WHERE user_id = $1 AND dismissed = 0 ORDER BY created_at, id";
    sqlx::query_as(select).bind(user).fetch_all(pool).await
}

/// Claims the right to send it: of several jobs that try, one is told `true`. The code is forgotten, and from now on the
/// record is what counts.
pub(crate) async fn claim(
    pool: &AnyPool,
    id: &str,
    record: Option<&str>,
    now: i64,
) -> Result<bool, sqlx::Error> {
    let update =
        "UPDATE attempts SET sent_at = $1, record = $2, sealed = NULL WHERE id = $3 AND sent_at IS NULL";
    let result = sqlx::query(update).bind(now).bind(record).bind(id).execute(pool).await?;
    Ok(result.rows_affected() == 1)
}

pub(crate) async fn fail(
    pool: &AnyPool,
    id: &str,
    failure: &str,
    request_id: Option<&str>,
) -> Result<(), sqlx::Error> {
    let update = "UPDATE attempts SET failure = $1, request_id = $2, sealed = NULL WHERE id = $3";
    sqlx::query(update).bind(failure).bind(request_id).bind(id).execute(pool).await.map(drop)
}

/// Shows a failed one no more. It stays as long as its outcome may yet show.
pub(crate) async fn dismiss(pool: &AnyPool, user: &str, id: &str) -> Result<bool, sqlx::Error> {
    let update = "UPDATE attempts SET dismissed = 1 WHERE id = $1 AND user_id = $2 AND failure IS NOT NULL";
    let result = sqlx::query(update).bind(id).bind(user).execute(pool).await?;
    Ok(result.rows_affected() == 1)
}

/// Those that have neither ended nor failed since this time.
pub(crate) async fn left_behind(db: &mut AnyConnection, before: i64) -> Result<Vec<String>, sqlx::Error> {
    let select = "SELECT id FROM attempts WHERE failure IS NULL AND created_at < $1";
    sqlx::query_scalar(select).bind(before).fetch_all(db).await
}

/// Forgets those that have failed since this time.
pub(crate) async fn forget(db: &mut AnyConnection, before: i64) -> Result<(), sqlx::Error> {
    let delete = "DELETE FROM attempts WHERE failure IS NOT NULL AND created_at < $1";
    sqlx::query(delete).bind(before).execute(db).await.map(drop)
}

pub(crate) async fn delete(db: &mut AnyConnection, id: &str) -> Result<(), sqlx::Error> {
    sqlx::query("DELETE FROM attempts WHERE id = $1").bind(id).execute(db).await.map(drop)
}
