//! A `PostgreSQL` server of the run's own: in a temporary folder, on a socket in it, and gone at the end.

use std::fs;
use std::os::unix::fs::{PermissionsExt as _, chown};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tempfile::TempDir;

use your_moms_browser_tests::Failed;

/// A running server.
pub(crate) struct Cluster {
    folder: TempDir,
    programs: PathBuf,
}

impl Cluster {
    /// Makes a cluster and starts its server. Nothing in it outlives the run, so nothing waits for the disk.
    pub(crate) fn start() -> Result<Self, Failed> {
        let folder = TempDir::with_prefix("pg-")?;
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o700))?;
        if is_root() {
            let (user, group) = postgres_user()?;
            chown(folder.path(), Some(user), Some(group))?;
        }
        let cluster = Self { folder, programs: programs()? };
        let data = cluster.data();
        cluster.run(
            "initdb",
            &["--auth=trust", "--username=postgres", "--no-sync", "--encoding=UTF8", "-D", &data],
        )?;
        let socket = cluster.folder.path().display();
        let options = format!(
            "-c listen_addresses= -c unix_socket_directories={socket} -c fsync=off -c synchronous_commit=off \
             -c full_page_writes=off -c max_connections=300"
        );
        cluster
            .run("pg_ctl", &["start", "--wait", "-D", &data, "-l", &format!("{data}/log"), "-o", &options])?;
        Ok(cluster)
    }

    /// The URL of one of its databases.
    pub(crate) fn url(&self, database: &str) -> String {
        format!("postgres:///{database}?host={}&user=postgres", self.folder.path().display())
    }

    fn data(&self) -> String {
        format!("{}/data", self.folder.path().display())
    }

    /// `PostgreSQL` refuses to run as root.
    fn run(&self, program: &str, arguments: &[&str]) -> Result<(), Failed> {
        let program = self.programs.join(program);
        let mut command = if is_root() {
            let mut command = Command::new("runuser");
            command.args(["-u", "postgres", "--"]).arg(&program);
            command
        } else {
            Command::new(&program)
        };
        command.args(arguments).current_dir(self.folder.path());
        // The server inherits these: a pipe would stay open as long as it runs.
        let log = fs::File::create(self.folder.path().join("start.log"))?;
        let status = command.stdin(Stdio::null()).stdout(log.try_clone()?).stderr(log).status()?;
        if status.success() {
            return Ok(());
        }
        let log = fs::read_to_string(self.folder.path().join("start.log")).unwrap_or_default();
        Err(format!("{} failed: {log}", program.display()).into())
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        drop(self.run("pg_ctl", &["stop", "--mode=immediate", "-D", &self.data()]));
    }
}

/// Debian keeps the server's programs out of the path.
fn programs() -> Result<PathBuf, Failed> {
    let versions = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let mut folders: Vec<_> = versions.map(|version| version.path().join("bin")).collect();
    folders.extend(std::env::var_os("PATH").iter().flat_map(std::env::split_paths));
    let found = folders.into_iter().find(|folder| folder.join("initdb").is_file());
    found.ok_or_else(|| "there is no initdb: install PostgreSQL".into())
}

fn is_root() -> bool {
    rustix::process::geteuid().is_root()
}

fn postgres_user() -> Result<(u32, u32), Failed> {
    let users = fs::read_to_string(Path::new("/etc/passwd"))?;
    let fields = users.lines().map(|line| line.split(':').collect::<Vec<_>>());
    for field in fields {
        if let ["postgres", _, user, group, ..] = field.as_slice() {
            return Ok((user.parse()?, group.parse()?));
        }
    }
    Err("there is no user `postgres`: install PostgreSQL".into())
}
