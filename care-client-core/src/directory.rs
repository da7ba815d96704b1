use std::{fs::File, io, path::Path};

/// Makes the name of a new file outlive a power cut, as [`File::sync_all`] does for its content: for stores of
/// service crates that keep files. It blocks. Only Unix can and needs to.
///
/// # Errors
///
/// If the directory can't be opened or brought to the disk.
pub fn sync_directory(of_file: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(directory(of_file))?.sync_all() } else { Ok(()) }
}

/// The directory that a file lies in.
pub(crate) fn directory(of_file: &Path) -> &Path {
    of_file.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bare_name_lies_in_the_current_directory() {
        assert_eq!(directory(Path::new("a.json")), Path::new("."));
        assert_eq!(directory(Path::new("a/b.json")), Path::new("a"));
        assert!(sync_directory(Path::new("Cargo.toml")).is_ok());
    }

    #[cfg(unix)]
    #[test]
    fn a_directory_that_is_not_there_is_an_error() {
        assert_eq!(sync_directory(Path::new("no/such/file")).unwrap_err().kind(), io::ErrorKind::NotFound);
    }
}
