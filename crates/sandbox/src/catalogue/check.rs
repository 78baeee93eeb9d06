//! What the shape of a connector's file cannot rule out.

use std::collections::HashSet;

use serde_json::Value;

use super::connector::{Authentication, Connector};
use super::error::CatalogueError;
use super::resource::Resource;

/// Entries have ids made of the connector's and of their place, which has two digits.
const LARGEST_ID: u64 = 9_999_999;
const MOST_ENTRIES: usize = 99;

/// Paths of the platform's own, at which no connector and no resource can be reached.
const OWN_CONNECTOR_PATHS: [&str; 2] = ["keys", "metadata"];
const OWN_PATHS: [&str; 9] =
    ["instances", "ping", "hubs", "objects", "formulas", "vdrs", "organizations", "your_moms", "elements"];

const OF_OAUTH: [&str; 3] = ["oauth.api.key", "oauth.api.secret", "oauth.callback.url"];

/// What a redirect has from any provider.
const OF_REDIRECT: [&str; 5] = ["code", "state", "error", "oauth_token", "oauth_verifier"];

/// Parameters that the platform reads itself.
const OF_LISTS: [&str; 4] = ["where", "nextPage", "pageSize", "returnTotalCount"];

type Checked = Result<(), CatalogueError>;

pub(super) fn connector(it: &Connector) -> Checked {
    if !(1..=LARGEST_ID).contains(&it.id) {
        return Err(it.mistake("id", format!("{} is out of range: choose one from 1 to {LARGEST_ID}", it.id)));
    }
    check_word(it, "key", &it.key)?;
    if it.key.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(it.mistake("key", "a number is taken for an id: add a letter"));
    }
    if OWN_CONNECTOR_PATHS.contains(&it.key.as_str()) {
        return Err(it.mistake("key", format!("{:?} is a path of the platform's: choose another", it.key)));
    }
    check_word(it, "hub", &it.hub)?;
    check_service(it)?;
    check_entries(it)?;
    check_resources(it)
}

/// It becomes a segment of a path.
fn check_word(it: &Connector, member: &str, word: &str) -> Checked {
    let fits = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-_.".contains(&byte);
    if !word.is_empty() && word.bytes().all(fits) && !word.starts_with('.') {
        return Ok(());
    }
    let message = format!("{word:?} does not fit into a path: use lower-case letters, digits, `-` and `_`");
    Err(it.mistake(member, message))
}

fn check_service(it: &Connector) -> Checked {
    let service = &it.service;
    if service.accounts.is_empty() {
        return Err(it.mistake("provider.accounts", "nobody can sign in: add a name, or better two"));
    }
    let mut seen = HashSet::new();
    for (index, account) in service.accounts.iter().enumerate() {
        let place = || format!("provider.accounts[{index}]");
        if account.trim().is_empty() {
            return Err(it.mistake(place(), "an account needs a name: write one"));
        }
        if !seen.insert(account) {
            return Err(it.mistake(place(), format!("{account:?} is there twice: remove one")));
        }
    }
    for (index, scope) in service.scopes.iter().enumerate() {
        if scope.name.is_empty() || scope.name.contains(char::is_whitespace) {
            let place = format!("provider.scopes[{index}].name");
            return Err(it.mistake(place, "a scope is one word: remove the spaces"));
        }
    }
    if it.protocol().is_none() && !service.redirect_parameters.is_empty() {
        let message = format!("{} redirects nobody: remove it", it.authentication());
        return Err(it.mistake("provider.redirectParameters", message));
    }
    if let Some(own) = OF_REDIRECT.iter().find(|own| service.redirect_parameters.contains_key(**own)) {
        let message = format!("{own:?} is in a redirect already: remove it");
        return Err(it.mistake("provider.redirectParameters", message));
    }
    if service.meta_redirects && it.authentication != Authentication::Oauth2 {
        return Err(it.mistake("provider.metaRedirects", "only oauth2 redirects in that way: remove it"));
    }
    Ok(())
}

fn check_entries(it: &Connector) -> Checked {
    if it.entries.len() > MOST_ENTRIES {
        let message = format!("there are {} entries: leave at most {MOST_ENTRIES}", it.entries.len());
        return Err(it.mistake("configuration", message));
    }
    let mut seen = HashSet::new();
    for (index, entry) in it.entries.iter().enumerate() {
        let place = format!("configuration[{index}].key");
        if entry.key.is_empty() {
            return Err(it.mistake(place, "an entry needs a key: write one"));
        }
        if !seen.insert(&entry.key) {
            return Err(it.mistake(place, format!("{:?} is there twice: remove one", entry.key)));
        }
    }
    let missing = OF_OAUTH.iter().find(|key| !it.required_entries().any(|entry| entry == **key));
    match missing {
        Some(key) if it.protocol().is_some() => {
            let message = format!(
                "{} needs the entry {key:?}: add {{ \"key\": {key:?}, \"name\": \"…\", \"required\": true }}",
                it.authentication()
            );
            Err(it.mistake("configuration", message))
        }
        _ => Ok(()),
    }
}

fn check_resources(it: &Connector) -> Checked {
    let mut seen = HashSet::new();
    for (index, resource) in it.resources.iter().enumerate() {
        let place = |member: &str| format!("resources[{index}].{member}");
        if resource.segments().any(|segment| segment.trim().is_empty()) {
            let message = format!("{:?} is no path: write it as \"folders/contents\"", resource.path);
            return Err(it.mistake(place("path"), message));
        }
        if resource.segments().next().is_some_and(|first| OWN_PATHS.contains(&first)) {
            let message = format!("{:?} is a path of the platform's: choose another", resource.path);
            return Err(it.mistake(place("path"), message));
        }
        if !seen.insert(&resource.path) {
            return Err(it.mistake(place("path"), format!("{:?} is there twice: remove one", resource.path)));
        }
        check_objects(it, resource, &resource.template, &place("template"))?;
        for (account, objects) in &resource.objects {
            let place = place(&format!("objects[{account:?}]"));
            if !it.service.accounts.contains(account) {
                let accounts = it.service.accounts.join(", ");
                let message = format!(
                    "there is no such account: add it to `provider.accounts`, or use one of {accounts}"
                );
                return Err(it.mistake(place, message));
            }
            check_objects(it, resource, objects, &place)?;
        }
        check_parameters(it, resource, &place("parameters"))?;
    }
    Ok(())
}

/// A filter by a member that no object has would list nothing.
fn check_parameters(it: &Connector, resource: &Resource, place: &str) -> Checked {
    let all = std::iter::once(&resource.template).chain(resource.objects.values());
    let objects: Vec<_> = all.filter_map(Value::as_array).flatten().collect();
    for (name, member) in &resource.parameters {
        let place = || format!("{place}[{name:?}]");
        if OF_LISTS.contains(&name.as_str()) {
            return Err(it.mistake(place(), "every list has this parameter: choose another name"));
        }
        if !objects.iter().any(|object| object.get(member).is_some()) {
            let message = format!("no object has the member {member:?}: name one that they have");
            return Err(it.mistake(place(), message));
        }
    }
    Ok(())
}

/// One object, or an array of objects with an id each.
fn check_objects(it: &Connector, resource: &Resource, objects: &Value, place: &str) -> Checked {
    let objects = match (resource.singleton, objects) {
        (true, Value::Object(_)) => return Ok(()),
        (true, _) => return Err(it.mistake(place, "a singleton is one JSON object: write it in braces")),
        (false, Value::Array(objects)) => objects,
        (false, _) => {
            let message =
                "a collection is an array of JSON objects: use brackets, or add \"singleton\": true";
            return Err(it.mistake(place, message));
        }
    };
    let mut seen = HashSet::new();
    let member = &resource.id_member;
    for (index, object) in objects.iter().enumerate() {
        let place = format!("{place}[{index}]");
        let Some(id) = resource.id_of(object) else {
            let message = format!(
                "there is no {member:?} that is a text or a whole number: add it, or name another member in `id`"
            );
            return Err(it.mistake(place, message));
        };
        if !seen.insert(id) {
            let message = format!("its {member:?} is that of an object before it: choose another");
            return Err(it.mistake(place, message));
        }
    }
    Ok(())
}
