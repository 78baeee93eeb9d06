//! Where the user's values come from: a file named by an option, the environment, or a prompt. Secrets are never arguments.

use std::env;

use dialoguer::{Input, Password};
use your_moms_core::Secret;

use crate::failure::Failure;
use crate::{blocking, terminal};

/// A value the user has to give.
pub(crate) struct Required {
    /// For a person: `user secret`.
    pub(crate) what: String,
    /// The option that names a file with it, and what was given there.
    pub(crate) option: Option<(&'static str, Option<String>)>,
    /// The environment variable that holds it.
    pub(crate) variable: String,
    /// Whether it may be seen: then the option takes it as it is, too, and a prompt shows it.
    pub(crate) public: bool,
}

impl Required {
    pub(crate) fn secret(what: &str, option: &'static str, given: Option<&str>, variable: &str) -> Self {
        let option = Some((option, given.map(str::to_owned)));
        Self { what: what.to_owned(), option, variable: variable.to_owned(), public: false }
    }

    /// What was given, if anything was.
    pub(crate) async fn find(&self) -> Result<Option<Secret>, Failure> {
        match &self.option {
            Some((_, Some(given))) if self.public && !given.starts_with('@') => {
                Ok(Some(Secret::from(given.as_str())))
            }
            Some((option, Some(given))) => {
                from_file(option, &format!("{option} @FILE"), given).await.map(Some)
            }
            _ => from_environment(&self.variable),
        }
    }

    fn prompt(&self) -> Result<Secret, Failure> {
        let prompt = capitalized(&self.what);
        let given = if self.public {
            Input::new().with_prompt(prompt).interact_text()
        } else {
            Password::new().with_prompt(prompt).interact()
        };
        given.map(Secret::from).map_err(|_| Failure::interrupted(format!("no {} was given", self.what)))
    }

    /// Where it could have come from.
    fn sources(&self) -> String {
        let Self { what, variable, .. } = self;
        match &self.option {
            Some((option, _)) if self.public => format!("{what}: {variable}, or {option}"),
            Some((option, _)) => format!("{what}: {variable}, or {option} @FILE"),
            // An entry of the configuration.
            None if self.public => format!("{what}: {variable}, or --config {what}=…"),
            None if is_secret_name(what) => format!("{what}: {variable}, or --config {what}=@FILE"),
            None => format!("{what}: {variable}"),
        }
    }
}

/// The values of `required`, in their order. At a terminal the user is asked for what is missing; elsewhere everything that
/// is missing is named in one error, together with what of `later` will be missing.
pub(crate) async fn obtain(required: Vec<Required>, later: Vec<Required>) -> Result<Vec<Secret>, Failure> {
    let mut found = Vec::new();
    for required in &required {
        found.push(required.find().await?);
    }
    if found.iter().all(Option::is_some) {
        return Ok(found.into_iter().flatten().collect());
    }
    if !terminal::is_interactive() {
        return Err(missing(required.iter().zip(&found), &later).await?);
    }
    let ask = move || {
        required
            .iter()
            .zip(found)
            .map(|(required, found)| found.map_or_else(|| required.prompt(), Ok))
            .collect()
    };
    let _settings = terminal::Settings::save();
    blocking::run(ask).await
}

/// All that is missing, in one error: of what was looked for, and of `later`. A FIFO is not read twice.
async fn missing(
    looked_for: impl Iterator<Item = (&Required, &Option<Secret>)>,
    later: &[Required],
) -> Result<Failure, Failure> {
    let mut missing: Vec<_> =
        looked_for.filter(|(_, found)| found.is_none()).map(|(required, _)| required.sources()).collect();
    for required in later {
        if required.find().await?.is_none() {
            missing.push(required.sources());
        }
    }
    let failure = Failure::usage(match missing.len() {
        1 => "a value is missing".to_owned(),
        count => format!("{count} values are missing"),
    });
    let failure = missing.into_iter().fold(failure, Failure::note);
    Ok(failure.help("set the variables; at a terminal this program asks for what is missing"))
}

/// An entry given as `NAME=VALUE`: `option` says where. A name that sounds secret takes `@FILE` only.
pub(crate) async fn pair(option: &str, text: &str) -> Result<(String, Secret), Failure> {
    // Nothing of `text` is printed: without `=` it may be the secret itself.
    let (name, value) =
        text.split_once('=').ok_or_else(|| Failure::usage(format!("{option} takes NAME=VALUE")))?;
    let given_so = format!("{option} {name}=@FILE");
    named((name, value), is_secret_name(name), &format!("{option} {name}"), &given_so).await
}

/// A header given as `NAME: VALUE`. A name that sounds secret takes `@FILE` only.
pub(crate) async fn header(text: &str) -> Result<(String, Secret), Failure> {
    // Nothing of `text` is printed here either.
    let (name, value) = text.split_once(':').ok_or_else(|| Failure::usage("--header takes NAME: VALUE"))?;
    let (name, value) = (name.trim(), value.trim());
    let given_so = format!("--header '{name}: @FILE'");
    named((name, value), is_secret_header(name), &format!("--header {name}"), &given_so).await
}

async fn named(
    (name, value): (&str, &str),
    is_secret: bool,
    option: &str,
    given_so: &str,
) -> Result<(String, Secret), Failure> {
    let value = if is_secret { from_file(option, given_so, value).await? } else { Secret::from(value) };
    Ok((name.to_owned(), value))
}

/// Whether a value of this name should not be seen.
pub(crate) fn is_secret_name(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    ["secret", "password", "passwd", "token", "code", "verifier", "private", "credential"]
        .iter()
        .any(|word| name.contains(word))
}

/// The same for the name of a header.
pub(crate) fn is_secret_header(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    is_secret_name(name) || ["cookie", "api-key", "apikey"].iter().any(|word| lower.contains(word))
}

/// The environment variable of a configuration entry: `YOUR_MOMS_CONFIG_USERNAME`.
pub(crate) fn entry_variable(key: &str) -> String {
    let name: String =
        key.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_uppercase() } else { '_' }).collect();
    format!("YOUR_MOMS_CONFIG_{name}")
}

fn from_environment(variable: &str) -> Result<Option<Secret>, Failure> {
    match env::var(variable) {
        Ok(value) => Ok(Some(value).filter(|value| !value.is_empty()).map(Secret::from)),
        Err(env::VarError::NotPresent) => Ok(None),
        Err(env::VarError::NotUnicode(_)) => Err(Failure::usage(format!("{variable} is not UTF-8 text"))),
    }
}

/// The secret in the file of `@FILE`. The option is shown as it is, and as it takes a file.
async fn from_file(option: &str, given_so: &str, given: &str) -> Result<Secret, Failure> {
    let Some(path) = given.strip_prefix('@') else {
        return Err(Failure::usage(format!("{option} does not take a secret itself"))
            .note("arguments can be seen by other users and stay in the shell's history")
            .help(format!("put it into a file and give {given_so}")));
    };
    let text = blocking::read_file(path).await.map_err(|error| {
        Failure::usage(format!("{path}, given by {option}, cannot be read")).because(&error)
    })?;
    let text = Secret::from(text);
    Ok(Secret::from(text.expose().trim_end_matches(['\r', '\n'])))
}

fn capitalized(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map(|first| first.to_uppercase().chain(characters).collect()).unwrap_or_default()
}
