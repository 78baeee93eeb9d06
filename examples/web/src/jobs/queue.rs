//! Putting a job into the queue, in the transaction that makes it necessary.
//!
//! The engine's own `push_tasks` wants a connection of SQLite's or PostgreSQL's own type; ours serves both. So the row is
//! written here, as its `queries/task/sink.sql` does.

use sqlx::AnyConnection;
use ulid::Ulid;

use crate::db::{Db, QueuePool};

/// The queue's name.
pub(crate) const QUEUE: &str = "example-web";

const SQLITE: &str = "INSERT INTO Jobs \
    (job, id, job_type, status, attempts, max_attempts, run_at, priority, metadata) \
    VALUES ($1, $2, $3, 'Pending', 0, 25, $4, 0, '{}')";
const POSTGRES: &str = "INSERT INTO apalis.jobs \
    (job, id, job_type, status, attempts, max_attempts, run_at, priority, metadata) \
    VALUES ($1, $2, $3, 'Pending', 0, 25, to_timestamp($4::bigint), 0, ''::hstore)";

/// Has this attempt worked on, not before `run_at`.
pub(crate) async fn push(
    db: &mut AnyConnection,
    queue: &QueuePool,
    attempt: &str,
    run_at: i64,
) -> Result<(), sqlx::Error> {
    let statement = match queue {
        QueuePool::Sqlite(_) => SQLITE,
        QueuePool::Postgres(_) => POSTGRES,
    };
    // The job is the attempt's id as JSON; it needs no escapes.
    let job = format!("\"{attempt}\"").into_bytes();
    let query = sqlx::query(statement).bind(job).bind(Ulid::generate().to_string());
    query.bind(QUEUE).bind(run_at).execute(db).await.map(drop)
}

/// Forgets jobs that were done before this time, and workers that have shown no sign of life since.
pub(crate) async fn sweep(db: &Db, before: i64) -> Result<(), sqlx::Error> {
    let statements = match db.queue {
        QueuePool::Sqlite(_) => [
            "DELETE FROM Jobs WHERE status IN ('Done', 'Killed') AND done_at < $1",
            "DELETE FROM Workers WHERE last_seen < $1 \
                AND id NOT IN (SELECT lock_by FROM Jobs WHERE lock_by IS NOT NULL)",
        ],
        QueuePool::Postgres(_) => [
            "DELETE FROM apalis.jobs WHERE status IN ('Done', 'Killed') AND done_at < to_timestamp($1::bigint)",
            "DELETE FROM apalis.workers WHERE last_seen < to_timestamp($1::bigint) \
                AND id NOT IN (SELECT lock_by FROM apalis.jobs WHERE lock_by IS NOT NULL)",
        ],
    };
    for statement in statements {
        sqlx::query(statement).bind(before).execute(&db.pool).await?;
    }
    Ok(())
}
