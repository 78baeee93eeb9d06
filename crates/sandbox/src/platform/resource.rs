//! The hub resources of an instance's connector: lists, objects, and single objects such as `users/self`.

use std::sync::Arc;

use http::{HeaderValue, Method, Response};
use serde_json::{Value, json};

use super::condition::conditions;
use super::incoming::flag;
use super::page::Window;
use super::{Around, Incoming, Outcome, Platform};
use crate::behaviour::{Behaviour, SMALL_PAGE};
use crate::catalogue::{Connector, Resource, id_text};
use crate::instance::{Instance, timestamp};
use crate::objects::{Collection, Held, Object};
use crate::provider::Provider;
use crate::response::{RETURNED, Refusal, TOTAL, about, instance_response, json_response};
use crate::route::with_implied;

const PARAMETERS: [&str; 4] = ["where", "nextPage", "pageSize", "returnTotalCount"];

impl Platform {
    pub(super) fn ping(&self, incoming: &Incoming<'_>) -> Outcome {
        let instance = self.usable(incoming)?;
        let body = json!({ "endpoint": instance.connector.key, "dateTime": timestamp(incoming.now) });
        Ok(instance_response(instance.id, &body))
    }

    pub(super) fn resource(
        &mut self,
        incoming: &Incoming<'_>,
        path: &[String],
        around: &Around<'_>,
    ) -> Outcome {
        let instance = self.usable(incoming)?;
        let id = instance.id;
        let connector = Arc::clone(&instance.connector);
        let account = instance.provider_account(around.provider).to_owned();
        let outcome = self.resource_of(&connector, &account, around.provider, path, incoming);
        outcome.map(|response| about(id, response)).map_err(|refusal| refusal.about(id))
    }

    fn resource_of(
        &mut self,
        connector: &Connector,
        account: &str,
        provider: &Provider,
        path: &[String],
        incoming: &Incoming<'_>,
    ) -> Outcome {
        let path: Vec<&str> = path.iter().map(String::as_str).collect();
        let (resource, id) = connector.resource(&path).ok_or_else(|| Refusal::none_found("resource"))?;
        let none_found = || Refusal::none_found(resource.segments().last().unwrap_or_default());
        let held = self.objects.of(connector, resource, provider.seed(connector, account));
        match (held, id) {
            (Held::One(object), _) => single(incoming, object),
            (Held::Many(collection), None) if *incoming.request.method() == Method::GET => {
                list(incoming, resource, collection, self.behaviour, &mut self.shown_behaviours)
            }
            (Held::Many(collection), None) => match *incoming.request.method() {
                Method::POST => Ok(shown(collection.create(incoming.json_object()?))),
                _ => Err(not_possible(&["GET", "POST"])),
            },
            (Held::Many(collection), Some(id)) if *incoming.request.method() == Method::DELETE => {
                collection.remove(id).map(|_| Response::new(Vec::new())).ok_or_else(none_found)
            }
            (Held::Many(collection), Some(id)) => {
                let id_member = collection.id_member().to_owned();
                one(incoming, &id_member, collection.get_mut(id).ok_or_else(none_found)?)
            }
        }
    }

    /// The instance of the token, with or without the organization; 403 if it is disabled or the provider refuses it.
    pub(super) fn usable(&self, incoming: &Incoming<'_>) -> Result<&Instance, Refusal> {
        let id = self.proven(incoming)?.instance;
        let instance = id.and_then(|id| self.instances.get(id));
        let instance = instance.ok_or_else(|| Refusal::unauthorized(incoming.noun))?;
        if instance.disabled {
            let id = instance.id;
            let message = format!("The instance is disabled: PUT /instances/{id}/enabled enables it.");
            return Err(Refusal::forbidden(message).about(id));
        }
        if !instance.valid {
            let message = format!("{} refused the request.", instance.connector.name);
            let refusal = Refusal::by_provider(message, json!({ "error": "invalid_token" }).to_string());
            return Err(refusal.about(instance.id));
        }
        Ok(instance)
    }
}

fn not_possible(methods: &[&'static str]) -> Refusal {
    Refusal::method_not_allowed(&with_implied(methods))
}

fn shown(object: &Object) -> Response<Vec<u8>> {
    json_response(&Value::Object(object.clone()))
}

fn single(incoming: &Incoming<'_>, object: &mut Object) -> Outcome {
    match *incoming.request.method() {
        Method::GET => {}
        Method::PATCH => object.extend(incoming.json_object()?),
        Method::PUT => *object = incoming.json_object()?,
        _ => return Err(not_possible(&["GET", "PUT", "PATCH"])),
    }
    Ok(shown(object))
}

/// `PATCH` changes the members that it names, and `PUT` all of them; the id stays.
fn one(incoming: &Incoming<'_>, id_member: &str, object: &mut Object) -> Outcome {
    let id = object.get(id_member).cloned().unwrap_or_default();
    let changes = || {
        let mut changes = incoming.json_object()?;
        let other = changes.get(id_member).filter(|given| !given.is_null() && id_text(given) != id_text(&id));
        if other.is_some() {
            return Err(Refusal::bad_request(format!(
                "The {id_member} in the body is not the {id_member} in the path."
            )));
        }
        changes.insert(id_member.to_owned(), id.clone());
        Ok(changes)
    };
    match *incoming.request.method() {
        Method::GET => {}
        Method::PATCH => object.extend(changes()?),
        Method::PUT => *object = changes()?,
        _ => return Err(not_possible(&["GET", "PUT", "PATCH", "DELETE"])),
    }
    Ok(shown(object))
}

fn list(
    incoming: &Incoming<'_>,
    resource: &Resource,
    collection: &Collection,
    behaviour: Behaviour,
    shown_behaviours: &mut Vec<&'static str>,
) -> Outcome {
    let query = incoming.query();
    let own = resource.parameters.keys().map(String::as_str);
    query.only(&PARAMETERS.into_iter().chain(own).collect::<Vec<_>>())?;
    let mut wanted = match query.once("where")? {
        None => Vec::new(),
        Some(filter) => wanted(filter, collection)?,
    };
    for (name, member) in &resource.parameters {
        let values = query.every(name).filter(|value| !value.is_empty());
        wanted.extend(values.map(|value| (member.as_str(), value)));
    }
    let counts = flag(&query, "returnTotalCount")?.unwrap_or(false);
    let mut window = Window::of(&query)?;
    let limited = behaviour.page_size.is_some_and(|at_most| window.limit(at_most));
    let matches = |object: &Object| wanted.iter().all(|(name, value)| is(object.get(*name), value));
    let page = window.page(collection.after(window.after).filter(|(_, object)| matches(object)));
    if limited && !page.is_last() {
        shown_behaviours.push(SMALL_PAGE);
    }
    let returned = page.len();
    let mut response = page.into_response(|object| Value::Object(object.clone()));
    response.headers_mut().insert(RETURNED.clone(), HeaderValue::from(returned));
    if counts {
        let total = match wanted.as_slice() {
            [] => collection.len(),
            _ => collection.after(0).filter(|(_, object)| matches(object)).count(),
        };
        response.headers_mut().insert(TOTAL.clone(), HeaderValue::from(total));
    }
    Ok(response)
}

/// The conditions of a filter. A member that no object has is a mistake.
fn wanted<'a>(filter: &'a str, collection: &Collection) -> Result<Vec<(&'a str, &'a str)>, Refusal> {
    let wrong = || Refusal::bad_request("where must be conditions such as name='value', joined by and.");
    let conditions = conditions(filter).ok_or_else(wrong)?;
    let is_known = |name: &str| {
        collection.len() == 0 || collection.after(0).any(|(_, object)| object.contains_key(name))
    };
    match conditions.iter().find(|(name, _)| !is_known(name)) {
        None => Ok(conditions),
        Some((name, _)) => Err(Refusal::bad_request(format!("No object here has a member {name}."))),
    }
}

fn is(member: Option<&Value>, value: &str) -> bool {
    match member {
        Some(Value::String(text)) => text == value,
        Some(Value::Number(number)) => number.to_string() == value,
        Some(Value::Bool(flag)) => flag.to_string() == value,
        _ => false,
    }
}
