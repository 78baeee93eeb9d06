//! The buttons: faults to arm, the next consent page, and a reset.

use std::time::SystemTime;

use maud::{Markup, html};

use super::frame;
use crate::console::Decision;
use crate::fault::Fault;
use crate::instance::timestamp;
use crate::route::Call;
use crate::sandbox::Sandbox;

/// What people try first.
const COMMON: [(&str, &str); 8] = [
    ("create=reset-after", "Creation done, response lost"),
    ("create=reset-while", "Creation cut off, code spent"),
    ("create=status-503", "Creation refused with 503"),
    ("create=wrong-account", "Another instance comes back"),
    ("list=ignores-filter", "List ignores its filter"),
    ("create=shows-late-2", "New instance shows late"),
    ("resource=status-429-retry-2s", "Resource busy, retry after 2 s"),
    ("resource=slow-drip-20ms", "Resource drips in slowly"),
];
const TIMES: [(&str, &str); 5] =
    [("once", "once"), ("2", "2 times"), ("3", "3 times"), ("10", "10 times"), ("always", "always")];

/// `form` is the one-time id of this page.
pub(super) fn page(sandbox: &Sandbox, form: &str, now: SystemTime) -> Markup {
    html! {
        h1 { "Controls" }
        section { (consent(sandbox, form)) }
        section { (armed(sandbox, form)) (arm(form)) }
        section {
            h2 { "Start over" }
            p { "Forgets instances, codes, faults and the journal. Secrets and clients stay. The clock reads "
                (timestamp(now)) "." }
            form method="post" action="/inspector/reset" { (id(form)) button.danger { "Reset" } }
        }
        section { (forms()) }
    }
}

fn id(form: &str) -> Markup {
    html! { input type="hidden" name="form" value=(form); }
}

fn consent(sandbox: &Sandbox, form: &str) -> Markup {
    html! {
        h2 { "Next consent page" }
        p {
            @match sandbox.next_decision() {
                None => "It asks, with an Allow and a Deny button.",
                Some(Decision::Allow) => { strong { "It allows by itself." } },
                Some(Decision::Deny) => { strong { "It denies by itself." } },
            }
        }
        form.row method="post" action="/inspector/next" {
            (id(form))
            button name="decision" value="allow" { "Allow next" }
            button name="decision" value="deny" { "Deny next" }
            @if sandbox.next_decision().is_some() { button name="decision" value="ask" { "Ask again" } }
        }
    }
}

fn armed(sandbox: &Sandbox, form: &str) -> Markup {
    html! {
        h2 { "Faults" }
        @if sandbox.armed().is_empty() {
            p.quiet { "None is armed." }
        } @else {
            ul.armed {
                @for (number, armed) in sandbox.armed() {
                    li {
                        span { code { (armed.call) } " meets " strong { (armed.fault) } " "
                            span.quiet { (times(&armed.times.to_string())) } }
                        form method="post" action="/inspector/disarm" {
                            (id(form))
                            input type="hidden" name="id" value=(number);
                            button { "Disarm" span.hidden { " " (armed) } }
                        }
                    }
                }
            }
        }
    }
}

fn times(text: &str) -> String {
    match text {
        "1" => "once".to_owned(),
        _ if text.parse::<u32>().is_ok() => format!("{text} times"),
        _ => text.to_owned(),
    }
}

fn arm(form: &str) -> Markup {
    html! {
        h3 { "Arm a common one, once" }
        form.presets method="post" action="/inspector/arm" {
            (id(form))
            @for (order, meaning) in COMMON {
                button name="order" value=(order) { span { (meaning) } small { (order) } }
            }
        }
        h3 { "Or any" }
        form.filter method="post" action="/inspector/arm" {
            (id(form))
            label { "Operation"
                select name="call" {
                    @for call in Call::ALL { option value=(call) selected[call == Call::CreateInstance] { (call) } }
                }
            }
            label { "Fault"
                input name="fault" list="forms" required autocomplete="off" spellcheck="false" placeholder="reset-after";
            }
            datalist #forms { @for (form, _) in Fault::FORMS { option value=(form); } }
            label { "How often"
                select name="times" { @for (value, name) in TIMES { option value=(value) { (name) } } }
            }
            button { "Arm" }
        }
    }
}

fn forms() -> Markup {
    html! {
        details {
            summary { strong { "All faults" } span.quiet { "with other numbers, times and moments too" } }
            dl.facts {
                @for (form, meaning) in Fault::FORMS { dt { (frame::copied(form)) } dd { (meaning) } }
            }
        }
    }
}
