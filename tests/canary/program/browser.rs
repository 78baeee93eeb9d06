//! A program that takes the browser's place: it notes what it was given, and what every user of the machine can see.

use std::fs::{self, File};
use std::io::Read as _;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::watch::Scene;

pub(crate) struct Browser {
    folder: PathBuf,
}

impl Browser {
    pub(crate) fn in_folder(folder: PathBuf) -> Self {
        fs::create_dir(&folder).unwrap();
        let script = format!(
            "#!/bin/sh\n\
             cd '{}'\n\
             cat /proc/$$/cmdline /proc/$PPID/cmdline >> 'command lines'\n\
             env >> 'environment'\n\
             cat \"${{1#file://}}\" >> 'page'\n\
             echo > 'done'\n",
            folder.display()
        );
        fs::write(folder.join("browser"), script).unwrap();
        fs::set_permissions(folder.join("browser"), fs::Permissions::from_mode(0o700)).unwrap();
        assert!(Command::new("mkfifo").arg(folder.join("done")).status().unwrap().success());
        Self { folder }
    }

    pub(crate) fn path(&self) -> PathBuf {
        self.folder.join("browser")
    }

    /// Waits until it was started and has noted all.
    pub(crate) fn wait(&self) {
        File::open(self.folder.join("done")).unwrap().read_to_end(&mut Vec::new()).unwrap();
    }

    /// What it noted; a user who opens no browser has nothing.
    pub(crate) fn noted(&self, scene: &mut Scene) {
        for what in ["command lines", "environment", "page"] {
            if let Ok(text) = fs::read(self.folder.join(what)) {
                scene.text(format!("browser's {what}"), text);
            }
        }
    }

    pub(crate) fn is_in(&self, path: &Path) -> bool {
        path.starts_with(&self.folder)
    }
}
