//! What is asked of the benches.

#[derive(clap::Args)]
pub(crate) struct Options {
    /// Only the bench of this name: `diagnosis`, `steps`, `growth`, `trips`, `packages`, `time`, `builds`. The last two, which no
    /// limit is for, run only if they are named
    #[arg(long, value_name = "NAME")]
    pub(super) filter: Option<String>,

    /// Only the rows of a bench whose names hold TEXT
    #[arg(long, value_name = "TEXT")]
    pub(super) row: Option<String>,

    /// Only what is compared with the record, without the peers: fails where a figure is more than 2 % above it
    #[arg(long, conflicts_with = "filter")]
    pub(super) check: bool,

    /// Writes the figures that are lower than the record into it
    #[arg(long)]
    pub(super) record: bool,
}

impl Options {
    pub(super) fn has_row(&self, name: &str) -> bool {
        self.row.as_deref().is_none_or(|text| name.contains(text))
    }
}
