//! Checks of a crate's README.

use std::fs;

/// Panics unless the README of the crate in this directory, which is `env!("CARGO_MANIFEST_DIR")`, shows each of these
/// programs to the letter, as Rust.
pub fn shows(crate_directory: &str, programs: &[&str]) {
    let page = fs::read_to_string(format!("{crate_directory}/README.md")).unwrap();
    for program in programs {
        assert!(page.contains(&format!("```rust\n{program}```\n")), "not in README.md:\n{program}");
    }
}
