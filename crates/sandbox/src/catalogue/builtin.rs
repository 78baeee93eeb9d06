//! The connectors that come with the sandbox.

use std::sync::LazyLock;

use super::Catalogue;

/// Read once in a process.
pub(super) static CATALOGUE: LazyLock<Catalogue> = LazyLock::new(|| {
    let mut catalogue = Catalogue::default();
    for (name, text) in FILES {
        // That none is refused is for a test to say.
        drop(catalogue.add(name, text));
    }
    catalogue
});

const FILES: [(&str, &str); 15] = [
    ("box.json", include_str!("../../catalogue/box.json")),
    ("closeio.json", include_str!("../../catalogue/closeio.json")),
    ("dropbox.json", include_str!("../../catalogue/dropbox.json")),
    ("etsy.json", include_str!("../../catalogue/etsy.json")),
    ("freshdesk.json", include_str!("../../catalogue/freshdesk.json")),
    ("googledrive.json", include_str!("../../catalogue/googledrive.json")),
    ("hubspot.json", include_str!("../../catalogue/hubspot.json")),
    ("instagram.json", include_str!("../../catalogue/instagram.json")),
    ("jira.json", include_str!("../../catalogue/jira.json")),
    ("quickbooks.json", include_str!("../../catalogue/quickbooks.json")),
    ("servicenow.json", include_str!("../../catalogue/servicenow.json")),
    ("sfdc.json", include_str!("../../catalogue/sfdc.json")),
    ("stripe.json", include_str!("../../catalogue/stripe.json")),
    ("twitter.json", include_str!("../../catalogue/twitter.json")),
    ("zendesk.json", include_str!("../../catalogue/zendesk.json")),
];

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use serde_json::Value;

    use super::super::Seed;
    use super::*;

    #[test]
    fn every_file_of_the_folder_is_in_it() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/catalogue");
        let mut names: Vec<_> = std::fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        assert_eq!(FILES.map(|(name, _)| name).to_vec(), names);
        for (name, text) in FILES {
            Catalogue::default().with(name, text).unwrap();
        }
        let mut keys: Vec<_> = Catalogue::builtin().keys().map(|key| format!("{key}.json")).collect();
        keys.sort();
        assert_eq!(keys, names);
    }

    #[test]
    fn every_connector_has_two_accounts_and_each_of_them_its_own_objects() {
        for connector in Catalogue::builtin().connectors() {
            let own = &connector.service.accounts;
            assert!(own.len() >= 2 && !connector.resources().is_empty(), "{}", connector.key);
            for resource in connector.resources() {
                let mut ids = HashSet::new();
                for (index, account) in (0..).zip(own.iter().map(String::as_str).chain(["added"])) {
                    let objects = resource.seeded(Seed { account, index });
                    let own_ids: Vec<_> = match &objects {
                        Value::Array(objects) => {
                            objects.iter().map(|it| resource.id_of(it).unwrap()).collect()
                        }
                        object => vec![object["id"].to_string()],
                    };
                    for id in own_ids {
                        assert!(ids.insert(id.clone()), "{} {} {id}", connector.key, resource.path);
                    }
                }
            }
        }
    }
}
