//! `call`: the body whatever the status, headers either way, pages, and what is told of a request.

use std::process::Command;

use serde_json::{Value, json};
use snapbox::str;
use your_moms_sandbox::{Call, Fault, Server};

use crate::platform::responding;
use crate::support::{Ended, User, assert_shown, base_url, platform, secrets};

/// A user with an instance of the basic connector, for which no browser is needed.
fn connected(server: &Server) -> User {
    let user = User::of(server).with("YOUR_MOMS_CONFIG_PASSWORD", "password");
    let url = base_url(server);
    let ended = user.run(&["connect", "servicenow", "--base-url", &url, "--config", "username=me"]);
    assert_eq!(ended.code, Some(0), "{ended:?}");
    user
}

fn token(user: &User) -> String {
    user.run(&["instances", "show", "servicenow", "--token"]).stdout.trim_end().to_owned()
}

#[test]
fn the_body_is_printed_whatever_the_status() {
    let server = platform();
    let user = connected(&server);
    let ended = user.run(&["call", "GET", "/hubs/helpdesk/incidents/none"]);
    assert_eq!(ended.code, Some(4));
    let body: Value = serde_json::from_str(&ended.stdout).unwrap();
    assert!(body["message"].is_string(), "{body}");
    assert!(ended.stderr.starts_with("error: the call did not succeed: status 404 Not Found\n"), "{ended:?}");

    let ended = user.run(&["call", "GET", "/hubs/helpdesk/incidents/none", "--json"]);
    assert_eq!(ended.code, Some(4));
    let body: Value = serde_json::from_str(&ended.stdout).unwrap();
    let error: Value = serde_json::from_str(&ended.stderr).unwrap();
    assert_eq!(
        error,
        json!({
            "class": "not-found", "status": 404, "request_id": body["requestId"],
            "message": "the call did not succeed: status 404 Not Found", "details": error["details"],
            "fix": "check the key, the path and the number",
        })
    );
}

/// Whatever a platform says no with: the body and the head are the caller's, the exit code is 4, and the error has its parts.
#[test]
fn every_status_that_says_no_ends_with_the_same_code() {
    let server = platform();
    let user = connected(&server);
    let kept = user.kept();
    for (status, class) in [
        ("300 Multiple Choices", "redirected"),
        ("307 Temporary Redirect", "redirected"),
        ("400 Bad Request", "refused"),
        ("401 Unauthorized", "unauthorized"),
        ("403 Forbidden", "forbidden"),
        ("404 Not Found", "not-found"),
        ("405 Method Not Allowed", "refused"),
        ("408 Request Timeout", "timed-out"),
        ("409 Conflict", "conflict"),
        ("410 Gone", "not-found"),
        ("429 Too Many Requests", "rate-limited"),
        ("500 Internal Server Error", "failed"),
        ("502 Bad Gateway", "unavailable"),
        ("504 Gateway Timeout", "timed-out"),
    ] {
        let body = r#"{"message": "it says no", "requestId": "0af7651916cd43dd8448eb21"}"#;
        let url = responding(status, body.to_owned());
        let mut kept = kept.clone();
        *kept.pointer_mut("/instances/servicenow/base_url").unwrap() = url.clone().into();
        std::fs::write(user.store(), kept.to_string()).unwrap();
        // What changes something is not sent again by itself.
        let arguments = ["call", "PATCH", "/hubs/x", "--data", "{}", "-i", "--json"];
        let ended = user.run(&arguments);
        assert_eq!(ended.code, Some(4), "{status}: {ended:?}");
        let (head, printed) = ended.stdout.split_once("\n\n").unwrap();
        assert_eq!(
            (head.lines().next().unwrap(), printed),
            (&*format!("HTTP {status}"), &*format!("{body}\n"))
        );
        let error: Value = serde_json::from_str(ended.stderr.lines().last().unwrap()).unwrap();
        let number: u16 = status.get(..3).unwrap().parse().unwrap();
        assert_eq!((&error["class"], &error["status"]), (&class.into(), &number.into()), "{error}");
        assert!(
            error["message"].as_str().unwrap().starts_with("the call did not succeed: status "),
            "{error}"
        );
        assert!(error["fix"].is_string(), "{error}");
        let tried = format!("tried: PATCH {url}/hubs/x");
        assert_eq!(error["details"].as_array().unwrap().last().unwrap(), &tried, "{error}");
        if class != "redirected" {
            assert_eq!(error["request_id"], "0af7651916cd43dd8448eb21", "{error}");
            assert_eq!(error["details"][0], "the platform says: it says no", "{error}");
        }
    }
    // A page of a list is a response like any other.
    let mut kept = kept;
    *kept.pointer_mut("/instances/servicenow/base_url").unwrap() =
        responding("400 Bad Request", "no".to_owned()).into();
    std::fs::write(user.store(), kept.to_string()).unwrap();
    let ended = user.run(&["call", "GET", "/hubs/x", "--paginate"]);
    assert_eq!((ended.code, ended.stdout.as_str()), (Some(4), "no\n"));
}

#[test]
fn headers_go_and_come() {
    let server = platform();
    let user = connected(&server);
    let secret = user.file("secret", "SENTINEL\n");
    let ended = user.run(&[
        "call",
        "GET",
        "/ping",
        "-i",
        "-H",
        "X-Note: a: b",
        "-H",
        &format!("X-Token: {secret}"),
        "--verbose",
    ]);
    assert_eq!(ended.code, Some(0), "{ended:?}");
    let (head, body) = ended.stdout.split_once("\n\n").unwrap();
    assert_eq!(head.lines().next(), Some("HTTP 200 OK"));
    assert!(head.lines().any(|line| line.starts_with("content-type: application/json")), "{head}");
    assert!(serde_json::from_str::<Value>(body).unwrap()["endpoint"].is_string());
    assert!(ended.stderr.contains("x-note, x-token"), "{ended:?}");
    ended.hides(["SENTINEL"]);

    for (header, error) in [
        ("X-Note", "error: --header takes NAME: VALUE\n"),
        ("X-Token: SENTINEL", "error: --header X-Token does not take a secret itself\n"),
        ("Cookie:SENTINEL", "error: --header Cookie does not take a secret itself\n"),
        ("x-api-key : SENTINEL", "error: --header x-api-key does not take a secret itself\n"),
    ] {
        let ended = user.run(&["call", "GET", "/ping", "-H", header]);
        assert_eq!(ended.code, Some(2));
        assert!(ended.stderr.starts_with(error), "{ended:?}");
        ended.hides(["SENTINEL"]);
    }
}

#[test]
fn a_list_is_followed_to_its_end() {
    let server = platform();
    let user = connected(&server);
    let one: Value =
        serde_json::from_str(&user.run(&["call", "GET", "/hubs/helpdesk/incidents"]).stdout).unwrap();
    let before = server.sandbox().journal().len();
    let ended = user.run(&["call", "GET", "/hubs/helpdesk/incidents?pageSize=1", "--paginate"]);
    assert_eq!((ended.code, ended.stderr.as_str()), (Some(0), ""));
    let all: Value = serde_json::from_str(&ended.stdout).unwrap();
    assert_eq!(all, one);
    let what_is_no_list = user.run(&["call", "GET", "/ping", "--paginate"]);
    assert_eq!(what_is_no_list.code, Some(1));
    let body: Value = serde_json::from_str(&what_is_no_list.stdout).unwrap();
    assert_eq!(body["endpoint"], "servicenow");
    let help = "  help: is this a list? Leave --paginate out if it is not\n";
    assert!(what_is_no_list.stderr.ends_with(help), "{what_is_no_list:?}");
    let pages = server.sandbox().journal().len() - before;
    assert!(pages >= one.as_array().unwrap().len(), "{pages}");
}

#[test]
fn verbose_tells_of_every_attempt_without_secrets() {
    let server = platform();
    let user = connected(&server);
    server.sandbox().fail_next(Call::Resource, "status-503".parse::<Fault>().unwrap());
    let ended = user.run(&["call", "GET", "/hubs/helpdesk/incidents?where=title%3D'SENTINEL'", "--verbose"]);
    let lines: Vec<_> = ended.stderr.lines().collect();
    let address = format!(
        "GET {}/hubs/helpdesk/incidents?where headers[accept, authorization, user-agent] 0 bytes",
        base_url(&server)
    );
    assert!(lines[0].ends_with(&format!(" s > {address}, attempt 1 of instance-request")), "{ended:?}");
    assert!(
        lines[1].contains(" s < 503 Service Unavailable headers[") && lines[1].ends_with(" s"),
        "{ended:?}"
    );
    assert!(lines[2].trim_start().starts_with("trying again in 0."), "{ended:?}");
    assert!(lines[3].ends_with(&format!(" s > {address}, attempt 2 of instance-request")), "{ended:?}");
    assert!(lines[4].contains(" s < "), "{ended:?}");
    ended.hides(secrets(&server).iter().map(String::as_str));
    let token = token(&user);
    for hidden in ["SENTINEL", &token] {
        assert!(!ended.stderr.contains(hidden), "{ended:?}");
    }
}

#[test]
fn a_401_says_which_of_the_two_is_refused() {
    let server = platform();
    let user = connected(&server);
    let said = |ended: &Ended| ended.stderr.lines().last().unwrap().to_owned();
    let wrong = connected(&server).with("YOUR_MOMS_USER_SECRET", "wrong");
    let ended = wrong.run(&["call", "GET", "/ping"]);
    assert_eq!(ended.code, Some(4));
    assert_eq!(
        said(&ended),
        "  help: the secrets are not accepted, with or without the instance's token: check the user secret and the \
         organization secret"
    );
    let mut kept = user.kept();
    *kept.pointer_mut("/instances/servicenow/instance/instance/token").unwrap() = "gone".into();
    std::fs::write(user.store(), kept.to_string()).unwrap();
    let (url, text) = (
        base_url(&server),
        "  help: the two secrets are accepted, so it is the instance's token that is not: was the instance deleted? \
         Connect again: your-moms connect servicenow",
    );
    let ended = user.run(&["call", "GET", "/ping"]);
    assert_eq!((ended.code, said(&ended)), (Some(4), format!("{text} --base-url {url}")));
    let ended = user.with("YOUR_MOMS_BASE_URL", &url).run(&["call", "GET", "/ping"]);
    assert_eq!((ended.code, said(&ended)), (Some(4), text.to_owned()));
}

/// A shell sends what `--curl` prints, with the variables that the program itself reads.
#[test]
fn what_curl_prints_can_be_pasted() {
    if Command::new("curl").arg("--version").output().is_err() {
        return;
    }
    let server = platform();
    let user = connected(&server);
    let shell = |user: &User, script: &str, variables: &[(&str, &str)]| {
        let mut command = Command::new("sh");
        user.equip(&mut command).args(["-e", "-c", script]).envs(variables.iter().copied());
        command.env("NO_PROXY", "*");
        let ended = Ended::from(command.output().unwrap());
        assert_eq!(ended.code, Some(0), "{ended:?}");
        serde_json::from_str::<Value>(&ended.stdout).unwrap()
    };
    let printed = |arguments: &[&str]| {
        let ended = user.run(arguments);
        assert_eq!((ended.code, ended.stderr.as_str()), (Some(0), ""));
        ended.hides(secrets(&server).iter().map(String::as_str));
        ended.stdout
    };
    let step = |text: &str, number: usize| {
        text.split("\n\n").find(|step| step.starts_with(&format!("# {number}. "))).unwrap().to_owned()
    };
    let url = base_url(&server);

    // A call, whose token a command of the program provides; here the test does.
    let body = r#"{"title": "It's \"1.50\"", "n": 12345678901234567890}"#;
    let script = printed(&["call", "POST", "/hubs/helpdesk/incidents", "--data", body, "--curl"]);
    let token = token(&user);
    let made = shell(&user, &script, &[("YOUR_MOMS_INSTANCE_TOKEN", &token)]);
    assert_eq!(made["title"], "It's \"1.50\"");

    // A connector without OAuth.
    let script = printed(&[
        "connect",
        "servicenow",
        "--curl",
        "--base-url",
        &url,
        "--config",
        "username=me",
        "--name",
        "It's",
    ]);
    assert!(!script.contains("oauth"), "{script}");
    let made = shell(&user, &script, &[]);
    assert_eq!((&made["name"], &made["configuration"]["username"]), (&json!("It's"), &json!("me")));

    // With OAuth 2.0, in both forms and vocabularies.
    for (post, noun) in [(false, your_moms_sandbox::Noun::YourMom), (true, your_moms_sandbox::Noun::Element)]
    {
        let url = server.base_url(noun);
        let mut arguments = vec!["connect", "instagram", "--curl", "--base-url", &url];
        arguments.extend(post.then_some("--post"));
        let script = printed(&arguments);
        let link = shell(&user, &step(&script, 1), &[])["oauthUrl"].as_str().unwrap().to_owned();
        let code = crate::support::parameter(&crate::support::allow(&server, &link), "code");
        let made = shell(&user, &step(&script, 3), &[("YOUR_MOMS_CODE", &code)]);
        assert!(made["token"].is_string(), "{made}");
    }

    // With OAuth 1.0a.
    let etsy = server.sandbox().client("etsy").unwrap().clone();
    let user = User::of(&server)
        .with("YOUR_MOMS_API_KEY", &etsy.api_key)
        .with("YOUR_MOMS_API_SECRET", &etsy.api_secret);
    let script = user.run(&["connect", "etsy", "--curl", "--base-url", &url]).stdout;
    let request = shell(&user, &step(&script, 1), &[]);
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let (token, secret) = (text(&request["token"]), text(&request["secret"]));
    let mut variables =
        vec![("YOUR_MOMS_REQUEST_TOKEN", token.as_str()), ("YOUR_MOMS_REQUEST_TOKEN_SECRET", &secret)];
    let link = text(&shell(&user, &step(&script, 2), &variables)["oauthUrl"]);
    let verifier = crate::support::parameter(&crate::support::allow(&server, &link), "oauth_verifier");
    variables.push(("YOUR_MOMS_VERIFIER", &verifier));
    let made = shell(&user, &step(&script, 4), &variables);
    assert!(made["token"].is_string(), "{made}");
}

#[test]
fn a_header_that_is_secret_becomes_a_variable() {
    let server = platform();
    let user = connected(&server);
    let secret = user.file("secret", "SENTINEL\n");
    let ended = user.run(&[
        "call",
        "GET",
        "/ping",
        "-H",
        &format!("X-Token: {secret}"),
        "-H",
        "X-Note: it's",
        "--curl",
    ]);
    assert_eq!((ended.code, ended.stderr.as_str()), (Some(0), ""));
    assert_shown(
        &ended.stdout.replace(&base_url(&server), "https://platform"),
        str![[r#"
: "${YOUR_MOMS_INSTANCE_TOKEN:=$(your-moms instances show servicenow --token)}"
: "${YOUR_MOMS_CONFIG_X_TOKEN:?is to be set: its value is not shown here}"
curl -X GET \
  -H 'accept: application/json' \
  -H 'authorization: User '"$YOUR_MOMS_USER_SECRET"', Organization '"$YOUR_MOMS_ORGANIZATION_SECRET"', Your_mom '"$YOUR_MOMS_INSTANCE_TOKEN" \
  -H 'x-token: '"$YOUR_MOMS_CONFIG_X_TOKEN" \
  -H 'x-note: it'\''s' \
  'https://platform/ping'

"#]],
    );
}
