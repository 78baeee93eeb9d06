//! Deleting an instance that may be gone already.

use your_moms_core::{Delivery, Error, ErrorClass, Instance, Reply};

use crate::support::{Scene, instance, lost, own, reply};

/// What a deletion makes of these replies, and what was asked.
fn disconnect(replies: impl IntoIterator<Item = Reply>) -> (Result<(), ErrorClass>, Vec<String>) {
    let scene = Scene::new(replies);
    let known: Instance = serde_json::from_str(&instance(7, "[]")).unwrap();
    let result = scene.client.disconnect(&known).map_err(|error: Error| error.class());
    (result, scene.asked())
}

const DELETE: &str = "DELETE /instances";
const LOOK: &str = "GET /instances/7";

#[test]
fn it_goes_by_the_token() {
    assert_eq!(disconnect([reply(200, "")]), (Ok(()), vec![DELETE.to_owned()]));
}

#[test]
fn gone_already_is_success_and_wrong_secrets_are_not() {
    let another = instance(7, "[]").replace("token-7", "token-8");
    for refused in [401, 404] {
        for (look, result) in [
            (own(404), Ok(())),
            (reply(200, &another), Ok(())),
            (reply(200, &instance(7, "[]")), Err(())),
            (own(401), Err(())),
            (own(403), Err(())),
            // A gateway says nothing about the instance: the base URL may be wrong.
            (reply(404, "<html>"), Err(())),
        ] {
            let class = if refused == 401 { ErrorClass::Unauthorized } else { ErrorClass::NotFound };
            let (ended, asked) = disconnect([own(refused), look]);
            assert_eq!(
                (ended, asked),
                (result.map_err(|()| class), vec![DELETE.to_owned(), LOOK.to_owned()])
            );
        }
    }
}

#[test]
fn other_refusals_are_not_looked_into() {
    assert_eq!(disconnect([own(403)]).1, [DELETE]);
    let (ended, asked) = disconnect([reply(404, "<html>")]);
    assert_eq!((ended, asked), (Err(ErrorClass::NotFound), vec![DELETE.to_owned()]));
}

#[test]
fn a_lost_response_is_asked_for_again() {
    let (ended, asked) = disconnect([lost(Delivery::Unknown), own(401)]);
    assert_eq!((ended, asked), (Ok(()), vec![DELETE.to_owned(); 2]));
}
