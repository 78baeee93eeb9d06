//! A record as one line for a terminal.

use std::fmt;

use super::Record;
use crate::instance::timestamp;

impl Record {
    /// Hours, minutes and seconds, in UTC.
    pub(crate) fn clock(&self) -> String {
        timestamp(self.at).get(11..19).unwrap_or_default().to_owned()
    }

    /// `31 ms`, where it was measured.
    pub(crate) fn took(&self) -> Option<String> {
        let seconds = self.duration?.as_secs_f64();
        Some(if seconds < 0.0001 {
            "< 0.1 ms".to_owned()
        } else if seconds < 0.01 {
            format!("{:.1} ms", seconds * 1000.0)
        } else if seconds < 1.0 {
            format!("{:.0} ms", seconds * 1000.0)
        } else {
            format!("{seconds:.1} s")
        })
    }
}

/// `12:01:02 POST /your_moms/api-v2/instances 200 31 ms instance 123`
impl fmt::Display for Record {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} {} ", self.clock(), self.method, self.path)?;
        match self.status {
            Some(status) => write!(f, "{}", status.as_u16())?,
            None => f.write_str("reset")?,
        }
        if let Some(took) = self.took() {
            write!(f, " {took}")?;
        }
        if let Some(instance) = self.instance {
            write!(f, " instance {instance}")?;
        }
        if let Some(account) = &self.account {
            write!(f, " of {account}")?;
        }
        for mark in self.fault.iter().map(String::as_str).chain(self.behaviours.iter().copied()) {
            write!(f, " {mark}")?;
        }
        Ok(())
    }
}
