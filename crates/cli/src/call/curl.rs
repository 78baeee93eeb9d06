//! `call --curl`: the request, for a person to send.

use std::collections::BTreeSet;
use std::env;

use http::Request;
use your_moms_core::{InstanceToken, Operation, Platform, Secret};

use super::given::Given;
use crate::again::{self, shell_word};
use crate::args::{Call, Common};
use crate::curl::{self, placeholder};
use crate::failure::Failure;
use crate::mask::Mask;
use crate::store::Entry;
use crate::{platform, secrets};

/// The variable of the instance's token.
const TOKEN: &str = "YOUR_MOMS_INSTANCE_TOKEN";
/// A secret that no option of this command gives, and that may stand in the environment all the same.
const API_SECRET: &str = "YOUR_MOMS_API_SECRET";

/// The command, and how the shell gets the token.
pub(super) async fn show(
    common: &Common,
    args: &Call,
    (name, entry): (&str, &Entry),
) -> Result<String, Failure> {
    let given = Given::read(args).await?;
    let required: Vec<_> =
        given.variables().iter().map(|name| format!("\n{}", curl::require(name))).collect();
    let given = given.with_variables(&known(common, entry).await?)?;
    let show = format!("your-moms instances show {} --token{}", shell_word(name), again::store(common));
    let token = InstanceToken::from(placeholder(TOKEN));
    let command = curl::command_with(&request(&given.request(&token), entry)?, source(args).as_deref());
    Ok(format!("{}{}\n{command}", curl::set(TOKEN, &show), required.concat()))
}

/// A request to the platform of `entry` as a curl command.
pub(crate) fn shown(operation: &impl Operation, entry: &Entry) -> Result<String, Failure> {
    Ok(curl::command(&request(operation, entry)?))
}

fn request(operation: &impl Operation, entry: &Entry) -> Result<Request<Vec<u8>>, Failure> {
    let platform = Platform::new(&entry.base_url, platform::shown_credentials()?)?;
    Ok(operation.request(&platform.with_vocabulary(entry.vocabulary.words()))?)
}

/// Where the body comes from, as curl's options say it; `None` if it is an argument, which everyone can see.
fn source(args: &Call) -> Option<String> {
    match args.data.as_deref()? {
        "-" => Some("@-".to_owned()),
        data => data.starts_with('@').then(|| data.to_owned()),
    }
}

/// The secrets that this program can know, each shown as its variable.
async fn known(common: &Common, entry: &Entry) -> Result<Mask, Failure> {
    let mut mask = Mask::default();
    mask.add_as(&Secret::from(entry.instance.token().expose()), &placeholder(TOKEN));
    for required in platform::required_credentials(common) {
        if let Some(secret) = required.find().await? {
            mask.add_as(&secret, &placeholder(&required.variable));
        }
    }
    if let Ok(secret) = env::var(API_SECRET) {
        mask.add_as(&Secret::from(secret), &placeholder(API_SECRET));
    }
    Ok(mask)
}

impl Given {
    /// The variables that stand for values whose names say that they are secret.
    fn variables(&self) -> BTreeSet<String> {
        let query = self.query.iter().map(|(name, _)| name).filter(|name| secrets::is_secret_name(name));
        let headers =
            self.headers.iter().map(|(name, _)| name).filter(|name| secrets::is_secret_header(name));
        query.chain(headers).map(|name| secrets::entry_variable(name)).collect()
    }

    /// With a variable in place of each secret: of those that are `known`, wherever they stand, and of what has a name that
    /// says so. Other values of a body are shown, so that the command can be pasted.
    fn with_variables(self, known: &Mask) -> Result<Self, Failure> {
        let shown = |name: &str, is_secret: bool, value: &str| {
            if is_secret { placeholder(&secrets::entry_variable(name)) } else { known.masked(value) }
        };
        let query = self.query.into_iter().map(|(name, value)| {
            let value = shown(&name, secrets::is_secret_name(&name), &value);
            (name, value)
        });
        let headers = self.headers.into_iter().map(|(name, value)| {
            let value = Secret::from(shown(&name, secrets::is_secret_header(&name), value.expose()));
            (name, value)
        });
        let body = self.body.map(|body| {
            serde_json::from_str(&known.masked(body.get())).map_err(|_| {
                Failure::usage("the body has a secret in it that no variable can stand for")
                    .help("write it as a text")
            })
        });
        Ok(Self {
            path: known.masked(&self.path),
            query: query.collect(),
            headers: headers.collect(),
            body: body.transpose()?,
            ..self
        })
    }
}
