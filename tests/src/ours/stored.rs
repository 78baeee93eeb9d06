//! Stored forms.

use std::fmt::Debug;

use serde::Serialize;
use serde::de::DeserializeOwned;
use your_moms_core::{Authorized, CreateRecord, Instance, PendingAuthorization};

use super::instance::members;
use super::prints::Prints;
use super::problem::{Failed, Problem};
use crate::format::stored::{Input, Kind, Output};

pub(super) fn outcome(input: &Input, prints: &mut Prints) -> Result<Output, Problem> {
    match input.kind {
        Kind::Pending => again(&read::<PendingAuthorization>(input, prints)?, prints),
        Kind::Authorized => again(&read::<Authorized>(input, prints)?.expose(), prints),
        Kind::Record => again(&read::<CreateRecord>(input, prints)?, prints),
        Kind::Instance => again(&read::<Instance>(input, prints)?.expose(), prints),
    }
}

fn read<T: DeserializeOwned + Debug>(input: &Input, prints: &mut Prints) -> Result<T, Problem> {
    let read =
        serde_json::from_str::<T>(&input.text).map_err(|error| Problem::Failed(Failed::Stored(error)))?;
    prints.debug(&read);
    Ok(read)
}

fn again<T: Serialize + Debug>(value: &T, prints: &mut Prints) -> Result<Output, Problem> {
    Ok(Output { stored_again: members(prints.shown(value))? })
}
