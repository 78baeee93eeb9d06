//! `connect --curl`: the requests, for a person to send.

use http::Request;
use serde_json::Value;
use your_moms_core::{
    CallbackUrl, CreateInstance, Entropy, GetOauthUrl, Marker, Operation as _, Platform, Secret, State, curl,
};

use super::authorize::NOBODY;
use super::given::Given;
use super::required_registration;
use crate::args::{Common, Connect};
use crate::failure::Failure;
use crate::{platform, terminal};

/// In place of a value that is not known; the command has a variable there.
const UNKNOWN: &str = "unknown";

pub(super) async fn show(common: &Common, args: &Connect) -> Result<(), Failure> {
    let vocabulary = common.vocabulary.unwrap_or_default();
    let platform = Platform::new(&platform::base_url(common)?, platform::shown_credentials()?)?
        .with_vocabulary(vocabulary.words());
    let given = Given::read(args, vocabulary).await?;
    let [api_key, _] = required_registration(args);
    let api_key = api_key.find().await?;
    let api_key = api_key.as_ref().map_or("your-api-key", |key| key.expose());
    let nobody = CallbackUrl::new(NOBODY)?;
    let callback_url = given.callback_url.as_ref().unwrap_or(&nobody);
    let registration = given.registration(api_key, Secret::from(UNKNOWN), callback_url)?;
    let get_url = GetOauthUrl::new(&registration, State::new(UNKNOWN)?);

    let create = CreateInstance::new(given.connector, Marker::new(entropy()?))
        .provider_data("code", UNKNOWN)
        .configuration("oauth.api.key", api_key)
        .configuration("oauth.api.secret", UNKNOWN)
        .configuration("oauth.callback.url", callback_url.as_str())
        .name(args.name.as_deref().unwrap_or(&args.key));
    let create = args.tags.iter().fold(create, CreateInstance::tag);
    let configuration = given.configuration.into_iter();
    let create = configuration.fold(create, |create, (key, value)| create.configuration(key, value));
    terminal::result(&format!(
        "# 1. Ask where to send the user; $YOUR_MOMS_STATE is a random text of yours\n{}\n\n\
         # 2. Send the user to the response's oauthUrl; the redirect brings $YOUR_MOMS_CODE and your $YOUR_MOMS_STATE\n\n\
         # 3. Create the instance; the response has the token for every further request\n{}",
        curl(&get_url.request(&platform)?),
        curl(&without_marker(create.request(&platform)?, &create)),
    ))
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
