//! What the command line says about the connection, read before anything is sent.

use your_moms_core::{CallbackUrl, OauthUrl, Secret};

use crate::args::{Connect, Vocabulary};
use crate::failure::Failure;
use crate::mask::Mask;
use crate::secrets;

pub(super) struct Given {
    pub(super) callback_url: Option<CallbackUrl>,
    /// The entries of `--config`.
    pub(super) configuration: Vec<(String, Secret)>,
    /// The parameters of `--param`.
    parameters: Vec<(String, Secret)>,
    in_body: bool,
    authorized: bool,
}

impl Given {
    pub(super) fn read(args: &Connect, vocabulary: Vocabulary) -> Result<Self, Failure> {
        let pairs = |option, texts: &[String]| {
            texts.iter().map(|text| secrets::pair(option, text)).collect::<Result<Vec<_>, _>>()
        };
        Ok(Self {
            callback_url: args.callback_url.as_deref().map(CallbackUrl::new).transpose()?,
            configuration: pairs("--config", &args.configuration)?,
            parameters: pairs("--param", &args.parameters)?,
            in_body: args.post,
            // The source document says that there is no header. The deployments that speak of elements are sent one by
            // every live client.
            authorized: vocabulary == Vocabulary::Elements,
        })
    }

    /// Adds the secrets among it to `mask`.
    pub(super) fn hide(&self, mask: &mut Mask) {
        for (name, value) in self.configuration.iter().chain(&self.parameters) {
            if secrets::is_secret_name(name) {
                mask.add(value);
            }
        }
    }

    /// The first step as the command line wants it.
    pub(super) fn shape(&self, ask: OauthUrl) -> OauthUrl {
        let ask = if self.in_body { ask.in_body() } else { ask };
        let ask = if self.authorized { ask.authorized() } else { ask };
        self.parameters.iter().fold(ask, |ask, (name, value)| ask.parameter(name, value.clone()))
    }
}
