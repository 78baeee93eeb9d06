//! Which faults wait for which call, and how often.

use std::fmt;
use std::str::FromStr;

use super::{Fault, FaultError};
use crate::route::Call;
use crate::sandbox::Sandbox;

/// How many requests meet a fault. Its text is `once`, a number, or `always`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Times {
    /// The next one.
    Once,
    /// So many.
    Count(u32),
    /// Every one, until it is disarmed.
    Always,
}

/// A fault that is armed for one call. Its text is `CALL=FAULT` or `CALL=FAULT:TIMES`, such as `create=reset-after:3`.
///
/// ```
/// use your_moms_sandbox::{Armed, Call, Sandbox, Times};
///
/// let mut sandbox = Sandbox::new(1);
/// let armed: Armed = "create=status-429-retry-2s:3".parse()?;
/// assert_eq!((armed.call, armed.times), (Call::CreateInstance, Times::Count(3)));
/// let id = sandbox.arm(armed.call, armed.fault, armed.times);
/// assert!(sandbox.disarm(id));
///
/// let error = "create=flood".parse::<Armed>().unwrap_err();
/// assert!(error.to_string().starts_with("there is no fault `flood`; possible"));
/// # Ok::<(), your_moms_sandbox::FaultError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Armed {
    /// The call whose requests meet it.
    pub call: Call,
    /// What happens.
    pub fault: Fault,
    /// How often it is still to happen.
    pub times: Times,
}

/// Each with its id, in the order in which they were armed.
#[derive(Debug, Default)]
pub(crate) struct Faults {
    armed: Vec<(u64, Armed)>,
    last_id: u64,
}

impl Faults {
    fn arm(&mut self, armed: Armed) -> u64 {
        self.last_id += 1;
        if armed.times.left() {
            self.armed.push((self.last_id, armed));
        }
        self.last_id
    }

    /// The fault that waits for this request, with its id, if it has one that `possible` agrees to.
    pub(crate) fn waiting(
        &self,
        call: Option<Call>,
        possible: impl Fn(Fault) -> bool,
    ) -> Option<(u64, Fault)> {
        let mut armed = self.armed.iter().map(|(id, armed)| (*id, armed));
        let found = armed.find(|(_, armed)| Some(armed.call) == call && possible(armed.fault));
        found.map(|(id, armed)| (id, armed.fault))
    }

    /// A request has met the fault with this id.
    pub(crate) fn use_up(&mut self, id: u64) {
        if let Some((_, armed)) = self.armed.iter_mut().find(|(armed, _)| *armed == id) {
            armed.times = armed.times.less_one();
        }
        self.armed.retain(|(_, armed)| armed.times.left());
    }
}

impl Sandbox {
    /// Lets requests of `call` meet `fault`, and returns an id to [disarm](Self::disarm) it with. Several faults for one
    /// call are used up in the order given.
    ///
    /// Faults belong to the way between client and platform: [`respond`](Self::respond), the transport and the server
    /// know them, [`handle`](Self::handle) does not.
    pub fn arm(&mut self, call: Call, fault: Fault, times: Times) -> u64 {
        self.faults.arm(Armed { call, fault, times })
    }

    /// [`arm`](Self::arm), [once](Times::Once).
    pub fn fail_next(&mut self, call: Call, fault: Fault) {
        self.arm(call, fault, Times::Once);
    }

    /// The faults that wait, each with its id, in the order in which they were armed.
    pub fn armed(&self) -> &[(u64, Armed)] {
        &self.faults.armed
    }

    /// Takes back the fault with this id; `false` if it does not wait any more.
    pub fn disarm(&mut self, id: u64) -> bool {
        let before = self.faults.armed.len();
        self.faults.armed.retain(|(armed, _)| *armed != id);
        self.faults.armed.len() < before
    }

    /// Takes back every fault.
    pub fn disarm_all(&mut self) {
        self.faults.armed.clear();
    }
}

impl Times {
    fn left(self) -> bool {
        self != Self::Count(0)
    }

    fn less_one(self) -> Self {
        match self {
            Self::Once => Self::Count(0),
            Self::Count(count) => Self::Count(count.saturating_sub(1)),
            Self::Always => Self::Always,
        }
    }
}

impl fmt::Display for Times {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Once => f.write_str("once"),
            Self::Count(count) => count.fmt(f),
            Self::Always => f.write_str("always"),
        }
    }
}

impl FromStr for Times {
    type Err = FaultError;

    fn from_str(text: &str) -> Result<Self, FaultError> {
        match text {
            "once" => Ok(Self::Once),
            "always" => Ok(Self::Always),
            _ => text.parse().ok().filter(|count| *count > 0).map(Self::Count).ok_or_else(|| {
                FaultError(format!(
                    "`{text}` is no number of times; possible: once, always, or a number from 1"
                ))
            }),
        }
    }
}

impl fmt::Display for Armed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { call, fault, times } = self;
        write!(f, "{call}={fault}:{times}")
    }
}

impl FromStr for Armed {
    type Err = FaultError;

    fn from_str(text: &str) -> Result<Self, FaultError> {
        let (call, fault) = text.split_once('=').ok_or_else(|| {
            FaultError(format!(
                "`{text}` is not CALL=FAULT, such as create=reset-after or list=status-503:always"
            ))
        })?;
        let (fault, times) = match fault.split_once(':') {
            None => (fault, Times::Once),
            Some((fault, times)) => (fault, times.parse()?),
        };
        let call = call.parse::<Call>().map_err(|error| FaultError(error.to_string()))?;
        Ok(Self { call, fault: fault.parse()?, times })
    }
}
