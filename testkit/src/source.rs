//! The files of a crate, as text.

use std::{
    fs,
    path::{Path, PathBuf},
};

/// One file.
#[derive(Debug, Clone)]
pub(crate) struct SourceFile {
    pub(crate) path: PathBuf,
    pub(crate) text: String,
}

/// All Rust files below a directory.
pub(crate) fn rust_files(directory: &Path) -> Vec<SourceFile> {
    let mut found = Vec::new();
    let mut directories: Vec<PathBuf> = vec![directory.to_owned()];
    while let Some(directory) = directories.pop() {
        for entry in fs::read_dir(directory).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                directories.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                let text = fs::read_to_string(&path).unwrap();
                found.push(SourceFile { path, text });
            }
        }
    }
    found
}

/// The bodies of a file's test functions: from the attribute to the brace that closes the function.
pub(crate) fn tests_in(text: &str) -> Vec<&str> {
    let mut bodies = Vec::new();
    for attribute in ["#[test]", "#[tokio::test"] {
        for (at, _) in text.match_indices(attribute) {
            let indent = &text[text[..at].rfind('\n').map_or(0, |n| n + 1)..at];
            if indent.trim().is_empty() {
                let end = text[at..].find(&format!("\n{indent}}}\n")).unwrap_or(text.len() - at);
                bodies.push(&text[at..at + end]);
            }
        }
    }
    bodies
}

/// The ids that rows of a contract are the tests of: what stands in `.defects([..])`.
pub(crate) fn rows_in(text: &str) -> Vec<&str> {
    text.split(".defects([").skip(1).filter_map(|rest| rest.split_once("])")).map(|(ids, _)| ids).collect()
}
