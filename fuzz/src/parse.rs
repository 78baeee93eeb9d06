//! Every operation's `parse`, with any response.

use std::fmt::Debug;

use http::Response;
use serde_json::Value;
use your_moms_core::{
    Connector, CreateInstance, DeleteInstance, DisableInstance, EnableInstance, GetConnector,
    GetConnectorConfiguration, GetInstance, GetInstanceConfiguration, GetOauth1Token, GetOauthUrl, Instance,
    InstanceRequest, InstanceResponse, ListConnectors, ListInstances, Operation, Page, Ping, ResponseError,
    UpdateInstance, UpdateInstanceConfiguration,
};

use crate::message::Message;
use crate::platform::SENTINEL;

type Read = fn(Response<&[u8]>) -> Result<(), ResponseError>;

/// In the order of the golden files' names for them, which the seeds count.
const OPERATIONS: [Read; 18] = [
    |response| CreateInstance::parse(response).map(|it| instance(&it)),
    ignored::<DeleteInstance>,
    ignored::<DisableInstance>,
    ignored::<EnableInstance>,
    |response| GetConnector::parse(response).map(|it| connector(&it)),
    plain::<GetConnectorConfiguration>,
    |response| GetInstance::parse(response).map(|it| instance(&it)),
    ignored::<GetInstanceConfiguration>,
    ignored::<GetOauthUrl>,
    ignored::<GetOauth1Token>,
    ignored::<InstanceRequest<InstanceResponse>>,
    ignored::<InstanceRequest<Value>>,
    |response| InstanceRequest::<Page<Value>>::parse(response).map(|it| page(&it)),
    |response| ListConnectors::parse(response).map(|it| it.items.iter().for_each(connector)),
    |response| {
        ListInstances::parse(response).map(|it| {
            page(&it);
            it.items.iter().for_each(instance);
        })
    },
    plain::<Ping>,
    |response| UpdateInstance::parse(response).map(|it| instance(&it)),
    ignored::<UpdateInstanceConfiguration>,
];

/// Those of them that are lists.
const LISTS: [usize; 3] = [12, 13, 14];

/// The first byte selects the operation, the next two the status, from 100 to 999; then headers, an empty line, and the body.
/// A success stands for a successful response; an error keeps the body, and prints nothing of it.
pub fn read(data: &[u8]) {
    let [operation, low, high, message @ ..] = data else { return };
    let number = usize::from(*operation) % OPERATIONS.len();
    let (operation, is_list) = (OPERATIONS[number], LISTS.contains(&number));
    let status = 100 + u16::from_le_bytes([*low, *high]) % 900;
    let message = Message::read(message);
    let response = message
        .headers
        .iter()
        .fold(Response::builder().status(status), |response, (name, value)| response.header(*name, *value));
    let Ok(response) = response.body(message.body) else { return };
    match operation(response) {
        // The platform has no other word for an empty list.
        Ok(()) => {
            assert!((200..300).contains(&status) || status == 404 && is_list, "status {status} is a success")
        }
        Err(error) => refused(&error, status, message.body),
    }
}

fn refused(error: &ResponseError, status: u16, body: &[u8]) {
    assert_eq!((error.status().as_u16(), error.body()), (status, body), "the response is not kept");
    let printed = format!("{error} {error:?}");
    assert!(!printed.contains(SENTINEL) && printed.len() < 400, "an error that quotes");
}

fn ignored<O: Operation>(response: Response<&[u8]>) -> Result<(), ResponseError> {
    O::parse(response).map(drop)
}

fn plain<O: Operation<Output: Debug>>(response: Response<&[u8]>) -> Result<(), ResponseError> {
    O::parse(response).map(|it| drop(format!("{it:?}")))
}

fn page<T>(page: &Page<T>) {
    assert!(page.next.as_ref().is_none_or(|next| !next.is_empty()), "an empty token names no page");
}

/// It has a token that is not printed, and what is kept of it is read back as the same.
fn instance(it: &Instance) {
    let token = it.token().expose();
    assert!(!token.is_empty(), "no token");
    assert!(token.len() < 8 || !format!("{it:?}").contains(token), "Debug shows the token");
    let stored = serde_json::to_string(&it.expose()).expect("it can be stored");
    let back: Instance = serde_json::from_str(&stored).expect("it can be read back");
    assert_eq!((&back, back.id()), (it, it.id()), "stored as another");
    let _ = (it.connector().map(connector), it.configuration(), it.noun());
    // A JSON parser refuses what core keeps unread: half a surrogate pair, a number beyond any type.
    let Ok(seen) = serde_json::from_str::<Value>(&stored) else { return };
    let seen = &seen["instance"];
    assert_eq!(
        (seen["id"].as_u64(), seen["token"].as_str()),
        (Some(it.id()), Some(token)),
        "another instance"
    );
    assert_eq!(
        (seen["name"].as_str(), seen["valid"].as_bool(), seen["disabled"].as_bool()),
        (it.name(), it.is_valid(), it.is_disabled())
    );
    let tags = seen["tags"].as_array().into_iter().flatten();
    let tags: Vec<&str> = tags.filter_map(|tag| tag.as_str().or_else(|| tag["name"].as_str())).collect();
    assert_eq!(it.tags(), tags, "other tags");
}

fn connector(it: &Connector) {
    let _ = (it.id(), it.key(), it.name(), it.hub(), it.authentication(), format!("{it:?}"));
}
