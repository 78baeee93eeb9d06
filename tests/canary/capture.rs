//! Everything that any crate logs or traces in this process, at the most verbose level.

use std::io;
use std::mem;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};

use log::{Level, LevelFilter, Log, Metadata, Record};
use tracing_subscriber::fmt::format::FmtSpan;

use crate::watch::Text;

static CAPTURE: Capture = Capture { texts: Mutex::new(Vec::new()), filters: AtomicBool::new(false) };

struct Capture {
    texts: Mutex<Vec<Text>>,
    filters: AtomicBool,
}

/// Turns the capture on. Logging is the whole process's, so that one test at a time has it.
pub(crate) fn start() -> MutexGuard<'static, ()> {
    static STARTED: OnceLock<()> = OnceLock::new();
    static IN_USE: Mutex<()> = Mutex::new(());
    let guard = IN_USE.lock().unwrap_or_else(PoisonError::into_inner);
    STARTED.get_or_init(|| {
        log::set_logger(&CAPTURE).unwrap();
        log::set_max_level(LevelFilter::Trace);
        tracing_subscriber::fmt()
            .with_max_level(tracing_subscriber::filter::LevelFilter::TRACE)
            .with_span_events(FmtSpan::NEW | FmtSpan::CLOSE)
            .with_ansi(false)
            .with_writer(|| Event)
            .init();
    });
    drop(taken());
    guard
}

/// Whether to filter as the adapter for ureq asks its users to: `ureq=warn,ureq_proto=warn`.
pub(crate) fn filter(filters: bool) {
    CAPTURE.filters.store(filters, Ordering::SeqCst);
}

/// What was captured since the last call.
pub(crate) fn taken() -> Vec<Text> {
    mem::take(&mut *CAPTURE.texts.lock().unwrap_or_else(PoisonError::into_inner))
}

impl Capture {
    fn keep(&self, channel: String, text: Vec<u8>) {
        self.texts.lock().unwrap_or_else(PoisonError::into_inner).push(Text { channel, text });
    }
}

fn module(target: &str) -> &str {
    target.split(':').next().unwrap_or_default()
}

impl Log for Capture {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        let of_ureq = ["ureq", "ureq_proto"].contains(&module(metadata.target()));
        metadata.level() <= Level::Warn || !of_ureq || !self.filters.load(Ordering::SeqCst)
    }

    fn log(&self, record: &Record<'_>) {
        if !self.enabled(record.metadata()) {
            return;
        }
        let module = module(record.target());
        let module = if module == "ureq_proto" { "ureq" } else { module };
        self.keep(format!("log of {module}"), format!("{} {}", record.level(), record.args()).into_bytes());
    }

    fn flush(&self) {}
}

/// The subscriber writes each event at once.
struct Event;

impl io::Write for Event {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        CAPTURE.keep("trace".to_owned(), bytes.to_vec());
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
