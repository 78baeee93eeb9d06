//! `--curl`: the requests, for a person to send; nothing is sent, and no secret is needed.

use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::process::Command;
use std::thread::{self, JoinHandle};

use serde_json::Value;
use snapbox::str;

use crate::support::{Ended, User, assert_shown, base_url, platform};

#[test]
fn connect_prints_both_requests() {
    let user = User::new().with("YOUR_MOMS_API_SECRET", "SENTINEL");
    let ended = user.run(&[
        "connect",
        "instagram",
        "--curl",
        "--api-key",
        "my-key",
        "--callback-url",
        "https://www.mycoolapp.com/auth",
        "--param",
        "siteAddress=me.instagram.com",
        "--name",
        "Bob's photos",
        "--tag",
        "team-a",
    ]);
    assert_eq!((ended.code, ended.stderr.as_str()), (Some(0), ""));
    assert_shown(
        &ended.stdout,
        str![[r##"
# 1. Ask where to send the user
: "${YOUR_MOMS_STATE:=$(head -c 24 /dev/urandom | base64 | tr '+/' '-_')}"
curl -X GET \
  -G \
  --data-urlencode 'apiKey=my-key' \
  --data-urlencode 'apiSecret='"$YOUR_MOMS_API_SECRET" \
  --data-urlencode 'siteAddress=me.instagram.com' \
  --data-urlencode 'callbackUrl=https://www.mycoolapp.com/auth' \
  --data-urlencode 'state='"$YOUR_MOMS_STATE" \
  -H 'accept: application/json' \
  'https://api.cloud-your_moms.com/your_moms/api-v2/your_moms/instagram/oauth/url'

# 2. Open the oauthUrl of the response in a browser. It ends up at an address with a code and the state of
#    step 1, which is to be compared. Set YOUR_MOMS_CODE to that code, decoded

# 3. Create the instance. The response has the token for every further request
in_json() { printf %s "$1" | awk '{ gsub(/["\\]/, "\\\\&"); gsub(/\t/, "\\t"); gsub(/\r/, "\\r"); printf "%s%s", br, $0; br = "\\n" }'; }
curl -X POST \
  -H 'accept: application/json' \
  -H 'authorization: User '"$YOUR_MOMS_USER_SECRET"', Organization '"$YOUR_MOMS_ORGANIZATION_SECRET" \
  -H 'content-type: application/json' \
  --data-binary '{"configuration":{"oauth.api.key":"my-key","oauth.api.secret":"'"$(in_json "$YOUR_MOMS_API_SECRET")"'","oauth.callback.url":"https://www.mycoolapp.com/auth"},"name":"Bob'\''s photos","providerData":{"code":"'"$(in_json "$YOUR_MOMS_CODE")"'"},"tags":["team-a"],"your_mom":{"key":"instagram"}}' \
  'https://api.cloud-your_moms.com/your_moms/api-v2/instances'

"##]],
    );
    ended.hides(["SENTINEL"]);
    assert!(!user.store().exists());
}

#[test]
fn connect_speaks_the_other_vocabulary() {
    let ended = User::new().run(&[
        "connect",
        "instagram",
        "--curl",
        "--post",
        "--vocabulary",
        "elements",
        "--base-url",
        "https://api.openconnectors.us2.ext.hana.ondemand.com/elements/api-v2",
    ]);
    assert_eq!((ended.code, ended.stderr.as_str()), (Some(0), ""));
    assert_shown(
        &ended.stdout,
        str![[r##"
# 1. Ask where to send the user
: "${YOUR_MOMS_STATE:=$(head -c 24 /dev/urandom | base64 | tr '+/' '-_')}"
in_json() { printf %s "$1" | awk '{ gsub(/["\\]/, "\\\\&"); gsub(/\t/, "\\t"); gsub(/\r/, "\\r"); printf "%s%s", br, $0; br = "\\n" }'; }
curl -X POST \
  -H 'accept: application/json' \
  -H 'authorization: User '"$YOUR_MOMS_USER_SECRET"', Organization '"$YOUR_MOMS_ORGANIZATION_SECRET" \
  -H 'content-type: application/json' \
  --data-binary '{"apiKey":"'"$(in_json "$YOUR_MOMS_API_KEY")"'","apiSecret":"'"$(in_json "$YOUR_MOMS_API_SECRET")"'","callbackUrl":"http://127.0.0.1/callback","state":"'"$(in_json "$YOUR_MOMS_STATE")"'"}' \
  'https://api.openconnectors.us2.ext.hana.ondemand.com/elements/api-v2/elements/instagram/oauth/url'

# 2. Open the oauthUrl of the response in a browser. It ends up at an address with a code and the state of
#    step 1, which is to be compared. Set YOUR_MOMS_CODE to that code, decoded

# 3. Create the instance. The response has the token for every further request
in_json() { printf %s "$1" | awk '{ gsub(/["\\]/, "\\\\&"); gsub(/\t/, "\\t"); gsub(/\r/, "\\r"); printf "%s%s", br, $0; br = "\\n" }'; }
curl -X POST \
  -H 'accept: application/json' \
  -H 'authorization: User '"$YOUR_MOMS_USER_SECRET"', Organization '"$YOUR_MOMS_ORGANIZATION_SECRET" \
  -H 'content-type: application/json' \
  --data-binary '{"configuration":{"oauth.api.key":"'"$(in_json "$YOUR_MOMS_API_KEY")"'","oauth.api.secret":"'"$(in_json "$YOUR_MOMS_API_SECRET")"'","oauth.callback.url":"http://127.0.0.1/callback"},"element":{"key":"instagram"},"name":"instagram","providerData":{"code":"'"$(in_json "$YOUR_MOMS_CODE")"'"}}' \
  'https://api.openconnectors.us2.ext.hana.ondemand.com/elements/api-v2/instances'

"##]],
    );
}

/// Header values from files are not shown, and neither is a body.
#[test]
fn call_leaves_a_body_in_its_file() {
    let user = User::ready();
    assert_eq!(user.run(&["connect", "servicenow", "--config", "username=me"]).code, Some(0));
    let file = user.file("it's a body.json", r#"{"password": "hunter2"}"#);
    let ended = user.run(&["call", "POST", "/hubs/helpdesk/incidents", "--data", &file, "--curl"]);
    assert_eq!((ended.code, ended.stderr.as_str()), (Some(0), ""));
    let line = format!("\n  --data-binary '{}' \\\n", file.replace('\'', r"'\''"));
    assert!(ended.stdout.contains(&line), "{}", ended.stdout);
    ended.hides(["hunter2"]);
    // What is no JSON is refused all the same.
    let file = user.file("body", "hunter2");
    assert_eq!(user.run(&["call", "POST", "/x", "--data", &file, "--curl"]).code, Some(2));
    let ended = user.run(&["call", "POST", "/x", "--data", "-", "--curl"]);
    assert_eq!(ended.code, Some(2), "standard input is empty: {ended:?}");
}

#[test]
fn call_and_delete_print_theirs() {
    let server = platform();
    let user = User::of(&server).with("YOUR_MOMS_CONFIG_PASSWORD", "pass");
    user.run(&["connect", "servicenow", "--base-url", &base_url(&server), "--config", "username=me"]);
    let sent = server.sandbox().journal().len();
    let bare = user.without("YOUR_MOMS_USER_SECRET").without("YOUR_MOMS_ORGANIZATION_SECRET");

    let at_platform = |ended: &Ended| ended.stdout.replace(&base_url(&server), "https://platform");
    let ended = bare.run(&[
        "call",
        "POST",
        "/hubs/helpdesk/incidents?where=a%3Db",
        "--data",
        "{\"name\": \"It's\"}",
        "--curl",
    ]);
    assert_eq!((ended.code, ended.stderr.as_str()), (Some(0), ""));
    assert_shown(
        &at_platform(&ended),
        str![[r#"
: "${YOUR_MOMS_INSTANCE_TOKEN:=$(your-moms instances show servicenow --token)}"
curl -X POST \
  -H 'accept: application/json' \
  -H 'authorization: User '"$YOUR_MOMS_USER_SECRET"', Organization '"$YOUR_MOMS_ORGANIZATION_SECRET"', Your_mom '"$YOUR_MOMS_INSTANCE_TOKEN" \
  -H 'content-type: application/json' \
  --data-binary '{"name": "It'\''s"}' \
  'https://platform/hubs/helpdesk/incidents?where=a%3Db'

"#]],
    );
    let ended = bare.run(&["instances", "remove", "servicenow", "--delete", "--curl"]);
    assert_eq!((ended.code, ended.stderr.as_str()), (Some(0), ""));
    assert_shown(
        &at_platform(&ended),
        str![[r#"
curl -X DELETE \
  -H 'accept: application/json' \
  -H 'authorization: User '"$YOUR_MOMS_USER_SECRET"', Organization '"$YOUR_MOMS_ORGANIZATION_SECRET" \
  'https://platform/instances/123'

"#]],
    );
    assert_eq!(server.sandbox().journal().len(), sent);
    assert!(bare.kept()["instances"]["servicenow"].is_object());
}

/// The source document's own command, with the state left to the person who sends it.
#[test]
fn the_documents_own_command_can_be_built() {
    let ended = User::new().run(&[
        "connect",
        "dropinstagram",
        "--curl",
        "--api-key",
        "fake_instagram_client_id",
        "--param",
        "siteAddress=yourinstagramsiteaddress.instagram.com",
        "--callback-url",
        "http://fake.oauth.callback/url",
        "--allow-http-callback",
    ]);
    assert_eq!((ended.code, ended.stderr.as_str()), (Some(0), ""));
    let (first, _) = ended.stdout.split_once("\n\n").unwrap();
    assert_shown(
        first,
        str![[r##"
# 1. Ask where to send the user
: "${YOUR_MOMS_STATE:=$(head -c 24 /dev/urandom | base64 | tr '+/' '-_')}"
curl -X GET \
  -G \
  --data-urlencode 'apiKey=fake_instagram_client_id' \
  --data-urlencode 'apiSecret='"$YOUR_MOMS_API_SECRET" \
  --data-urlencode 'siteAddress=yourinstagramsiteaddress.instagram.com' \
  --data-urlencode 'callbackUrl=http://fake.oauth.callback/url' \
  --data-urlencode 'state='"$YOUR_MOMS_STATE" \
  -H 'accept: application/json' \
  'https://api.cloud-your_moms.com/your_moms/api-v2/your_moms/dropinstagram/oauth/url'
"##]],
    );
}

/// What a secret may have in it that means something to a shell, to JSON or to a URL.
const SECRETS: [&str; 6] =
    [r#"quo"te"#, r"back\slash\", "two\nlines\twith tabs", "$HOME `id` 'q' !1", "a&b=c+d%41é/?#", "@-"];

/// The shells of this machine that a user may paste into.
fn shells() -> Vec<&'static str> {
    let is_there = |shell: &&str| {
        Command::new(shell).args(["-c", "curl -V"]).output().is_ok_and(|it| it.status.success())
    };
    ["sh", "dash", "bash", "zsh", "busybox"].into_iter().filter(is_there).collect()
}

/// Runs `script` in `shell` as `user`, and returns what it printed.
fn pasted(user: &User, shell: &str, script: &str, variables: &[(&str, &str)]) -> String {
    let mut command = Command::new(shell);
    user.equip(&mut command).args(["-e", "-c", script]).envs(variables.iter().copied()).env("NO_PROXY", "*");
    let ended = Ended::from(command.output().unwrap());
    assert_eq!(ended.code, Some(0), "{shell}: {ended:?}\n{script}");
    ended.stdout
}

#[test]
fn a_body_takes_any_secret() {
    let server = platform();
    let user = User::of(&server);
    let url = base_url(&server);
    let arguments = ["connect", "servicenow", "--curl", "--config", "username=me", "--base-url", &url];
    let script = user.run(&arguments).stdout;
    for shell in shells() {
        for secret in SECRETS {
            let made = pasted(&user, shell, &script, &[("YOUR_MOMS_CONFIG_PASSWORD", secret)]);
            let made: Value = serde_json::from_str(&made).unwrap();
            assert_eq!(made["configuration"]["password"], secret, "{shell}");
        }
    }
}

/// A server that responds to one request, and what it was asked for: the target and the body.
fn one_request() -> (String, JoinHandle<(String, String)>) {
    let socket = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/your_moms/api-v2", socket.local_addr().unwrap());
    let read = thread::spawn(move || {
        let (mut stream, _) = socket.accept().unwrap();
        let mut request = Vec::new();
        let (head, body) = loop {
            let mut piece = [0; 4096];
            let length = stream.read(&mut piece).unwrap();
            assert!(length > 0);
            request.extend_from_slice(piece.get(..length).unwrap_or_default());
            let text = String::from_utf8_lossy(&request).into_owned();
            let Some((head, body)) = text.split_once("\r\n\r\n") else { continue };
            let expected = head.lines().find_map(|line| line.strip_prefix("Content-Length: "));
            if body.len() >= expected.map_or(0, |length| length.parse().unwrap()) {
                break (head.to_owned(), body.to_owned());
            }
        };
        stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\nconnection: close\r\n\r\n{}").unwrap();
        (head.split(' ').nth(1).unwrap().to_owned(), body)
    });
    (url, read)
}

fn decoded(target: &str) -> String {
    percent_encoding::percent_decode_str(&target.replace('+', " ")).decode_utf8().unwrap().into_owned()
}

/// Wherever a secret stands on the command line of `call`, a variable stands for it in the command that is shown; what is
/// sent is the same.
#[test]
fn a_call_shows_no_secret_and_sends_it() {
    let server = platform();
    let user = User::of(&server).with("YOUR_MOMS_CONFIG_PASSWORD", "pass");
    user.run(&["connect", "servicenow", "--config", "username=me", "--base-url", &base_url(&server)]);
    let token = user.run(&["instances", "show", "servicenow", "--token"]).stdout.trim_end().to_owned();
    let known = server.sandbox().credentials().clone();
    let encoded = |text: &str| {
        percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string()
    };
    let path = format!(
        "/hubs/{}/{}?page=2&accessToken=SENTINEL&where={}",
        encoded(&token),
        encoded(&known.organization_secret),
        encoded(&format!("user='{}'", known.user_secret)),
    );
    let data = format!(r#"{{"n": 1.50, "note": "it's \"so\"", "is": "<{token}>"}}"#);
    for arguments in [vec!["GET", &path], vec!["POST", &path, "--data", &data]] {
        let ended = user.run(&[&["call", "--curl"], &arguments[..]].concat());
        assert_eq!((ended.code, ended.stderr.as_str()), (Some(0), ""));
        ended
            .hides([&token, &known.user_secret, &known.organization_secret, "SENTINEL"].map(|it| it as &str));
        for secret in [&token, &known.user_secret, &known.organization_secret] {
            assert!(!ended.stdout.contains(&encoded(secret)), "{ended:?}");
        }
        for shell in shells() {
            // Nothing is sent without the value.
            let mut command = Command::new(shell);
            user.equip(&mut command)
                .args(["-e", "-c", &ended.stdout])
                .env("YOUR_MOMS_INSTANCE_TOKEN", &token);
            let refused = Ended::from(command.output().unwrap());
            assert!(refused.code != Some(0) && refused.stdout.is_empty(), "{shell}: {refused:?}");
            assert!(
                refused.stderr.contains("YOUR_MOMS_CONFIG_ACCESSTOKEN: is to be set: its value"),
                "{shell}: {refused:?}"
            );
            for secret in SECRETS {
                let (url, request) = one_request();
                let script = ended.stdout.replace(&base_url(&server), &url);
                let variables =
                    [("YOUR_MOMS_INSTANCE_TOKEN", &*token), ("YOUR_MOMS_CONFIG_ACCESSTOKEN", secret)];
                pasted(&user, shell, &script, &variables);
                let (target, body) = request.join().unwrap();
                let (sent, query) = target.split_once('?').unwrap();
                assert_eq!(
                    decoded(sent),
                    format!("/your_moms/api-v2/hubs/{token}/{}", known.organization_secret),
                    "{shell}"
                );
                let query: Vec<_> = form_urlencoded::parse(query.as_bytes()).into_owned().collect();
                let condition = format!("user='{}'", known.user_secret);
                let expected = [("page", "2"), ("accessToken", secret), ("where", &condition)]
                    .map(|(name, value)| (name.to_owned(), value.to_owned()));
                assert_eq!(query, expected, "{shell}");
                assert_eq!(body, if arguments[0] == "POST" { &data } else { "" }, "{shell}");
            }
        }
    }
}

/// A store that is named is named again, where the token comes from.
#[test]
fn a_call_gets_the_token_from_the_same_store() {
    let server = platform();
    let user = User::of(&server).with("YOUR_MOMS_CONFIG_PASSWORD", "pass");
    let store = user.directory.path().join("it's a store.json");
    let store = store.to_str().unwrap();
    let url = base_url(&server);
    user.run(&["connect", "servicenow", "--config", "username=me", "--base-url", &url, "--store", store]);
    let script = user.run(&["call", "GET", "/ping", "--curl", "--store", store]).stdout;
    let program = std::path::Path::new(env!("CARGO_BIN_EXE_your-moms")).parent().unwrap();
    let path = format!("{}:{}", program.display(), std::env::var("PATH").unwrap());
    for shell in shells() {
        let pong: Value = serde_json::from_str(&pasted(&user, shell, &script, &[("PATH", &path)])).unwrap();
        assert_eq!(pong["endpoint"], "servicenow", "{shell}: {pong}");
    }
}

/// An interactive zsh takes `#` for a command: nothing in such a line may open what the next line has to close.
#[test]
fn comments_are_harmless_where_they_are_commands() {
    for connector in ["instagram", "etsy", "servicenow", "nosuch"] {
        let printed = User::new().run(&["connect", connector, "--curl"]).stdout;
        for line in printed.lines().filter(|line| line.starts_with('#')) {
            assert!(
                !line.contains(['\'', '"', '`', '(', ')', ';', '&', '|', '<', '>', '*', '?', '=']),
                "{line}"
            );
        }
    }
}
