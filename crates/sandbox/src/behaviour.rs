//! Habits of live platforms that a client has to cope with. Unlike a fault they last.

/// How the platform treats lists and tags, beyond what is documented. The default has none of these habits.
///
/// Each one shows in the journal, in [`Record::behaviours`](crate::Record::behaviours), for every request that it
/// changed something for.
///
/// ```
/// use your_moms_sandbox::{Behaviour, Sandbox};
///
/// let mut sandbox = Sandbox::new(1);
/// sandbox.set_behaviour(Behaviour { ignores_filter: true, page_size: Some(2), ..Behaviour::default() });
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Behaviour {
    /// The list of instances ignores `tags[]` and `searchText`.
    pub ignores_filter: bool,
    /// No page of a list of instances or of a hub resource is larger than this, whatever `pageSize` asks for.
    pub page_size: Option<usize>,
    /// How many further list requests of its account do not show a new instance.
    pub shows_after: u32,
    /// A creation drops its tags, and the name does not become one.
    pub strips_tags: bool,
    /// An instance shows the secrets in its configuration as `********`, as deployments since 2017 do.
    pub masks_secrets: bool,
}

pub(crate) const FILTER_IGNORED: &str = "filter-ignored";
pub(crate) const SMALL_PAGE: &str = "small-page";
pub(crate) const SHOWN_LATE: &str = "shown-late";
pub(crate) const SECRETS_MASKED: &str = "secrets-masked";
pub(crate) const TAGS_STRIPPED: &str = "tags-stripped";
