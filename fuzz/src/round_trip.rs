//! Two readings of one document: what core writes the sandbox reads, and what the sandbox writes core reads.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use arbitrary::{Arbitrary, Unstructured};
use your_moms_core::{
    Client, CreateInstance, Credentials, DeleteInstance, DisableInstance, EnableInstance, Error, GetInstance,
    GetInstanceConfiguration, Instance, InstanceTarget, ListInstances, Ping, Platform, Registration,
    UpdateInstance, UpdateInstanceConfiguration, Vocabulary,
};
use your_moms_sandbox::{Behaviour, InstanceSummary, Noun, Sandbox, SandboxTransport};

/// The most steps of an input.
const LIMIT: usize = 12;
/// What connectors without a consent page ask for.
const CONFIGURATION: [(&str, &str); 3] = [("username", "u"), ("password", "p"), ("subdomain", "s")];
const CALLBACK: &str = "http://127.0.0.1:8080/callback";

#[derive(Arbitrary, Debug)]
struct World {
    elements: bool,
    strips_tags: bool,
    masks_secrets: bool,
    page_size: Option<u8>,
}

#[derive(Arbitrary, Debug)]
enum Step {
    Create {
        with_consent: bool,
        number: u8,
        name: Option<String>,
        tags: Vec<String>,
        entry: Option<(String, String)>,
    },
    Rename {
        which: u8,
        name: String,
    },
    Retag {
        which: u8,
        tags: Vec<String>,
    },
    Enable {
        which: u8,
        enable: bool,
    },
    Read {
        which: u8,
        by_token: bool,
    },
    Configure {
        which: u8,
        entry: u8,
        value: String,
    },
    List {
        tag: Option<String>,
        page_size: u8,
    },
    Disconnect {
        which: u8,
        by_id: bool,
    },
}

/// Any calls, one after another. Both sides agree on every instance after each of them.
pub fn steps(data: &[u8]) {
    let mut input = Unstructured::new(data);
    let Ok(world) = World::arbitrary(&mut input) else { return };
    let mut both = Both::new(&world);
    for _ in 0..LIMIT {
        if input.is_empty() {
            break;
        }
        let Ok(step) = Step::arbitrary(&mut input) else { break };
        both.make(step);
        both.agree();
    }
    both.list(None, 2);
}

fn now() -> SystemTime {
    UNIX_EPOCH + Duration::from_secs(1_460_000_000)
}

/// The application's side, and the platform's.
struct Both {
    client: Client<SandboxTransport>,
    transport: SandboxTransport,
    known: Vec<Instance>,
    strips_tags: bool,
}

impl Both {
    fn new(world: &World) -> Self {
        let noun = if world.elements { Noun::Element } else { Noun::YourMom };
        let mut sandbox = Sandbox::new(1);
        sandbox.set_behaviour(Behaviour {
            strips_tags: world.strips_tags,
            masks_secrets: world.masks_secrets,
            page_size: world.page_size.map(|size| 1 + usize::from(size)),
            ..Behaviour::default()
        });
        let credentials = sandbox.credentials();
        let credentials =
            Credentials::new(credentials.user_secret.as_str(), credentials.organization_secret.as_str());
        let platform =
            Platform::new(&sandbox.base_url(noun), credentials.expect("secrets")).expect("a base URL");
        let vocabulary = if world.elements { Vocabulary::ELEMENTS } else { Vocabulary::YOUR_MOMS };
        let transport = SandboxTransport::new(sandbox).with_clock(now);
        let drawn = AtomicU64::new(1);
        let random = move |bytes: &mut [u8]| {
            let mut word = drawn.fetch_add(1, Ordering::Relaxed);
            for byte in bytes {
                word = word.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                *byte = word.to_be_bytes()[0];
            }
            Ok::<(), std::io::Error>(())
        };
        let client = Client::new(platform.with_vocabulary(vocabulary), transport.clone(), |_| (), random);
        Self { client, transport, known: Vec::new(), strips_tags: world.strips_tags }
    }

    fn make(&mut self, step: Step) {
        match step {
            Step::Create { with_consent, number, name, tags, entry } => {
                self.create(with_consent, number, name.as_deref(), &tags, entry);
            }
            Step::Rename { which, name } => self.rename(which, &name),
            Step::Retag { which, tags } => self.retag(which, &tags),
            Step::Enable { which, enable } => self.enable(which, enable),
            Step::Read { which, by_token } => self.read(which, by_token),
            Step::Configure { which, entry, value } => self.configure(which, entry, &value),
            Step::List { tag, page_size } => self.list(tag.as_deref(), page_size),
            Step::Disconnect { which, by_id } => self.disconnect(which, by_id),
        }
    }

    fn create(
        &mut self,
        with_consent: bool,
        number: u8,
        name: Option<&str>,
        tags: &[String],
        entry: Option<(String, String)>,
    ) {
        let create = if with_consent { self.consented(number) } else { self.without_consent(number) };
        let create = name.into_iter().fold(create, CreateInstance::name);
        let create = tags.iter().fold(create, CreateInstance::tag);
        let create = entry.into_iter().fold(create, |create, (key, value)| create.configuration(key, value));
        let before = self.summaries().len();
        match self.client.create(&create) {
            Ok(instance) => {
                assert_eq!(self.summaries().len(), before + 1, "not one instance");
                if let Some(name) = name.filter(|name| is_kept(name)) {
                    assert_eq!(instance.name(), Some(name), "another name than was sent");
                }
                let found = self.client.recover(&create.record()).expect("a search");
                // Where tags are dropped, the name is what it is found by, unless the caller gave one.
                if !self.strips_tags || name.is_none() {
                    assert_eq!(found.map(|it| it.id()), Some(instance.id()), "not found by its record");
                }
                self.known.push(instance);
            }
            Err(error) => {
                assert_eq!(self.summaries().len(), before, "an instance that nobody knows of");
                assert!(is_of_the_values(&error), "{error}");
            }
        }
    }

    fn without_consent(&self, number: u8) -> CreateInstance {
        let id = if number.is_multiple_of(2) { "95" } else { "143" };
        let create = self.client.new_instance(id).expect("a connector");
        CONFIGURATION.into_iter().fold(create, |create, (key, value)| create.configuration(key, value))
    }

    /// Through a provider's consent page, of OAuth 2.0 or 1.0a.
    fn consented(&self, number: u8) -> CreateInstance {
        let key = ["instagram", "dropbox", "etsy", "twitter"][usize::from(number) % 4];
        let client = self.transport.sandbox().client(key).expect("a registered client").clone();
        let registration =
            Registration::new(key, client.api_key, client.api_secret, CALLBACK).expect("a registration");
        let registration =
            if matches!(key, "etsy" | "twitter") { registration.oauth1() } else { registration };
        let registration = if number < 128 { registration } else { registration.in_body() };
        let (url, pending) = self.client.authorize(&registration, now()).expect("a URL");
        let redirect = self.transport.allow(url.expose()).expect("a consent page");
        pending.verify(&redirect, now()).expect("a redirect").create(&registration).expect("a creation")
    }

    fn rename(&mut self, which: u8, name: &str) {
        let Some(at) = self.at(which) else { return };
        match self.client.call(&UpdateInstance::new(&self.known[at]).name(name)) {
            Ok(instance) => {
                assert!(!is_kept(name) || instance.name() == Some(name), "another name than was sent");
                self.known[at] = instance;
            }
            Err(error) => assert!(is_of_the_values(&error), "{error}"),
        }
    }

    fn retag(&mut self, which: u8, tags: &[String]) {
        let Some(at) = self.at(which) else { return };
        match self.client.call(&UpdateInstance::new(&self.known[at]).tags(&self.known[at], tags)) {
            Ok(instance) => {
                if tags.iter().all(|tag| is_kept(tag)) {
                    assert!(
                        tags.iter().all(|tag| instance.tags().contains(tag)),
                        "other tags than were sent"
                    );
                }
                self.known[at] = instance;
            }
            Err(error) => assert!(is_of_the_values(&error), "{error}"),
        }
    }

    fn enable(&mut self, which: u8, enable: bool) {
        let Some(at) = self.at(which) else { return };
        let instance = &self.known[at];
        let changed = match enable {
            true => self.client.call(&EnableInstance::new(instance.id())).map(drop),
            false => self.client.call(&DisableInstance::new(instance.id())).map(drop),
        };
        changed.expect("it can be switched");
        let pong = self.client.call(&Ping::new(instance.token()));
        assert_eq!(pong.is_ok(), enable, "a disabled instance takes calls, or an enabled one none");
    }

    fn read(&mut self, which: u8, by_token: bool) {
        let Some(at) = self.at(which) else { return };
        let target = target(&self.known[at], !by_token);
        let read = self.client.call(&GetInstance::new(target.clone())).expect("it is there");
        assert_eq!(read.id(), self.known[at].id());
        let entries = self.client.call(&GetInstanceConfiguration::new(target)).expect("its configuration");
        assert!(read.configuration().len() <= entries.len(), "fewer entries than the instance shows");
    }

    fn configure(&mut self, which: u8, entry: u8, value: &str) {
        let Some(at) = self.at(which) else { return };
        let (key, _) = CONFIGURATION[usize::from(entry) % CONFIGURATION.len()];
        let instance = &self.known[at];
        let updated = self.client.call(&UpdateInstanceConfiguration::new(instance.id(), key, value));
        if let Err(error) = updated {
            // An entry that the connector does not have is a 404.
            let is_there = instance.configuration().contains_key(key);
            assert!(is_of_the_values(&error) || !is_there, "{key}: {error:?}");
        }
    }

    /// Every page of a list, beside what the platform has.
    fn list(&mut self, tag: Option<&str>, page_size: u8) {
        let operation = ListInstances::new().page_size(1 + u32::from(page_size % 8));
        let operation = tag.into_iter().fold(operation, ListInstances::tag);
        let mut listed = Vec::new();
        for page in self.client.pages(&operation) {
            match page {
                Ok(page) => listed.extend(page.items),
                Err(error) => {
                    assert!(tag.is_some() && is_of_the_values(&error), "{error}");
                    return;
                }
            }
        }
        let has = |it: &InstanceSummary, tag: &str| {
            it.tags.iter().any(|own| own.to_lowercase() == tag.to_lowercase())
        };
        let expected: Vec<_> = self
            .summaries()
            .into_iter()
            .filter(|it| tag.is_none_or(|tag| tag.is_empty() || has(it, tag)))
            .collect();
        assert_eq!(listed.len(), expected.len(), "another number of instances");
        listed.iter().zip(&expected).for_each(|(ours, theirs)| same(ours, theirs));
    }

    fn disconnect(&mut self, which: u8, by_id: bool) {
        let Some(at) = self.at(which) else { return };
        let instance = self.known.remove(at);
        match by_id {
            true => self.client.call(&DeleteInstance::new(instance.id())).map(drop),
            false => self.client.disconnect(&instance),
        }
        .expect("it can be deleted");
    }

    /// Each instance that the application knows is the platform's of the same number, and there are no others.
    fn agree(&self) {
        let theirs = self.summaries();
        let mut ours: Vec<&Instance> = self.known.iter().collect();
        ours.sort_by_key(|instance| instance.id());
        assert_eq!(ours.len(), theirs.len(), "an instance more, or less");
        ours.iter().zip(&theirs).for_each(|(ours, theirs)| same(ours, theirs));
    }

    fn summaries(&self) -> Vec<InstanceSummary> {
        self.transport.sandbox().instances()
    }

    fn at(&self, which: u8) -> Option<usize> {
        (!self.known.is_empty()).then(|| usize::from(which) % self.known.len())
    }
}

fn same(ours: &Instance, theirs: &InstanceSummary) {
    assert_eq!(
        (ours.id(), ours.name(), ours.tags()),
        (theirs.id, Some(theirs.name.as_str()), theirs.tags.as_slice())
    );
    let key = ours.connector().and_then(|connector| connector.key());
    assert_eq!(key, Some(theirs.connector.as_str()), "another connector");
}

fn target(instance: &Instance, by_id: bool) -> InstanceTarget {
    if by_id { instance.id().into() } else { instance.token().into() }
}

/// The platform strips markup and the space around it from names and tags, and empty ones count as none.
fn is_kept(text: &str) -> bool {
    !text.is_empty() && !text.contains('<') && text.trim() == text
}

/// Some texts cannot be sent, or are refused: placeholders, control characters, an unknown entry.
fn is_of_the_values(error: &Error) -> bool {
    matches!(error, Error::Build(_)) || error.status().is_some_and(|status| status == 400)
}
