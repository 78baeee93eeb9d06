//! Stored forms.

use std::fmt::Debug;

use serde::Serialize;
use serde::de::DeserializeOwned;
use your_moms_core::Pending;

use super::prints::Prints;
use super::{Cannot, error, instance};
use crate::format::Outcome;
use crate::format::stored::{Input, Kind, Output};

pub(super) fn outcome(input: &Input, prints: &mut Prints) -> Result<Outcome<Output>, Cannot> {
    match input.kind {
        Kind::Pending => read::<Pending>(&input.text, prints),
    }
}

fn read<T: DeserializeOwned + Serialize + Debug>(
    text: &str,
    prints: &mut Prints,
) -> Result<Outcome<Output>, Cannot> {
    Ok(match serde_json::from_str::<T>(text) {
        Ok(read) => {
            prints.debug(&read);
            Outcome::Done(Output { stored_again: instance::members(serde_json::to_value(&read)?)? })
        }
        Err(failure) => Outcome::Failed { error: error::stored(&failure, prints) },
    })
}
