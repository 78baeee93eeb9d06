//! Local accounts of users.

use sqlx::AnyPool;

/// Adds a user, unless the name is taken.
pub(crate) async fn add(pool: &AnyPool, id: &str, name: &str, password: &str) -> Result<bool, sqlx::Error> {
    let insert = "INSERT INTO users (id, name, password) VALUES ($1, $2, $3) ON CONFLICT (name) DO NOTHING";
    let result = sqlx::query(insert).bind(id).bind(name).bind(password).execute(pool).await?;
    Ok(result.rows_affected() == 1)
}

/// The id and the password's hash of the user with this name.
pub(crate) async fn find(pool: &AnyPool, name: &str) -> Result<Option<(String, String)>, sqlx::Error> {
    sqlx::query_as("SELECT id, password FROM users WHERE name = $1").bind(name).fetch_optional(pool).await
}
