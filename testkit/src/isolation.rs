//! What a test has to itself: a folder, a process.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    sync::atomic::{AtomicUsize, Ordering::Relaxed},
};

/// A folder of a test's own, which goes with it.
#[derive(Debug)]
pub struct Folder(PathBuf);

impl Default for Folder {
    fn default() -> Self {
        Self::new()
    }
}

impl Folder {
    /// Makes one among the system's temporary files.
    #[must_use]
    pub fn new() -> Self {
        static MADE: AtomicUsize = AtomicUsize::new(0);
        let name = format!("care-testkit-{}-{}", std::process::id(), MADE.fetch_add(1, Relaxed));
        let path = std::env::temp_dir().join(name);
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// The path of a file in it, which may not exist.
    #[must_use]
    pub fn file(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

const CHILD: &str = "CARE_TESTKIT_CHILD";

/// Runs a test once more in a process of its own, where no other test runs beside it: one that counts threads or
/// descriptors, say, or is killed. `test` is its path in the binary, as `--exact` takes it.
///
/// It is true in the process that called, once the test has passed there, and false in the process of its own:
///
/// ```
/// # fn threads() -> usize { 1 }
/// fn no_thread_is_left() { // a #[test]
///     if care_testkit::in_own_process("threads::no_thread_is_left") {
///         return;
///     }
///     assert_eq!(threads(), 1);
/// }
/// ```
#[must_use = "the process that called must not run the test itself"]
pub fn in_own_process(test: &str) -> bool {
    if std::env::var_os(CHILD).is_some() {
        return false;
    }
    let this = std::env::current_exe().unwrap();
    let output = Command::new(this).args(["--exact", test, "--nocapture"]).env(CHILD, "1").output().unwrap();
    let text = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success() && text.contains("1 passed"), "{test} in a process of its own:\n{text}");
    true
}
