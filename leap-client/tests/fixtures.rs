//! Fixtures hold no person's data, parse strictly, and are accounted for in `fixtures/README.md`.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that can't go on fails")]

use care_testkit::fixtures::Fixtures;
use quick_xml::{Reader, events::Event};

/// Ids of requests and customers that the vendor prints.
const IDS: [&str; 5] = ["0000001", "000000001", "10000001", "10000002", "01234574"];

fn fixtures() -> Fixtures {
    Fixtures::of(env!("CARGO_MANIFEST_DIR")).allow_ids(IDS)
}

care_testkit::fixture_tests!(fixtures());

#[test]
fn persons_are_invented_ones() {
    for file in fixtures().files() {
        let text = fixtures().text(&file);
        for element in ["creator", "assignee", "updater"] {
            for name in text.split(&format!("<{element}>")).skip(1) {
                let name = name.split('<').next().unwrap();
                assert!(name.ends_with(" Example"), "{file}: {name}");
            }
        }
    }
}

#[test]
fn documents_are_whole() {
    for file in fixtures().files().into_iter().filter(|file| file.ends_with(".xml")) {
        let text = fixtures().text(&file);
        let mut reader = Reader::from_str(&text);
        let (mut depth, mut roots) = (0, 0);
        loop {
            let event = reader.read_event().unwrap_or_else(|error| panic!("{file}: {error}"));
            roots += usize::from(depth == 0 && matches!(event, Event::Start(_) | Event::Empty(_)));
            match event {
                Event::Start(_) => depth += 1,
                Event::End(_) => depth -= 1,
                Event::Eof => break,
                _ => {}
            }
        }
        assert_eq!((roots, depth), (1, 0), "{file}");
    }
}
