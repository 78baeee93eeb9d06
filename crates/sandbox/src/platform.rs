//! The platform's API: what all calls have in common. Each call has a file of its own.

use std::sync::Arc;

use http::{Method, Response, StatusCode};

use crate::account::{AccountId, Accounts};
use crate::authorization::{self, Proven};
use crate::behaviour::{Behaviour, SECRETS_MASKED};
use crate::catalogue::{Catalogue, Connector};
use crate::credentials::Credentials;
use crate::instance::{Instance, Instances, Mark};
use crate::objects::Objects;
use crate::provider::Provider;
use crate::random::Random;
use crate::response::Refusal;
use crate::route::{Call, Target, Which};

pub(crate) use incoming::Incoming;

mod body;
mod condition;
mod configuration;
mod connectors;
mod create;
mod enabled;
mod incoming;
mod list;
mod oauth1_token;
mod oauth_url;
mod offer;
mod one;
mod page;
mod private;
mod redeem;
mod resource;
mod update;

/// The one of the source document.
const FIRST_INSTANCE_ID: u64 = 123;

/// The platform: its accounts, and what they have connected.
pub(crate) struct Platform {
    catalogue: Catalogue,
    /// Without the private connectors.
    original: Catalogue,
    accounts: Accounts,
    instances: Instances,
    objects: Objects,
    next_instance_id: u64,
    behaviour: Behaviour,
    /// The habits that changed something for the request at hand.
    shown_behaviours: Vec<&'static str>,
}

/// What is around the platform.
pub(crate) struct Around<'a> {
    /// Where it can be reached.
    pub(crate) origin: &'a str,
    pub(crate) provider: &'a mut Provider,
    pub(crate) random: &'a mut Random,
}

pub(crate) type Outcome = Result<Response<Vec<u8>>, Refusal>;

impl Platform {
    pub(crate) fn new(catalogue: Catalogue, random: &mut Random) -> Self {
        Self {
            original: catalogue.clone(),
            catalogue,
            accounts: Accounts::new(random),
            instances: Instances::default(),
            objects: Objects::default(),
            next_instance_id: FIRST_INSTANCE_ID,
            behaviour: Behaviour::default(),
            shown_behaviours: Vec::new(),
        }
    }

    /// Forgets what was connected and changed, and the habits. Accounts stay.
    pub(crate) fn forget(&mut self) {
        self.catalogue = self.original.clone();
        self.instances = Instances::default();
        self.objects = Objects::default();
        self.next_instance_id = FIRST_INSTANCE_ID;
        self.behaviour = Behaviour::default();
    }

    pub(crate) fn instance(&self, id: u64) -> Option<&Instance> {
        self.instances.get(id)
    }

    pub(crate) fn catalogue(&self) -> &Catalogue {
        &self.catalogue
    }

    pub(crate) fn credentials(&self) -> &Credentials {
        self.accounts.first()
    }

    pub(crate) fn add_account(&mut self, random: &mut Random) -> Credentials {
        self.accounts.add(random)
    }

    /// By ascending id.
    pub(crate) fn instances(&self) -> impl Iterator<Item = &Instance> {
        self.instances.all()
    }

    /// By ascending id.
    pub(crate) fn instances_of(&self, credentials: &Credentials) -> impl Iterator<Item = &Instance> {
        let account = self.accounts.of_user(&credentials.user_secret).map(|(account, _)| account);
        account.into_iter().flat_map(|account| self.instances.of_account(account, Mark::Any, 0))
    }

    /// `false` if there is no such instance.
    pub(crate) fn revoke(&mut self, instance_id: u64) -> bool {
        let instance = self.instances.get_mut(instance_id);
        instance.map(|instance| instance.valid = false).is_some()
    }

    pub(crate) fn behaviour(&self) -> Behaviour {
        self.behaviour
    }

    pub(crate) fn set_behaviour(&mut self, behaviour: Behaviour) {
        self.behaviour = behaviour;
    }

    /// The habits that changed something since they were taken last.
    pub(crate) fn take_shown_behaviours(&mut self) -> Vec<&'static str> {
        std::mem::take(&mut self.shown_behaviours)
    }

    pub(crate) fn handle(
        &mut self,
        incoming: &Incoming<'_>,
        target: &Target,
        call: Call,
        around: &mut Around<'_>,
    ) -> Outcome {
        if !incoming::accepts_json(incoming.request.headers()) {
            return Err(Refusal::new(
                StatusCode::NOT_ACCEPTABLE,
                "The platform responds with application/json only.",
            ));
        }
        let outcome = self.outcome(incoming, target, call, around);
        let shows_instances = matches!(
            call,
            Call::CreateInstance | Call::ListInstances | Call::GetInstance | Call::UpdateInstance
        );
        if self.behaviour.masks_secrets && shows_instances && outcome.is_ok() {
            self.shown_behaviours.push(SECRETS_MASKED);
        }
        outcome
    }

    fn outcome(
        &mut self,
        incoming: &Incoming<'_>,
        target: &Target,
        call: Call,
        around: &mut Around<'_>,
    ) -> Outcome {
        match target {
            Target::OauthUrl(key) => self.oauth_url(incoming, key, around.origin),
            Target::Oauth1Token(key) => self.oauth1_token(incoming, key, around),
            Target::Connectors => match call {
                Call::CreateConnector => self.create_connector(incoming, around),
                _ => self.list_connectors(incoming),
            },
            Target::Connector(key) => match call {
                Call::UpdateConnector => self.update_connector(incoming, key, around),
                Call::DeleteConnector => self.delete_connector(incoming, key, around),
                _ => self.connector(incoming, key),
            },
            Target::Active(key) => self.activate_connector(incoming, key, call == Call::ActivateConnector),
            Target::Clone(key) => self.clone_connector(incoming, key, around),
            Target::Export(key) => self.export_connector(incoming, key),
            Target::Configuration(key) => self.connector_configuration(incoming, key),
            Target::Instances(connector) => match call {
                Call::CreateInstance => self.create_instance(incoming, connector.as_deref(), around),
                Call::ListInstances => self.list_instances(incoming, connector.as_deref()),
                _ => self.one_instance(incoming, &Which::Own, call, around),
            },
            Target::Instance(which) => self.one_instance(incoming, which, call, around),
            Target::Enabled(which) => self.enable_instance(incoming, which, call == Call::EnableInstance),
            Target::InstanceConfiguration(which, entry) => match call {
                Call::UpdateInstanceConfiguration => {
                    self.update_configuration(incoming, which, entry.as_deref())
                }
                _ => self.configuration(incoming, which, entry.as_deref()),
            },
            Target::Keys => self.keys(incoming),
            Target::Metadata(key) => self.metadata(incoming, key.as_deref()),
            Target::Hubs => self.hubs(incoming),
            Target::ConnectorDocs(key) => self.connector_docs(incoming, key, around.origin),
            Target::Transformations(key) => self.transformations(incoming, key),
            Target::InstanceDocs(which) => self.instance_docs(incoming, which, around.origin),
            Target::Objects(which, name) => self.instance_objects(incoming, which.as_ref(), name.as_deref()),
            Target::Empty(what) => self.empty_part(incoming, what),
            Target::Definitions => self.definitions(incoming),
            Target::Ping => self.ping(incoming),
            Target::Accounts => match self.proven(incoming)?.instance {
                None if incoming.request.method() == Method::GET => self.empty_part(incoming, "accounts"),
                _ => self.resource(incoming, &["accounts".to_owned()], around),
            },
            Target::Resource(path) => self.resource(incoming, path, around),
        }
    }

    /// 401 comes before 404.
    pub(crate) fn unknown_path(&self, incoming: &Incoming<'_>) -> Outcome {
        let proven = self.proven(incoming)?;
        if proven.organization || proven.instance.is_some() {
            return Err(no_such_path());
        }
        Err(Refusal::unauthorized(incoming.noun))
    }

    /// What the `Authorization` header proves; 401 if anything in it is wrong.
    fn proven(&self, incoming: &Incoming<'_>) -> Result<Proven, Refusal> {
        let instance_of = |account, token: &str| {
            self.instances.of_token(token).filter(|it| it.account == account).map(|it| it.id)
        };
        authorization::proven(incoming.request.headers(), incoming.noun, &self.accounts, instance_of)
            .ok_or_else(|| Refusal::unauthorized(incoming.noun))
    }

    /// The connector with this key or id, if it is everybody's or this account's.
    fn known(
        &self,
        incoming: &Incoming<'_>,
        account: impl Into<Option<AccountId>>,
        key_or_id: &str,
    ) -> Result<Arc<Connector>, Refusal> {
        let account = account.into();
        let connector = self.catalogue.find(key_or_id).filter(|it| it.owner.is_none() || it.owner == account);
        connector.cloned().ok_or_else(|| Refusal::none_found(incoming.noun.singular()))
    }

    /// The connectors that this account sees, by ascending id.
    fn visible(&self, account: AccountId) -> impl Iterator<Item = &Arc<Connector>> {
        self.catalogue.connectors().filter(move |it| it.owner.is_none() || it.owner == Some(account))
    }

    /// A call about the application's own account: user and organization.
    fn platform_call(&self, incoming: &Incoming<'_>) -> Result<AccountId, Refusal> {
        let proven = self.proven(incoming)?;
        if proven.organization { Ok(proven.account) } else { Err(Refusal::unauthorized(incoming.noun)) }
    }
}

pub(crate) fn no_such_path() -> Refusal {
    Refusal::not_found(
        "No such path: docs/SANDBOX.md lists those below /your_moms/api-v2 and /elements/api-v2.",
    )
}
