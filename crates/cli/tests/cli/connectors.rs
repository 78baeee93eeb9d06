//! `connectors`: what there is, what it needs, and what a mistyped key may have meant.

use serde_json::{Value, json};
use snapbox::str;
use your_moms_sandbox::{Noun, Sandbox, Server};

use crate::support::{User, assert_shown, base_url, platform};

#[test]
fn a_sandbox_lists_what_it_has() {
    let ended = User::new().run(&["connectors", "--sandbox"]);
    assert_eq!(ended.code, Some(0), "{ended:?}");
    let keys: Vec<_> = ended.stdout.lines().map(|line| line.split(' ').next().unwrap()).collect();
    let mut known: Vec<_> = Sandbox::new(1).connectors().into_iter().map(|it| it.key).collect();
    known.sort();
    assert_eq!(keys, known);
    assert_eq!(ended.stderr, "What one of them needs: your-moms connectors KEY --sandbox\n");
    let line = ended.stdout.lines().find(|line| line.starts_with("instagram")).unwrap();
    assert_eq!(line, "instagram    social     oauth2  Instagram Beta");
}

#[test]
fn a_platform_does_too_in_either_vocabulary() {
    let server = platform();
    for noun in [Noun::YourMom, Noun::Element] {
        // The base URL says which.
        let ended = User::of(&server).run(&["connectors", "--json", "--base-url", &server.base_url(noun)]);
        assert_eq!((ended.code, ended.stderr.as_str()), (Some(0), ""), "{ended:?}");
        let all: Value = serde_json::from_str(&ended.stdout).unwrap();
        assert_eq!(all.as_array().unwrap().len(), server.sandbox().connectors().len());
        let instagram = all.as_array().unwrap().iter().find(|it| it["key"] == "instagram").unwrap();
        let expected = json!({
            "id": 74, "key": "instagram", "name": "Instagram Beta", "hub": "social", "authentication": "oauth2",
        });
        assert_eq!(*instagram, expected);
    }
}

#[test]
fn what_one_needs() {
    let ended = User::new().run(&["connectors", "instagram", "--sandbox"]);
    assert_eq!((ended.code, ended.stderr.as_str()), (Some(0), ""));
    assert_shown(
        &ended.stdout,
        str![[r#"
instagram: Instagram Beta, hub social, authentication oauth2
Needs
  oauth.api.key       API key       YOUR_MOMS_API_KEY
  oauth.api.secret    API secret    YOUR_MOMS_API_SECRET
  oauth.callback.url  Callback URL  --callback-url
Connect it: your-moms connect instagram --sandbox

"#]],
    );
    let ended = User::new().run(&["connectors", "jira", "--sandbox"]);
    assert_shown(
        &ended.stdout,
        str![[r#"
jira: JIRA, hub helpdesk, authentication basic
Needs
  username  User name  --config username=…
  password  Password   YOUR_MOMS_CONFIG_PASSWORD
  base.url  Base URL   --config base.url=…
Connect it: your-moms connect jira --sandbox

"#]],
    );
    let ended = User::new().run(&["connectors", "servicenow", "--sandbox", "--json"]);
    assert_eq!(ended.code, Some(0));
    assert_shown(
        &ended.stdout,
        str![[r#"
{"id":95,"key":"servicenow","name":"ServiceNow","hub":"helpdesk","authentication":"basic","needs":[{"key":"username","name":"User name","secret":false,"given_by":"--config username=…"},{"key":"password","name":"Password","secret":true,"given_by":"YOUR_MOMS_CONFIG_PASSWORD"}]}

"#]],
    );
}

#[test]
fn an_unknown_key_may_be_a_slip() {
    for arguments in [
        &["connectors", "instagam", "--sandbox"][..],
        &["connect", "instagam", "--sandbox", "--yes"],
        &["connect", "Instagram", "--sandbox", "--yes"],
    ] {
        let ended = User::new().run(arguments);
        assert_eq!((ended.code, ended.stdout.as_str()), (Some(4), ""));
        let help = "  help: did you mean instagram? `your-moms connectors --sandbox` lists all\n";
        assert!(ended.stderr.ends_with(help), "{ended:?}");
    }
    let ended = User::new().run(&["connectors", "nosuch", "--sandbox"]);
    assert!(
        ended.stderr.ends_with("  help: `your-moms connectors --sandbox` lists those it has\n"),
        "{ended:?}"
    );
}

/// A command that is named leads to the same platform: it repeats the options that say which.
#[test]
fn a_command_that_is_named_leads_to_the_same_platform() {
    let server = platform();
    let url = base_url(&server);
    let user = User::of(&server).with("YOUR_MOMS_BASE_URL", &url);
    for (options, again) in [
        (vec![], String::new()),
        (vec!["--sandbox"], " --sandbox".to_owned()),
        (vec!["--sandbox", "--vocabulary", "elements"], " --sandbox --vocabulary elements".to_owned()),
        (vec!["--base-url", &url], format!(" --base-url {url}")),
        (vec!["--vocabulary", "your_moms"], " --vocabulary your_moms".to_owned()),
    ] {
        let run = |arguments: &[&str]| user.run(&[arguments, &options].concat());
        let told = [
            run(&["connectors"]).stderr,
            run(&["connectors", "dropbx"]).stderr,
            run(&["connect", "dropbx"]).stderr,
            run(&["connect", "nosuch"]).stderr,
        ];
        let expected = [
            format!("What one of them needs: your-moms connectors KEY{again}\n"),
            format!("  help: did you mean dropbox? `your-moms connectors{again}` lists all\n"),
            format!("  help: did you mean dropbox? `your-moms connectors{again}` lists all\n"),
            format!("  help: `your-moms connectors{again}` lists those it has\n"),
        ];
        for (told, expected) in told.iter().zip(&expected) {
            assert!(told.ends_with(expected), "{told}, not {expected}");
        }
        let needs = if options.contains(&"--sandbox") { "" } else { " --config username=…" };
        let ended = run(&["connectors", "servicenow"]);
        let expected = format!("Connect it: your-moms connect servicenow{needs}{again}\n");
        assert!(ended.stdout.ends_with(&expected), "{ended:?}");
    }
}

/// Where the vocabulary comes from: options before the environment, a base URL's end where nothing says more.
#[test]
fn the_base_url_sets_the_vocabulary() {
    let server = platform();
    let (own, elements) = (base_url(&server), server.base_url(Noun::Element));
    let user = |variables: &[(&'static str, &str)]| {
        variables.iter().fold(User::of(&server), |user, (name, value)| user.with(name, value))
    };
    let fits = |user: &User, arguments: &[&str]| {
        let ended = user.run(&[&["connectors", "--json"], arguments].concat());
        ended.code == Some(0)
    };
    assert!(fits(&user(&[]), &["--base-url", &elements]));
    assert!(fits(&user(&[]), &["--base-url", &format!("{elements}/")]));
    assert!(fits(&user(&[("YOUR_MOMS_BASE_URL", &elements)]), &[]));
    assert!(fits(&user(&[("YOUR_MOMS_BASE_URL", &own)]), &["--base-url", &elements]));
    assert!(fits(&user(&[("YOUR_MOMS_BASE_URL", &elements)]), &["--base-url", &own]));
    assert!(fits(&user(&[("YOUR_MOMS_VOCABULARY", "elements")]), &["--base-url", &own]));
    assert!(fits(&user(&[("YOUR_MOMS_VOCABULARY", "elements"), ("YOUR_MOMS_BASE_URL", &elements)]), &[]));
    assert!(!fits(&user(&[("YOUR_MOMS_VOCABULARY", "your_moms"), ("YOUR_MOMS_BASE_URL", &elements)]), &[]));

    let ended = user(&[("YOUR_MOMS_VOCABULARY", "nouns")]).run(&["connectors", "--sandbox"]);
    assert_eq!(
        (ended.code, ended.stderr.as_str()),
        (Some(2), "error: YOUR_MOMS_VOCABULARY is neither your_moms nor elements\n")
    );
}

#[test]
fn a_vocabulary_that_does_not_fit_is_named() {
    let server: Server = platform();
    let elements = server.base_url(Noun::Element);
    for command in [&["connect", "instagram"][..], &["connectors"], &["connectors", "instagram"]] {
        let arguments = [command, &["--base-url", &elements, "--vocabulary", "your_moms"]].concat();
        let ended = User::of(&server).run(&arguments);
        assert_eq!((ended.code, ended.stdout.as_str()), (Some(4), ""), "{ended:?}");
        let help = "  help: the base URL speaks of elements, and the vocabulary is your_moms: leave --vocabulary (or \
                    YOUR_MOMS_VOCABULARY) out\n";
        assert!(ended.stderr.ends_with(help), "{ended:?}");
    }
    let half = elements.strip_suffix("/elements/api-v2").unwrap();
    let ended = User::of(&server).run(&["connectors", "--base-url", half]);
    assert!(
        ended.stderr.contains("  help: is the base URL whole? It ends in /your_moms/api-v2 or "),
        "{ended:?}"
    );
}
