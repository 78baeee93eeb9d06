//! The journal, newest first, which loads itself again unless it is paused.

use maud::{Markup, html};

use super::frame;
use crate::console::Filter;
use crate::journal::Record;
use crate::params::Params;
use crate::route::Call;
use crate::sandbox::Sandbox;

/// More are no help to a person.
const MOST: usize = 200;
const STATUSES: [(&str, &str); 6] =
    [("", "Any"), ("2xx", "2xx"), ("3xx", "3xx"), ("4xx", "4xx"), ("5xx", "5xx"), ("none", "Reset")];

/// What to show of it.
pub(super) struct View {
    filter: Filter,
    pub(super) paused: bool,
    call: String,
    status: String,
    instance: String,
}

impl View {
    pub(super) fn of(query: &Params) -> Result<Self, String> {
        let text = |name| query.single(name).unwrap_or_default().to_owned();
        Ok(Self {
            filter: Filter::of(&query.without("paused"))?,
            paused: query.single("paused").is_some(),
            call: text("call"),
            status: text("status"),
            instance: text("instance"),
        })
    }

    fn address(&self, paused: bool) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        for (name, value) in [("call", &self.call), ("status", &self.status), ("instance", &self.instance)] {
            if !value.is_empty() {
                query.append_pair(name, value);
            }
        }
        if paused {
            query.append_pair("paused", "yes");
        }
        format!("/inspector/journal?{}", query.finish())
    }
}

pub(super) fn page(sandbox: &Sandbox, view: &View) -> Markup {
    let matching: Vec<_> =
        sandbox.journal().iter().rev().filter(|record| view.filter.matches(record)).collect();
    let more = matching.len().saturating_sub(MOST);
    html! {
        div.title {
            h1 { "Journal" }
            @if view.paused {
                a.button href=(view.address(false)) { "Go on" }
                span.quiet { "Paused" }
            } @else {
                a.button href=(view.address(true)) { "Pause" }
                span.quiet { "Loads itself every 3 seconds" }
            }
        }
        (filter(view))
        @if matching.is_empty() {
            p.empty { "No such request yet." }
        } @else {
            table.journal {
                thead {
                    tr {
                        th.wide scope="col" { "Time" }
                        th scope="col" { "Request" }
                        th scope="col" { "Status" }
                        th.wide scope="col" { "Operation" }
                        th.wide.number scope="col" { "Took" }
                        th.wide.number scope="col" { "Instance" }
                    }
                }
                tbody { @for record in matching.iter().take(MOST) { (row(record)) } }
            }
            @if more > 0 { p.quiet { (more) " older requests are not shown." } }
        }
    }
}

fn filter(view: &View) -> Markup {
    html! {
        form.filter method="get" action="/inspector/journal" {
            label { "Operation"
                select name="call" {
                    option value="" { "Any" }
                    @for call in Call::ALL.map(Call::name) {
                        option value=(call) selected[view.call == call] { (call) }
                    }
                }
            }
            label { "Status"
                select name="status" {
                    @for (value, name) in STATUSES {
                        option value=(value) selected[view.status == value] { (name) }
                    }
                }
            }
            label { "Instance" input name="instance" value=(view.instance) inputmode="numeric" size="8"; }
            @if view.paused { input type="hidden" name="paused" value="yes"; }
            button { "Filter" }
        }
    }
}

fn row(record: &Record) -> Markup {
    let call = record.call.map_or("—", Call::name);
    html! {
        tr {
            td.wide.time { (record.clock()) }
            th scope="row" {
                a href=(format!("/inspector/journal/{}", record.number)) {
                    span.method { (record.method) } " " (frame::path(&record.path))
                }
                @for mark in record.fault.iter().map(String::as_str).chain(record.behaviours.iter().copied()) {
                    " " span.tag.fault { (mark) }
                }
                div.narrow.quiet {
                    (record.clock()) " · " (call)
                    @if let Some(took) = record.took() { " · " (took) }
                    @if let Some(id) = record.instance { " · instance " (id) }
                }
            }
            td { (frame::status(record.status)) }
            td.wide { (call) }
            td.wide.number { (record.took().unwrap_or_default()) }
            td.wide.number {
                @if let Some(id) = record.instance { (id) }
                @if let Some(account) = &record.account { div.quiet { (account) } }
            }
        }
    }
}
