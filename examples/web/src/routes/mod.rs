//! What a browser may ask. Each handler's first lines say who may; what is shown is drawn in [`pages`](crate::pages).

mod account;
mod accounts;
mod callback;
mod connect;
mod frame;
mod sign;
mod visitor;

use axum::Router;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::middleware::from_fn;
use axum::routing::{get, post};
use tower_sessions::cookie::SameSite;
use tower_sessions::cookie::time::Duration;
use tower_sessions::{Expiry, SessionManagerLayer};

use crate::app::App;
use crate::error::Error;
use crate::pages;

/// The application's service.
pub fn router(app: App) -> Router {
    // Lax: with Strict the browser would leave the cookie out when it comes back from the provider.
    let sessions = SessionManagerLayer::new(app.db.clone())
        .with_name(if app.is_secure() { "__Host-example-web" } else { "example-web" })
        .with_secure(app.is_secure())
        .with_http_only(true)
        .with_same_site(SameSite::Lax)
        .with_expiry(Expiry::OnInactivity(Duration::days(7)));
    Router::new()
        .route("/", get(sign::page))
        .route("/sign-in", post(sign::sign_in))
        .route("/sign-up", post(sign::sign_up))
        .route("/sign-out", post(sign::sign_out))
        .route("/accounts", get(accounts::page))
        .route("/attempts/{id}/dismiss", post(accounts::dismiss))
        .route("/connect/{service}", post(connect::connect))
        .route("/callback", get(callback::callback))
        .route("/accounts/{id}", get(account::page))
        .route("/accounts/{id}/rename", post(account::rename))
        .route("/accounts/{id}/reauthorize", post(connect::reauthorize))
        .route("/accounts/{id}/disable", post(account::disable))
        .route("/accounts/{id}/enable", post(account::enable))
        .route("/accounts/{id}/disconnect", post(account::disconnect))
        .route("/accounts/{id}/keep", post(account::keep))
        .layer(sessions)
        .route("/healthz", get(health))
        .route("/style.css", get(|| async { ([(CONTENT_TYPE, "text/css; charset=utf-8")], pages::STYLE) }))
        .route("/script.js", get(|| async { ([(CONTENT_TYPE, "text/javascript")], pages::SCRIPT) }))
        .fallback(|| async { Error::NotFound })
        .layer(DefaultBodyLimit::max(16 * 1024))
        .layer(from_fn(frame::frame))
        .with_state(app)
}

async fn health(State(app): State<App>) -> (StatusCode, &'static str) {
    match app.db.ping().await {
        Ok(()) => (StatusCode::OK, "ok\n"),
        Err(_) => (StatusCode::SERVICE_UNAVAILABLE, "the database does not respond\n"),
    }
}
