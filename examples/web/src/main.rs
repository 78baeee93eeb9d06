//! `example-web`: everything in one process, with a sandbox inside. `example-web serve` and `example-web worker` are its two
//! halves, for several processes over one database.

use std::process::ExitCode;

use example_web::config::{Config, Failure};
use example_web::{App, Db, Remote, router, work};
use tokio::net::TcpListener;
use tokio::sync::watch;
use tracing_subscriber::EnvFilter;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Everything,
    Serve,
    Worker,
}

#[tokio::main]
async fn main() -> ExitCode {
    let part = match std::env::args().nth(1).as_deref() {
        None => Part::Everything,
        Some("serve") => Part::Serve,
        Some("worker") => Part::Worker,
        Some(_) => {
            eprintln!("usage: example-web [serve|worker]");
            return ExitCode::from(2);
        }
    };
    log();
    match run(part).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("example-web: {failure}");
            ExitCode::FAILURE
        }
    }
}

/// To standard error; `EXAMPLE_WEB_LOG` says what, as in `example_web=debug,your_moms_core=debug`.
fn log() {
    let filter = EnvFilter::try_from_env("EXAMPLE_WEB_LOG")
        .unwrap_or_else(|_| EnvFilter::new("warn,example_web=info"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
}

async fn run(part: Part) -> Result<(), Failure> {
    let get = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    let config = Config::from_environment(get)?;
    let remote = Remote::from_environment(get)?;
    let listener = if part == Part::Worker {
        None
    } else {
        Some(config.listen().map_err(Failure::of("the address cannot be listened at"))?)
    };
    let address = listener.as_ref().and_then(|listener| listener.local_addr().ok());
    let url = address.map(|address| config.public_url(address)).unwrap_or_default();
    let (_sandbox, remote) = match (remote, part) {
        (Some(remote), _) => (None, remote),
        (None, Part::Everything) => {
            let (server, remote) = example_web::sandbox(&format!("{url}/callback"))
                .map_err(Failure::of("the sandbox cannot be served"))?;
            (Some(server), remote)
        }
        (None, _) => return Err(Failure::missing("YOUR_MOMS_BASE_URL")),
    };
    let db = Db::connect(&config.database_url).await;
    let db = db.map_err(Failure::of("the database cannot be used"))?;
    let client = remote.client()?;
    let app = App::new(db, config.keys, client, remote.services, &url);
    let (stop, stopping) = watch::channel(false);
    let mut closing = stopping.clone();
    let serving = async {
        let (Some(listener), Some(address)) = (listener, address) else { return Ok(()) };
        let listener = TcpListener::from_std(listener)?;
        println!("http://{address}/");
        let closed = async move { drop(closing.wait_for(|stop| *stop).await) };
        axum::serve(listener, router(app.clone())).with_graceful_shutdown(closed).await
    };
    let working = async {
        if part != Part::Serve {
            work(app.clone(), stopping).await;
        }
        Ok(())
    };
    tokio::select! {
        result = async { tokio::try_join!(serving, working) } => result.map(drop).map_err(Failure::of("serving failed")),
        // Requests and jobs may finish; a second signal does not wait for them. A job that is cut off runs again.
        () = async { stopped().await; let _ = stop.send(true); stopped().await } => Ok(()),
    }
}

/// Ctrl-C, or the signal with which a supervisor ends a process.
async fn stopped() {
    #[cfg(unix)]
    if let Ok(mut terminate) = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
        tokio::select! {
            _ = terminate.recv() => return,
            _ = tokio::signal::ctrl_c() => return,
        }
    }
    let _ = tokio::signal::ctrl_c().await;
}
