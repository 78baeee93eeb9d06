//! A fault as text, for a command line, a page or a program in any language.

use std::fmt;
use std::str::FromStr;

use http::StatusCode;

use super::substitute::Body;
use super::{Fault, Moment, Substitute, span};

/// The text is no fault, no call or no number of times. It says what would be.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct FaultError(pub(super) String);

impl FaultError {
    fn unknown_fault(text: &str) -> Self {
        let forms: Vec<_> = Fault::FORMS.iter().map(|(form, _)| *form).collect();
        Self(format!(
            "there is no fault `{text}`; possible, with other numbers, times and moments: {}",
            forms.join(", ")
        ))
    }
}

/// Faults without a number or a time.
const PLAIN: [(&str, Fault); 10] = [
    ("reset-before", Fault::Reset(Moment::Before)),
    ("reset-while", Fault::Reset(Moment::While)),
    ("reset-after", Fault::Reset(Moment::After)),
    ("truncated-body", Fault::TruncatedBody),
    ("broken-body", Fault::BrokenBody),
    ("unreadable-body", Fault::UnreadableBody),
    ("wrong-account", Fault::WrongAccount),
    ("ignores-filter", Fault::IgnoresFilter),
    ("strips-tags", Fault::StripsTags),
    ("masks-secrets", Fault::MasksSecrets),
];

/// The longer names first: they begin with the shorter.
const BODIES: [Body; 5] = [Body::Html, Body::Unreadable, Body::Empty, Body::Message, Body::Own];

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Status { status, retry_after: None } => write!(f, "status-{}", status.as_u16()),
            Self::Status { status, retry_after: Some(delay) } => {
                write!(f, "status-{}-retry-{}", status.as_u16(), span::text(*delay))
            }
            Self::Instead { moment, substitute } => write!(f, "{substitute}-{}", moment.name()),
            Self::Delay(time) | Self::SlowDrip(time) => write!(f, "{}-{}", self.name(), span::text(*time)),
            Self::SmallPages(size) => write!(f, "small-pages-{size}"),
            Self::ShowsLate(lists) => write!(f, "shows-late-{lists}"),
            _ => f.write_str(&self.name()),
        }
    }
}

impl FromStr for Fault {
    type Err = FaultError;

    fn from_str(text: &str) -> Result<Self, FaultError> {
        let plain = PLAIN.iter().find(|(name, _)| *name == text).map(|(_, fault)| *fault);
        plain
            .or_else(|| with_number(text))
            .or_else(|| instead(text))
            .ok_or_else(|| FaultError::unknown_fault(text))
    }
}

fn with_number(text: &str) -> Option<Fault> {
    if let Some(rest) = text.strip_prefix("delay-") {
        return span::parse(rest).map(Fault::Delay);
    }
    if let Some(rest) = text.strip_prefix("slow-drip-") {
        return span::parse(rest).map(Fault::SlowDrip);
    }
    if let Some(rest) = text.strip_prefix("small-pages-") {
        return rest.parse().ok().map(Fault::SmallPages);
    }
    if let Some(rest) = text.strip_prefix("shows-late-") {
        return rest.parse().ok().map(Fault::ShowsLate);
    }
    let (status, retry_after) = match text.strip_prefix("status-")?.split_once("-retry-") {
        None => (text.strip_prefix("status-")?, None),
        Some((status, delay)) => (status, Some(span::parse(delay)?)),
    };
    Some(Fault::Status { status: status.parse().ok()?, retry_after })
}

fn instead(text: &str) -> Option<Fault> {
    let (substitute, moment) = text.rsplit_once('-')?;
    let moment = [Moment::Before, Moment::While, Moment::After].into_iter().find(|it| it.name() == moment)?;
    Some(Fault::Instead { moment, substitute: substituted(substitute)? })
}

fn substituted(text: &str) -> Option<Substitute> {
    let with = |body: Body| Some((body, text.strip_prefix(body.name())?.strip_prefix('-')?));
    let (body, rest) = BODIES.into_iter().find_map(with)?;
    let mut words = rest.split('-');
    let status: StatusCode = words.next()?.parse().ok()?;
    let mut substitute = Substitute { body, ..Substitute::own(status) };
    while let Some(word) = words.next() {
        substitute = match word {
            "cut" => substitute.cut(),
            "late" => substitute.late(span::parse(words.next()?)?),
            "retry" => substitute.with_retry_after(span::parse(words.next()?)?),
            _ => return None,
        };
    }
    Some(substitute)
}

impl fmt::Display for Substitute {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.body.name(), self.status.as_u16())?;
        if self.cut {
            f.write_str("-cut")?;
        }
        if let Some(delay) = self.late {
            write!(f, "-late-{}", span::text(delay))?;
        }
        if let Some(delay) = self.retry_after {
            write!(f, "-retry-{}", span::text(delay))?;
        }
        Ok(())
    }
}
