//! `PUT` and `DELETE /instances/{id}/enabled`, with or without an id.

use super::{Incoming, Outcome, Platform};
use crate::response::empty_response;
use crate::route::Which;

impl Platform {
    /// 200 with an empty body, also if it was so before.
    pub(super) fn enable_instance(
        &mut self,
        incoming: &Incoming<'_>,
        which: &Which,
        enabled: bool,
    ) -> Outcome {
        let id = self.chosen(incoming, which)?.id;
        if let Some(instance) = self.instances.get_mut(id) {
            instance.disabled = !enabled;
        }
        Ok(empty_response(id))
    }
}
