//! Whose file it is. Who can change the store decides to which platform a token is sent, so nobody else may.

#[cfg(not(unix))]
pub(super) use elsewhere::{directory, file, link, private, unfollowed};
#[cfg(unix)]
pub(super) use unix::{directory, file, link, private, unfollowed};

/// What to do about a store that cannot be used.
pub(super) const OTHER: &str = "name another one with --store, or in YOUR_MOMS_STORE";

#[cfg(unix)]
mod unix {
    use std::fs::{self, DirBuilder, Metadata, OpenOptions};
    use std::os::unix::fs::{DirBuilderExt as _, MetadataExt as _, OpenOptionsExt as _};
    use std::path::Path;

    use rustix::fs::OFlags;
    use rustix::process::geteuid;

    use super::OTHER;
    use crate::failure::Failure;

    const ROOT: u32 = 0;
    const GROUP_OR_OTHERS_WRITE: u32 = 0o022;
    /// In such a directory everybody writes, and only the owner of a file replaces it.
    const STICKY: u32 = 0o1000;

    /// A new file that only its owner reads; of an old one nothing but a regular file, and that without waiting.
    pub(in super::super) fn unfollowed(options: &mut OpenOptions) -> &mut OpenOptions {
        let flags = OFlags::NOFOLLOW | OFlags::NONBLOCK;
        options.mode(0o600).custom_flags(flags.bits().cast_signed())
    }

    /// A new directory that only its owner enters.
    pub(in super::super) fn private(builder: &mut DirBuilder) -> &mut DirBuilder {
        builder.mode(0o700)
    }

    /// A file that only this user can change.
    pub(in super::super) fn file(path: &Path, metadata: &Metadata) -> Result<(), Failure> {
        owned(path, metadata, metadata.uid() == geteuid().as_raw())?;
        closed(path, metadata)
    }

    /// A link that this user, or the system, has made.
    pub(in super::super) fn link(path: &Path, metadata: &Metadata) -> Result<(), Failure> {
        owned(path, metadata, is_ours_or_roots(metadata))
    }

    /// A directory in which only this user, or the system, can put another file in the place of theirs.
    pub(in super::super) fn directory(path: &Path) -> Result<(), Failure> {
        let Ok(metadata) = fs::metadata(path) else { return Ok(()) };
        owned(path, &metadata, is_ours_or_roots(&metadata))?;
        if metadata.mode() & STICKY == STICKY { Ok(()) } else { closed(path, &metadata) }
    }

    fn is_ours_or_roots(metadata: &Metadata) -> bool {
        [geteuid().as_raw(), ROOT].contains(&metadata.uid())
    }

    fn owned(path: &Path, metadata: &Metadata, ours: bool) -> Result<(), Failure> {
        if ours {
            return Ok(());
        }
        let (path, owner) = (path.display(), metadata.uid());
        Err(Failure::failed(format!("{path} belongs to another user (number {owner}), who could change it"))
            .note("who can change the store decides to which platform tokens are sent")
            .help(OTHER))
    }

    fn closed(path: &Path, metadata: &Metadata) -> Result<(), Failure> {
        if metadata.mode() & GROUP_OR_OTHERS_WRITE == 0 {
            return Ok(());
        }
        let path = path.display().to_string();
        let quoted = path.replace('\'', r"'\''");
        Err(Failure::failed(format!(
            "{path} can be changed by other users (mode {:o})",
            metadata.mode() & 0o7777
        ))
        .note("who can change the store decides to which platform tokens are sent")
        .help(format!("see that nobody has changed it, then: chmod go-w '{quoted}'")))
    }
}

#[cfg(not(unix))]
mod elsewhere {
    use std::fs::{DirBuilder, Metadata, OpenOptions};
    use std::path::Path;

    use crate::failure::Failure;

    pub(in super::super) fn unfollowed(options: &mut OpenOptions) -> &mut OpenOptions {
        options
    }

    pub(in super::super) fn private(builder: &mut DirBuilder) -> &mut DirBuilder {
        builder
    }

    pub(in super::super) fn file(_: &Path, _: &Metadata) -> Result<(), Failure> {
        Ok(())
    }

    pub(in super::super) fn link(_: &Path, _: &Metadata) -> Result<(), Failure> {
        Ok(())
    }

    pub(in super::super) fn directory(_: &Path) -> Result<(), Failure> {
        Ok(())
    }
}
