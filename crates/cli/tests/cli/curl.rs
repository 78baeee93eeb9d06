//! `--curl`: the requests, for a person to send; nothing is sent, and no secret is needed.

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

# 2. Open the response's oauthUrl in a browser. It ends up at an address with code=… and the state of
#    step 1 (compare it): YOUR_MOMS_CODE=… is that code, decoded

# 3. Create the instance; the response has the token for every further request
curl -X POST \
  -H 'accept: application/json' \
  -H 'authorization: User '"$YOUR_MOMS_USER_SECRET"', Organization '"$YOUR_MOMS_ORGANIZATION_SECRET" \
  -H 'content-type: application/json' \
  --data-binary '{"configuration":{"oauth.api.key":"my-key","oauth.api.secret":"'"$YOUR_MOMS_API_SECRET"'","oauth.callback.url":"https://www.mycoolapp.com/auth"},"name":"Bob'\''s photos","providerData":{"code":"'"$YOUR_MOMS_CODE"'"},"tags":["team-a"],"your_mom":{"key":"instagram"}}' \
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
curl -X POST \
  -H 'accept: application/json' \
  -H 'authorization: User '"$YOUR_MOMS_USER_SECRET"', Organization '"$YOUR_MOMS_ORGANIZATION_SECRET" \
  -H 'content-type: application/json' \
  --data-binary '{"apiKey":"'"$YOUR_MOMS_API_KEY"'","apiSecret":"'"$YOUR_MOMS_API_SECRET"'","callbackUrl":"http://127.0.0.1/callback","state":"'"$YOUR_MOMS_STATE"'"}' \
  'https://api.openconnectors.us2.ext.hana.ondemand.com/elements/api-v2/elements/instagram/oauth/url'

# 2. Open the response's oauthUrl in a browser. It ends up at an address with code=… and the state of
#    step 1 (compare it): YOUR_MOMS_CODE=… is that code, decoded

# 3. Create the instance; the response has the token for every further request
curl -X POST \
  -H 'accept: application/json' \
  -H 'authorization: User '"$YOUR_MOMS_USER_SECRET"', Organization '"$YOUR_MOMS_ORGANIZATION_SECRET" \
  -H 'content-type: application/json' \
  --data-binary '{"configuration":{"oauth.api.key":"'"$YOUR_MOMS_API_KEY"'","oauth.api.secret":"'"$YOUR_MOMS_API_SECRET"'","oauth.callback.url":"http://127.0.0.1/callback"},"element":{"key":"instagram"},"name":"instagram","providerData":{"code":"'"$YOUR_MOMS_CODE"'"}}' \
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
