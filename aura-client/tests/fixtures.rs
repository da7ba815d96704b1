//! Fixtures hold no person's data, parse strictly, and are accounted for in `fixtures/README.md`.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test says what is wrong by panicking")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures")
}

fn readme() -> String {
    fs::read_to_string(root().join("README.md")).unwrap()
}

/// Paths of all JSON files, relative to `fixtures/`, with `/` between their parts.
fn files() -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut folders = vec![root()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.file_name().unwrap() != "README.md" {
                let parts = path.strip_prefix(root()).unwrap().iter().map(|part| part.to_str().unwrap());
                found.insert(parts.collect::<Vec<_>>().join("/"));
            }
        }
    }
    found
}

fn parse(file: &str) -> Value {
    let text = fs::read_to_string(root().join(file)).unwrap();
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{file}: {error}"))
}

/// Calls `check` with the path and text of every string in `value`, keys included.
fn each_string(value: &Value, at: &str, check: &mut dyn FnMut(&str, &str)) {
    match value {
        Value::String(text) => check(at, text),
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(n, item)| each_string(item, &format!("{at}[{n}]"), check));
        }
        Value::Object(entries) => {
            for (key, item) in entries {
                check(at, key);
                each_string(item, &format!("{at}.{key}"), check);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

fn is_mail_part(c: char) -> bool {
    c.is_ascii_alphanumeric() || ".+-_".contains(c)
}

/// A mail address whose domain is not reserved for examples.
fn strange_mail(text: &str) -> Option<String> {
    text.match_indices('@').find_map(|(at, _)| {
        let local = text[..at].chars().rev().take_while(|c| is_mail_part(*c)).count();
        let domain: String = text[at + 1..].chars().take_while(|c| is_mail_part(*c)).collect();
        let domain = domain.trim_end_matches('.').to_owned();
        let reserved = ["example.com", "example.net", "example.org"].contains(&domain.as_str());
        (local > 0 && !reserved).then(|| text.to_owned())
    })
}

/// A date, a time or a decimal number: what has many digits and is no telephone number.
fn is_date_or_decimal(text: &str) -> bool {
    let date = text.len() == 24 && text.ends_with('Z') && text[..4].bytes().all(|b| b.is_ascii_digit());
    date && text.as_bytes()[10] == b'T' || text.contains('.') && text.parse::<f64>().is_ok()
}

/// Seven digits or more in a row, blanks, hyphens and brackets between them included, that are neither a number reserved for fiction nor zeros.
fn strange_phone(text: &str) -> Option<String> {
    if is_date_or_decimal(text) {
        return None;
    }
    let runs = text.split(|c: char| !(c.is_ascii_digit() || " +-()".contains(c)));
    runs.map(|run| run.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect::<String>()).find(|number| {
        let digits = number.chars().filter(char::is_ascii_digit).count();
        let fictional = number.len() == 12 && number.starts_with("+120255501");
        digits >= 7 && !fictional && number.chars().any(|c| c != '0')
    })
}

/// 24 hexadecimal digits on their own, as in an account's or a document's id, that are not all zeros.
fn strange_id(text: &str) -> Option<String> {
    let mut runs = text.split(|c: char| !c.is_ascii_alphanumeric());
    let hex =
        |run: &&str| run.len() == 24 && run.bytes().all(|b| b.is_ascii_hexdigit()) && run.bytes().any(|b| b != b'0');
    runs.find(hex).map(str::to_owned)
}

/// An auth0 account other than the one of zeros.
fn strange_account(text: &str) -> Option<String> {
    let account = text.split_once("auth0|")?.1;
    (account != "0".repeat(24)).then(|| text.to_owned())
}

fn strange(text: &str) -> Option<String> {
    strange_mail(text).or_else(|| strange_phone(text)).or_else(|| strange_id(text)).or_else(|| strange_account(text))
}

#[test]
fn no_fixture_names_a_person_who_may_exist() {
    for file in files() {
        each_string(&parse(&file), &file, &mut |at, text| {
            assert_eq!(strange(text), None, "{at}");
        });
    }
}

#[test]
fn the_readme_names_no_person_who_may_exist() {
    for word in readme().split(|c: char| c.is_whitespace() || "`<>,;".contains(c)) {
        assert_eq!(strange(word), None);
    }
}

#[test]
fn the_rule_finds_what_it_looks_for() {
    let account = format!("auth0|{}", "5cdd".repeat(6));
    for found in [
        "jo@mail.test",
        "call jo.a+b@mail.test.",
        "0210000001",
        "+27 (21) 000-0001",
        "+120255502",
        "ring 12025550101 now",
        &"5cdd".repeat(6),
        &account,
        "auth0|000",
    ] {
        assert!(strange(found).is_some(), "{found} passes");
    }
    let zeros = format!("auth0|{}", "0".repeat(24));
    for fine in [
        "jo@example.org",
        "+12025550199",
        "0000000000",
        "2019-06-26T08:26:34.148Z",
        "-26.104203333333334",
        "570",
        &zeros,
    ] {
        assert_eq!(strange(fine), None, "{fine} is found");
    }
}

#[test]
fn every_fixture_is_listed_and_every_listed_one_is_there() {
    let readme = readme();
    let rows = readme.lines().filter_map(|line| line.strip_prefix("| `")?.split_once("` |"));
    let listed: BTreeSet<String> = rows.map(|(file, _)| file.to_owned()).collect();
    assert_eq!(listed, files());
}

#[test]
fn a_person_has_one_value_everywhere() {
    let customers = [
        "created",
        "responder-dispatched-tech",
        "responder-cancelled",
        "responder-arrived",
        "responder-completed",
        "closed",
    ];
    for file in customers {
        let callout = parse(&format!("{file}.json"));
        let customer = &callout["customer"];
        assert_eq!(customer["email"], "customer@example.com", "{file}");
        assert_eq!(customer["mobile"], "+12025550103", "{file}");
        for key in ["firstAcknowledgedBy", "verifiedBy", "ownedBy", "lastUpdatedBy"] {
            let staff = &callout[key];
            assert!(staff.is_null() || staff == "controller@example.com", "{file}: {key} is {staff}");
        }
        let responder = &callout["calloutincidentdetail"]["responder"];
        assert!(responder.is_null() || responder["mobile"] == "responder@example.com", "{file}");
    }
}
