//! `connect --curl`: the requests, for a person to send.

use http::Request;
use serde_json::{Value, json};
use your_moms_core::{
    CallbackUrl, Client, ConfigurationEntry, ConnectorKey, CreateInstance, Credentials, Entropy,
    GetOauth1Token, GetOauthUrl, Marker, Operation as _, Platform, Secret, State,
};
use your_moms_sandbox::{Noun, Sandbox, SandboxTransport};

use super::authorize::NOBODY;
use super::configuration::FROM_OAUTH;
use super::given::Given;
use super::required_registration;
use crate::args::{Common, Connect};
use crate::curl::{self, placeholder};
use crate::failure::Failure;
use crate::{platform, secrets, terminal};

/// What is known of a connector without asking the platform.
struct Known {
    authentication: String,
    entries: Vec<ConfigurationEntry>,
}

pub(super) async fn show(common: &Common, args: &Connect) -> Result<(), Failure> {
    let vocabulary = platform::vocabulary(common)?;
    let platform = Platform::new(&platform::base_url(common)?, platform::shown_credentials()?)?
        .with_vocabulary(vocabulary.words());
    let given = Given::read(args, vocabulary).await?;
    let known = Known::of(&given.connector);
    let given = given.with_variables(known.as_ref().map_or(&[], |known| &known.entries));
    let create = CreateInstance::new(given.connector.clone(), Marker::new(entropy()?))
        .name(args.name.as_deref().unwrap_or(&args.key));
    let create = args.tags.iter().fold(create, CreateInstance::tag);
    let create = entries(create, &given, known.as_ref());
    let steps = match known.as_ref().map(|known| known.authentication.as_str()) {
        Some("oauth1") => oauth(&platform, args, &given, create, true).await?,
        // Most connectors ask their users for consent.
        None | Some("oauth2") => oauth(&platform, args, &given, create, false).await?,
        Some(_) => vec![last(1, &platform, &create)?],
    };
    terminal::result(&steps.join("\n\n"))
}

/// The requests of a connector whose users are asked for consent.
async fn oauth(
    platform: &Platform,
    args: &Connect,
    given: &Given,
    create: CreateInstance,
    oauth1: bool,
) -> Result<Vec<String>, Failure> {
    let [api_key, api_secret] = required_registration(args);
    let variable = placeholder(&api_key.variable);
    let api_key = api_key.find().await?.map_or(variable, |key| key.expose().to_owned());
    let api_secret = placeholder(&api_secret.variable);
    let nobody = CallbackUrl::new(NOBODY)?;
    let callback_url = given.callback_url.as_ref().unwrap_or(&nobody);
    let registration = given.registration(&api_key, Secret::from(api_secret.clone()), callback_url)?;
    let get_url = GetOauthUrl::new(&registration, State::new(placeholder("YOUR_MOMS_STATE"))?);
    let state = curl::set("YOUR_MOMS_STATE", "head -c 24 /dev/urandom | base64 | tr '+/' '-_'");
    let create = create
        .configuration("oauth.api.key", api_key)
        .configuration("oauth.api.secret", api_secret)
        .configuration("oauth.callback.url", callback_url.as_str());

    if !oauth1 {
        let create = create.provider_data("code", placeholder("YOUR_MOMS_CODE"));
        return Ok(vec![
            format!(
                "# 1. Ask where to send the user\n{state}\n{}",
                curl::command(&get_url.request(platform)?)
            ),
            "# 2. Open the oauthUrl of the response in a browser. It ends up at an address with a code and the state of\n\
             #    step 1, which is to be compared. Set YOUR_MOMS_CODE to that code, decoded"
                .to_owned(),
            last(3, platform, &create)?,
        ]);
    }
    let token = json!({
        "token": placeholder("YOUR_MOMS_REQUEST_TOKEN"), "secret": placeholder("YOUR_MOMS_REQUEST_TOKEN_SECRET"),
    });
    let token = serde_json::from_value(token).map_err(|_| Failure::failed("the requests cannot be shown"))?;
    let create = create
        .provider_data("oauth_token", placeholder("YOUR_MOMS_REQUEST_TOKEN"))
        .provider_data("oauth_verifier", placeholder("YOUR_MOMS_VERIFIER"))
        .provider_data("secret", placeholder("YOUR_MOMS_REQUEST_TOKEN_SECRET"));
    Ok(vec![
        format!(
            "# 1. Ask for a request token\n{}",
            curl::command(&GetOauth1Token::new(&registration).request(platform)?)
        ),
        format!(
            "# 2. Set YOUR_MOMS_REQUEST_TOKEN and YOUR_MOMS_REQUEST_TOKEN_SECRET to token and secret of the response,\n\
             #    and ask where to send the user\n{state}\n{}",
            curl::command(&get_url.request_token(&token).request(platform)?)
        ),
        "# 3. Open the oauthUrl of the response in a browser. It ends up at an address with an oauth_verifier.\n\
         #    Set YOUR_MOMS_VERIFIER to that value, decoded"
            .to_owned(),
        last(4, platform, &create)?,
    ])
}

fn last(number: usize, platform: &Platform, create: &CreateInstance) -> Result<String, Failure> {
    Ok(format!(
        "# {number}. Create the instance. The response has the token for every further request\n{}",
        curl::command(&without_marker(create.request(platform)?, create))
    ))
}

/// What the user gave, and a variable for each entry that is needed besides.
fn entries(create: CreateInstance, given: &Given, known: Option<&Known>) -> CreateInstance {
    let missing = known.into_iter().flat_map(|known| &known.entries).filter(|entry| {
        let key = entry.key.as_str();
        entry.needs_value()
            && !FROM_OAUTH.contains(&key)
            && !given.configuration.iter().any(|(given, _)| given == key)
    });
    let create = missing.fold(create, |create, entry| {
        create.configuration(&entry.key, placeholder(&secrets::entry_variable(&entry.key)))
    });
    given.configuration.iter().fold(create, |create, (key, value)| create.configuration(key, value.clone()))
}

impl Known {
    /// The sandbox knows what the live platform asks for.
    fn of(connector: &ConnectorKey) -> Option<Self> {
        let sandbox = Sandbox::new(0);
        let known = sandbox.connectors().into_iter().find(|it| it.key == connector.as_str())?;
        let secrets = sandbox.credentials();
        let credentials = Credentials::new(&*secrets.user_secret, &*secrets.organization_secret).ok()?;
        let platform = Platform::new(&sandbox.base_url(Noun::YourMom), credentials).ok()?;
        let client = Client::new(platform, SandboxTransport::from(sandbox), |_| (), getrandom::fill);
        let entries = client.call(&your_moms_core::GetConnectorConfiguration::new(connector.clone())).ok()?;
        Some(Self { authentication: known.authentication, entries })
    }
}

fn entropy() -> Result<Entropy, Failure> {
    let mut bytes = [0; 48];
    getrandom::fill(&mut bytes)
        .map_err(|error| Failure::failed("the operating system's random source failed").because(&error))?;
    Ok(Entropy::from_bytes(&bytes)?)
}

/// Nothing searches for what a person creates with the command, and it may be run twice.
fn without_marker(request: Request<Vec<u8>>, create: &CreateInstance) -> Request<Vec<u8>> {
    let record = create.record();
    request.map(|body| {
        let Ok(Value::Object(mut members)) = serde_json::from_slice(&body) else { return body };
        if let Some(Value::Array(tags)) = members.get_mut("tags") {
            tags.retain(|tag| tag != record.marker().as_str());
        }
        members.retain(|name, value| name != "tags" || value.as_array().is_none_or(|tags| !tags.is_empty()));
        serde_json::to_vec(&members).unwrap_or(body)
    })
}
