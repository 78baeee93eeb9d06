//! The creation of an instance: of a connector without OAuth, or after an authorization.

use your_moms_core::{ConnectorKey, CreateInstance, Json, Platform};

use super::prints::Prints;
use super::problem::Problem;
use crate::format::creation as format;

impl format::CreateInstance {
    pub(super) fn creation(
        &self,
        platform: &Platform,
        prints: &mut Prints,
    ) -> Result<CreateInstance, Problem> {
        let mut create = match (&self.authorization, &self.connector) {
            (Some(authorization), None) => {
                let registration = authorization.finished_with(prints)?;
                authorization.verified(platform, prints)?.create(&registration)?
            }
            (None, Some(connector)) => {
                CreateInstance::new(ConnectorKey::new(connector)?, self.entropy.marker()?)
            }
            _ => return Err(Problem::case("there is a connector or an authorization")),
        };
        for (name, value) in &self.provider_data {
            create = create.provider_data(name, value.as_str());
        }
        for (key, value) in &self.configuration {
            create = create.configuration(key, Json::new(value)?);
        }
        for tag in &self.tags {
            create = create.tag(tag);
        }
        for (name, value) in &self.fields {
            create = create.field(name, Json::new(value)?);
        }
        for (name, value) in &self.headers {
            create = create.header(name, value);
        }
        if let Some(name) = &self.name {
            create = create.name(name);
        }
        let create = create.require(&self.required);
        prints.debug(&create);
        prints.debug(&create.record());
        Ok(create)
    }
}
