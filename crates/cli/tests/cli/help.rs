//! What the program says of itself.

use snapbox::str;

use crate::support::{User, assert_shown};

#[test]
fn help() {
    let ended = User::new().run(&["--help"]);
    assert_eq!((ended.code, ended.stderr.as_str()), (Some(0), ""));
    assert_shown(
        &ended.stdout,
        str![[r#"
Connect an account to Cloud Your_moms, and send requests through it

Usage: your-moms [OPTIONS] <COMMAND>

Commands:
  connect      Connect an account: get the OAuth URL, let the user allow access, create the instance
               and store it
  connectors   List the platform's connectors, or say what one of them needs
  call         Send a request through a stored instance, and print the body of the response
  instances    List, show, change, adopt or remove instances
  recover      Finish or drop creations that were cut short: find their instances on the platform,
               and store them
  check        Say what is wrong with an instance.json or a curl command, where, and how to fix it
  sandbox      Serve a sandbox of the platform until Ctrl-C, with no account and no network
  completions  Print completions for a shell
  help         Print this message or the help of the given subcommand(s)

Options:
  -h, --help
          Print help (see a summary with '-h')

  -V, --version
          Print version

Global options:
      --base-url <URL>
          The platform's base URL [env: YOUR_MOMS_BASE_URL] [default:
          https://api.cloud-your_moms.com/your_moms/api-v2]

      --vocabulary <NAME>
          The platform's vocabulary [env: YOUR_MOMS_VOCABULARY] [default: what the base URL ends in,
          or your_moms]

          Possible values:
          - your_moms: your_mom, /your_moms, Your_mom
          - elements:  element, /elements, Element

      --user-secret <@FILE>
          Read the user secret from a file [env: YOUR_MOMS_USER_SECRET]

      --organization-secret <@FILE>
          Read the organization secret from a file [env: YOUR_MOMS_ORGANIZATION_SECRET]

      --store <FILE>
          The file that instances are stored in [default: one in the user's data directory]
          
          [env: YOUR_MOMS_STORE]

      --proxy <URL>
          Send requests through this proxy [default: HTTPS_PROXY or ALL_PROXY, for https]

      --ca-cert <FILE>
          Trust the certificates in this PEM file too (may be repeated)

      --request-timeout <DURATION>
          How long one request may take, such as 30s [default: 1m]

      --json
          Print the result as JSON; an error too, on the last line of standard error

  -v, --verbose
          Tell of each request and response, without what is secret

Examples:
  your-moms connect instagram --sandbox --yes   the whole way, with no account and no network
  your-moms connectors instagram                what a connector needs
  your-moms call GET /hubs/social/media         a request through the instance that was connected

Secrets are never arguments: other users could see them, and shells keep a history. They come from
the environment (YOUR_MOMS_USER_SECRET, YOUR_MOMS_ORGANIZATION_SECRET, YOUR_MOMS_API_SECRET), from a
file (`--user-secret @FILE`), or from a prompt.

Exit codes:
  0    done
  1    failed for another reason, such as a platform that cannot be reached
  2    wrong usage, or a value is missing
  3    access was denied
  4    the platform refused the request, or failed
  5    timed out
  130  interrupted (Ctrl-C, SIGTERM, SIGHUP)

"#]],
    );
}

/// Whatever the environment says.
#[test]
fn the_program_alone_says_what_there_is() {
    let ended = User::new().run(&[]);
    assert_eq!((ended.code, ended.stdout.as_str()), (Some(2), ""));
    assert_eq!(ended.stderr, User::new().run(&["-h"]).stdout);
    let examples = ended.stderr.split("Examples:\n").nth(1).unwrap();
    assert_eq!(examples.lines().filter(|line| line.starts_with("  your-moms ")).count(), 3);
    assert_eq!(User::new().without("YOUR_MOMS_STORE").run(&[]), ended);
}

/// The words after the program's name that lead to each page of the help.
pub(crate) fn pages() -> Vec<Vec<String>> {
    let mut all = vec![Vec::new()];
    let mut at = 0;
    while let Some(path) = all.get(at).cloned() {
        let page = User::new().run(&[&words(&path)[..], &["-h"]].concat()).stdout;
        let commands = page.split("Commands:\n").nth(1).map_or("", |rest| rest.split("\n\n").next().unwrap());
        let names = commands.lines().filter(|line| line.starts_with("  ") && !line.starts_with("   "));
        let names = names.filter_map(|line| line.split_whitespace().next()).filter(|name| *name != "help");
        all.extend(names.map(|name| [&path[..], &[name.to_owned()]].concat()));
        at += 1;
    }
    all
}

pub(crate) fn words(path: &[String]) -> Vec<&str> {
    path.iter().map(String::as_str).collect()
}

/// The global options stand on the first page, and a reference to it on every other.
#[test]
fn global_options_are_not_repeated() {
    let pages = pages();
    assert!(pages.len() >= 16, "{pages:?}");
    for path in &pages {
        for flag in ["-h", "--help"] {
            let ended = User::new().run(&[&words(path)[..], &[flag]].concat());
            assert_eq!((ended.code, ended.stderr.as_str()), (Some(0), ""));
            let first = path.is_empty();
            assert_eq!(ended.stdout.contains("\nGlobal options:\n"), first, "{path:?}");
            assert_eq!(ended.stdout.contains("\nGlobal options: your-moms --help\n"), !first, "{path:?}");
            for option in ["--base-url <", "--proxy <", "--json", "--verbose"] {
                assert_eq!(ended.stdout.contains(&format!(" {option}")), first, "{path:?}: {option}");
            }
        }
    }
}

#[test]
fn help_of_connect() {
    let ended = User::new().run(&["connect", "-h"]);
    assert_eq!((ended.code, ended.stderr.as_str()), (Some(0), ""));
    assert_shown(
        &ended.stdout,
        str![[r#"
Connect an account: get the OAuth URL, let the user allow access, create the instance and store it

Usage: your-moms connect [OPTIONS] <KEY>

Arguments:
  <KEY>  The connector's key, such as `instagram`; `your-moms connectors` lists them

Options:
      --sandbox              Connect to a sandbox inside this program, with no account and no
                             network
      --yes                  Press Allow without asking (sandbox only)
      --no-browser           Print the link without opening it; the redirect is awaited all the same
      --paste                Listen nowhere: read the URL that the browser ends up at from standard
                             input
      --callback-url <URL>   The callback URL registered with the provider [default: a free port of
                             127.0.0.1, path /callback]
      --allow-http-callback  Accept a callback URL that is plain http to another host: the code then
                             travels unencrypted
      --name <NAME>          The name of the instance, here and on the platform [default: the
                             connector's key]
      --reauthorize <NAME>   Authorize this stored instance anew, in place: its token stays valid
      --tag <TAG>            A tag for the instance (may be repeated)
      --timeout <SECONDS>    How long to wait for the user, in seconds, 600 at most [default: 600]
      --api-key <KEY>        The key that the provider gave to your application, or @FILE [env:
                             YOUR_MOMS_API_KEY]
      --api-secret <@FILE>   Read the secret that the provider gave to your application from a file
                             [env: YOUR_MOMS_API_SECRET]
      --param <NAME=VALUE>   A further parameter of the OAuth URL, such as siteAddress=… (may be
                             repeated; =@FILE for a secret)
      --config <KEY=VALUE>   A configuration entry of the instance (may be repeated; =@FILE for a
                             secret)
      --post                 Request the OAuth URL by POST, which keeps the API secret out of URLs
      --curl                 Print the requests as curl commands instead of sending them
  -h, --help                 Print help (see more with '--help')

Global options: your-moms --help

"#]],
    );
}

#[test]
fn completions_for_every_shell() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let ended = User::new().run(&["completions", shell]);
        assert_eq!((ended.code, ended.stderr.as_str()), (Some(0), ""));
        for command in ["connect", "call", "instances", "recover", "check", "sandbox"] {
            assert!(ended.stdout.contains(command), "{command} for {shell}");
        }
    }
}
