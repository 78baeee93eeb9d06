//! Authorizations that wait for the provider's redirect, each bound to the session that started it.

use sqlx::{AnyConnection, AnyPool};

/// One of them.
#[derive(sqlx::FromRow)]
pub(crate) struct Pending {
    pub(crate) id: String,
    pub(crate) session: String,
    pub(crate) user_id: String,
    /// The account that is authorized anew, if it is not a new one.
    pub(crate) account: Option<String>,
    pub(crate) sealed: String,
    pub(crate) expires_at: i64,
}

/// What its encryption says it is about.
pub(crate) fn about(id: &str) -> String {
    format!("pending/{id}")
}

pub(crate) async fn add(pool: &AnyPool, pending: &Pending) -> Result<(), sqlx::Error> {
    let insert = "INSERT INTO pending (id, session, user_id, account, sealed, expires_at) \
        VALUES ($1, $2, $3, $4, $5, $6)";
    let query = sqlx::query(insert).bind(&pending.id).bind(&pending.session).bind(&pending.user_id);
    let query = query.bind(&pending.account).bind(&pending.sealed).bind(pending.expires_at);
    query.execute(pool).await.map(drop)
}

/// Those of one session.
pub(crate) async fn of_session(
    pool: &AnyPool,
    session: &str,
    user: &str,
) -> Result<Vec<Pending>, sqlx::Error> {
    let select = "SELECT id, session, user_id, account, sealed, expires_at FROM pending \
        WHERE session = $1 AND user_id = $2";
    sqlx::query_as(select).bind(session).bind(user).fetch_all(pool).await
}

/// Takes it out: of several that try, one is told `true`.
pub(crate) async fn take(db: &mut AnyConnection, id: &str) -> Result<bool, sqlx::Error> {
    let result = sqlx::query("DELETE FROM pending WHERE id = $1").bind(id).execute(db).await?;
    Ok(result.rows_affected() == 1)
}
