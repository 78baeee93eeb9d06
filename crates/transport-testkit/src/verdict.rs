//! What an error says of a fault: whether it is wrong, or could be more exact.

use your_moms_core::{Delivery, TransportErrorKind};

use crate::fault::Fault;
use crate::outcome::Outcome;

/// What an error said, beside what happened.
pub(crate) struct Verdict<'a> {
    pub(crate) fault: &'a Fault,
    pub(crate) delivery: Delivery,
    pub(crate) kind: TransportErrorKind,
    /// How many bytes of the request the servers read.
    pub(crate) bytes_read: usize,
}

impl Verdict<'_> {
    pub(crate) fn outcome(&self) -> Outcome {
        Outcome::Failed(self.delivery, self.kind)
    }

    /// What contradicts what happened, or makes the client do something else.
    pub(crate) fn wrong(&self) -> Option<String> {
        self.wrong_delivery().or_else(|| self.wrong_kind())
    }

    fn wrong_delivery(&self) -> Option<String> {
        let &Self { fault, delivery, bytes_read, .. } = self;
        let allowed = delivery == Delivery::Unknown || fault.deliveries.contains(&delivery);
        let why = match delivery {
            Delivery::NotSent if bytes_read > 0 => {
                format!(
                    "but the server read {bytes_read} bytes of the request: the client would send it a second time"
                )
            }
            _ if allowed => return None,
            Delivery::NotSent => {
                "but the connection was established and the request on its way: the client would send it a \
                                  second time"
                    .to_owned()
            }
            Delivery::ResponseStarted { .. } => {
                "and no head of such a response came: the client would act on a status that nobody sent"
                    .to_owned()
            }
            _ => return None,
        };
        Some(format!("delivery is {}, {why}; right is {}", show(delivery), self.right_deliveries()))
    }

    /// Only of kinds that the client acts on: it does not try again what cannot be sent.
    fn wrong_kind(&self) -> Option<String> {
        let is_final = |kind| matches!(kind, TransportErrorKind::InvalidRequest | TransportErrorKind::NoTls);
        let kinds = self.fault.kinds;
        let consequence = if is_final(self.kind) == kinds.iter().any(|kind| is_final(*kind)) {
            return None;
        } else if is_final(self.kind) {
            "after which the client does not try again, though it could help"
        } else {
            "after which the client tries again, though it never helps"
        };
        Some(format!("kind is {}, {consequence}; right is {}", self.kind.name(), self.right_kinds()))
    }

    /// What is not wrong, and tells less than can be known.
    pub(crate) fn inexact(&self) -> Option<String> {
        let best = self.fault.deliveries.first().copied().unwrap_or(Delivery::Unknown);
        let exact = self.delivery == best && self.fault.kinds.contains(&self.kind);
        (!exact)
            .then(|| format!("is {}; could be {} with {}", self.outcome(), show(best), self.right_kinds()))
    }

    fn right_deliveries(&self) -> String {
        let unknown = [Delivery::Unknown];
        let others = self.fault.deliveries.iter().filter(|delivery| **delivery != Delivery::Unknown);
        others.chain(&unknown).map(|delivery| show(*delivery)).collect::<Vec<_>>().join(" or ")
    }

    fn right_kinds(&self) -> String {
        self.fault.kinds.iter().map(TransportErrorKind::name).collect::<Vec<_>>().join(" or ")
    }
}

/// As it stands in code.
fn show(delivery: Delivery) -> String {
    match delivery {
        Delivery::ResponseStarted { status } => format!("ResponseStarted({})", status.as_u16()),
        _ => format!("{delivery:?}"),
    }
}
