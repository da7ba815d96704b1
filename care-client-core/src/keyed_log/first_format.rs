//! Keeping a file of the first format when it is replaced: as `NAME.v1` or, where that is another file, as
//! `NAME.v1.2` and so on. What was kept before is never overwritten; a file that is kept already, as after a crash,
//! isn't kept twice.

use super::location::{self, beside, remove_if_there, temporary};
use std::{
    fs::{self, File},
    io::{self, ErrorKind},
    path::{Path, PathBuf},
};

/// How many names are tried.
const NAMES: usize = 99;

/// Keeps the file that is about to be replaced. Until then it is under its old name, too.
pub(super) fn keep(path: &Path) -> io::Result<()> {
    for number in 1..=NAMES {
        let kept = match number {
            1 => beside(path, "v1"),
            _ => beside(path, &format!("v1.{number}")),
        };
        let named = |error: io::Error| {
            io::Error::new(error.kind(), format!("the old file can't be kept as {}: {error}", kept.display()))
        };
        match fs::symlink_metadata(&kept) {
            Ok(found) if found.is_file() && is_same(path, &kept).map_err(named)? => return Ok(()),
            Ok(_) => {}
            Err(error) if error.kind() == ErrorKind::NotFound => return keep_as(path, &kept).map_err(named),
            Err(error) => return Err(named(error)),
        }
    }
    let text = format!("the old file can't be kept as {}.v1: there are {NAMES} such files already", path.display());
    Err(io::Error::new(ErrorKind::AlreadyExists, text))
}

fn is_same(path: &Path, kept: &Path) -> io::Result<bool> {
    Ok(fs::metadata(path)?.len() == fs::metadata(kept)?.len() && fs::read(path)? == fs::read(kept)?)
}

fn keep_as(path: &Path, kept: &Path) -> io::Result<()> {
    if fs::hard_link(path, kept).is_ok() {
        return Ok(());
    }
    // A file system without hard links.
    let step: PathBuf = beside(&temporary(path), "v1");
    remove_if_there(&step)?;
    let mut copy = location::create_private(&step)?;
    let copied = io::copy(&mut File::open(path)?, &mut copy).and_then(|_| copy.sync_all());
    let copied = copied.and_then(|()| fs::rename(&step, kept));
    if copied.is_err() {
        let _ = fs::remove_file(&step);
    }
    copied
}
