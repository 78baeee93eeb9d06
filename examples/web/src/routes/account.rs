//! One account: what is in it, and what can be done with it.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Redirect;
use maud::Markup;
use serde::Deserialize;
use your_moms_core::{
    DisableInstance, EnableInstance, Error as CallError, GetInstance, Instance, InstanceRequest, Page,
    UpdateInstance,
};

use super::visitor::{Nothing, Sent, Visitor};
use crate::app::App;
use crate::db::accounts::{self, Account};
use crate::error::Error;
use crate::glue;
use crate::jobs::keep as kept;
use crate::pages;
use crate::pages::account::Contents;
use crate::services::{Item, Service, service};

#[derive(Deserialize)]
pub(super) struct NewName {
    name: String,
}

/// The platform's refusal is shown within the page: renaming and disconnecting are offered all the same.
pub(super) async fn page(
    State(app): State<App>,
    Path(id): Path<String>,
    visitor: Visitor,
) -> Result<(StatusCode, Markup), Error> {
    let member = visitor.member()?;
    let (mut account, instance) = find(&app, &member.id, &id).await?;
    let service = service(&account.connector).ok_or(Error::NotFound)?;
    let contents = contents(&app, &mut account, &instance, service).await?;
    let status = contents.as_ref().err().map_or(StatusCode::OK, |error| glue::status(error.class()));
    let twins = twins(&app, &account).await?;
    let page = pages::account::page(&member.name, &visitor.csrf, &account, service, &contents, &twins);
    Ok((status, page))
}

async fn contents(
    app: &App,
    account: &mut Account,
    instance: &Instance,
    service: &Service,
) -> Result<Result<Contents, CallError>, Error> {
    let now = match app.quick.call(&GetInstance::new(instance.token())).await {
        Ok(now) => now,
        Err(error) => return Ok(Err(error)),
    };
    let status = kept::status(&now);
    if status != account.status {
        accounts::set_status(&app.db.pool, &account.id, status).await?;
        status.clone_into(&mut account.status);
    }
    if status != "connected" {
        return Ok(Ok(Contents::default()));
    }
    if account.holder.is_none() {
        kept::identify(app, account, instance).await?;
    }
    let request = InstanceRequest::get(service.items, instance.token()).page::<Item>();
    let request = service.query.iter().fold(request, |request, (name, value)| request.query(*name, *value));
    Ok(app.quick.call(&request).await.map(|Page { items, next }| Contents { items, more: next.is_some() }))
}

pub(super) async fn rename(
    State(app): State<App>,
    Path(id): Path<String>,
    sent: Sent<NewName>,
) -> Result<Redirect, Error> {
    let (account, instance) = find(&app, &sent.visitor.member()?.id, &id).await?;
    let name = sent.fields.name.trim();
    if name.is_empty() || name.chars().count() > 100 {
        return Err(Error::Form);
    }
    app.quick.call(&UpdateInstance::new(instance.token()).name(name)).await?;
    accounts::set_name(&app.db.pool, &account.id, name).await?;
    Ok(back_to(&account))
}

pub(super) async fn disable(
    State(app): State<App>,
    Path(id): Path<String>,
    sent: Sent<Nothing>,
) -> Result<Redirect, Error> {
    let (account, instance) = find(&app, &sent.visitor.member()?.id, &id).await?;
    app.quick.call(&DisableInstance::new(instance.token())).await?;
    accounts::set_status(&app.db.pool, &account.id, "disabled").await?;
    Ok(back_to(&account))
}

pub(super) async fn enable(
    State(app): State<App>,
    Path(id): Path<String>,
    sent: Sent<Nothing>,
) -> Result<Redirect, Error> {
    let (account, instance) = find(&app, &sent.visitor.member()?.id, &id).await?;
    app.quick.call(&EnableInstance::new(instance.token())).await?;
    accounts::set_status(&app.db.pool, &account.id, "connected").await?;
    Ok(back_to(&account))
}

pub(super) async fn disconnect(
    State(app): State<App>,
    Path(id): Path<String>,
    sent: Sent<Nothing>,
) -> Result<Redirect, Error> {
    let (account, instance) = find(&app, &sent.visitor.member()?.id, &id).await?;
    remove(&app, &account, &instance).await?;
    Ok(Redirect::to("/accounts"))
}

/// Of the same account connected several times, keeps this connection and removes the others.
pub(super) async fn keep(
    State(app): State<App>,
    Path(id): Path<String>,
    sent: Sent<Nothing>,
) -> Result<Redirect, Error> {
    let (account, _) = find(&app, &sent.visitor.member()?.id, &id).await?;
    for twin in twins(&app, &account).await? {
        remove(&app, &twin, &app.instance(&twin)?).await?;
    }
    Ok(Redirect::to("/accounts"))
}

/// At the platform first: a token is forgotten only when it is worth nothing.
async fn remove(app: &App, account: &Account, instance: &Instance) -> Result<(), Error> {
    app.quick.disconnect(instance).await?;
    Ok(accounts::delete(&app.db.pool, &account.id).await?)
}

async fn find(app: &App, user: &str, id: &str) -> Result<(Account, Instance), Error> {
    let account = accounts::get(&app.db.pool, user, id).await?.ok_or(Error::NotFound)?;
    let instance = app.instance(&account)?;
    Ok((account, instance))
}

async fn twins(app: &App, account: &Account) -> Result<Vec<Account>, Error> {
    let all = accounts::of_user(&app.db.pool, &account.user_id).await?;
    Ok(all.into_iter().filter(|other| account.is_same_as(other)).collect())
}

fn back_to(account: &Account) -> Redirect {
    Redirect::to(&format!("/accounts/{}", account.id))
}
