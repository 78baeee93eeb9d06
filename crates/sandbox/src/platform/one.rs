//! `GET`, `PUT`, `PATCH` and `DELETE` of one instance, by its id or by its token.

use super::{Around, Incoming, Outcome, Platform};
use crate::instance::Instance;
use crate::response::{Refusal, empty_response, instance_response};
use crate::route::{Call, Which};

impl Platform {
    pub(super) fn one_instance(
        &mut self,
        incoming: &Incoming<'_>,
        which: &Which,
        call: Call,
        around: &mut Around<'_>,
    ) -> Outcome {
        let instance = self.chosen(incoming, which)?;
        let id = instance.id;
        match call {
            Call::UpdateInstance => self.update_instance(incoming, id, around),
            Call::DeleteInstance => {
                // Its token is worth nothing afterwards.
                self.instances.remove(id);
                Ok(empty_response(id))
            }
            _ => Ok(instance_response(id, &instance.to_json(incoming.noun, self.behaviour))),
        }
    }

    /// The instance that the path means, if the header may ask for it.
    ///
    /// With an id it takes the organization, with which a token of another instance is tolerated, or the instance's own
    /// token. Without an id it takes all three parts of the header.
    pub(super) fn chosen(&self, incoming: &Incoming<'_>, which: &Which) -> Result<&Instance, Refusal> {
        let proven = self.proven(incoming)?;
        let (id, connector) = match which {
            Which::Own => (proven.instance.filter(|_| proven.organization), None),
            Which::Id { id, connector } => {
                let id = id.parse().ok();
                let allowed = proven.organization || proven.instance.is_some_and(|own| Some(own) == id);
                if !allowed {
                    return Err(Refusal::unauthorized(incoming.noun));
                }
                (id, connector.as_deref().map(|key| self.known(incoming, proven.account, key)).transpose()?)
            }
        };
        if *which == Which::Own && id.is_none() {
            return Err(Refusal::unauthorized(incoming.noun));
        }
        id.and_then(|id| self.instances.get(id))
            .filter(|instance| instance.account == proven.account)
            .filter(|instance| connector.is_none_or(|connector| connector.id == instance.connector.id))
            .ok_or_else(|| Refusal::none_found("instance"))
    }
}
