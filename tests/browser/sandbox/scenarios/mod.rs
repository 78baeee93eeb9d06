//! What people do, one file a subject. A scenario begins with nothing and tidies nothing up: its world ends with it.

mod consent;
mod controls;
mod hostile;
mod inspector;
mod keyboard;
mod pages;

use std::future::Future;
use std::pin::Pin;

use your_moms_browser_tests::Outcome;

use crate::world::World;

/// A scenario.
pub(crate) type Scenario = for<'a> fn(&'a mut World) -> Pin<Box<dyn Future<Output = Outcome> + 'a>>;

/// Every scenario; the slow ones come first, so that the others run beside them.
pub(crate) static SCENARIOS: [(&str, Scenario); 18] = [
    ("pages-of-the-inspector", |world| Box::pin(pages::inspector(world))),
    ("pages-of-a-provider", |world| Box::pin(pages::provider(world))),
    ("keyboard", |world| Box::pin(keyboard::reaches_everything(world))),
    ("enter-decides-nothing", |world| Box::pin(keyboard::enter(world))),
    ("hostile-forms", |world| Box::pin(hostile::forms(world))),
    ("hostile-scripts", |world| Box::pin(hostile::scripts(world))),
    ("hostile-frames", |world| Box::pin(hostile::frames(world))),
    ("allow", |world| Box::pin(consent::allow(world))),
    ("deny", |world| Box::pin(consent::deny(world))),
    ("second-account", |world| Box::pin(consent::second_account(world))),
    ("buttons-in-sight", |world| Box::pin(consent::in_sight(world))),
    ("wrong-redirect-uri", |world| Box::pin(consent::wrong_redirect(world))),
    ("oauth1", |world| Box::pin(consent::oauth1(world))),
    ("expired-and-used-pages", |world| Box::pin(consent::too_late(world))),
    ("inspector", |world| Box::pin(inspector::look(world))),
    ("journal", |world| Box::pin(inspector::journal(world))),
    ("faults", |world| Box::pin(controls::faults(world))),
    ("next-decision-and-reset", |world| Box::pin(controls::next_and_reset(world))),
];
