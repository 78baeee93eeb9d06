//! `your-moms connectors`: what there is to connect, and what it needs.

use serde::Serialize;
use your_moms_core::{
    ConfigurationEntry, Connector, ConnectorKey, Error, ErrorClass, GetConnector, GetConnectorConfiguration,
    ListConnectors, Platform, Secret,
};
use your_moms_sandbox::{Sandbox, Server};

use crate::args::{Common, Connectors};
use crate::failure::Failure;
use crate::interrupts::Interrupts;
use crate::mask::Mask;
use crate::platform::{self, Client};
use crate::spinner::Spinner;
use crate::terminal::{self, BOLD, QUIET};
use crate::{again, sandbox, secrets};

/// Words that are less alike than this are no slip of the same hand.
const ALIKE: f64 = 0.8;

/// What the application's registration with the provider has.
const REGISTRATION: [(&str, &str); 3] = [
    ("oauth.api.key", "YOUR_MOMS_API_KEY"),
    ("oauth.api.secret", "YOUR_MOMS_API_SECRET"),
    ("oauth.callback.url", "--callback-url"),
];

#[derive(Serialize)]
struct Summary {
    id: Option<u64>,
    key: String,
    name: String,
    hub: String,
    authentication: String,
}

#[derive(Serialize)]
struct Described {
    #[serde(flatten)]
    summary: Summary,
    needs: Vec<Need>,
}

/// A configuration entry that has to be given.
#[derive(Serialize)]
struct Need {
    key: String,
    name: Option<String>,
    secret: bool,
    /// The variable or the option of `connect` that gives it.
    given_by: String,
}

pub(crate) async fn run(
    common: &Common,
    args: &Connectors,
    interrupts: &mut Interrupts,
) -> Result<(), Failure> {
    let (client, mask, server) = interrupts.end(reach(common, args.sandbox)).await?;
    let again = again::platform(common, args.sandbox);
    let shown = async {
        match &args.key {
            Some(key) => describe(common, &client, key, &mask, args.sandbox).await,
            None => list(common, &client, &mask, &again).await,
        }
    };
    let result = interrupts.end(shown).await;
    drop(server);
    result
}

/// A client for the platform, or for a sandbox that ends when it is dropped.
async fn reach(common: &Common, of_its_own: bool) -> Result<(Client, Mask, Option<Server>), Failure> {
    let vocabulary = platform::vocabulary(common)?;
    if !of_its_own {
        let (client, mask) = platform::client_of(common, &platform::base_url(common)?, vocabulary).await?;
        return Ok((client, mask, None));
    }
    let server = sandbox::start(Sandbox::new(sandbox::random_seed()?), 0)?;
    let known = server.sandbox().credentials().clone();
    let secrets = [known.user_secret, known.organization_secret].map(Secret::from);
    let mask = Mask::of(&secrets);
    let platform =
        Platform::new(&server.base_url(vocabulary.noun()), platform::credentials(secrets.into())?)?;
    let client = platform::client(common, platform.with_vocabulary(vocabulary.words())).await?;
    Ok((client, mask, Some(server)))
}

async fn list(common: &Common, client: &Client, mask: &Mask, again: &str) -> Result<(), Failure> {
    let mut all = every(client).await.map_err(|error| {
        Failure::call("the connectors cannot be listed", &error, mask).about(client.platform())
    })?;
    all.sort_by(|one, other| one.key().cmp(&other.key()));
    let all: Vec<_> = all.iter().map(|connector| Summary::of(connector, mask)).collect();
    if common.json {
        return terminal::json(&all);
    }
    let width = |of: fn(&Summary) -> &str| all.iter().map(|it| of(it).chars().count()).max().unwrap_or(0);
    let [key, hub, authentication] =
        [width(|it| it.key.as_str()), width(|it| it.hub.as_str()), width(|it| it.authentication.as_str())];
    for it in &all {
        terminal::result(&format!(
            "{BOLD}{:key$}{BOLD:#}  {:hub$}  {:authentication$}  {}",
            it.key, it.hub, it.authentication, it.name
        ))?;
    }
    terminal::say(&format!("{QUIET}What one of them needs: your-moms connectors KEY{again}{QUIET:#}"));
    Ok(())
}

async fn describe(
    common: &Common,
    client: &Client,
    key: &str,
    mask: &Mask,
    sandbox: bool,
) -> Result<(), Failure> {
    let again = again::platform(common, sandbox);
    let connector = ConnectorKey::new(key)?;
    let asked = async {
        let _spinner = Spinner::start(format!("Asking the platform what {key} needs"));
        let described = client.call(&GetConnector::new(connector.clone())).await?;
        Ok((described, client.call(&GetConnectorConfiguration::new(connector)).await?))
    };
    let (connector, entries) = match asked.await {
        Ok(asked) => asked,
        Err(error) => return Err(unknown(client, key, &error, mask, &again).await),
    };
    let needs = entries.iter().filter(|entry| entry.needs_value()).map(|entry| Need::of(entry, mask));
    let described = Described { summary: Summary::of(&connector, mask), needs: needs.collect() };
    if common.json { terminal::json(&described) } else { terminal::result(&described.text(sandbox, &again)) }
}

/// Why the platform does not describe the connector `key`: it may know another that is spelled much the same. `again` are the
/// options that reach the platform.
pub(crate) async fn unknown(client: &Client, key: &str, error: &Error, mask: &Mask, again: &str) -> Failure {
    if error.class() != ErrorClass::NotFound {
        let what = format!("the platform does not say what {key} needs");
        return Failure::call(what, error, mask).about(client.platform());
    }
    let what = format!("the platform has no connector {key}");
    let failure =
        Failure::call(what, error, mask).help(format!("`your-moms connectors{again}` lists those it has"));
    let keys: Vec<_> = every(client)
        .await
        .unwrap_or_default()
        .iter()
        .filter_map(|connector| connector.key().map(|key| mask.clean(key)))
        .collect();
    match closest(key, &keys) {
        Some(other) => failure.help(format!("did you mean {other}? `your-moms connectors{again}` lists all")),
        // Where the catalogue is not found either, it is the address that is wrong.
        None if keys.is_empty() => failure.about(client.platform()),
        None => failure,
    }
}

async fn every(client: &Client) -> Result<Vec<Connector>, Error> {
    let _spinner = Spinner::start("Asking the platform for its connectors");
    let mut pages = client.pages(&ListConnectors::new());
    let mut all = Vec::new();
    while let Some(page) = pages.next().await {
        all.extend(page?.items);
    }
    Ok(all)
}

/// The key that is spelled most like `word`.
fn closest<'a>(word: &str, keys: &'a [String]) -> Option<&'a str> {
    let word = word.to_lowercase();
    let alike = |key: &str| strsim::jaro_winkler(&word, &key.to_lowercase());
    let closest = keys.iter().max_by(|one, other| alike(one).total_cmp(&alike(other)))?;
    (alike(closest) >= ALIKE).then_some(closest)
}

impl Summary {
    fn of(connector: &Connector, mask: &Mask) -> Self {
        let text = |text: Option<&str>| mask.clean(text.unwrap_or_default());
        Self {
            id: connector.id(),
            key: text(connector.key()),
            name: text(connector.name()),
            hub: text(connector.hub()),
            authentication: text(connector.authentication()),
        }
    }
}

impl Need {
    fn of(entry: &ConfigurationEntry, mask: &Mask) -> Self {
        let of_registration = REGISTRATION.iter().find(|(key, _)| *key == entry.key);
        let key = mask.clean(&entry.key);
        let given_by = match of_registration {
            Some((_, by)) => (*by).to_owned(),
            None if entry.is_secret() => secrets::entry_variable(&key),
            None => format!("--config {key}=…"),
        };
        Self {
            secret: entry.is_secret(),
            name: entry.name.as_deref().map(|name| mask.clean(name)),
            key,
            given_by,
        }
    }
}

impl Described {
    /// For a person. In a sandbox of its own `connect` makes up what is needed.
    fn text(&self, sandbox: bool, again: &str) -> String {
        let Summary { key, name, hub, authentication, .. } = &self.summary;
        let mut lines = vec![
            format!("{BOLD}{key}{BOLD:#}: {name}, hub {hub}, authentication {authentication}"),
            "Needs".to_owned(),
        ];
        let width =
            |of: fn(&Need) -> &str| self.needs.iter().map(|it| of(it).chars().count()).max().unwrap_or(0);
        let (keys, names) = (width(|it| &it.key), width(|it| it.name.as_deref().unwrap_or_default()));
        lines.extend(self.needs.iter().map(|need| {
            let name = need.name.as_deref().unwrap_or_default();
            format!("  {:keys$}  {name:names$}  {}", need.key, need.given_by)
        }));
        if self.needs.is_empty() {
            lines.push("  nothing".to_owned());
        }
        let options = self.needs.iter().filter(|need| !sandbox && need.given_by.starts_with("--"));
        let options = options.map(|need| match need.given_by.as_str() {
            "--callback-url" => " --callback-url URL".to_owned(),
            other => format!(" {other}"),
        });
        lines.push(format!(
            "Connect it: {BOLD}your-moms connect {key}{}{again}{BOLD:#}",
            options.collect::<String>()
        ));
        lines.join("\n")
    }
}

#[cfg(test)]
mod tests {
    use super::closest;

    #[test]
    fn a_slip_is_seen_and_another_word_is_not() {
        let keys = ["instagram", "dropbox", "box", "googledrive"].map(str::to_owned);
        for (word, key) in [
            ("instagam", Some("instagram")),
            ("Instagram", Some("instagram")),
            ("dropobx", Some("dropbox")),
            ("google", Some("googledrive")),
            ("nosuch", None),
            ("", None),
        ] {
            assert_eq!(closest(word, &keys), key, "{word}");
        }
        assert_eq!(closest("box", &[]), None);
    }
}
