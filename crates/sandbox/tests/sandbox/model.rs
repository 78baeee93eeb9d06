//! Lists against a plain model: whatever two accounts create, tag anew and delete, each list shows what it should.

use proptest::prelude::*;
use serde_json::json;
use your_moms_sandbox::Noun;

use crate::app::App;

#[derive(Clone, Debug)]
enum Step {
    Create { account: usize, tags: Vec<String> },
    Retag { account: usize, id: u64, tags: Vec<String> },
    Delete { account: usize, id: u64 },
}

/// An instance as the model knows it.
struct Known {
    account: usize,
    id: u64,
    tags: Vec<String>,
}

fn tag() -> impl Strategy<Value = String> {
    prop::sample::select(vec!["a", "A", "b", "ab", "é", "É"]).prop_map(str::to_owned)
}

fn step() -> impl Strategy<Value = Step> {
    let tags = || prop::collection::vec(tag(), 1..4);
    let id = || 123_u64..128;
    prop_oneof![
        (0..2_usize, tags()).prop_map(|(account, tags)| Step::Create { account, tags }),
        (0..2_usize, id(), tags()).prop_map(|(account, id, tags)| Step::Retag { account, id, tags }),
        (0..2_usize, id()).prop_map(|(account, id)| Step::Delete { account, id }),
    ]
}

proptest! {
    #[test]
    fn each_account_lists_its_own_by_every_tag(
        steps in prop::collection::vec(step(), 0..12),
        filter in prop::collection::vec(tag(), 0..3),
        page_size in 1_usize..4,
    ) {
        let mut app = App::new(Noun::YourMom);
        let second = app.sandbox.add_account();
        let accounts = [
            app.authorization(),
            format!("User {}, Organization {}", second.user_secret, second.organization_secret),
        ];
        let mut known: Vec<Known> = Vec::new();
        for step in steps {
            match step {
                Step::Create { account, tags } => {
                    let configuration = json!({ "username": "u", "password": "p" });
                    let body = json!({ "your_mom": { "id": 95 }, "configuration": configuration, "tags": tags });
                    let created = app.write_with("POST", "/instances", &accounts[account], &body).json;
                    known.push(Known { account, id: created["id"].as_u64().unwrap(), tags });
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
                    let before = known.len();
                    known.retain(|it| (it.account, it.id) != (account, id));
                    prop_assert_eq!(response.status.as_u16(), if known.len() < before { 200 } else { 404 });
                }
            }
        }

        let has = |it: &Known, tag: &String| it.tags.iter().any(|own| own.to_lowercase() == tag.to_lowercase());
        for (account, authorization) in accounts.iter().enumerate() {
            let expected: Vec<u64> = known
                .iter()
                .filter(|it| it.account == account && filter.iter().all(|tag| has(it, tag)))
                .map(|it| it.id)
                .collect();
            let mut query = form_urlencoded::Serializer::new(format!("pageSize={page_size}"));
            query.extend_pairs(filter.iter().map(|tag| ("tags[]", tag)));
            let query = query.finish();
            let (mut listed, mut next) = (Vec::new(), String::new());
            loop {
                let response = app.call_with("GET", &format!("/instances?{query}{next}"), authorization);
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
