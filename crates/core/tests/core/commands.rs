//! A request as a curl command: each kind compared as a whole.

use your_moms_core::{InstanceRequest, InstanceToken, Operation as _, curl};

use crate::support::platform;

const AUTHORIZATION: &str = r#"-H 'authorization: User '"$YOUR_MOMS_USER_SECRET"', Organization '"$YOUR_MOMS_ORGANIZATION_SECRET"', Your_mom '"$YOUR_MOMS_INSTANCE_TOKEN""#;

#[track_caller]
fn is_shown_as(request: &InstanceRequest, lines: &[&str]) {
    assert_eq!(curl(&request.request(&platform()).unwrap()), lines.join(" \\\n  "));
}

#[test]
fn without_a_body_the_query_is_curls_to_encode() {
    let token = InstanceToken::from("token");
    let accept = "-H 'accept: application/json'";
    let get = InstanceRequest::get("/x", &token);
    is_shown_as(&get, &["curl -X GET", accept, AUTHORIZATION, "'https://api.example/x'"]);
    let query = get.query("pageSize", "a b").query("apiKey", "k").query("a-b", "x");
    let lines = [
        "curl -X GET",
        "-G",
        "--data-urlencode 'pageSize=a b'",
        r#"--data-urlencode 'apiKey='"$YOUR_MOMS_API_KEY""#,
        r#"--data-urlencode 'a-b='"$YOUR_MOMS_A_B""#,
        accept,
        AUTHORIZATION,
        "'https://api.example/x'",
    ];
    is_shown_as(&query, &lines);
}

#[test]
fn with_a_body_the_query_stays_in_the_url() {
    let token = InstanceToken::from("token");
    let body =
        serde_json::json!({"deep": {"none": null, "on": true}, "n": 1, "name": "it's", "tags": ["a", "b"]});
    let post = InstanceRequest::post("/x", &token)
        .query("page", "1 2")
        .query("secret", "s")
        .json_body(&body)
        .header("x-more", "1");
    let lines = [
        "curl -X POST",
        "-H 'accept: application/json'",
        AUTHORIZATION,
        "-H 'content-type: application/json'",
        r#"-H 'x-more: '"$YOUR_MOMS_X_MORE""#,
        r#"--data-binary '{"deep":{"none":null,"on":true},"n":'"$YOUR_MOMS_N"',"name":"it'\''s","tags":["a","b"]}'"#,
        r#"'https://api.example/x?page=1%202&secret='"$YOUR_MOMS_SECRET""#,
    ];
    is_shown_as(&post, &lines);
    let upload = InstanceRequest::put("/x", &token).body("text/csv", "a,b");
    let lines = [
        "curl -X PUT",
        "-H 'accept: application/json'",
        AUTHORIZATION,
        "-H 'content-type: text/csv'",
        r#"--data-binary "$YOUR_MOMS_BODY""#,
        "'https://api.example/x'",
    ];
    is_shown_as(&upload, &lines);
}

#[test]
fn of_a_body_only_what_is_known_to_be_no_secret_is_shown() {
    let token = InstanceToken::from("token");
    let body = serde_json::json!({
        "apiKey": "k",
        "configuration": {"oauth.api.key": "k", "oauth.api.secret": "s"},
        "element": {"key": "dropbox", "secret": "s"},
        "user": {"key": "k"},
    });
    let command = |path: &str, api_key: &str| {
        let post = InstanceRequest::post(path, &token).json_body(&body);
        let data = format!(
            "{}{api_key}{}",
            r#"--data-binary '{"apiKey":"#,
            r#","configuration":{"oauth.api.key":"k","oauth.api.secret":"'"$YOUR_MOMS_OAUTH_API_SECRET"'"},"element":{"key":"dropbox","secret":"'"$YOUR_MOMS_SECRET"'"},"user":{"key":"'"$YOUR_MOMS_KEY"'"}}'"#
        );
        let lines = [
            "curl -X POST",
            "-H 'accept: application/json'",
            AUTHORIZATION,
            "-H 'content-type: application/json'",
            &data,
            &format!("'https://api.example{path}'"),
        ];
        is_shown_as(&post, &lines);
    };
    command("/instances", r#""'"$YOUR_MOMS_API_KEY"'""#);
    command("/elements/dropbox/oauth/url", r#""k""#);
}
