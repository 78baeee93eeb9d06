//! What operations bring, as outcomes.

use serde_json::Value;
use your_moms_core::{
    ConfigurationEntry, Connector, GetOauthUrl, Instance, InstanceConfigurationEntry, InstanceResponse,
    Oauth1Token, Page, Platform, Pong, UncheckedOauthUrl,
};

use super::instance::{connector_view, view};
use super::prints::Prints;
use super::problem::Problem;
use super::request::headers;
use crate::format::authorization::RequestToken;
use crate::format::response::{self as format, Output};

/// What an operation brings: its type decides how it is shown.
pub(super) trait Show {
    fn show(&self) -> Result<Output, Problem>;
}

/// Where to send the user, checked against what was asked.
pub(super) fn oauth_url(
    url: UncheckedOauthUrl,
    asked: &GetOauthUrl,
    platform: &Platform,
    prints: &mut Prints,
) -> Result<Output, Problem> {
    let connector = url.connector().map(str::to_owned);
    let url = url.check(asked, platform)?;
    prints.debug(&url);
    Ok(Output::OauthUrl(format::AuthorizationUrl { connector, url: url.expose().to_owned() }))
}

impl Show for () {
    fn show(&self) -> Result<Output, Problem> {
        Ok(Output::Nothing)
    }
}

impl Show for Oauth1Token {
    fn show(&self) -> Result<Output, Problem> {
        let (token, secret) = (self.token().expose().to_owned(), self.secret().expose().to_owned());
        Ok(Output::RequestToken(RequestToken { token, secret }))
    }
}

impl Show for Instance {
    fn show(&self) -> Result<Output, Problem> {
        Ok(Output::Instance(Box::new(view(self)?)))
    }
}

impl Show for Page<Instance> {
    fn show(&self) -> Result<Output, Problem> {
        let instances = self.items.iter().map(view).collect::<Result<_, _>>()?;
        Ok(Output::Instances(format::Page { instances, next: self.next.clone() }))
    }
}

impl Show for Connector {
    fn show(&self) -> Result<Output, Problem> {
        Ok(Output::Connector(connector_view(self)))
    }
}

impl Show for Page<Connector> {
    fn show(&self) -> Result<Output, Problem> {
        let connectors = self.items.iter().map(connector_view).collect();
        Ok(Output::Connectors(format::Connectors { connectors, next: self.next.clone() }))
    }
}

impl Show for Vec<ConfigurationEntry> {
    fn show(&self) -> Result<Output, Problem> {
        let entry = |entry: &ConfigurationEntry| format::Entry {
            key: entry.key.clone(),
            name: entry.name.clone(),
            description: entry.description.clone(),
            default_value: entry.default_value.clone(),
            value_type: entry.value_type.clone(),
            required: entry.required,
            hide_from_console: entry.hide_from_console,
            needs_value: entry.needs_value(),
            is_secret: entry.is_secret(),
        };
        Ok(Output::Configuration(self.iter().map(entry).collect()))
    }
}

impl Show for InstanceConfigurationEntry {
    fn show(&self) -> Result<Output, Problem> {
        Ok(Output::InstanceEntry(entry_of_instance(self)?))
    }
}

impl Show for Vec<InstanceConfigurationEntry> {
    fn show(&self) -> Result<Output, Problem> {
        let entries = self.iter().map(entry_of_instance);
        Ok(Output::InstanceConfiguration(entries.collect::<Result<_, _>>()?))
    }
}

fn entry_of_instance(entry: &InstanceConfigurationEntry) -> Result<format::InstanceEntry, Problem> {
    let value = serde_json::to_value(&entry.value).map_err(Problem::case)?;
    Ok(format::InstanceEntry { id: entry.id, key: entry.key.clone(), value })
}

impl Show for Pong {
    fn show(&self) -> Result<Output, Problem> {
        let Self { endpoint, date_time, instance_id, .. } = self.clone();
        Ok(Output::Pong(format::Pong { endpoint, date_time, instance_id }))
    }
}

impl Show for InstanceResponse {
    fn show(&self) -> Result<Output, Problem> {
        Ok(Output::Raw(format::Raw {
            status: self.status().as_u16(),
            headers: headers(self.headers())?,
            body: String::from_utf8_lossy(self.body()).into_owned(),
        }))
    }
}

impl Show for Value {
    fn show(&self) -> Result<Output, Problem> {
        Ok(Output::Json(format::Json { json: self.clone() }))
    }
}

impl Show for Page<Value> {
    fn show(&self) -> Result<Output, Problem> {
        Ok(Output::Items(format::Items { items: self.items.clone(), next: self.next.clone() }))
    }
}
