//! What people do, one file a subject. A scenario begins with nothing and tidies nothing up: its world ends with it.

mod connecting;
mod pages;
mod processes;
mod redirects;

use std::future::Future;
use std::pin::Pin;

use crate::world::World;
use your_moms_browser_tests::Outcome;

/// A scenario.
pub(crate) type Scenario = for<'a> fn(&'a mut World) -> Pin<Box<dyn Future<Output = Outcome> + 'a>>;

/// Every scenario. The slow ones, in which a worker is taken for dead, come first, so that the others run beside them.
pub(crate) static SCENARIOS: [(&str, Scenario); 17] = [
    ("killed-worker", |world| Box::pin(processes::killed(world))),
    ("frozen-worker", |world| Box::pin(processes::frozen(world))),
    ("pages", |world| Box::pin(pages::look(world))),
    ("connect", |world| Box::pin(connecting::connect(world))),
    ("two-users-at-once", |world| Box::pin(connecting::two_users(world))),
    ("disconnect-and-reconnect", |world| Box::pin(connecting::reconnect(world))),
    ("rename-disable-reauthorize", |world| Box::pin(connecting::keep_house(world))),
    ("connected-twice", |world| Box::pin(connecting::twice(world))),
    ("lost-and-refused", |world| Box::pin(connecting::mishaps(world))),
    ("closed-tab", |world| Box::pin(connecting::closed(world))),
    ("deny", |world| Box::pin(redirects::deny(world))),
    ("replayed-redirect", |world| Box::pin(redirects::replay(world))),
    ("expired-session", |world| Box::pin(redirects::expired(world))),
    ("callback-on-another-process", |world| Box::pin(processes::elsewhere(world))),
    ("late-worker", |world| Box::pin(processes::late(world))),
    ("everything-in-one-process", |world| Box::pin(processes::alone(world))),
    ("phone", |world| Box::pin(connecting::phone(world))),
];
