//! What a path lies on. Refused are network file systems, where SQLite's locks don't hold and two machines would damage
//! the file, and a file that is mounted by itself, as containers do: its newest rows are in the file beside it, which
//! the container would take with it. Linux tells what is mounted where; elsewhere nothing is refused.

use super::failure::Failure;
use std::path::Path;

/// Types of file systems that other machines can write to, as Linux names them.
const NETWORK: &[&str] = &[
    "nfs",
    "nfs4",
    "cifs",
    "smb3",
    "smbfs",
    "ncpfs",
    "9p",
    "ceph",
    "afs",
    "coda",
    "glusterfs",
    "lustre",
    "gfs2",
    "ocfs2",
    "beegfs",
    "orangefs",
    "fuse.sshfs",
    "fuse.glusterfs",
    "fuse.cephfs",
    "fuse.s3fs",
    "fuse.rclone",
    "fuse.juicefs",
];

/// Refuses a path on a network file system, and a file that is a mount point.
pub(super) fn check(path: &Path) -> Result<(), Failure> {
    let Ok(mounts) = std::fs::read_to_string("/proc/self/mountinfo") else { return Ok(()) };
    check_mounts(&mounts, path)
}

fn check_mounts(mounts: &str, path: &Path) -> Result<(), Failure> {
    match mount(mounts, path) {
        Some((point, _)) if Path::new(&point) == path => Err(Failure::new(
            "the file is mounted by itself, and SQLite keeps its newest rows beside it: mount its directory instead",
        )),
        Some((_, kind)) if NETWORK.contains(&kind) => Err(Failure::new(format!(
            "it lies on a network file system ({kind}), where SQLite's locks don't hold: use a local disk"
        ))),
        _ => Ok(()),
    }
}

/// The mount point and the type of the file system that holds the path: the longest mount point which begins it, and of
/// several there, the last one.
fn mount<'m>(mounts: &'m str, path: &Path) -> Option<(String, &'m str)> {
    let mounted = |line: &'m str| {
        let point = line.split(' ').nth(4)?;
        // Blanks in names are written as octal numbers.
        let point = point.replace("\\040", " ").replace("\\011", "\t").replace("\\012", "\n").replace("\\134", "\\");
        let kind = line.split(" - ").nth(1)?.split(' ').next()?;
        path.starts_with(&point).then_some((point, kind))
    };
    mounts.lines().filter_map(mounted).max_by_key(|(point, _)| point.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_of_the_longest_mount_points_counts() {
        let mounts = "22 1 254:0 / / rw,relatime - ext4 /dev/vda rw\n\
            30 22 0:25 / /mnt/share rw - nfs4 server:/export rw\n\
            31 22 0:26 / /mnt/share/a\\040b rw master:1 - ext4 /dev/vdb rw\n\
            32 22 0:27 / /srv rw - ext4 /dev/vdc rw\n\
            33 22 0:28 / /srv rw - fuse.sshfs host: rw\n";
        for (path, expected) in [
            ("/care.db", "ext4"),
            ("/mnt/share/care.db", "nfs4"),
            ("/mnt/shared/care.db", "ext4"),
            ("/mnt/share/a b/care.db", "ext4"),
            ("/srv/care.db", "fuse.sshfs"),
        ] {
            assert_eq!(mount(mounts, Path::new(path)).map(|(_, kind)| kind), Some(expected), "{path}");
        }
        assert_eq!(mount("", Path::new("/care.db")), None);
        assert!(check(&std::env::temp_dir().join("care.db")).is_ok());
    }

    #[test]
    fn a_file_that_is_mounted_by_itself_is_refused() {
        let mounts = "22 1 254:0 / / rw,relatime - ext4 /dev/vda rw\n\
            30 22 254:0 /srv/care.db /data/care.db rw,relatime - ext4 /dev/vda rw\n";
        let said = check_mounts(mounts, Path::new("/data/care.db")).unwrap_err().to_string();
        assert!(said.contains("mount its directory"), "{said}");
        assert!(check_mounts(mounts, Path::new("/data/other.db")).is_ok());
    }
}
