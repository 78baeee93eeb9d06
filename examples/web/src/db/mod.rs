//! The database: SQLite or PostgreSQL, with one set of queries for both. Nothing here knows HTTP or pages.

pub(crate) mod accounts;
pub(crate) mod attempts;
pub(crate) mod pending;
pub(crate) mod sessions;
pub(crate) mod users;

use std::fmt;
use std::str::FromStr as _;
use std::sync::Once;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use apalis_postgres::PostgresStorage;
use apalis_sqlite::SqliteStorage;
use sqlx::migrate::{MigrateError, Migrator};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions};
use sqlx::{AnyPool, PgPool, SqlitePool};

/// The database. Cheap to clone.
#[derive(Clone)]
pub struct Db {
    pub(crate) pool: AnyPool,
    pub(crate) queue: QueuePool,
}

/// The same database once more, as the engine of the jobs wants it.
#[derive(Clone)]
pub(crate) enum QueuePool {
    Sqlite(SqlitePool),
    Postgres(PgPool),
}

impl Db {
    /// Opens the database at this URL (`sqlite:/path/to/file`, `postgres://…`) and brings its tables up to date.
    ///
    /// # Errors
    /// It cannot be reached, or its tables cannot be made.
    pub async fn connect(url: &str) -> Result<Self, sqlx::Error> {
        static DRIVERS: Once = Once::new();
        DRIVERS.call_once(sqlx::any::install_default_drivers);
        // Processes may start at once, and SQLite has no lock for making a database: one that comes second tries again, and
        // finds it made.
        let mut tries = 1;
        loop {
            match Self::open(url).await {
                Err(error) if tries == 10 => return Err(error),
                Err(_) => tokio::time::sleep(Duration::from_millis(50 * tries)).await,
                opened => return opened,
            }
            tries += 1;
        }
    }

    async fn open(url: &str) -> Result<Self, sqlx::Error> {
        let queue = if url.starts_with("sqlite:") {
            let options = SqliteConnectOptions::from_str(url)?;
            let options = options.create_if_missing(true).journal_mode(SqliteJournalMode::Wal);
            QueuePool::Sqlite(SqlitePoolOptions::new().connect_with(options).await?)
        } else {
            QueuePool::Postgres(PgPool::connect(url).await?)
        };
        let db = Self { pool: AnyPool::connect(url).await?, queue };
        db.migrate().await?;
        Ok(db)
    }

    /// Both sets of tables may be noted in one place, so neither minds what it does not know.
    async fn migrate(&self) -> Result<(), MigrateError> {
        fn tolerant(mut migrator: Migrator) -> Migrator {
            migrator.set_ignore_missing(true);
            migrator
        }
        tolerant(sqlx::migrate!("./migrations")).run(&self.pool).await?;
        match &self.queue {
            QueuePool::Sqlite(pool) => tolerant(SqliteStorage::migrations()).run(pool).await,
            QueuePool::Postgres(pool) => tolerant(PostgresStorage::migrations()).run(pool).await,
        }
    }

    /// Closes all connections.
    pub async fn close(self) {
        self.pool.close().await;
        match self.queue {
            QueuePool::Sqlite(pool) => pool.close().await,
            QueuePool::Postgres(pool) => pool.close().await,
        }
    }

    /// Whether it responds.
    ///
    /// # Errors
    /// It does not.
    pub async fn ping(&self) -> Result<(), sqlx::Error> {
        sqlx::query("SELECT 1").execute(&self.pool).await.map(drop)
    }

    /// Removes what is over.
    pub(crate) async fn sweep(&self, now: i64) -> Result<(), sqlx::Error> {
        for statement in
            ["DELETE FROM sessions WHERE expires_at < $1", "DELETE FROM pending WHERE expires_at < $1"]
        {
            sqlx::query(statement).bind(now).execute(&self.pool).await?;
        }
        Ok(())
    }
}

/// Seconds since 1970.
pub(crate) fn seconds(time: SystemTime) -> i64 {
    let since = time.duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_secs()).unwrap_or(i64::MAX)
}

impl fmt::Debug for Db {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Db").finish_non_exhaustive()
    }
}
