//! `check`: the diagnosis as a person sees it.

use serde_json::{Value, json};
use snapbox::str;

use crate::support::{Ended, Running, User, assert_shown};

fn check(text: &str, arguments: &[&str]) -> Ended {
    let user = User::new();
    user.file("instance.json", text);
    let mut command = user.command(&["check", "instance.json"]);
    Ended::from(command.args(arguments).current_dir(user.directory.path()).output().unwrap())
}

#[test]
fn a_mistake_is_shown_where_it_is_with_message_and_help() {
    let ended =
        check("{\n  \"your_mom\": {\n    \"key\": \"instagram\"\n  }\n  \"name\": \"Photos\"\n}\n", &[]);
    assert_eq!((ended.code, ended.stderr.as_str()), (Some(1), "error: instance.json has a mistake\n"));
    assert_shown(
        &ended.stdout,
        str![[r#"
error: a comma is missing before what follows
 --> instance.json:4:4
  |
4 |   }
  |    ^
  |
  = help: write `,` here

"#]],
    );
}

#[test]
fn secrets_on_the_shown_lines_are_veiled() {
    let text = "{\n  \"your_mom\": {\"key\": \"instagram\"},\n  \"providerData\": {\"code\": \"SENTINEL-code\"},\n  \"configuration\": {\n    \
                \"oauth.api.secret\": \"SENTINEL-1\n    SENTINEL-2\"\n  }\n}\n";
    let ended = check(text, &[]);
    assert_eq!(ended.code, Some(1));
    assert_shown(
        &ended.stdout,
        str![[r#"
error: the line ends inside this string
 --> instance.json:5:25
  |
5 |     "oauth.api.secret": "***
  |                         ^^^^
  |
  = help: close the string with `"` before the end of the line; if the text goes on, join the lines, or write `\n` for a line break in it

"#]],
    );
    ended.hides(["SENTINEL"]);
}

#[test]
fn every_mistake_of_the_content_is_shown() {
    let text = "{\n  \"your_mom\": {\"key\": \"dropinstagram\"},\n  \"configuration\": {\n    \"oauth.api.secret\": \
                \"<INSERT_INSTAGRAM_CLIENT_SECRET>\",\n    \"oauth.callback.url\": \"https://other.example/auth\"\n  }\n}\n";
    let ended = check(text, &["--key", "instagram", "--callback-url", "https://www.mycoolapp.com/auth"]);
    assert_eq!((ended.code, ended.stderr.as_str()), (Some(1), "error: instance.json has 3 mistakes\n"));
    assert_shown(
        &ended.stdout,
        str![[r#"
error: the connector's key is not the one in the path of the first step
 --> instance.json:2:23
  |
2 |   "your_mom": {"key": "dropinstagram"},
  |                       ^^^^^^^^^^^^^^^
  |
  = help: write `instagram`, or request the OAuth URL of this connector
error: this is a placeholder
 --> instance.json:4:25
  |
4 |     "oauth.api.secret": "<INSERT_INSTAGRAM_CLIENT_SECRET>",
  |                         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  |
  = help: put your own value in its place
error: the callback URL is not the one of the first step
 --> instance.json:5:27
  |
5 |     "oauth.callback.url": "https://other.example/auth"
  |                           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  |
  = help: write `https://www.mycoolapp.com/auth`, exactly

"#]],
    );
}

#[test]
fn json_lists_the_diagnostics() {
    let ended = check("{\n  \"parameters\": [\n}\n", &["--json"]);
    assert_eq!(
        (ended.code, ended.stderr.as_str()),
        (
            Some(1),
            "{\"class\":\"program\",\"details\":[],\"fix\":null,\"message\":\"instance.json has a mistake\",\"request_id\":null,\"status\":null}\n"
        )
    );
    assert_eq!(
        serde_json::from_str::<Value>(&ended.stdout).unwrap(),
        json!({
            "file": "instance.json",
            "document": null,
            "diagnostics": [{
                "kind": "never-closed", "line": 2, "column": 17,
                "span": {"bytes": [18, 19], "start": {"line": 2, "column": 17}, "end": {"line": 2, "column": 18}},
                "message": "this `[` is never closed", "help": "write `]` where it ends",
                "edit": {
                    "span": {"bytes": [19, 19], "start": {"line": 2, "column": 18}, "end": {"line": 2, "column": 18}},
                    "replacement": "]",
                },
            }],
        })
    );
}

#[test]
fn what_has_no_mistakes_is_named() {
    let create = "{\"your_mom\": {\"key\": \"instagram\"}}";
    let ended = check(create, &[]);
    let said = "instance.json has no mistakes. It is what `POST /instances` takes.\n";
    assert_eq!(ended, Ended { code: Some(0), stdout: said.to_owned(), stderr: String::new() });

    let instance = "{\"id\": 1, \"token\": \"SENTINEL\", \"your_mom\": {\"key\": \"instagram\"}}";
    let ended = check(instance, &["--json"]);
    let said = "{\"file\":\"instance.json\",\"document\":\"instance\",\"diagnostics\":[]}\n";
    assert_eq!(ended, Ended { code: Some(0), stdout: said.to_owned(), stderr: String::new() });
}

#[test]
fn standard_input_can_be_checked() {
    use std::io::Write as _;
    let user = User::new();
    let mut command = user.command(&["check", "-"]);
    let mut running = Running::of(command.stdin(std::process::Stdio::piped()).spawn().unwrap());
    running.child.stdin.take().unwrap().write_all(b"{").unwrap();
    let ended = running.end();
    assert_eq!((ended.code, ended.stderr.as_str()), (Some(1), "error: standard input has a mistake\n"));
    assert_shown(
        &ended.stdout,
        str![[r#"
error: this `{` is never closed
 --> standard input:1:1
  |
1 | {
  | ^
  |
  = help: write `}` where it ends

"#]],
    );
}

#[test]
fn a_file_that_cannot_be_read_is_named() {
    let ended = User::new().run(&["check", "/nowhere/instance.json"]);
    assert_eq!(ended.code, Some(1));
    assert_eq!(
        ended.stderr,
        "error: /nowhere/instance.json cannot be read\n  caused by: No such file or directory (os error 2)\n"
    );
}

#[test]
fn secrets_are_hidden_and_the_rest_of_the_line_is_readable() {
    let text = "curl -u me:SENTINEL-1 -H 'Authorization: User SENTINEL-2, Organization SENTINEL-3' -H 'Cookie: s=SENTINEL-4' \
                'https://api.example/v2/your_moms/x/oauth/url?apiSecret=SENTINEL-5&callbackUrl=https://app.example/auth'\n";
    let ended = check(text, &[]);
    assert_eq!(ended.code, Some(1));
    assert_shown(
        &ended.stdout,
        str![[r#"
error: the `callbackUrl` is not percent-encoded
 --> instance.json:1:189
  |
1 | ...e/v2/your_moms/x/oauth/url?apiSecret=***&callbackUrl=https://app.example/auth'
  |                                                         ^^^^^^^^^^^^^^^^^^^^^^^^
  |
  = help: write `https%3A%2F%2Fapp.example%2Fauth`

"#]],
    );
    ended.hides(["SENTINEL"]);
}

#[test]
fn a_vocabulary_can_be_expected() {
    let text = "{\"element\": {\"key\": \"instagram\"}}";
    assert_eq!(check(text, &["--vocabulary", "elements"]).code, Some(0));
    let ended = check(text, &["--vocabulary", "your_moms"]);
    assert_eq!((ended.code, ended.stderr.as_str()), (Some(1), "error: instance.json has a mistake\n"));
}

#[test]
fn mistakes_are_fixed_in_the_file() {
    let user = User::new();
    let text = "{\n  \"your_mom\": {\n    \"kye\": \"instagram\",\n  },\n  \"providerData\": {\"code\": \"SENTINEL#_\"},\n  \
                \"name\": “Photos”\n}\n";
    user.file("instance.json", text);
    let run = |arguments: &[&str]| {
        let mut command = user.command(&["check", "--fix", "instance.json"]);
        Ended::from(command.args(arguments).current_dir(user.directory.path()).output().unwrap())
    };
    let read = || std::fs::read_to_string(user.directory.path().join("instance.json")).unwrap();

    let ended = run(&[]);
    assert_eq!(ended.code, Some(2));
    assert_eq!(read(), text);

    let ended = run(&["--yes"]);
    assert_eq!((ended.code, ended.stderr.as_str()), (Some(0), ""));
    assert_shown(
        &ended.stdout,
        str![[r#"
--- instance.json
+++ instance.json, fixed
@@ line 3 @@
-    "kye": "instagram",
+    "key": "instagram"
@@ line 5 @@
-  "providerData": {"code": "***"},
-  "name": “Photos”
+  "providerData": {"code": "***"},
+  "name": "Photos"
instance.json has no mistakes. It is what `POST /instances` takes.

"#]],
    );
    assert_eq!(
        read(),
        "{\n  \"your_mom\": {\n    \"key\": \"instagram\"\n  },\n  \"providerData\": {\"code\": \"SENTINEL\"},\n  \"name\": \"Photos\"\n}\n"
    );
    ended.hides(["SENTINEL"]);
}

#[test]
fn what_cannot_be_fixed_is_shown_after_the_fix() {
    let user = User::new();
    user.file("instance.json", "{\"your_mom\": {\"key\": \"instagram\"}, \"name\": \"<INSERT_NAME>\",}");
    let mut command = user.command(&["check", "--fix", "--yes", "instance.json"]);
    let ended = Ended::from(command.current_dir(user.directory.path()).output().unwrap());
    assert_eq!((ended.code, ended.stderr.as_str()), (Some(1), "error: instance.json has a mistake\n"));
    assert_shown(
        &ended.stdout,
        str![[r#"
--- instance.json
+++ instance.json, fixed
@@ line 1 @@
-{"your_mom": {"key": "instagram"}, "name": "<INSERT_NAME>",}
+{"your_mom": {"key": "instagram"}, "name": "<INSERT_NAME>"}
error: this is a placeholder
 --> instance.json:1:44
  |
1 | {"your_mom": {"key": "instagram"}, "name": "<INSERT_NAME>"}
  |                                            ^^^^^^^^^^^^^^^
  |
  = help: put your own value in its place

"#]],
    );
}
