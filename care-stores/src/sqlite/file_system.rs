//! Network file systems are refused: SQLite's locks don't hold there, and two machines would damage the file. Linux
//! tells what a path is mounted from; elsewhere nothing is refused.

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

/// Refuses a path on a network file system.
pub(super) fn refuse_network(path: &Path) -> Result<(), Failure> {
    let Ok(mounts) = std::fs::read_to_string("/proc/self/mountinfo") else { return Ok(()) };
    match kind(&mounts, path) {
        Some(kind) if NETWORK.contains(&kind) => Err(Failure::new(format!(
            "it lies on a network file system ({kind}), where SQLite's locks don't hold: use a local disk"
        ))),
        _ => Ok(()),
    }
}

/// The type of the file system that holds the path: that of the longest mount point which begins it, and of several
/// there, the last one.
fn kind<'m>(mounts: &'m str, path: &Path) -> Option<&'m str> {
    let mounted = |line: &'m str| {
        let point = line.split(' ').nth(4)?;
        // Blanks in names are written as octal numbers.
        let point = point.replace("\\040", " ").replace("\\011", "\t").replace("\\012", "\n").replace("\\134", "\\");
        let kind = line.split(" - ").nth(1)?.split(' ').next()?;
        path.starts_with(&point).then_some((point.len(), kind))
    };
    mounts.lines().filter_map(mounted).max_by_key(|(length, _)| *length).map(|(_, kind)| kind)
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
            assert_eq!(kind(mounts, Path::new(path)), Some(expected), "{path}");
        }
        assert_eq!(kind("", Path::new("/care.db")), None);
        assert!(refuse_network(&std::env::temp_dir()).is_ok());
    }
}
