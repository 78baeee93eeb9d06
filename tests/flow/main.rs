//! The whole life of a connected account, over both adapters and in-process, against the served sandbox, in both
//! vocabularies. What goes wrong on the way is the sandbox's doing, and no timer waits.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking, its helpers too")]

mod application;

use std::time::{Duration, SystemTime};

use serde_json::{Value, json};
use your_moms_core::{
    BuildError, CallbackError, ConfigurationValue, ConnectorKey, Credentials, DeleteInstance,
    DisableInstance, EnableInstance, Error, ErrorClass, GetConnectorConfiguration, GetInstance,
    GetInstanceConfiguration, Instance, InstanceRequest, Page, PendingAuthorization, Ping, Platform,
    RetryPolicy, Search, UpdateInstance, UpdateInstanceConfiguration,
};
use your_moms_sandbox::{Call, Fault, Moment};

use application::each_way;

#[test]
fn an_account_is_connected_used_and_removed() {
    each_way(|app| {
        let registration = app.registration("instagram");
        let (url, pending) = app.caller.authorize(&registration);
        // Another process may get the redirect.
        let pending: PendingAuthorization =
            serde_json::from_value(serde_json::to_value(&pending).unwrap()).unwrap();
        let redirect = app.sandbox.allow(&url).unwrap();
        let authorized = pending.verify(&redirect, SystemTime::now()).unwrap();
        let create = authorized.create(&registration).unwrap().name("Photos").tag("team-a");
        let instance = app.caller.create(&create).unwrap();
        assert_eq!(instance.name(), Some("Photos"));
        assert_eq!(instance.connector().and_then(|connector| connector.key()), Some("instagram"));
        assert_eq!(instance.noun(), Some(app.caller.platform().vocabulary().noun()));
        assert_eq!(instance.tags(), ["team-a", create.record().marker().as_str()]);

        let kept = serde_json::to_string(&instance.expose()).unwrap();
        let instance: Instance = serde_json::from_str(&kept).unwrap();
        let pong = app.caller.call(&Ping::new(instance.token())).unwrap();
        assert_eq!((pong.endpoint.as_deref(), pong.instance_id), (Some("instagram"), Some(instance.id())));
        let media = InstanceRequest::get("/hubs/social/media", instance.token()).page::<Value>();
        let media: Page<Value> = app.caller.call(&media).unwrap();
        assert!(!media.items.is_empty());

        let other = app.connected();
        assert_eq!(app.caller.listed(), [instance.id(), other.id()]);
        app.caller.call(&DeleteInstance::new(instance.token())).unwrap();
        app.caller.call(&DeleteInstance::new(other.id())).unwrap();
        assert_eq!(app.caller.listed(), [0; 0]);
        let error = app.caller.call(&Ping::new(instance.token())).unwrap_err();
        assert_eq!((error.class(), error.may_have_happened()), (ErrorClass::Unauthorized, false));
    });
}

#[test]
fn the_secret_can_stay_out_of_the_url() {
    each_way(|app| {
        let registration = app.registration("instagram").in_body().with_authorization();
        app.authorized(&registration);
        let sandbox = app.sandbox.sandbox();
        let record = sandbox.journal().iter().find(|record| record.call == Some(Call::OauthUrl)).unwrap();
        assert_eq!((record.method.as_str(), record.query_names.len()), ("POST", 0));
    });
}

#[test]
fn a_redirect_that_does_not_grant_it_is_refused() {
    each_way(|app| {
        let registration = app.registration("instagram");
        let (url, pending) = app.caller.authorize(&registration);
        let denied = pending.verify(&app.sandbox.deny(&url).unwrap(), SystemTime::now()).unwrap_err();
        let CallbackError::Denied(denial) = denied else { panic!("{denied:?}") };
        assert_eq!((denial.error(), denial.reason()), ("access_denied", Some("user_denied")));

        let (mine, other) = (app.caller.authorize(&registration), app.caller.authorize(&registration));
        let redirect = app.sandbox.allow(&other.0).unwrap();
        assert!(!mine.1.matches(&redirect) && other.1.matches(&redirect));
        assert_eq!(mine.1.verify(&redirect, SystemTime::now()).unwrap_err(), CallbackError::StateMismatch);
        let late = SystemTime::now() + Duration::from_secs(601);
        assert_eq!(other.1.verify(&redirect, late).unwrap_err(), CallbackError::Expired);
        assert_eq!(app.made(), 0);
    });
}

#[test]
fn an_authorization_is_finished_with_its_own_registration() {
    each_way(|app| {
        let authorized = app.authorized(&app.registration("instagram"));
        let error = authorized.create(&app.registration("dropbox")).unwrap_err();
        assert_eq!(error, BuildError::OtherRegistration);
    });
}

#[test]
fn an_account_is_authorized_anew_in_place() {
    each_way(|app| {
        let instance = app.connected();
        assert!(app.sandbox.sandbox().revoke(instance.id()));
        let media = InstanceRequest::get("/hubs/social/media", instance.token());
        assert!(app.caller.call(&media).is_err());

        let registration = app.registration("instagram");
        let update = app.authorized(&registration);
        let update = update.reauthorize(&instance, &registration).unwrap();
        let updated = app.caller.call(&update).unwrap();
        assert_eq!((updated.id(), updated.token()), (instance.id(), instance.token()));
        app.caller.call(&media).unwrap();
        assert_eq!(app.made(), 1);
    });
}

#[test]
fn an_instance_is_renamed_tagged_disabled_and_enabled() {
    each_way(|app| {
        let instance = app.connected();
        let marker = instance.tags().to_vec();
        let update = UpdateInstance::new(instance.token()).name("Holiday").tags(&instance, ["team-b"]);
        app.caller.call(&update).unwrap();
        let read = app.caller.call(&GetInstance::new(&instance)).unwrap();
        assert_eq!(
            (read.name(), read.tags()),
            (Some("Holiday"), &["team-b".to_owned(), marker[0].clone()][..])
        );

        app.caller.call(&DisableInstance::new(&instance)).unwrap();
        let error = app.caller.call(&Ping::new(instance.token())).unwrap_err();
        assert_eq!(error.class(), ErrorClass::Forbidden);
        app.caller.call(&EnableInstance::new(instance.token())).unwrap();
        app.caller.call(&Ping::new(instance.token())).unwrap();
    });
}

#[test]
fn a_configuration_is_read_and_changed() {
    each_way(|app| {
        let instance = app.connected();
        // By key and by number, with the type that is given.
        let key = "pagination.offset";
        let update = UpdateInstanceConfiguration::new(&instance, key, "x");
        let number = app.caller.call(&update).unwrap().id.unwrap().to_string();
        let update = UpdateInstanceConfiguration::new(instance.token(), number, true);
        assert_eq!(app.caller.call(&update).unwrap().value, ConfigurationValue::from(true));
        let entries = app.caller.call(&GetInstanceConfiguration::new(instance.token())).unwrap();
        let changed = entries.iter().find(|entry| entry.key == key).unwrap();
        assert_eq!(changed.value, ConfigurationValue::from(true));
    });
}

#[test]
fn oauth1_goes_through_a_request_token() {
    each_way(|app| {
        let registration = app.registration("etsy").oauth1();
        let create = app.authorized(&registration).create(&registration).unwrap().name("My shop");
        let instance = app.caller.create(&create).unwrap();
        let connector = instance.connector().unwrap();
        assert_eq!((connector.key(), connector.authentication()), (Some("etsy"), Some("oauth1")));
        app.caller.call(&Ping::new(instance.token())).unwrap();
    });
}

#[test]
fn a_connector_without_oauth_names_what_is_missing() {
    each_way(|app| {
        let key = ConnectorKey::new("servicenow").unwrap();
        let entries = app.caller.call(&GetConnectorConfiguration::new(key)).unwrap();
        let needed: Vec<_> = entries.iter().filter(|entry| entry.needs_value()).collect();
        let shown: Vec<_> = needed.iter().map(|entry| (entry.key.as_str(), entry.is_secret())).collect();
        assert_eq!(shown, [("username", false), ("password", true)]);

        let create = || app.caller.new_instance("servicenow").configuration("username", "me");
        let error = app.caller.create(&create().require(needed.iter().map(|it| &it.key))).unwrap_err();
        let missing = BuildError::Incomplete { missing: vec!["password".to_owned()], placeholders: vec![] };
        assert!(matches!(&error, Error::Build(build) if *build == missing), "{error:?}");
        assert_eq!(app.sent(Call::CreateInstance), 0);

        let error = app.caller.create(&create()).unwrap_err();
        let Error::Response(refusal) = &error else { panic!("{error:?}") };
        assert!(refusal.is_from_platform() && refusal.message().is_some_and(|it| it.contains("password")));

        let create = create().configuration("password", "hunter2");
        let instance = app.caller.create(&create).unwrap();
        let read: Value = app
            .caller
            .call(&InstanceRequest::get(format!("/instances/{}", instance.id()), instance.token()).json())
            .unwrap();
        assert_eq!(json!(instance.expose()), json!({ "version": 1, "instance": read }), "it is kept whole");
    });
}

/// The promise that matters most: whatever happens to the response, there is one instance and its token is had.
#[test]
fn a_lost_response_costs_neither_token_nor_instance() {
    each_way(|app| {
        let faults = [
            (Fault::Reset(Moment::Before), false),
            (Fault::Reset(Moment::While), false),
            (Fault::Reset(Moment::After), true),
            (Fault::TruncatedBody, true),
            (Fault::BrokenBody, true),
            (Fault::UnreadableBody, true),
        ];
        for (fault, makes) in faults {
            let (made, sent) = (app.made(), app.sent(Call::CreateInstance));
            let registration = app.registration("instagram");
            let create = app.authorized(&registration).create(&registration).unwrap();
            let record = create.record();
            app.sandbox.sandbox().fail_next(Call::CreateInstance, fault);
            let result = app.caller.create(&create);
            assert_eq!(app.sent(Call::CreateInstance), sent + 1, "{fault:?}: one POST a creation");
            assert_eq!(app.made(), made + usize::from(makes), "{fault:?}");
            let recovered = app.caller.recover(&record).unwrap();
            match (makes, result, recovered) {
                (true, Ok(instance), Some(recovered)) => {
                    assert_eq!(instance.token(), recovered.token());
                    assert_eq!(instance.name(), Some(record.marker().as_str()));
                }
                (false, Err(error), None) => {
                    assert!(error.may_have_happened());
                    assert!(matches!(app.caller.create(&create), Err(Error::AlreadySent)));
                }
                (_, result, recovered) => panic!("{fault:?}: {result:?}, {recovered:?}"),
            }
        }
    });
}

#[test]
fn a_deletion_whose_response_was_lost_has_happened() {
    each_way(|app| {
        let instance = app.connected();
        app.sandbox.sandbox().fail_next(Call::DeleteInstance, Fault::Reset(Moment::After));
        app.caller.call(&DeleteInstance::new(instance.token())).unwrap();
        assert_eq!((app.made(), app.sent(Call::DeleteInstance)), (0, 2));
    });
}

#[test]
fn a_record_is_recovered_on_its_own_platform() {
    each_way(|app| {
        let record = app.caller.new_instance("servicenow").record();
        let credentials = Credentials::new("another", "account").unwrap();
        let elsewhere = Platform::new("https://other.example/v2", credentials).unwrap();
        let search = Search::new(&record, &elsewhere, RetryPolicy::NEVER);
        let error = app.caller.run(search).unwrap_err();
        assert!(matches!(error, Error::Build(BuildError::OtherPlatform)), "{error:?}");
    });
}
