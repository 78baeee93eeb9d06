//! `GET /instances` and `GET /{nouns}/{keyOrId}/instances`: what is connected.

use std::sync::Arc;

use super::incoming::flag;
use super::page::Window;
use super::{Incoming, Outcome, Platform};
use crate::behaviour::{FILTER_IGNORED, SHOWN_LATE, SMALL_PAGE};
use crate::catalogue::Connector;
use crate::instance::{Instance, Mark};
use crate::params::Params;
use crate::response::Refusal;

const PARAMETERS: [&str; 5] = ["tags[]", "searchText", "hydrate", "nextPage", "pageSize"];

/// Which instances a list is to show.
struct Filter<'a> {
    tags: Vec<&'a str>,
    /// In lower case.
    text: String,
    connector: Option<Arc<Connector>>,
}

impl Platform {
    /// An empty list is no list on this platform.
    pub(super) fn list_instances(&mut self, incoming: &Incoming<'_>, connector: Option<&str>) -> Outcome {
        let account = self.platform_call(incoming)?;
        let connector = connector.map(|key| self.known(incoming, account, key)).transpose()?;
        let query = incoming.query();
        query.only(&PARAMETERS)?;
        let mut filter = Filter::of(&query, connector)?;
        let mut window = Window::of(&query)?;
        // Without it, the configuration is left out.
        let hydrate = flag(&query, "hydrate")?.unwrap_or(true);

        if self.behaviour.ignores_filter && !(filter.tags.is_empty() && filter.text.is_empty()) {
            self.shown_behaviours.push(FILTER_IGNORED);
            filter = Filter { tags: Vec::new(), text: String::new(), ..filter };
        }
        if self.instances.hidden_of(account).any(|instance| filter.matches(instance)) {
            self.shown_behaviours.push(SHOWN_LATE);
        }
        let limited = self.behaviour.page_size.is_some_and(|at_most| window.limit(at_most));
        let candidates = self.instances.of_account(account, filter.mark(), window.after);
        let shown = candidates.filter(|it| !self.instances.is_hidden(it.id) && filter.matches(it));
        let page = window.page(shown.map(|instance| (instance.id, instance)));
        if limited && !page.is_last() {
            self.shown_behaviours.push(SMALL_PAGE);
        }
        let response = if page.is_empty() {
            Err(Refusal::none_found("instances"))
        } else {
            Ok(page.into_response(|instance| {
                let mut shown = instance.to_json(incoming.noun, self.behaviour);
                if let (false, Some(members)) = (hydrate, shown.as_object_mut()) {
                    members.remove("configuration");
                }
                shown
            }))
        };
        self.instances.count_list_request(account);
        response
    }
}

impl<'a> Filter<'a> {
    fn of(query: &'a Params, connector: Option<Arc<Connector>>) -> Result<Self, Refusal> {
        let text = query.once("searchText")?.unwrap_or_default().to_lowercase();
        Ok(Self { tags: query.every("tags[]").collect(), text, connector })
    }

    /// The one that leaves the fewest to look at.
    fn mark(&self) -> Mark {
        let connector = self.connector.as_ref().map(|connector| Mark::Connector(connector.id));
        self.tags.first().map(|tag| Mark::tag(tag)).or(connector).unwrap_or(Mark::Any)
    }

    /// Every one of the tags, and the text in the name, in a tag or in the connector's key; letter case does not count.
    fn matches(&self, instance: &Instance) -> bool {
        let has = |tag: &str| instance.tags().iter().any(|own| own.to_lowercase() == tag.to_lowercase());
        self.connector.as_ref().is_none_or(|connector| connector.id == instance.connector.id)
            && self.tags.iter().all(|tag| has(tag))
            && self.text_is_in(instance)
    }

    fn text_is_in(&self, instance: &Instance) -> bool {
        let tags = instance.tags().iter().map(String::as_str);
        let mut texts = [instance.name.as_str(), instance.connector.key.as_str()].into_iter().chain(tags);
        self.text.is_empty() || texts.any(|text| text.to_lowercase().contains(&self.text))
    }
}
