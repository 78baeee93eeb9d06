//! Faults as text, armed once, several times or always.

use std::time::Duration;

use http::StatusCode;
use proptest::prelude::*;
use serde_json::{Value, json};
use your_moms_sandbox::{Armed, Call, Fault, Moment, Noun, Reply, Substitute, Times};

use crate::app::App;

fn moment() -> impl Strategy<Value = Moment> {
    prop::sample::select(vec![Moment::Before, Moment::While, Moment::After])
}

fn status() -> impl Strategy<Value = StatusCode> {
    (100_u16..1000).prop_map(|status| StatusCode::from_u16(status).unwrap())
}

fn substitute() -> impl Strategy<Value = Substitute> {
    let kind: Vec<fn(StatusCode) -> Substitute> = vec![
        Substitute::own,
        Substitute::gateway,
        Substitute::gateway_html,
        Substitute::gateway_unreadable,
        Substitute::gateway_empty,
    ];
    let parts = (
        prop::sample::select(kind),
        status(),
        any::<Option<Duration>>(),
        any::<bool>(),
        any::<Option<Duration>>(),
    );
    parts.prop_map(|(kind, status, retry, cut, late)| {
        let whole = kind(status).with_retry_after(retry);
        let whole = if cut { whole.cut() } else { whole };
        late.map_or(whole, |delay| whole.late(delay))
    })
}

fn fault() -> impl Strategy<Value = Fault> {
    prop_oneof![
        (status(), any::<Option<Duration>>())
            .prop_map(|(status, retry_after)| Fault::Status { status, retry_after }),
        (moment(), substitute()).prop_map(|(moment, substitute)| Fault::Instead { moment, substitute }),
        any::<Duration>().prop_map(Fault::Delay),
        any::<Duration>().prop_map(Fault::SlowDrip),
        moment().prop_map(Fault::Reset),
        any::<usize>().prop_map(Fault::SmallPages),
        any::<u32>().prop_map(Fault::ShowsLate),
        prop::sample::select(vec![
            Fault::TruncatedBody,
            Fault::BrokenBody,
            Fault::UnreadableBody,
            Fault::WrongAccount,
            Fault::IgnoresFilter,
            Fault::StripsTags,
            Fault::MasksSecrets,
        ]),
    ]
}

proptest! {
    #[test]
    fn what_is_written_is_read_back(fault in fault(), call in prop::sample::select(Call::ALL.to_vec()), count in 1_u32..) {
        prop_assert_eq!(fault.to_string().parse::<Fault>().unwrap(), fault);
        for times in [Times::Once, Times::Always, Times::Count(count)] {
            let armed = Armed { call, fault, times };
            let text = armed.to_string();
            prop_assert_eq!(text.parse::<Armed>().unwrap(), armed);
            prop_assert_eq!(text.parse::<Armed>().unwrap().to_string(), text);
        }
    }

    #[test]
    fn no_text_makes_the_reader_panic(text in "[a-z0-9=:-]{0,40}") {
        drop(text.parse::<Armed>());
    }
}

#[test]
fn every_form_is_a_fault() {
    for (form, _) in Fault::FORMS {
        assert_eq!(form.parse::<Fault>().unwrap().to_string(), form);
    }
}

#[test]
fn what_is_no_fault_is_told_what_would_be() {
    for (text, begins) in [
        ("create", "`create` is not CALL=FAULT, such as create=reset-after"),
        ("make=reset-after", "there is no call `make`; possible: oauth-url, oauth1-token"),
        (
            "create=reset",
            "there is no fault `reset`; possible, with other numbers, times and moments: reset-before",
        ),
        ("create=gateway-42-before", "there is no fault `gateway-42-before`"),
        ("create=gateway-429-late-before", "there is no fault"),
        ("create=status-503-retry-", "there is no fault"),
        ("create=delay--2s", "there is no fault"),
        ("create=reset-after:0", "`0` is no number of times; possible: once, always, or a number from 1"),
    ] {
        let error = text.parse::<Armed>().unwrap_err().to_string();
        assert!(error.starts_with(begins), "{error}");
    }
}

#[test]
fn a_fault_comes_as_often_as_it_is_armed() {
    let mut app = App::new(Noun::YourMom);
    app.sandbox.arm(Call::Catalogue, Fault::Reset(Moment::Before), Times::Count(2));
    let always = app.sandbox.arm(Call::Catalogue, "status-503".parse().unwrap(), Times::Always);
    let statuses: Vec<_> = (0..5).map(|_| app.respond("GET", "/your_moms", &Value::Null)).collect();
    assert_eq!(statuses, [None, None, Some(503), Some(503), Some(503)]);
    let expected =
        Armed { call: Call::Catalogue, fault: "status-503".parse().unwrap(), times: Times::Always };
    assert_eq!(app.sandbox.armed(), [(always, expected)]);
    assert_eq!((app.sandbox.disarm(always), app.sandbox.disarm(always)), (true, false));
    assert_eq!(app.respond("GET", "/your_moms", &Value::Null), Some(200));
    app.sandbox.arm(Call::Catalogue, Fault::Reset(Moment::Before), Times::Count(0));
    assert_eq!(app.sandbox.armed(), []);
    assert_eq!(app.respond("GET", "/your_moms", &Value::Null), Some(200));
}

#[test]
fn a_habit_may_last_for_one_request() {
    let mut app = App::new(Noun::YourMom);
    app.connect_basic("a", &["x"]);
    app.connect_basic("b", &["y"]);
    for (fault, behaviour) in [("ignores-filter", "filter-ignored"), ("small-pages-1", "small-page")] {
        app.sandbox.fail_next(Call::ListInstances, fault.parse().unwrap());
        let query = if fault == "ignores-filter" { "?tags[]=none" } else { "" };
        assert_eq!(app.respond("GET", &format!("/instances{query}"), &Value::Null), Some(200));
        let record = app.sandbox.journal().last().unwrap();
        assert_eq!(record.behaviours, [behaviour]);
        assert_eq!(record.fault.as_deref(), Some(fault.trim_end_matches("-1")));
        assert_eq!(app.respond("GET", "/instances?tags[]=none", &Value::Null), Some(404));
    }
    let body = json!({
        "your_mom": { "key": "servicenow" },
        "configuration": { "username": "u", "password": "p" },
        "name": "c",
        "tags": ["z"],
    });
    app.sandbox.fail_next(Call::CreateInstance, Fault::ShowsLate(1));
    assert_eq!(app.respond("POST", "/instances", &body), Some(200));
    app.sandbox.fail_next(Call::CreateInstance, Fault::StripsTags);
    assert_eq!(app.respond("POST", "/instances", &body), Some(200));
    let listed = |app: &mut App| app.call("GET", "/instances?tags[]=z").status.as_u16();
    assert_eq!((listed(&mut app), listed(&mut app)), (404, 200));
    assert_eq!(app.sandbox.instances().last().unwrap().tags, [""; 0]);
}

#[test]
fn another_instance_comes_back() {
    let mut app = App::new(Noun::YourMom);
    let first = app.connect_basic("first", &[]);
    app.sandbox.arm(Call::GetInstance, Fault::WrongAccount, Times::Always);
    // There is no other yet.
    assert_eq!(respond(&mut app, "GET", "/instances/123", None), Some((123, first.clone())));
    app.sandbox.fail_next(Call::CreateInstance, Fault::WrongAccount);
    let body = json!({
        "your_mom": { "key": "servicenow" },
        "configuration": { "username": "u", "password": "p" },
        "name": "second",
    });
    assert_eq!(respond(&mut app, "POST", "/instances", Some(&body)), Some((123, first.clone())));
    assert_eq!(app.sandbox.instances().len(), 2);
    let (id, second) = respond(&mut app, "GET", "/instances/123", None).unwrap();
    assert_eq!((id, &second["id"], &second["name"]), (124, &json!(124), &json!("second")));
    assert_eq!(respond(&mut app, "GET", "/instances/124", None), Some((123, first)));

    app.sandbox.fail_next(Call::DeleteInstance, Fault::WrongAccount);
    assert_eq!(respond(&mut app, "DELETE", "/instances/123", None), Some((124, Value::Null)));
    let left: Vec<_> = app.sandbox.instances().iter().map(|it| it.id).collect();
    assert_eq!(left, [124]);
}

/// Which instance the header names, and the body.
fn respond(app: &mut App, method: &str, path: &str, body: Option<&Value>) -> Option<(u64, Value)> {
    let body = body.map(Value::to_string).unwrap_or_default();
    let request = http::Request::builder()
        .method(method)
        .uri(format!("/your_moms/api-v2{path}"))
        .header("authorization", app.authorization())
        .header("content-type", "application/json")
        .body(body.as_bytes())
        .unwrap();
    let Reply::Whole(response) = app.sandbox.respond(&request, app.now) else { return None };
    let id = response.headers().get("elements-element-instance-id")?.to_str().unwrap().parse().unwrap();
    Some((id, serde_json::from_slice(response.body()).unwrap_or_default()))
}

#[test]
fn a_request_that_is_not_about_an_instance_leaves_the_fault_waiting() {
    let mut app = App::new(Noun::YourMom);
    app.connect_basic("first", &[]);
    app.connect_basic("second", &[]);
    app.sandbox.fail_next(Call::GetInstance, Fault::WrongAccount);
    assert_eq!(respond(&mut app, "GET", "/instances/999", None), None);
    let record = app.sandbox.journal().last().unwrap();
    assert_eq!((record.status.unwrap().as_u16(), &record.fault), (404, &None));
    assert_eq!(respond(&mut app, "GET", "/instances/123", None).unwrap().0, 124);
    assert_eq!(app.sandbox.armed(), []);
}

#[test]
fn an_instance_of_another_account_is_preferred() {
    let mut app = App::new(Noun::YourMom);
    app.connect("instagram");
    app.connect("dropbox");
    app.connect("instagram");
    app.sandbox.add_provider_account("carla");
    assert!(app.sandbox.sign_in("carla"));
    app.connect("instagram");
    app.sandbox.fail_next(Call::GetInstance, Fault::WrongAccount);
    assert_eq!(respond(&mut app, "GET", "/instances/123", None).unwrap().0, 126);
}
