use std::process::Command;

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
