//! Which records of the journal are asked for.

use crate::journal::Record;
use crate::params::Params;
use crate::route::Call;

/// From the parameters `after`, `call`, `status` and `instance`.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Filter {
    pub(crate) after: u64,
    pub(crate) call: Option<Call>,
    pub(crate) status: Option<Status>,
    pub(crate) instance: Option<u64>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Status {
    /// `none`: the connection was reset.
    None,
    /// `404`.
    One(u16),
    /// `4xx`, by its first digit.
    Class(u16),
}

impl Filter {
    /// What is wrong with the query, if anything is.
    pub(crate) fn of(query: &Params) -> Result<Self, String> {
        query
            .only(&["after", "call", "status", "instance"])
            .map_err(|unknown| format!("Only the parameters {} are possible here.", unknown.0))?;
        let given = |name| query.once(name).map_err(|_| format!("Give {name} once."));
        let number = |name, text: &str| text.parse().map_err(|_| format!("{name} must be a number."));
        Ok(Self {
            after: given("after")?.map(|text| number("after", text)).transpose()?.unwrap_or_default(),
            call: given("call")?
                .map(|text| text.parse::<Call>().map_err(|error| error.to_string()))
                .transpose()?,
            status: given("status")?.map(Status::of).transpose()?,
            instance: given("instance")?.map(|text| number("instance", text)).transpose()?,
        })
    }

    pub(crate) fn matches(&self, record: &Record) -> bool {
        record.number > self.after
            && self.call.is_none_or(|call| record.call == Some(call))
            && self.instance.is_none_or(|instance| record.instance == Some(instance))
            && self.status.is_none_or(|status| status.is(record.status.map(|status| status.as_u16())))
    }
}

impl Status {
    fn of(text: &str) -> Result<Self, String> {
        let class = |digit: &str| digit.parse().ok().filter(|digit| (1..10).contains(digit)).map(Self::Class);
        let one = |text: &str| text.parse().ok().filter(|status| (100..1000).contains(status)).map(Self::One);
        let found = match text.strip_suffix("xx") {
            _ if text == "none" => Some(Self::None),
            Some(digit) => class(digit),
            None => one(text),
        };
        found.ok_or_else(|| "status must be a number such as 404, a class such as 4xx, or none.".to_owned())
    }

    fn is(self, status: Option<u16>) -> bool {
        match (self, status) {
            (Self::None, None) => true,
            (Self::One(wanted), Some(status)) => status == wanted,
            (Self::Class(wanted), Some(status)) => status / 100 == wanted,
            _ => false,
        }
    }
}
