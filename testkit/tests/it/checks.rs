//! Each check of a crate's files finds what it is there to find.

use care_client_core::defects::{self, Defect};
use care_testkit::{Folder, defects::Catalogue, fixtures::Fixtures, front_page};
use std::{
    fs,
    panic::{AssertUnwindSafe, catch_unwind},
};

/// A crate's directory with these files.
fn with_files(files: &[(&str, &str)]) -> Folder {
    let folder = Folder::new();
    for (file, text) in files {
        let path = folder.file(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

/// What a check says in its panic, or nothing if it passes.
fn says(check: impl FnOnce()) -> Option<String> {
    let panic = catch_unwind(AssertUnwindSafe(check)).err()?;
    let fixed = |text: &&str| (*text).to_owned();
    panic.downcast_ref::<String>().cloned().or_else(|| panic.downcast_ref().map(fixed))
}

#[track_caller]
fn assert_says(check: impl FnOnce(), words: &str) {
    let said = says(check).unwrap_or_else(|| panic!("it passes where it should say {words}"));
    assert!(said.contains(words), "{said}");
}

fn fixtures(folder: &Folder) -> Fixtures {
    Fixtures::of(folder.path().to_str().unwrap())
}

#[test]
fn a_person_is_found_in_json_xml_forms_and_the_readme_by_the_place() {
    for (file, text, place) in [
        ("a.json", r#"{"list": [{"mail": "jo@mail.test"}]}"#, "a.json.list[0].mail"),
        ("a.json", r#"{"jo@mail.test": 1}"#, "a.json"),
        ("a.xml", "<a>\n  <b phone=\"0210000001\">x</b>\n</a>", "a.xml:2"),
        ("a.xml", "<a>jo@mail.test</a>", "a.xml:1"),
        ("a.txt", "a=1&mail=jo@mail.test", "a.txt:1"),
        ("below/a.txt", "+27 (21) 000-0001", "below/a.txt:1"),
    ] {
        let folder = with_files(&[(&format!("fixtures/{file}"), text)]);
        assert_says(|| fixtures(&folder).name_no_person(), &format!("{place} may be somebody's"));
    }
    let folder = with_files(&[("fixtures/README.md", "one\ntwo `jo@mail.test`\n")]);
    assert_says(|| fixtures(&folder).readme_names_no_person(), "README.md:2");
    fs::create_dir(folder.file("fixtures/empty")).unwrap();
    assert_says(|| fixtures(&folder).name_no_person(), "there are no fixtures");
}

#[test]
fn documented_dates_ids_and_invented_people_pass() {
    let xml = "<a id=\"10000001\" ref=\"http://company.example/10000001\" at=\"2011-02-08T22:07:43.000+0000\">\n  \
               <b>jo@example.com</b><c>+12025550101</c>\n</a>\n";
    let folder = with_files(&[("fixtures/a.xml", xml), ("fixtures/README.md", "")]);
    assert_says(|| fixtures(&folder).name_no_person(), "10000001");
    fixtures(&folder).allow_ids(["10000001"]).name_no_person();
}

#[test]
fn a_fixture_that_is_not_listed_and_a_listed_one_that_is_not_there_are_found() {
    let readme = "| file | what |\n|---|---|\n| `a.xml` | x |\n";
    let folder = with_files(&[("fixtures/a.xml", "<a/>"), ("fixtures/README.md", readme)]);
    fixtures(&folder).are_listed_in_the_readme();
    fs::write(folder.file("fixtures/b.xml"), "<b/>").unwrap();
    assert_says(|| fixtures(&folder).are_listed_in_the_readme(), "b.xml");
    fs::remove_file(folder.file("fixtures/b.xml")).unwrap();
    fs::remove_file(folder.file("fixtures/a.xml")).unwrap();
    assert_says(|| fixtures(&folder).are_listed_in_the_readme(), "a.xml");
}

#[test]
fn a_program_that_the_front_page_shows_otherwise_is_found() {
    let folder = with_files(&[("README.md", "Hello\n\n```rust\nfn a() {}\n```\n")]);
    let home = folder.path().to_str().unwrap();
    front_page::shows(home, &["fn a() {}\n"]);
    assert_says(|| front_page::shows(home, &["fn a() {}\n", "fn b() {}\n"]), "fn b()");
}

const GOOD: Defect = Defect {
    id: "SHOP-01",
    title: "a path lacks its slash",
    place: "Orders",
    quote: "POST orders",
    accepts: "",
    sends: "`/orders`",
};
const TABLE: &str = "| id | what is wrong | accepted | sent |\n|---|---|---|---|\n\
                     | SHOP-01 | a path lacks its slash | – | `/orders` |\n";
const TEST: &str = "#[test]\nfn it() {\n    // SHOP-01\n}\n";

fn catalogue(folder: &Folder, all: &'static [Defect]) -> Catalogue {
    Catalogue::of(folder.path().to_str().unwrap(), "SHOP", all)
}

#[test]
fn a_sound_catalogue_passes_and_what_its_files_lack_is_found() {
    let files = [
        ("src/defects/table.md", TABLE),
        ("src/defects/paths.rs", "// SHOP-01"),
        ("src/lib.rs", "// SHOP-01: ordresUpdates"),
        ("tests/a.rs", TEST),
        ("tests/defects.rs", "// SHOP-77"),
        ("README.md", "SHOP-01"),
        ("fixtures/README.md", ""),
    ];
    let check = |folder: &Folder| {
        let catalogue = catalogue(folder, &[GOOD]);
        catalogue.ids_are_sequential_and_found();
        catalogue.entries_are_short_and_name_no_person();
        catalogue.table_is_the_catalogue();
        catalogue.each_has_a_test_that_names_it();
        catalogue.lenient_code_names_its_defect();
        catalogue.each_id_that_is_named_is_in_it();
        catalogue.misspelt_words_are_only_quoted(&["post orders", "ordres"], &["ordresupdates"]);
    };
    check(&with_files(&files));
    for (file, text, words) in [
        ("src/defects/table.md", "", "table.md must be"),
        ("src/lib.rs", "", "no code names"),
        ("tests/a.rs", "// SHOP-01", "no test names"),
        ("tests/a.rs", &format!("{TEST}// SHOP-02"), "a.rs names SHOP-02"),
        ("README.md", "SHOP-03", "README.md names SHOP-03"),
        ("README.md", "SHOP-01: Post Orders", "README.md"),
        ("src/lib.rs", "// SHOP-01: the ordres", "lib.rs"),
    ] {
        let folder = with_files(&files);
        fs::write(folder.file(file), text).unwrap();
        assert_says(|| check(&folder), words);
    }
}

#[test]
fn an_entry_that_breaks_a_rule_is_found() {
    const LONG: &str = "one\ntwo\nthree";
    let folder = Folder::new();
    for (all, words) in [
        (&[Defect { id: "SHOP-02", ..GOOD }] as &[_], "SHOP-02"),
        (&[GOOD, GOOD], "SHOP-01"),
        (&[], "there are no defects"),
    ] {
        assert_says(|| catalogue(&folder, all).ids_are_sequential_and_found(), words);
    }
    assert_says(|| catalogue(&folder, &[GOOD]).misspelt_words_are_only_quoted(&["ordres"], &[]), "quotes none");
    for (all, words) in [
        (&[Defect { title: "", ..GOOD }] as &[_], "SHOP-01"),
        (&[Defect { place: "", ..GOOD }], "SHOP-01"),
        (&[Defect { accepts: "a | b", ..GOOD }], "a | b"),
        (&[Defect { quote: LONG, ..GOOD }], "three"),
        (&[Defect { quote: "ring 0210000001", ..GOOD }], "quotes a mail address or a phone number"),
        (&[Defect { quote: "jo@mail.test", ..GOOD }], "quotes a mail address or a phone number"),
        (&[Defect { sends: "as in SHOP-02", ..GOOD }], "names another"),
        (&[GOOD, GOOD], "each title is there once"),
    ] {
        assert_says(|| catalogue(&folder, all).entries_are_short_and_name_no_person(), words);
    }
}

#[test]
fn a_search_that_finds_too_little_or_too_much_is_found() {
    const ALL: &[Defect] = &[GOOD, Defect { id: "SHOP-02", ..GOOD }];
    let folder = Folder::new();
    catalogue(&folder, ALL).is_searched_by(|id| defects::find(ALL, id));
    assert_says(|| catalogue(&folder, ALL).is_searched_by(|id| defects::find(&ALL[..1], id)), "find(defect.id)");
    assert_says(|| catalogue(&folder, ALL).is_searched_by(|id| defects::find(ALL, id.trim())), "SHOP-01 ");
    assert_says(|| catalogue(&folder, ALL).is_searched_by(|id| defects::find(ALL, &id.to_uppercase())), "shop-01");
}
