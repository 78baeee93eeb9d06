//! Keeping what a job has brought, encrypted.

use your_moms_core::{Instance, InstanceRequest};

use crate::app::App;
use crate::db::accounts::{self, Account};
use crate::db::attempts::{self, Attempt};
use crate::db::seconds;
use crate::error::Error;
use crate::glue;
use crate::keys::random_id;
use crate::services::{Holder, service};

/// Keeps a new account and ends its attempt, both or neither. Two jobs that found the same instance keep it once.
pub(crate) async fn created(app: &App, attempt: &Attempt, instance: &Instance) -> Result<(), Error> {
    let id = random_id()?;
    let account = Account {
        sealed: app.keys.seal(&accounts::about(&id), &glue::instance_text(instance)?)?,
        id,
        user_id: attempt.user_id.clone(),
        connector: attempt.connector.clone(),
        name: instance.name().unwrap_or(&attempt.connector).to_owned(),
        holder: None,
        holder_name: None,
        status: status(instance).to_owned(),
        attempt: attempt.id.clone(),
        created_at: seconds(app.now()),
    };
    let mut tx = app.db.pool.begin().await?;
    let new = accounts::add(&mut tx, &account, app.keys.newest()).await?;
    attempts::delete(&mut tx, &attempt.id).await?;
    tx.commit().await?;
    if new {
        tracing::info!(account = account.id, connector = account.connector, "an account was connected");
        identify(app, &account, instance).await?;
    }
    Ok(())
}

/// Asks the service whose account it is, to notice one that is connected twice. If it does not say, that is no failure: the
/// account's page asks again.
pub(crate) async fn identify(app: &App, account: &Account, instance: &Instance) -> Result<(), Error> {
    let Some(path) = service(&account.connector).and_then(|service| service.holder) else { return Ok(()) };
    match app.client.call(&InstanceRequest::get(path, instance.token()).json::<Holder>()).await {
        Ok(holder) => {
            let name = holder.username.as_deref();
            accounts::set_holder(&app.db.pool, &account.id, &holder.id, name).await?;
        }
        Err(error) => tracing::warn!(class = error.class().name(), "the holder of an account is unknown"),
    }
    Ok(())
}

/// An account's status, as the platform tells.
pub(crate) fn status(instance: &Instance) -> &'static str {
    match (instance.is_disabled(), instance.is_valid()) {
        (Some(true), _) => "disabled",
        (_, Some(false)) => "expired",
        _ => "connected",
    }
}

/// Seals under the newest key what is sealed under an older one, so that the older one can be taken away.
///
/// # Errors
/// The database failed, or a key is missing.
pub async fn reseal(app: &App) -> Result<(), Error> {
    loop {
        let old = accounts::sealed_otherwise(&app.db.pool, app.keys.newest()).await?;
        if old.is_empty() {
            return Ok(());
        }
        for (id, sealed) in old {
            let about = accounts::about(&id);
            let new = app.keys.seal(&about, &app.keys.open(&about, &sealed)?)?;
            accounts::reseal(&app.db.pool, &id, &sealed, &new, app.keys.newest()).await?;
        }
    }
}
