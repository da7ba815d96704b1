//! The catalogue of defects is whole: its entries are sound, each has a test that names it, and lenient code names the defect
//! that it is lenient for.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that can't go on fails")]

use aura_client::defects::{self, Defect};
use std::{
    collections::BTreeSet,
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
};

const HEAD: &str = "| id | what is wrong | accepted | sent |\n|---|---|---|---|\n";

fn home() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// All Rust files below a directory of this crate, as path and text.
fn rust_files(directory: &str) -> Vec<(String, String)> {
    fn walk(directory: &Path, found: &mut Vec<(String, String)>) {
        for entry in fs::read_dir(directory).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, found);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                found.push((path.display().to_string(), fs::read_to_string(&path).unwrap()));
            }
        }
    }
    let mut found = Vec::new();
    walk(&home().join(directory), &mut found);
    found
}

/// The source of the client itself, without the catalogue.
fn source() -> Vec<(String, String)> {
    let mut files = rust_files("src");
    files.retain(|(path, _)| !path.contains("defects"));
    files
}

/// The ids that a text names.
fn ids(text: &str) -> BTreeSet<String> {
    let starts = text.match_indices("AURA-").map(|(at, _)| &text[at..]);
    starts
        .filter_map(|text| text.get(..7))
        .filter(|id| id[5..].bytes().all(|b| b.is_ascii_digit()))
        .map(str::to_owned)
        .collect()
}

/// The bodies of a file's test functions: from the attribute to the brace that closes the function.
fn tests_in(text: &str) -> Vec<&str> {
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

#[test]
fn ids_are_sequential_and_found() {
    for (n, defect) in defects::ALL.iter().enumerate() {
        assert_eq!(defect.id, format!("AURA-{:02}", n + 1));
        assert_eq!(defects::find(defect.id), Some(defect));
        assert_eq!(defect.to_string(), format!("{}: {} (\"{}\")", defect.id, defect.title, defect.place));
    }
    for unknown in ["", "AURA-0", "AURA-00", "aura-07", "AURA-07 ", "AURA-999"] {
        assert_eq!(defects::find(unknown), None, "{unknown:?}");
    }
}

#[test]
fn entries_say_what_is_wrong_in_one_line_and_quote_two_at_most_and_no_person() {
    for defect in defects::ALL {
        let Defect { id, title, place, quote, accepts, sends, .. } = *defect;
        assert!(!title.is_empty() && !place.is_empty(), "{id}");
        for text in [title, place, accepts, sends] {
            assert!(text == text.trim() && !text.contains(['\n', '|']) && text.len() < 140, "{id}: {text}");
        }
        assert!(quote.lines().count() <= 2 && quote.lines().all(|line| line.len() < 130), "{id}: {quote}");
        let digits = quote.split(|c: char| !c.is_ascii_digit()).map(str::len).max().unwrap_or_default();
        assert!(!quote.contains('@') && digits < 7, "{id} quotes a mail address or a phone number: {quote}");
        assert_eq!(ids(&format!("{quote}{accepts}{sends}{title}")), BTreeSet::new(), "{id} names another");
    }
    let titles: BTreeSet<_> = defects::ALL.iter().map(|defect| defect.title).collect();
    assert_eq!(titles.len(), defects::ALL.len());
}

#[test]
fn the_table_in_the_docs_is_the_catalogue() {
    let mut table = HEAD.to_owned();
    for Defect { id, title, accepts, sends, .. } in defects::ALL {
        let cell = |text: &'static str| if text.is_empty() { "–" } else { text };
        writeln!(table, "| {id} | {title} | {} | {} |", cell(accepts), cell(sends)).unwrap();
    }
    let written = fs::read_to_string(home().join("src/defects/table.md")).unwrap();
    assert!(written == table, "src/defects/table.md must be:\n{table}");
}

#[test]
fn every_defect_has_a_test_that_names_it() {
    let mut named = BTreeSet::new();
    for (path, text) in rust_files("tests").iter().chain(&source()) {
        if !path.ends_with("tests/defects.rs") {
            named.extend(tests_in(text).into_iter().flat_map(ids));
        }
    }
    let missing: Vec<_> = defects::ALL.iter().filter(|defect| !named.contains(defect.id)).collect();
    assert!(missing.is_empty(), "no test names {missing:#?}");
}

#[test]
fn lenient_code_names_its_defect() {
    let named: BTreeSet<_> = source().iter().flat_map(|(_, text)| ids(text)).collect();
    let in_code = |defect: &&Defect| !defect.accepts.is_empty() || !defect.sends.is_empty();
    let missing: Vec<_> = defects::ALL.iter().filter(in_code).filter(|defect| !named.contains(defect.id)).collect();
    assert!(missing.is_empty(), "no code names {missing:#?}");
}

#[test]
fn every_id_that_is_named_anywhere_is_in_the_catalogue() {
    let page = |name: &str| (name.to_owned(), fs::read_to_string(home().join(name)).unwrap());
    let mut files = source();
    files.extend(rust_files("tests"));
    files.extend([page("README.md"), page("fixtures/README.md")]);
    for (path, text) in files {
        if path.ends_with("tests/defects.rs") {
            continue;
        }
        for id in ids(&text) {
            assert!(defects::find(&id).is_some(), "{path} names {id}");
        }
    }
}

#[test]
fn the_search_for_names_finds_tests_and_nothing_else() {
    let text = "// AURA-91\n#[test]\nfn a() {\n    // AURA-92\n}\n\nfn helper() {} // AURA-93\n\nmod tests {\n    \
                #[tokio::test(start_paused = true)]\n    async fn b() {\n        if true {\n        }\n        // AURA-94\n    \
                }\n    const X: &str = \"AURA-95\";\n}\n";
    let found: BTreeSet<_> = tests_in(text).into_iter().flat_map(ids).collect();
    assert_eq!(found, BTreeSet::from(["AURA-92".to_owned(), "AURA-94".to_owned()]));
    assert_eq!(ids("AURA-9 AURA-x1 AURA-07's AURA-"), BTreeSet::from(["AURA-07".to_owned()]));
}
