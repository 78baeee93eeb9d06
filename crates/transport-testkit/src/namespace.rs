//! A process with a network and a name server of its own, as an unprivileged user can have one on Linux.

use std::process::Command;
use std::time::Duration;

use crate::child;

/// In a new network there is nothing but loopback, and in the new user namespace the process may listen on port 53. The files
/// that name the name server are covered for this process alone; a file that is mounted somewhere needs its name no longer.
/// The second file is glibc's: other libraries always ask the name server.
const SCRIPT: &str = r#"
files=$(mktemp -d) || exit 1
echo 'nameserver 127.0.0.1' >"$files/resolv.conf"
echo 'hosts: dns' >"$files/nsswitch.conf"
ip link set lo up &&
mount --bind "$files/resolv.conf" /etc/resolv.conf &&
if [ -e /etc/nsswitch.conf ]; then mount --bind "$files/nsswitch.conf" /etc/nsswitch.conf; fi
made=$?
rm -r "$files"
[ "$made" = 0 ] && exec "$@"
"#;

/// More than it takes on a busy machine.
const LIMIT: Duration = Duration::from_secs(20);

/// Whether this machine lets us make one. Containers often do not.
pub(crate) fn try_one() -> Result<(), String> {
    let ended = child::run(&mut within(&Command::new("true")), LIMIT).map_err(|error| error.to_string())?;
    if ended.succeeded() { Ok(()) } else { Err(ended.stderr.trim().to_owned()) }
}

/// `command`, in one. Its environment and its streams are those of this process.
pub(crate) fn within(command: &Command) -> Command {
    let mut outer = Command::new("unshare");
    outer.args(["--user", "--map-root-user", "--net", "--mount", "sh", "-c", SCRIPT, "sh"]);
    outer.arg(command.get_program()).args(command.get_args());
    // These would change how often and how long a name server is asked.
    outer.env_remove("RES_OPTIONS").env_remove("LOCALDOMAIN");
    outer
}
