//! Connected accounts.

use sqlx::{AnyConnection, AnyPool};

/// One of them.
#[derive(Clone, sqlx::FromRow)]
pub(crate) struct Account {
    pub(crate) id: String,
    pub(crate) user_id: String,
    pub(crate) connector: String,
    pub(crate) name: String,
    /// Who holds the account at the service: the service's id, and the name that people know.
    pub(crate) holder: Option<String>,
    pub(crate) holder_name: Option<String>,
    /// `connected`, `disabled`, or `expired`: to be authorized anew.
    pub(crate) status: String,
    /// The instance, token included.
    pub(crate) sealed: String,
    pub(crate) attempt: String,
    pub(crate) created_at: i64,
}

impl Account {
    /// Whether the other is the same account at the service, connected once more.
    pub(crate) fn is_same_as(&self, other: &Self) -> bool {
        self.id != other.id
            && self.connector == other.connector
            && self.holder.is_some()
            && self.holder == other.holder
    }
}

/// What its encryption says it is about.
pub(crate) fn about(id: &str) -> String {
    format!("accounts/{id}")
}

/// Keeps a new account, unless the same attempt has brought it already.
pub(crate) async fn add(db: &mut AnyConnection, account: &Account, key: &str) -> Result<bool, sqlx::Error> {
    let insert = "INSERT INTO accounts (id, user_id, connector, name, status, sealed, attempt, created_at, sealed_under) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (attempt) DO NOTHING";
    let query = sqlx::query(insert).bind(&account.id).bind(&account.user_id).bind(&account.connector);
    let query = query.bind(&account.name).bind(&account.status).bind(&account.sealed);
    let result = query.bind(&account.attempt).bind(account.created_at).bind(key).execute(db).await?;
    Ok(result.rows_affected() == 1)
}

/// One account of a user's, and of nobody else's.
pub(crate) async fn get(pool: &AnyPool, user: &str, id: &str) -> Result<Option<Account>, sqlx::Error> {
    let select = "SELECT id, user_id, connector, name, holder, holder_name, status, sealed, attempt, created_at \
        FROM accounts WHERE id = $1 AND user_id = $2";
    sqlx::query_as(select).bind(id).bind(user).fetch_optional(pool).await
}

pub(crate) async fn of_user(pool: &AnyPool, user: &str) -> Result<Vec<Account>, sqlx::Error> {
    let select = "SELECT id, user_id, connector, name, holder, holder_name, status, sealed, attempt, created_at \
        FROM accounts WHERE user_id = $1 ORDER BY created_at, id";
    sqlx::query_as(select).bind(user).fetch_all(pool).await
}

pub(crate) async fn set_name(pool: &AnyPool, id: &str, name: &str) -> Result<(), sqlx::Error> {
    sqlx::query("UPDATE accounts SET name = $1 WHERE id = $2")
        .bind(name)
        .bind(id)
        .execute(pool)
        .await
        .map(drop)
}

pub(crate) async fn set_status(pool: &AnyPool, id: &str, status: &str) -> Result<(), sqlx::Error> {
    let update = sqlx::query("UPDATE accounts SET status = $1 WHERE id = $2").bind(status).bind(id);
    update.execute(pool).await.map(drop)
}

pub(crate) async fn set_holder(
    pool: &AnyPool,
    id: &str,
    holder: &str,
    name: Option<&str>,
) -> Result<(), sqlx::Error> {
    let update = "UPDATE accounts SET holder = $1, holder_name = $2 WHERE id = $3";
    sqlx::query(update).bind(holder).bind(name).bind(id).execute(pool).await.map(drop)
}

pub(crate) async fn delete(pool: &AnyPool, id: &str) -> Result<(), sqlx::Error> {
    sqlx::query("DELETE FROM accounts WHERE id = $1").bind(id).execute(pool).await.map(drop)
}

/// Up to a hundred that are sealed under another key than this one: id and text.
pub(crate) async fn sealed_otherwise(
    pool: &AnyPool,
    key: &str,
) -> Result<Vec<(String, String)>, sqlx::Error> {
    // Not `<>`, which no index answers.
    let select = "SELECT id, sealed FROM accounts WHERE sealed_under < $1 OR sealed_under > $1 LIMIT 100";
    sqlx::query_as(select).bind(key).fetch_all(pool).await
}

/// Replaces a sealed text, unless somebody else was first.
pub(crate) async fn reseal(
    pool: &AnyPool,
    id: &str,
    old: &str,
    new: &str,
    key: &str,
) -> Result<(), sqlx::Error> {
    let update = "UPDATE accounts SET sealed = $1, sealed_under = $2 WHERE id = $3 AND sealed = $4";
    let update = sqlx::query(update).bind(new).bind(key).bind(id).bind(old);
    update.execute(pool).await.map(drop)
}
