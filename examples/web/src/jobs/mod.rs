//! Work that outlives the browser's request: durable jobs over the same database, each run at least once, by any process.

pub(crate) mod attempt;
pub(crate) mod keep;
pub(crate) mod queue;

use std::time::Duration;

use apalis::prelude::*;
use apalis_postgres::PostgresStorage;
use apalis_sqlite::SqliteStorage;
use tokio::sync::watch;

use crate::app::App;
use crate::db::{QueuePool, attempts, seconds};
use crate::error::Error;
use crate::keys::random_id;

/// A worker that has shown no sign of life for three of these is taken for dead, and its jobs run again elsewhere.
const HEARTBEAT: Duration = Duration::from_secs(1);

/// How many jobs a worker fetches at once.
const BATCH: usize = 20;

/// How many jobs a worker runs at once. Most of the time they wait for the platform.
const AT_ONCE: usize = 100;

/// How often to look after what is over: sessions, pending authorizations.
const SWEEP: Duration = Duration::from_mins(1);

/// How long the queue remembers a job that is done, in seconds.
const DONE: i64 = 24 * 60 * 60;

/// How long an attempt that failed is shown, in seconds: longer than its instance is looked for.
const FAILED: i64 = 2 * DONE;

/// No job takes as many seconds.
const LEFT_BEHIND: i64 = 15 * 60;

/// Runs jobs until `stop` says so, and then waits for those that are running. When the database fails, it tries again.
pub async fn work(app: App, stop: watch::Receiver<bool>) {
    let sweeping = tokio::spawn(sweep(app.clone()));
    while let Err(error) = work_once(&app, stop.clone()).await {
        tracing::error!(error = &*error as &dyn std::error::Error, "the queue failed");
        let mut stop = stop.clone();
        if tokio::time::timeout(HEARTBEAT, stop.wait_for(|stop| *stop)).await.is_ok() {
            break;
        }
    }
    sweeping.abort();
}

async fn work_once(app: &App, mut stop: watch::Receiver<bool>) -> Result<(), BoxDynError> {
    // A new name for each start: the jobs of an earlier worker of the same name would never be taken for orphans.
    let name = format!("example-web-{}", random_id()?);
    let builder = WorkerBuilder::new(name.as_str());
    let strategy = IntervalStrategy::new(app.poll);
    let stopped = async move {
        let _ = stop.wait_for(|stop| *stop).await;
        Ok::<(), WorkerError>(())
    };
    match &app.db.queue {
        QueuePool::Sqlite(pool) => {
            let config = apalis_sqlite::Config::default().queue(queue::QUEUE).batch_size(BATCH);
            let config = config.heartbeat_interval(HEARTBEAT).missed_heartbeats(3);
            let storage = SqliteStorage::<String>::new(pool).with_config(config);
            let builder = builder.backend(storage.poll_with_strategy(strategy)).data(app.clone());
            Ok(builder.concurrency(AT_ONCE).build(run).run_until(stopped).await?)
        }
        QueuePool::Postgres(pool) => {
            let config = apalis_postgres::Config::default().queue(queue::QUEUE).batch_size(BATCH);
            let config = config.heartbeat_interval(HEARTBEAT).missed_heartbeats(3);
            let storage = PostgresStorage::<String>::new(pool).with_config(config);
            let builder = builder.backend(storage.poll_with_strategy(strategy)).data(app.clone());
            Ok(builder.concurrency(AT_ONCE).build(run).run_until(stopped).await?)
        }
    }
}

async fn run(attempt: String, app: Data<App>) -> Result<(), BoxDynError> {
    self::attempt::run(&app, &attempt).await.map_err(|error| {
        tracing::error!(attempt, error = &error as &dyn std::error::Error, "a job failed and will run again");
        error.into()
    })
}

async fn sweep(app: App) {
    loop {
        if let Err(error) = sweep_once(&app).await {
            tracing::error!(error = &error as &dyn std::error::Error, "what is over could not be removed");
        }
        tokio::time::sleep(SWEEP).await;
    }
}

async fn sweep_once(app: &App) -> Result<(), Error> {
    let now = seconds(app.now());
    app.db.sweep(now).await?;
    queue::sweep(&app.db, now.saturating_sub(DONE)).await?;
    let mut tx = app.db.pool.begin().await?;
    attempts::forget(&mut tx, now.saturating_sub(FAILED)).await?;
    // A job that failed too often, when the database did, has left its attempt behind.
    for attempt in attempts::left_behind(&mut tx, now.saturating_sub(LEFT_BEHIND)).await? {
        queue::push(&mut tx, &app.db.queue, &attempt, now).await?;
    }
    tx.commit().await?;
    keep::reseal(app).await
}
