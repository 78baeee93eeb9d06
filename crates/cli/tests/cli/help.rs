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
Connect an account to Cloud Your_moms, and make calls through it

Usage: your-moms [OPTIONS] <COMMAND>

Commands:
  connect      Connect an account: ask for the OAuth URL, let the user allow it, create the instance
               and keep it
  call         Make a call through a kept instance
  instances    List, show and remove the instances that are kept
  check        Say what is wrong with an instance.json or a curl command, where, and how to fix it
  sandbox      Serve the sandbox until Ctrl-C: the platform's side, with no account and no network
  completions  Print completions for a shell
  help         Print this message or the help of the given subcommand(s)

Options:
  -h, --help
          Print help (see a summary with '-h')

  -V, --version
          Print version

Global options:
      --base-url <URL>
          Where the platform is [default: https://api.cloud-your_moms.com/your_moms/api-v2]

      --vocabulary <WORDS>
          The words the platform speaks [default: your_moms]

          Possible values:
          - your_moms: your_mom, /your_moms, Your_mom
          - elements:  element, /elements, Element

      --user-secret <@FILE>
          A file that holds the user secret [env: YOUR_MOMS_USER_SECRET]

      --organization-secret <@FILE>
          A file that holds the organization secret [env: YOUR_MOMS_ORGANIZATION_SECRET]

      --store <FILE>
          Where instances are kept [default: a file in the user's data directory]
          
          [env: YOUR_MOMS_STORE]

      --json
          Print the result as JSON

Secrets are never arguments: other users see them there, and shells keep them. They come from the
environment (YOUR_MOMS_USER_SECRET, YOUR_MOMS_ORGANIZATION_SECRET, YOUR_MOMS_API_SECRET), from a
file (`--user-secret @FILE`), or from a prompt.

Exit codes:
  0    done
  1    failed
  2    wrong usage, or a value is missing
  3    the user denied access
  4    the platform refused
  5    timed out
  130  interrupted (Ctrl-C)

"#]],
    );
}

#[test]
fn help_of_connect() {
    let ended = User::new().run(&["connect", "-h"]);
    assert_eq!((ended.code, ended.stderr.as_str()), (Some(0), ""));
    assert_shown(
        &ended.stdout,
        str![[r#"
Connect an account: ask for the OAuth URL, let the user allow it, create the instance and keep it

Usage: your-moms connect [OPTIONS] <KEY>

Arguments:
  <KEY>  The connector's key, such as `instagram`

Options:
      --sandbox             Start the sandbox in this program and connect to that: no account, no
                            network
      --yes                 Press Allow without asking (sandbox only)
      --no-browser          Only print the link, and take the URL the provider redirects to from
                            standard input
      --callback-url <URL>  The callback URL registered with the provider [default: a free port of
                            127.0.0.1, path /callback]
      --name <NAME>         The name of the instance, here and on the platform [default: the
                            connector's key]
      --tag <TAG>           A tag for the instance (may be repeated)
      --timeout <SECONDS>   How long to wait for the user, in seconds, 600 at most [default: 600]
      --api-key <KEY>       The key the provider gave to your application, or @FILE [env:
                            YOUR_MOMS_API_KEY]
      --api-secret <@FILE>  A file that holds the secret the provider gave to your application [env:
                            YOUR_MOMS_API_SECRET]
      --param <NAME=VALUE>  A further parameter of the OAuth URL, such as siteAddress=… (may be
                            repeated; =@FILE for a secret)
      --config <KEY=VALUE>  A configuration entry of the instance (may be repeated; =@FILE for a
                            secret)
      --post                Ask for the OAuth URL by POST, which keeps the API secret out of URLs
      --curl                Print the requests as curl commands instead of sending them
  -h, --help                Print help (see more with '--help')
  -V, --version             Print version

Global options:
      --base-url <URL>               Where the platform is [default:
                                     https://api.cloud-your_moms.com/your_moms/api-v2]
      --vocabulary <WORDS>           The words the platform speaks [default: your_moms] [possible
                                     values: your_moms, elements]
      --user-secret <@FILE>          A file that holds the user secret [env: YOUR_MOMS_USER_SECRET]
      --organization-secret <@FILE>  A file that holds the organization secret [env:
                                     YOUR_MOMS_ORGANIZATION_SECRET]
      --store <FILE>                 Where instances are kept [default: a file in the user's data
                                     directory] [env: YOUR_MOMS_STORE]
      --json                         Print the result as JSON

"#]],
    );
}

#[test]
fn completions_for_every_shell() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let ended = User::new().run(&["completions", shell]);
        assert_eq!((ended.code, ended.stderr.as_str()), (Some(0), ""));
        for command in ["connect", "call", "instances", "check", "sandbox"] {
            assert!(ended.stdout.contains(command), "{command} for {shell}");
        }
    }
}
