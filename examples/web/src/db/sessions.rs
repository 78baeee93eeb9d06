//! Sessions, kept under a hash of the cookie's value: reading the database is not enough to sign in.

use async_trait::async_trait;
use tower_sessions::SessionStore;
use tower_sessions::cookie::time::OffsetDateTime;
use tower_sessions::session::{Id, Record};
use tower_sessions::session_store::{Error, Result};

use super::Db;
use crate::keys::hash;

/// The name of a session in the database.
pub(crate) fn key(id: Id) -> String {
    hash(&id.0.to_le_bytes())
}

#[async_trait]
impl SessionStore for Db {
    async fn create(&self, record: &mut Record) -> Result<()> {
        let insert =
            "INSERT INTO sessions (id, data, expires_at) VALUES ($1, $2, $3) ON CONFLICT (id) DO NOTHING";
        while write(self, insert, record).await? == 0 {
            record.id = Id::default();
        }
        Ok(())
    }

    async fn save(&self, record: &Record) -> Result<()> {
        let upsert = "INSERT INTO sessions (id, data, expires_at) VALUES ($1, $2, $3) \
            ON CONFLICT (id) DO UPDATE SET data = excluded.data, expires_at = excluded.expires_at";
        write(self, upsert, record).await.map(drop)
    }

    async fn load(&self, id: &Id) -> Result<Option<Record>> {
        let select = "SELECT data, expires_at FROM sessions WHERE id = $1 AND expires_at > $2";
        let now = OffsetDateTime::now_utc().unix_timestamp();
        let row = sqlx::query_as(select).bind(key(*id)).bind(now).fetch_optional(&self.pool).await;
        let Some((data, expires_at)) = row.map_err(backend)? else { return Ok(None) };
        let (data, expires_at): (String, i64) = (data, expires_at);
        let data = serde_json::from_str(&data).map_err(|error| Error::Decode(error.to_string()))?;
        let expiry_date = OffsetDateTime::from_unix_timestamp(expires_at);
        let expiry_date = expiry_date.map_err(|error| Error::Decode(error.to_string()))?;
        Ok(Some(Record { id: *id, data, expiry_date }))
    }

    async fn delete(&self, id: &Id) -> Result<()> {
        let delete = sqlx::query("DELETE FROM sessions WHERE id = $1").bind(key(*id));
        delete.execute(&self.pool).await.map(drop).map_err(backend)
    }
}

async fn write(db: &Db, statement: &'static str, record: &Record) -> Result<u64> {
    let data = serde_json::to_string(&record.data).map_err(|error| Error::Encode(error.to_string()))?;
    let query = sqlx::query(statement).bind(key(record.id)).bind(data);
    let result = query.bind(record.expiry_date.unix_timestamp()).execute(&db.pool).await;
    result.map(|done| done.rows_affected()).map_err(backend)
}

#[expect(clippy::needless_pass_by_value, reason = "the shape of map_err")]
fn backend(error: sqlx::Error) -> Error {
    Error::Backend(error.to_string())
}
