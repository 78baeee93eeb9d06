//! Lists and tokens against a plain model: whatever two accounts create, tag anew and delete, each list shows what it
//! should, and each token is that of its instance.

use proptest::prelude::*;
use serde_json::json;
use your_moms_sandbox::Noun;

use crate::app::App;

#[derive(Clone, Debug)]
enum Step {
    Create { account: usize, connector: u64, tags: Vec<String> },
    Retag { account: usize, id: u64, tags: Vec<String> },
    Delete { account: usize, id: u64 },
}

/// An instance as the model knows it.
struct Known {
    account: usize,
    id: u64,
    connector: u64,
    token: String,
    tags: Vec<String>,
}

/// Two that need no consent.
fn connector() -> impl Strategy<Value = u64> {
    prop::sample::select(vec![95, 143])
}

fn tag() -> impl Strategy<Value = String> {
    prop::sample::select(vec!["a", "A", "b", "ab", "é", "É"]).prop_map(str::to_owned)
}

fn step() -> impl Strategy<Value = Step> {
    let tags = || prop::collection::vec(tag(), 1..4);
    let id = || 123_u64..128;
    prop_oneof![
        (0..2_usize, connector(), tags()).prop_map(|(account, connector, tags)| Step::Create {
            account,
            connector,
            tags
        }),
        (0..2_usize, id(), tags()).prop_map(|(account, id, tags)| Step::Retag { account, id, tags }),
        (0..2_usize, id()).prop_map(|(account, id)| Step::Delete { account, id }),
    ]
}

proptest! {
    #[test]
    fn each_account_lists_its_own_by_every_tag(
        steps in prop::collection::vec(step(), 0..12),
        filter in prop::collection::vec(tag(), 0..3),
        only in prop::option::of(connector()),
        page_size in 1_usize..4,
    ) {
        let mut app = App::new(Noun::YourMom);
        let second = app.sandbox.add_account();
        let accounts = [
            app.authorization(),
            format!("User {}, Organization {}", second.user_secret, second.organization_secret),
        ];
        let mut known: Vec<Known> = Vec::new();
        let mut gone: Vec<Known> = Vec::new();
        for step in steps {
            match step {
                Step::Create { account, connector, tags } => {
                    let configuration = json!({ "username": "u", "password": "p", "subdomain": "s" });
                    let body = json!({ "your_mom": { "id": connector }, "configuration": configuration, "tags": tags });
                    let created = app.write_with("POST", "/instances", &accounts[account], &body).json;
                    let token = created["token"].as_str().unwrap().to_owned();
                    known.push(Known { account, id: created["id"].as_u64().unwrap(), connector, token, tags });
                }
                Step::Retag { account, id, tags } => {
                    let path = format!("/instances/{id}");
                    let response = app.write_with("PATCH", &path, &accounts[account], &json!({ "tags": tags }));
                    let own = known.iter_mut().find(|it| (it.account, it.id) == (account, id));
                    prop_assert_eq!(response.status.as_u16(), if own.is_some() { 200 } else { 404 });
                    if let Some(own) = own {
                        own.tags = tags;
                    }
                }
                Step::Delete { account, id } => {
                    let response = app.call_with("DELETE", &format!("/instances/{id}"), &accounts[account]);
                    let own = known.iter().position(|it| (it.account, it.id) == (account, id));
                    prop_assert_eq!(response.status.as_u16(), if own.is_some() { 200 } else { 404 });
                    gone.extend(own.map(|position| known.remove(position)));
                }
            }
        }

        let mut ping = |it: &Known| {
            let response = app.call_with("GET", "/ping", &format!("{}, Your_mom {}", accounts[it.account], it.token));
            let id = response.headers.get("elements-element-instance-id");
            id.map(|id| id.to_str().unwrap().to_owned())
        };
        for it in &known {
            prop_assert_eq!(ping(it), Some(it.id.to_string()));
        }
        for it in &gone {
            prop_assert_eq!(ping(it), None);
        }

        let list = only.map_or("/instances".to_owned(), |only| format!("/your_moms/{only}/instances"));
        let has = |it: &Known, tag: &String| it.tags.iter().any(|own| own.to_lowercase() == tag.to_lowercase());
        for (account, authorization) in accounts.iter().enumerate() {
            let expected: Vec<u64> = known
                .iter()
                .filter(|it| it.account == account && only.is_none_or(|only| it.connector == only))
                .filter(|it| filter.iter().all(|tag| has(it, tag)))
                .map(|it| it.id)
                .collect();
            let mut query = form_urlencoded::Serializer::new(format!("pageSize={page_size}"));
            query.extend_pairs(filter.iter().map(|tag| ("tags[]", tag)));
            let query = query.finish();
            let (mut listed, mut next) = (Vec::new(), String::new());
            loop {
                let response = app.call_with("GET", &format!("{list}?{query}{next}"), authorization);
                if response.status == 404 {
                    break;
                }
                let page = response.json.as_array().unwrap();
                prop_assert!(page.len() <= page_size);
                listed.extend(page.iter().map(|it| it["id"].as_u64().unwrap()));
                let Some(token) = response.headers.get("elements-next-page-token") else { break };
                next = format!("&nextPage={}", token.to_str().unwrap());
            }
            prop_assert_eq!(listed, expected);
        }
    }
}
