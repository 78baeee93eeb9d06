//! What applications do all day, in rounds: accounts come and go, so that their number stays the same.

use std::collections::VecDeque;
use std::error::Error;

use serde_json::json;

use crate::caller::{CALLBACK, Caller, Instance, parameter, text};

/// How many accounts are connected at a time.
const CONNECTED: usize = 500;

pub(crate) struct Mix {
    caller: Caller,
    connected: VecDeque<Instance>,
    round: u64,
}

impl Mix {
    pub(crate) fn new(caller: Caller) -> Self {
        Self { caller, connected: VecDeque::new(), round: 0 }
    }

    /// Goes on until this many requests have been sent in all.
    pub(crate) fn run_until(&mut self, requests: u64) -> Result<(), Box<dyn Error>> {
        while self.caller.sent() < requests {
            self.one_round()?;
        }
        Ok(())
    }

    fn one_round(&mut self) -> Result<(), Box<dyn Error>> {
        self.round += 1;
        let tag = format!("account {}", self.round);
        let instance = match self.round % 4 {
            0 => self.caller.connect_basic(&tag)?,
            1 => self.connect_oauth1(&tag)?,
            2 => self.connect_oauth2("instagram", &tag)?,
            _ => self.connect_oauth2("dropbox", &tag)?,
        };
        self.use_it(&instance, &tag)?;
        self.refusals(&instance)?;
        if self.round.is_multiple_of(50) {
            self.look()?;
        }
        self.connected.push_back(instance);
        if self.connected.len() > CONNECTED {
            let oldest = self.connected.pop_front().ok_or("nobody is connected")?;
            self.caller.call("DELETE", &format!("/instances/{}", oldest.id), None, 200)?;
            self.caller.with_token(&oldest.token, "GET", "/ping", 401)?;
        }
        Ok(())
    }

    fn connect_oauth2(&self, key: &str, tag: &str) -> Result<Instance, Box<dyn Error>> {
        parameter(&self.caller.authorize(key, false)?, "error")?;
        self.caller.oauth_url(key, None)?;
        let code = parameter(&self.caller.authorize(key, true)?, "code")?;
        let body = self.caller.creation(key, &json!({ "code": code }), tag)?;
        let instance = self.caller.create(&body)?;
        self.caller.call("POST", "/instances", Some(&body), 403)?;
        Ok(instance)
    }

    fn connect_oauth1(&self, tag: &str) -> Result<Instance, Box<dyn Error>> {
        let client = self.caller.transport.sandbox().client("etsy").cloned().ok_or("no etsy")?;
        let query = form_urlencoded::Serializer::new(String::new())
            .append_pair("apiKey", &client.api_key)
            .append_pair("apiSecret", &client.api_secret)
            .append_pair("callbackUrl", CALLBACK)
            .finish();
        let given = self.caller.call("GET", &format!("/your_moms/etsy/oauth/token?{query}"), None, 200)?;
        let url = self.caller.oauth_url("etsy", Some(text(&given, "token")?))?;
        let redirect = self.caller.transport.allow(&url)?;
        let data = json!({
            "oauth_token": parameter(&redirect, "oauth_token")?,
            "oauth_verifier": parameter(&redirect, "oauth_verifier")?,
            "secret": text(&given, "secret")?,
        });
        self.caller.create(&self.caller.creation("etsy", &data, tag)?)
    }

    fn use_it(&self, instance: &Instance, tag: &str) -> Result<(), Box<dyn Error>> {
        let query = form_urlencoded::Serializer::new(String::new()).append_pair("tags[]", tag).finish();
        self.caller.call("GET", &format!("/instances?{query}"), None, 200)?;
        self.caller.call("GET", &format!("/instances/{}", instance.id), None, 200)?;
        self.caller.with_token(&instance.token, "GET", "/ping", 200)?;
        let resource = match self.round % 4 {
            0 => "/hubs/helpdesk/incidents",
            1 => "/hubs/ecommerce/orders",
            2 => "/hubs/social/media",
            _ => "/hubs/documents/folders/contents?path=/",
        };
        self.caller.with_token(&instance.token, "GET", resource, 200)?;
        Ok(())
    }

    fn refusals(&self, instance: &Instance) -> Result<(), Box<dyn Error>> {
        let wrong = format!("{}x", instance.token);
        self.caller.with_token(&wrong, "GET", "/ping", 401)?;
        self.caller.call("GET", "/instances/1", None, 404)?;
        self.caller.call("GET", &format!("/no/such/path/{}", self.round), None, 404)?;
        self.caller.call("POST", "/instances", Some(&json!({})), 400)?;
        Ok(())
    }

    /// At the inspector, and at the faults.
    fn look(&self) -> Result<(), Box<dyn Error>> {
        self.caller.console("GET", "/inspector/controls", None)?;
        let fault = json!({ "call": "update", "fault": "status-503" });
        let armed = self.caller.console("POST", "/_sandbox/faults", Some(&fault))?;
        let id = armed.get("id").ok_or("a fault without an id")?;
        self.caller.console("DELETE", &format!("/_sandbox/faults/{id}"), None)?;
        self.caller.console("GET", "/_sandbox/journal?status=5xx", None)?;
        Ok(())
    }
}
