//! `GET /{nouns}`, `/{nouns}/{keyOrId}` and `/{nouns}/{keyOrId}/configuration`: what can be connected.

use super::{Answer, Ask, page};
use crate::answer::json_response;
use crate::catalogue::{Connector, connectors};
use crate::sandbox::Sandbox;

impl Sandbox {
    pub(super) fn list_connectors(&self, ask: &Ask<'_>) -> Answer {
        self.platform_call(ask)?;
        let page = page::of(&ask.query(), connectors().map(|it| (it.id, it)))?;
        Ok(page.into_response(Connector::to_json))
    }

    pub(super) fn connector(&self, ask: &Ask<'_>, key: &str) -> Answer {
        self.platform_call(ask)?;
        Ok(json_response(&ask.connector(key)?.to_json()))
    }

    /// How an application learns which entries are required.
    pub(super) fn connector_configuration(&self, ask: &Ask<'_>, key: &str) -> Answer {
        self.platform_call(ask)?;
        Ok(json_response(&ask.connector(key)?.configuration_json()))
    }
}
