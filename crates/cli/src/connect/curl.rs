//! `connect --curl`: the requests of a connection, for a person to send.

use std::time::SystemTime;

use your_moms_core::{
    CallbackUrl, ClientCredentials, CreateInstance, Operation as _, Pending, Platform, State, curl,
};

use super::authorize::NOBODY;
use super::given::Given;
use super::wanted_registration;
use crate::args::{Common, Connect};
use crate::failure::Failure;
use crate::{platform, terminal};

/// Stands where a value is not known; the command has a variable in its place.
const UNKNOWN: &str = "unknown";

pub(super) fn show(common: &Common, args: &Connect) -> Result<(), Failure> {
    let vocabulary = common.vocabulary.unwrap_or_default();
    let platform = Platform::new(&platform::base_url(common)?, platform::shown_credentials()?)?
        .with_vocabulary(vocabulary.words());
    let [api_key, _] = wanted_registration(args);
    let api_key = api_key.find()?;
    let client =
        ClientCredentials::new(api_key.as_ref().map_or("your-api-key", |key| key.expose()), UNKNOWN)?;
    let given = Given::read(args, vocabulary)?;
    let nobody = CallbackUrl::new(NOBODY)?;
    let callback_url = given.callback_url.as_ref().unwrap_or(&nobody);
    let state = State::new(UNKNOWN)?;
    let (ask, pending) =
        Pending::begin(&platform, &args.key, &client, callback_url, state, SystemTime::now());
    let ask = given.shape(ask);
    let callback = pending
        .read(&format!("code={UNKNOWN}&state={UNKNOWN}"), SystemTime::now())
        .map_err(|error| Failure::failed("the redirect cannot be shown").because(&error))?;
    let create = args.tags.iter().fold(pending.finish(&callback, &client), CreateInstance::tag);
    let create = create.name(args.name.as_deref().unwrap_or(&args.key));
    let configuration = given.configuration.into_iter();
    let create = configuration.fold(create, |create, (key, value)| create.configuration(key, value));
    terminal::result(&format!(
        "# 1. Ask where to send the user; $STATE is a random text of yours\n{}\n\n\
         # 2. Send the user to the answer's oauthUrl; the redirect back brings $CODE and your $STATE\n\n\
         # 3. Create the instance; the answer has the token for every later call\n{}",
        curl(&ask.request(&platform)?),
        curl(&create.request(&platform)?),
    ))
}
