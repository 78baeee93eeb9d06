//! Signing up, in and out: local accounts.

use std::sync::OnceLock;

use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};
use argon2::{Argon2, PasswordHash};
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};
use serde::Deserialize;
use zeroize::Zeroizing;

use super::visitor::{Member, Nothing, Sent, Visitor};
use crate::app::App;
use crate::db::users;
use crate::error::Error;
use crate::keys::random_id;
use crate::pages;
use crate::pages::sign::Refusal;

/// Shorter passwords are refused (NIST SP 800-63B).
const SHORTEST: usize = 8;
const LONGEST: usize = 256;

#[derive(Deserialize)]
pub(super) struct Login {
    username: String,
    password: Zeroizing<String>,
}

pub(super) async fn page(visitor: Visitor) -> Response {
    match visitor.member {
        Some(_) => Redirect::to("/accounts").into_response(),
        None => pages::sign::page(&visitor.csrf, None).into_response(),
    }
}

pub(super) async fn sign_up(State(app): State<App>, sent: Sent<Login>) -> Result<Response, Error> {
    let Sent { visitor, fields: Login { username, password } } = sent;
    let name = username.trim().to_owned();
    let refuse = |refusal| Ok(refused(&visitor, refusal));
    if name.is_empty() || name.chars().count() > 64 || name.contains(char::is_control) {
        return refuse(Refusal::Name);
    }
    if password.chars().count() < SHORTEST || password.len() > LONGEST {
        return refuse(Refusal::Password);
    }
    let member = Member { id: random_id()?, name };
    let hash = tokio::task::spawn_blocking(move || hash(&password)).await.map_err(|_| Error::Password)??;
    if !users::add(&app.db.pool, &member.id, &member.name, &hash).await? {
        return refuse(Refusal::Taken);
    }
    visitor.sign_in(&member).await?;
    Ok(Redirect::to("/accounts").into_response())
}

pub(super) async fn sign_in(State(app): State<App>, sent: Sent<Login>) -> Result<Response, Error> {
    let Sent { visitor, fields: Login { username, password } } = sent;
    let name = username.trim().to_owned();
    let found = users::find(&app.db.pool, &name).await?;
    let (id, hash) = found.map_or((None, nobody()?), |(id, hash)| (Some(id), hash));
    let verified = tokio::task::spawn_blocking(move || verify(&hash, &password)).await;
    match (id, verified.map_err(|_| Error::Password)?) {
        (Some(id), true) => {
            visitor.sign_in(&Member { id, name }).await?;
            Ok(Redirect::to("/accounts").into_response())
        }
        _ => Ok(refused(&visitor, Refusal::Wrong)),
    }
}

pub(super) async fn sign_out(sent: Sent<Nothing>) -> Result<Redirect, Error> {
    sent.visitor.session.flush().await?;
    Ok(Redirect::to("/"))
}

fn refused(visitor: &Visitor, refusal: Refusal) -> Response {
    let status = match refusal {
        Refusal::Wrong => StatusCode::UNAUTHORIZED,
        Refusal::Taken => StatusCode::CONFLICT,
        Refusal::Name | Refusal::Password => StatusCode::UNPROCESSABLE_ENTITY,
    };
    (status, pages::sign::page(&visitor.csrf, Some(refusal))).into_response()
}

fn hash(password: &str) -> Result<String, Error> {
    let hash = Argon2::default().hash_password(password.as_bytes());
    hash.map(|hash| hash.to_string()).map_err(|_| Error::Password)
}

fn verify(hash: &str, password: &str) -> bool {
    PasswordHash::new(hash)
        .is_ok_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok())
}

/// The hash of nobody's password: a name that does not exist must take as long as one that does.
fn nobody() -> Result<String, Error> {
    static NOBODY: OnceLock<String> = OnceLock::new();
    if let Some(hash) = NOBODY.get() {
        return Ok(hash.clone());
    }
    let hash = hash(&random_id()?)?;
    Ok(NOBODY.get_or_init(|| hash).clone())
}
