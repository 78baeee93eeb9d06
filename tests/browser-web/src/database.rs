//! The application's database, looked into from outside.

use std::path::Path;

use sqlx::any::{AnyPoolOptions, install_default_drivers};
use sqlx::{AnyConnection, AnyPool, Connection as _, Executor as _};

use crate::cluster::Cluster;
use your_moms_browser_tests::Failed;

/// A database of one scenario.
pub(crate) struct Database {
    url: String,
}

impl Database {
    /// A new one: a file in `folder`, or a database of the cluster.
    pub(crate) async fn create(folder: &Path, cluster: Option<&Cluster>, name: &str) -> Result<Self, Failed> {
        install_default_drivers();
        let Some(cluster) = cluster else {
            return Ok(Self { url: format!("sqlite://{}", folder.join("app.db").display()) });
        };
        let pool = AnyPoolOptions::new().max_connections(1).connect(&cluster.url("postgres")).await?;
        pool.execute(sqlx::AssertSqlSafe(format!("CREATE DATABASE \"{name}\""))).await?;
        pool.close().await;
        Ok(Self { url: cluster.url(name) })
    }

    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// The number that `query` selects.
    pub(crate) async fn number(&self, query: &'static str) -> Result<i64, Failed> {
        let pool = self.pool().await?;
        let number = sqlx::query_scalar::<_, i64>(query).fetch_one(&pool).await;
        pool.close().await;
        Ok(number?)
    }

    /// Executes `statement`; how many rows it changed.
    pub(crate) async fn execute(&self, statement: &'static str) -> Result<u64, Failed> {
        let pool = self.pool().await?;
        let done = sqlx::query(statement).execute(&pool).await;
        pool.close().await;
        Ok(done?.rows_affected())
    }

    /// Whether a writer gets in at once. `SQLite` has one lock for its whole file; `PostgreSQL` locks rows.
    pub(crate) async fn is_writable(&self) -> Result<bool, Failed> {
        if !self.url.starts_with("sqlite:") {
            return Ok(true);
        }
        let mut connection = AnyConnection::connect(&self.url).await?;
        connection.execute("PRAGMA busy_timeout = 100").await?;
        let begun = connection.execute("BEGIN IMMEDIATE").await;
        connection.close().await?;
        match begun {
            Ok(_) => Ok(true),
            Err(sqlx::Error::Database(error)) if error.message().contains("locked") => Ok(false),
            Err(error) => Err(error.into()),
        }
    }

    /// Anew each time, so that nothing is held while the application works.
    async fn pool(&self) -> Result<AnyPool, Failed> {
        Ok(AnyPoolOptions::new().max_connections(1).connect(&self.url).await?)
    }
}
