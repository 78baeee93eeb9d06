//! `GET /instances`, `GET` and `DELETE /instances/{id}`: what is connected.

use http::{HeaderName, HeaderValue, Response};

use super::{Answer, Ask, page};
use crate::answer::{Refusal, json_response};
use crate::instance::Instance;
use crate::noun::Noun;
use crate::sandbox::Sandbox;

static INSTANCE_ID: HeaderName = HeaderName::from_static("elements-element-instance-id");

impl Sandbox {
    /// With an instance token in the header it is the one instance; otherwise all that have every one of `tags[]` and
    /// `searchText` in their name.
    pub(super) fn list_instances(&self, ask: &Ask<'_>) -> Answer {
        self.platform_call(ask)?;
        if self.proven(ask)?.instance.is_some() {
            return Ok(instance_response(self.instance_call(ask)?, ask.noun));
        }
        let query = ask.query();
        let search = query.once("searchText")?.unwrap_or_default().to_lowercase();
        let wanted = |instance: &Instance| {
            query.every("tags[]").all(|tag| instance.tags.iter().any(|own| own == tag))
                && instance.name.to_lowercase().contains(&search)
        };
        let found = self.instances.values().filter(|instance| wanted(instance));
        let page = page::of(&query, found.map(|instance| (instance.id, instance)))?;
        if page.is_empty() {
            // An empty list is no list on this platform.
            return Err(Refusal::not_found("No instances found."));
        }
        Ok(page.into_response(|instance| instance.to_json(ask.noun)))
    }

    pub(super) fn show_instance(&self, ask: &Ask<'_>, id: &str) -> Answer {
        let id = self.chosen(ask, id)?;
        self.instances.get(&id).map(|it| instance_response(it, ask.noun)).ok_or_else(not_found)
    }

    pub(super) fn delete_instance(&mut self, ask: &Ask<'_>, id: &str) -> Answer {
        let id = self.chosen(ask, id)?;
        self.remove(id)
    }

    /// Without an id all three parts of the header are needed.
    pub(super) fn delete_own_instance(&mut self, ask: &Ask<'_>) -> Answer {
        self.platform_call(ask)?;
        let id = self.instance_call(ask)?.id;
        self.remove(id)
    }

    /// 200 with an empty body. The token is worth nothing afterwards.
    fn remove(&mut self, id: u64) -> Answer {
        self.instances.remove(&id).map(|_| Response::new(Vec::new())).ok_or_else(not_found)
    }

    /// The id in the path, which the organization or that instance's own token may ask for.
    fn chosen(&self, ask: &Ask<'_>, id: &str) -> Result<u64, Refusal> {
        let proven = self.proven(ask)?;
        let id = id.parse().ok();
        let allowed = match proven.instance {
            Some(own) => id == Some(own),
            None => proven.organization,
        };
        if !allowed {
            return Err(Refusal::unauthorized(ask.noun));
        }
        id.ok_or_else(not_found)
    }
}

fn not_found() -> Refusal {
    Refusal::not_found("No instance found with this id.")
}

pub(super) fn instance_response(instance: &Instance, noun: Noun) -> Response<Vec<u8>> {
    let mut response = json_response(&instance.to_json(noun));
    response.headers_mut().insert(INSTANCE_ID.clone(), HeaderValue::from(instance.id));
    response
}
