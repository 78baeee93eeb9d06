//! `GET /{nouns}`, `/{nouns}/{keyOrId}` and `/{nouns}/{keyOrId}/configuration`: what can be connected.

use super::condition;
use super::page::Window;
use super::{Incoming, Outcome, Platform};
use crate::catalogue::Connector;
use crate::response::{Refusal, json_response};

const PARAMETERS: [&str; 3] = ["where", "nextPage", "pageSize"];

impl Platform {
    pub(super) fn list_connectors(&self, incoming: &Incoming<'_>) -> Outcome {
        let account = self.platform_call(incoming)?;
        let query = incoming.query();
        query.only(&PARAMETERS)?;
        let conditions = conditions(query.once("where")?)?;
        let matching =
            self.visible(account).filter(|connector| conditions.iter().all(|it| it.holds(connector)));
        let page = Window::of(&query)?.page(matching.map(|it| (it.id, it)));
        if page.is_empty() {
            return Err(Refusal::none_found(incoming.noun.plural()));
        }
        Ok(page.into_response(|connector| connector.to_json()))
    }

    pub(super) fn connector(&self, incoming: &Incoming<'_>, key: &str) -> Outcome {
        let account = self.platform_call(incoming)?;
        Ok(json_response(&self.known(incoming, account, key)?.to_json()))
    }

    /// How an application learns which entries are required.
    pub(super) fn connector_configuration(&self, incoming: &Incoming<'_>, key: &str) -> Outcome {
        let account = self.platform_call(incoming)?;
        Ok(json_response(&self.known(incoming, account, key)?.configuration_json()))
    }
}

enum Condition<'a> {
    Private(bool),
    /// With resources that an account has added. None is, here.
    Extended(bool),
    Active(bool),
    Key(&'a str),
    Hub(&'a str),
}

impl Condition<'_> {
    fn holds(&self, connector: &Connector) -> bool {
        match self {
            Self::Private(private) => connector.owner.is_some() == *private,
            Self::Extended(extended) => !extended,
            Self::Active(active) => connector.active == *active,
            Self::Key(key) => connector.key == *key,
            Self::Hub(hub) => connector.hub == *hub,
        }
    }
}

fn conditions(filter: Option<&str>) -> Result<Vec<Condition<'_>>, Refusal> {
    let unknown = || {
        Refusal::bad_request(
            "where must be conditions such as active='true', joined by and; private, extended, active, key and hub are possible.",
        )
    };
    let boolean = |value| match value {
        "true" => Ok(true),
        "false" => Ok(false),
        _ => Err(unknown()),
    };
    let condition = |(name, value)| match name {
        "private" => boolean(value).map(Condition::Private),
        "extended" => boolean(value).map(Condition::Extended),
        "active" => boolean(value).map(Condition::Active),
        "key" => Ok(Condition::Key(value)),
        "hub" => Ok(Condition::Hub(value)),
        _ => Err(unknown()),
    };
    let given = filter.map_or(Some(Vec::new()), condition::conditions).ok_or_else(unknown)?;
    given.into_iter().map(condition).collect()
}
