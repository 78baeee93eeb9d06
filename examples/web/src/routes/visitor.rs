//! Who asks, and whether a form comes from a page of theirs.

use axum::Form;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::request::Parts;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use subtle::ConstantTimeEq as _;
use tower_sessions::Session;

use crate::app::App;
use crate::db::sessions;
use crate::error::Error;
use crate::keys::random_id;

const MEMBER: &str = "member";
const CSRF: &str = "csrf";

/// A user who is signed in.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(crate) struct Member {
    pub(crate) id: String,
    pub(crate) name: String,
}

/// A visitor, signed in or not.
pub(crate) struct Visitor {
    pub(crate) session: Session,
    pub(crate) member: Option<Member>,
    /// What every form of this session carries.
    pub(crate) csrf: String,
}

impl Visitor {
    /// The user, who must be signed in.
    pub(crate) fn member(&self) -> Result<&Member, Error> {
        self.member.as_ref().ok_or(Error::SignedOut)
    }

    /// The name of the session in the database.
    pub(crate) fn session_key(&self) -> Result<String, Error> {
        self.session.id().map(sessions::key).ok_or(Error::SignedOut)
    }

    /// Signs a user in. The session gets a new id, so that one planted before is worth nothing.
    pub(crate) async fn sign_in(&self, member: &Member) -> Result<(), Error> {
        self.session.cycle_id().await?;
        self.session.insert(MEMBER, member).await?;
        Ok(self.session.insert(CSRF, random_id()?).await?)
    }

    async fn of(session: Session) -> Result<Self, Error> {
        let member = session.get(MEMBER).await?;
        let csrf = session.get(CSRF).await?.unwrap_or_default();
        Ok(Self { session, member, csrf })
    }
}

impl FromRequestParts<App> for Visitor {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Error> {
        let session = Session::from_request_parts(parts, app).await.map_err(|_| Error::SignedOut)?;
        let mut visitor = Self::of(session).await?;
        if visitor.csrf.is_empty() {
            visitor.csrf = random_id()?;
            visitor.session.insert(CSRF, &visitor.csrf).await?;
        }
        Ok(visitor)
    }
}

/// A form that was sent from a page of this session.
pub(crate) struct Sent<T> {
    pub(crate) visitor: Visitor,
    pub(crate) fields: T,
}

/// A form of which the buttons say everything.
#[derive(Deserialize)]
pub(crate) struct Nothing {}

impl<T: DeserializeOwned> FromRequest<App> for Sent<T> {
    type Rejection = Error;

    async fn from_request(request: Request, app: &App) -> Result<Self, Error> {
        #[derive(Deserialize)]
        struct Fields<T> {
            csrf: String,
            #[serde(flatten)]
            rest: T,
        }
        let (mut parts, body) = request.into_parts();
        let session = Session::from_request_parts(&mut parts, app).await.map_err(|_| Error::SignedOut)?;
        let visitor = Visitor::of(session).await?;
        let request = Request::from_parts(parts, body);
        let Form(fields) = Form::<Fields<T>>::from_request(request, app).await.map_err(|_| Error::Form)?;
        let same = fields.csrf.as_bytes().ct_eq(visitor.csrf.as_bytes());
        if visitor.csrf.is_empty() || !bool::from(same) {
            return Err(Error::Forged);
        }
        Ok(Self { visitor, fields: fields.rest })
    }
}
