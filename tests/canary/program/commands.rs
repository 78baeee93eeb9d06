//! The command lines.

use std::collections::BTreeSet;

use your_moms_sandbox::Call;

use super::user::User;

pub(crate) struct Line {
    pub(crate) words: Vec<String>,
    /// The call that a fault is armed for.
    pub(crate) meets: Option<Call>,
    pub(crate) user_does: Does,
}

/// What the user does while the program runs.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Does {
    Nothing,
    /// Allows access in the browser, which the program starts, or which the user starts.
    Allow {
        in_browser: bool,
    },
    Deny,
    /// Allows access, and pastes the URL at which the browser ends up.
    Paste,
    /// Presses Ctrl-C once something was printed.
    Interrupt,
}

impl Line {
    /// The command, with that below it: `instances show`.
    pub(crate) fn command(&self) -> String {
        let is_group = self.words.first().is_some_and(|word| word == "instances");
        let words: Vec<_> = self.words.iter().take(if is_group { 2 } else { 1 }).cloned().collect();
        words.join(" ")
    }

    /// Its name where it matters what it was asked to print.
    pub(crate) fn name(&self) -> String {
        let has = |option: &str| self.words.iter().any(|word| word == option);
        match self.words.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
            ["call", method, path, ..] if !has("--curl") => format!("call {method} {path}"),
            _ if has("--token") => format!("{} --token", self.command()),
            _ => self.command(),
        }
    }
}

/// In an order in which each finds what it needs.
pub(crate) fn all(user: &User) -> Vec<Line> {
    use Does::{Allow, Deny, Interrupt, Nothing, Paste};
    let file = |name: &str| user.file(name);
    let line = |words: &str, meets: Option<Call>, user_does: Does| {
        let words = words.split_whitespace().map(|word| match word.split_once('@') {
            Some((before, name)) => format!("{before}@{}", file(name)),
            None => word.strip_prefix("file:").map_or_else(|| word.to_owned(), file),
        });
        Line { words: words.collect(), meets, user_does }
    };
    let etsy = "connect etsy --name shop --api-key sandbox-etsy-client-id --api-secret @etsy --no-browser";
    let browser = Allow { in_browser: true };
    vec![
        line("connect instagram --name photos", Some(Call::OauthUrl), browser),
        line("connect instagram --name more --post", Some(Call::CreateInstance), browser),
        line("connect instagram --name denied", Some(Call::OauthUrl), Deny),
        line(
            "connect instagram --name pasted --paste --callback-url https://app.example/auth",
            Some(Call::OauthUrl),
            Paste,
        ),
        line(etsy, Some(Call::Oauth1Token), Allow { in_browser: false }),
        line("connect servicenow --name desk --config username=me", Some(Call::CreateInstance), Nothing),
        line(
            "connect servicenow --name files --config username=me --config password=@password --config oauth.user.token=@token",
            Some(Call::CreateInstance),
            Nothing,
        ),
        line(
            "connect instagram --reauthorize photos --param token_of_the_door=@door",
            Some(Call::UpdateInstance),
            browser,
        ),
        line("connect instagram --curl --param token_of_the_door=@door", None, Nothing),
        line("connect servicenow --curl --config username=me --config password=@password", None, Nothing),
        line("connect instagram --sandbox --yes", None, Nothing),
        line("connectors", Some(Call::Catalogue), Nothing),
        line("connectors servicenow", Some(Call::Configuration), Nothing),
        line("recover", Some(Call::ListInstances), Nothing),
        line("instances list", None, Nothing),
        line("instances list --remote", Some(Call::ListInstances), Nothing),
        line("instances show photos", None, Nothing),
        line("instances show photos --token", None, Nothing),
        line("instances adopt 123 --name adopted", Some(Call::GetInstance), Nothing),
        line("instances rename adopted other", Some(Call::UpdateInstance), Nothing),
        line("instances update photos --tag team", Some(Call::UpdateInstance), Nothing),
        line("instances disable photos", Some(Call::DisableInstance), Nothing),
        line("instances enable photos", Some(Call::EnableInstance), Nothing),
        line("call GET /ping --include --instance photos", Some(Call::Ping), Nothing),
        line("call GET /hubs/social/media --paginate --instance photos", Some(Call::Resource), Nothing),
        line(
            "call POST /hubs/social/media --data @body --header X-Secret:@door --instance photos",
            Some(Call::Resource),
            Nothing,
        ),
        line("call POST /hubs/social/media --data @body --curl --instance photos", None, Nothing),
        line("call GET /instances/123 --instance photos", Some(Call::GetInstance), Nothing),
        line("call GET /no/such/thing --instance photos", None, Nothing),
        line("instances remove other --delete --curl", None, Nothing),
        line("instances remove other --delete", Some(Call::DeleteInstance), Nothing),
        line("check file:body", None, Nothing),
        line("check file:curl", None, Nothing),
        line("check file:curl --fix --yes", None, Nothing),
        line("recover --forget", None, Nothing),
        line("sandbox --seed 5", None, Interrupt),
        line("completions bash", None, Nothing),
        line(
            "call GET /ping --user-secret @door --organization-secret @password --instance photos",
            Some(Call::Ping),
            Nothing,
        ),
    ]
}

/// The commands that the program says it has.
pub(crate) fn named_in_help(user: &User) -> BTreeSet<String> {
    let below = |words: &[&str]| -> Vec<String> {
        let output = user.command(words).arg("--help").output().unwrap();
        let help = String::from_utf8(output.stdout).unwrap();
        let commands = help.split_once("Commands:\n").unwrap().1.split("\n\n").next().unwrap();
        let names =
            commands.lines().filter_map(|line| line.strip_prefix("  ")?.split(' ').next().map(str::to_owned));
        names.filter(|name| !name.is_empty() && name != "help").collect()
    };
    let top = below(&[]).into_iter().filter(|name| name != "instances");
    top.chain(below(&["instances"]).into_iter().map(|name| format!("instances {name}"))).collect()
}
