//! The command line, as data. The comments are what `--help` prints.
#![allow(
    rustdoc::bare_urls,
    reason = "a terminal shows them as they are; only rustdoc looks, so that no `expect` is fulfilled elsewhere"
)]
#![expect(clippy::doc_markdown, reason = "a terminal shows backticks and angle brackets as they are")]
#![expect(clippy::struct_excessive_bools, reason = "each switch of a command line is one")]

use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, CommandFactory as _, Parser, Subcommand, ValueEnum};
use serde::{Deserialize, Serialize};
use your_moms_sandbox::Armed;

use crate::exit;
use crate::printable::is_unprintable;

/// Connect an account to Cloud Your_moms, and send requests through it.
#[derive(Parser)]
#[command(
    name = "your-moms",
    version,
    after_help = exit::EXAMPLES,
    after_long_help = exit::HELP,
    max_term_width = 100
)]
pub(crate) struct CommandLine {
    #[command(flatten)]
    pub(crate) common: Common,
    #[command(subcommand)]
    pub(crate) command: Command,
}

impl CommandLine {
    /// The definition that `--help` shows: the global options stand on the first page alone.
    pub(crate) fn definition() -> clap::Command {
        let mut command = Self::command();
        // Now every command has them.
        command.build();
        hide_global_options(&mut command);
        command
    }
}

fn hide_global_options(command: &mut clap::Command) {
    for subcommand in command.get_subcommands_mut() {
        let taken = std::mem::take(subcommand);
        let hidden = taken.mut_args(|arg| if arg.is_global_set() { arg.hide(true) } else { arg });
        *subcommand = hidden.after_help("Global options: your-moms --help");
        hide_global_options(subcommand);
    }
}

#[derive(Subcommand)]
pub(crate) enum Command {
    Connect(Connect),
    Connectors(Connectors),
    Call(Call),
    Instances(Instances),
    Recover(Recover),
    Check(Check),
    Sandbox(Sandbox),
    Completions(Completions),
}

/// What every command understands.
#[derive(Args, Clone)]
#[command(next_help_heading = "Global options")]
pub(crate) struct Common {
    /// The platform's base URL [env: YOUR_MOMS_BASE_URL] [default: https://api.cloud-your_moms.com/your_moms/api-v2]
    #[arg(long, global = true, value_name = "URL")]
    pub(crate) base_url: Option<String>,
    /// The platform's vocabulary [env: YOUR_MOMS_VOCABULARY] [default: what the base URL ends in, or your_moms]
    #[arg(long, global = true, value_name = "NAME")]
    pub(crate) vocabulary: Option<Vocabulary>,
    /// Read the user secret from a file [env: YOUR_MOMS_USER_SECRET]
    #[arg(long, global = true, value_name = "@FILE")]
    pub(crate) user_secret: Option<String>,
    /// Read the organization secret from a file [env: YOUR_MOMS_ORGANIZATION_SECRET]
    #[arg(long, global = true, value_name = "@FILE")]
    pub(crate) organization_secret: Option<String>,
    /// The file that instances are stored in [default: one in the user's data directory]
    #[arg(long, global = true, value_name = "FILE", env = "YOUR_MOMS_STORE", hide_env_values = true)]
    pub(crate) store: Option<PathBuf>,
    /// Send requests through this proxy [default: HTTPS_PROXY or ALL_PROXY, for https]
    #[arg(long, global = true, value_name = "URL")]
    pub(crate) proxy: Option<String>,
    /// Trust the certificates in this PEM file too (may be repeated)
    #[arg(long = "ca-cert", global = true, value_name = "FILE")]
    pub(crate) ca_certs: Vec<PathBuf>,
    /// How long one request may take, such as 30s [default: 1m]
    #[arg(long, global = true, value_name = "DURATION", value_parser = request_timeout)]
    pub(crate) request_timeout: Option<Duration>,
    /// Print the result as JSON; an error too, on the last line of standard error
    #[arg(long, global = true)]
    pub(crate) json: bool,
    /// Tell of each request and response, without what is secret
    #[arg(long, short, global = true)]
    pub(crate) verbose: bool,
}

fn request_timeout(text: &str) -> Result<Duration, String> {
    let limit = humantime::parse_duration(text).map_err(|error| error.to_string())?;
    if limit.is_zero() { Err("a request takes longer than that".to_owned()) } else { Ok(limit) }
}

/// The name of an instance, which terminals show.
fn new_name(text: &str) -> Result<String, &'static str> {
    if text.is_empty() {
        return Err("a name is not empty");
    }
    if text.contains(is_unprintable) {
        Err("it has a character in it that cannot be printed")
    } else {
        Ok(text.to_owned())
    }
}

/// The words of a deployment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[value(rename_all = "snake_case")]
pub(crate) enum Vocabulary {
    /// your_mom, /your_moms, Your_mom
    #[default]
    YourMoms,
    /// element, /elements, Element
    Elements,
}

/// Connect an account: get the OAuth URL, let the user allow access, create the instance and store it
///
/// For a connector without OAuth the instance is created right away, from its configuration entries.
#[derive(Args)]
pub(crate) struct Connect {
    /// The connector's key, such as `instagram`; `your-moms connectors` lists them
    pub(crate) key: String,
    /// Connect to a sandbox inside this program, with no account and no network
    #[arg(long, conflicts_with = "base_url")]
    pub(crate) sandbox: bool,
    /// Press Allow without asking (sandbox only)
    #[arg(long, requires = "sandbox", conflicts_with_all = ["no_browser", "paste"])]
    pub(crate) yes: bool,
    /// Print the link without opening it; the redirect is awaited all the same
    #[arg(long)]
    pub(crate) no_browser: bool,
    /// Listen nowhere: read the URL that the browser ends up at from standard input
    #[arg(long)]
    pub(crate) paste: bool,
    /// The callback URL registered with the provider [default: a free port of 127.0.0.1, path /callback]
    ///
    /// If it is a loopback address, this program listens there. Otherwise, paste the URL that the browser ends up at.
    #[arg(long, value_name = "URL")]
    pub(crate) callback_url: Option<String>,
    /// Accept a callback URL that is plain http to another host: the code then travels unencrypted
    #[arg(long, requires = "callback_url")]
    pub(crate) allow_http_callback: bool,
    /// The name of the instance, here and on the platform [default: the connector's key]
    #[arg(long, value_parser = new_name)]
    pub(crate) name: Option<String>,
    /// Authorize this stored instance anew, in place: its token stays valid
    #[arg(long, value_name = "NAME", conflicts_with_all = ["sandbox", "name", "tags", "configuration", "curl"])]
    pub(crate) reauthorize: Option<String>,
    /// A tag for the instance (may be repeated)
    #[arg(long = "tag", value_name = "TAG")]
    pub(crate) tags: Vec<String>,
    /// How long to wait for the user, in seconds, 600 at most
    #[arg(long, value_name = "SECONDS", default_value_t = 600, value_parser = clap::value_parser!(u64).range(1..=600))]
    pub(crate) timeout: u64,
    /// The key that the provider gave to your application, or @FILE [env: YOUR_MOMS_API_KEY]
    #[arg(long, value_name = "KEY")]
    pub(crate) api_key: Option<String>,
    /// Read the secret that the provider gave to your application from a file [env: YOUR_MOMS_API_SECRET]
    #[arg(long, value_name = "@FILE")]
    pub(crate) api_secret: Option<String>,
    /// A further parameter of the OAuth URL, such as siteAddress=… (may be repeated; =@FILE for a secret)
    #[arg(long = "param", value_name = "NAME=VALUE")]
    pub(crate) parameters: Vec<String>,
    /// A configuration entry of the instance (may be repeated; =@FILE for a secret)
    #[arg(long = "config", value_name = "KEY=VALUE")]
    pub(crate) configuration: Vec<String>,
    /// Request the OAuth URL by POST, which keeps the API secret out of URLs
    #[arg(long)]
    pub(crate) post: bool,
    /// Print the requests as curl commands instead of sending them
    #[arg(long, conflicts_with = "sandbox")]
    pub(crate) curl: bool,
}

/// List the platform's connectors, or say what one of them needs
#[derive(Args)]
pub(crate) struct Connectors {
    /// A connector's key, such as `instagram`
    pub(crate) key: Option<String>,
    /// Ask a sandbox inside this program, with no account and no network
    #[arg(long, conflicts_with = "base_url")]
    pub(crate) sandbox: bool,
}

/// Send a request through a stored instance, and print the body of the response
///
/// The body is printed whatever the status; a status that says no ends the program with exit code 4.
#[derive(Args)]
pub(crate) struct Call {
    /// The method, such as GET
    pub(crate) method: String,
    /// The path under the base URL with its query, such as `/hubs/social/media?pageSize=2`
    pub(crate) path: String,
    /// The name of the stored instance; may be left out if there is only one
    #[arg(long, value_name = "NAME")]
    pub(crate) instance: Option<String>,
    /// The JSON body: the text itself, @FILE, or - for standard input
    #[arg(long, value_name = "JSON")]
    pub(crate) data: Option<String>,
    /// A further header (may be repeated; @FILE in place of the value for a secret)
    #[arg(long = "header", short = 'H', value_name = "NAME: VALUE")]
    pub(crate) headers: Vec<String>,
    /// Print the status and the headers of the response before its body
    #[arg(long, short)]
    pub(crate) include: bool,
    /// Follow a list to its end, and print all of it as one array
    #[arg(long, conflicts_with_all = ["data", "include"])]
    pub(crate) paginate: bool,
    /// Print the request as a curl command instead of sending it
    #[arg(long, conflicts_with = "paginate")]
    pub(crate) curl: bool,
}

/// List, show, change, adopt or remove instances
#[derive(Args)]
pub(crate) struct Instances {
    #[command(subcommand)]
    pub(crate) action: InstancesAction,
}

#[derive(Subcommand)]
pub(crate) enum InstancesAction {
    /// List the stored instances, or those on the platform
    List {
        /// List the instances that the account has on the platform, stored here or not
        #[arg(long)]
        remote: bool,
        /// Only those with this tag (may be repeated)
        #[arg(long = "tag", value_name = "TAG", requires = "remote")]
        tags: Vec<String>,
    },
    /// Show one instance
    Show {
        /// Its name
        name: String,
        /// Print only its token
        #[arg(long)]
        token: bool,
    },
    /// Store an instance that exists on the platform, with its token
    Adopt {
        /// Its number, as `instances list --remote` shows it
        id: u64,
        /// The name of the instance here [default: the connector's key]
        #[arg(long, value_parser = new_name)]
        name: Option<String>,
    },
    /// Rename one instance, here and on the platform
    Rename {
        /// Its name
        name: String,
        /// The new one
        #[arg(value_parser = new_name)]
        to: String,
    },
    /// Replace the tags of one instance on the platform
    Update {
        /// Its name
        name: String,
        /// A tag that it is to have (may be repeated)
        #[arg(long = "tag", value_name = "TAG", required_unless_present = "no_tags")]
        tags: Vec<String>,
        /// It is to have no tags
        #[arg(long, conflicts_with = "tags")]
        no_tags: bool,
    },
    /// Disable one instance: until it is enabled, the platform refuses requests through it
    Disable {
        /// Its name
        name: String,
    },
    /// Enable one instance again
    Enable {
        /// Its name
        name: String,
    },
    /// Remove one instance from the store and, if you want, from the platform
    Remove {
        /// Its name
        name: String,
        /// Delete it on the platform, too; one that is gone there already is fine
        #[arg(long)]
        delete: bool,
        /// Keep it on the platform: `instances adopt` stores it again
        #[arg(long, conflicts_with = "delete")]
        keep: bool,
        /// Do not ask; without --delete it is kept on the platform
        #[arg(long)]
        yes: bool,
        /// Print that request as a curl command instead, and remove nothing
        #[arg(long, requires = "delete")]
        curl: bool,
    },
}

/// Finish or drop creations that were cut short: find their instances on the platform, and store them
///
/// A creation that `connect` could not finish stays in the store. Its instance is looked for on the platform and stored
/// with its token. If there is none a day after the creation was sent, the creation is dropped.
#[derive(Args)]
pub(crate) struct Recover {
    /// Drop them without asking the platform
    #[arg(long)]
    pub(crate) forget: bool,
}

/// Say what is wrong with an instance.json or a curl command, where, and how to fix it
#[derive(Args, Clone)]
pub(crate) struct Check {
    /// The file, or - for standard input
    pub(crate) file: PathBuf,
    /// The connector key that it should have
    #[arg(long)]
    pub(crate) key: Option<String>,
    /// The callback URL that it should have
    #[arg(long, value_name = "URL")]
    pub(crate) callback_url: Option<String>,
    /// Show what can be fixed as a difference, and write it to the file if you agree
    #[arg(long)]
    pub(crate) fix: bool,
    /// Write it without asking
    #[arg(long, requires = "fix")]
    pub(crate) yes: bool,
}

/// Serve a sandbox of the platform until Ctrl-C, with no account and no network
#[derive(Args)]
pub(crate) struct Sandbox {
    /// The port on 127.0.0.1 [default: any free one]
    #[arg(long, default_value_t = 0, hide_default_value = true)]
    pub(crate) port: u16,
    /// For tests: the seed of its secrets, tokens and codes. The same seed gives the same values, which others can guess
    /// [default: from the operating system]
    #[arg(long)]
    pub(crate) seed: Option<u64>,
    /// A fault for the requests of a call, such as create=reset-after or list=status-503:always; TIMES is once, a number
    /// or always (may be repeated)
    #[arg(long = "fail", value_name = "CALL=FAULT[:TIMES]")]
    pub(crate) faults: Vec<Armed>,
    /// One more account at every provider, with objects of its own, to choose on the consent page (may be repeated)
    #[arg(long = "account", value_name = "NAME")]
    pub(crate) accounts: Vec<String>,
    /// A directory with connectors of your own: each *.json in it describes one
    #[arg(long, value_name = "DIR")]
    pub(crate) catalogue: Option<PathBuf>,
    /// How long an authorization code is good for, such as 30s or 5m [default: 10m]
    #[arg(long, value_name = "DURATION", value_parser = humantime::parse_duration)]
    pub(crate) code_lifetime: Option<Duration>,
    /// How many requests the journal keeps; 0 turns it and its lines off
    #[arg(long, value_name = "N", default_value_t = 10_000)]
    pub(crate) journal: usize,
    /// A callback URL to register with the providers, in addition to http://127.0.0.1/callback (may be repeated)
    #[arg(long = "redirect-uri", value_name = "URL")]
    pub(crate) redirect_uris: Vec<String>,
}

/// Print completions for a shell
#[derive(Args)]
pub(crate) struct Completions {
    pub(crate) shell: clap_complete::Shell,
}
