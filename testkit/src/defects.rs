//! Holds a service's catalogue of defects to its rules.

use crate::source::{SourceFile, rows_in, rust_files, tests_in};
use care_client_core::defects::{self, Defect};
use std::{
    collections::BTreeSet,
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
};

const HEAD: &str = "| id | what is wrong | accepted | sent |\n|---|---|---|---|\n";

/// A service crate's catalogue: a list in `src/defects`, where `table.md` shows it. The file `tests/it/defects.rs`
/// holds it to the rules here, by [`defect_tests!`](crate::defect_tests).
#[derive(Debug, Clone)]
pub struct Catalogue {
    prefix: &'static str,
    all: &'static [Defect],
    home: PathBuf,
}

impl Catalogue {
    /// The catalogue `all` of the crate in this directory, which is `env!("CARGO_MANIFEST_DIR")`, with ids such as
    /// `AURA-07` for the prefix `AURA`.
    #[must_use]
    pub fn of(crate_directory: &str, prefix: &'static str, all: &'static [Defect]) -> Self {
        Self { prefix, all, home: Path::new(crate_directory).to_owned() }
    }

    /// Panics unless the ids are those from 01 on, in their order, and each finds its defect.
    pub fn ids_are_sequential_and_found(&self) {
        assert!(!self.all.is_empty(), "there are no defects");
        for (n, defect) in self.all.iter().enumerate() {
            assert_eq!(defect.id, format!("{}-{:02}", self.prefix, n + 1));
            assert_eq!(defects::find(self.all, defect.id), Some(defect));
            assert_eq!(defect.to_string(), format!("{}: {} (\"{}\")", defect.id, defect.title, defect.place));
        }
    }

    /// Panics unless the crate's own search finds each defect by its id, and nothing by anything else.
    pub fn is_searched_by(&self, find: impl Fn(&str) -> Option<&'static Defect>) {
        assert!(self.all.iter().all(|defect| find(defect.id) == Some(defect)));
        let unknown = ["", "-0", "-00", "-01 ", "-1", "-999"].map(|end| format!("{}{end}", self.prefix));
        for id in unknown.into_iter().chain([String::new(), format!("{}-01", self.prefix.to_lowercase())]) {
            assert_eq!(find(&id), None, "{id:?}");
        }
    }

    /// Panics if an entry doesn't say in one line what is wrong and where, quotes more than two lines or a person, or
    /// names another entry.
    pub fn entries_are_short_and_name_no_person(&self) {
        for defect in self.all {
            let Defect { id, title, place, quote, accepts, sends } = *defect;
            assert!(!title.is_empty() && !place.is_empty(), "{id}");
            for text in [title, place, accepts, sends] {
                assert!(text == text.trim() && !text.contains(['\n', '|']) && text.len() < 140, "{id}: {text}");
            }
            assert!(quote.lines().count() <= 2 && quote.lines().all(|line| line.len() < 130), "{id}: {quote}");
            let digits = quote.split(|c: char| !c.is_ascii_digit()).map(str::len).max().unwrap_or_default();
            assert!(!quote.contains('@') && digits < 7, "{id} quotes a mail address or a phone number: {quote}");
            assert_eq!(self.ids(&format!("{quote}{accepts}{sends}{title}")), BTreeSet::new(), "{id} names another");
        }
        let titles: BTreeSet<_> = self.all.iter().map(|defect| defect.title).collect();
        assert_eq!(titles.len(), self.all.len(), "each title is there once");
    }

    /// Panics unless `src/defects/table.md` is the catalogue.
    pub fn table_is_the_catalogue(&self) {
        let mut table = HEAD.to_owned();
        for Defect { id, title, accepts, sends, .. } in self.all {
            let cell = |text: &'static str| if text.is_empty() { "–" } else { text };
            writeln!(table, "| {id} | {title} | {} | {} |", cell(accepts), cell(sends)).unwrap();
        }
        let written = fs::read_to_string(self.home.join("src/defects/table.md")).unwrap();
        assert!(written == table, "src/defects/table.md must be:\n{table}");
    }

    /// Panics if there is a defect that no test function names, in `tests/` or `src/`, and no row of a
    /// [contract](crate::contract).
    pub fn each_has_a_test_that_names_it(&self) {
        let mut files = self.source();
        files.extend(self.tests());
        let bodies = files.iter().flat_map(|file| tests_in(&file.text).into_iter().chain(rows_in(&file.text)));
        self.assert_all_in(&bodies.flat_map(|body| self.ids(body)).collect(), "no test names", |_| true);
    }

    /// Panics if the code of the client doesn't name a defect that it is lenient for, or that it had to choose for.
    pub fn lenient_code_names_its_defect(&self) {
        let named = self.source().iter().flat_map(|file| self.ids(&file.text)).collect();
        let in_code = |defect: &Defect| !defect.accepts.is_empty() || !defect.sends.is_empty();
        self.assert_all_in(&named, "no code names", in_code);
    }

    /// Panics if code, tests, `README.md` or `fixtures/README.md` name an id that isn't in the catalogue.
    pub fn each_id_that_is_named_is_in_it(&self) {
        let mut files = self.source();
        files.extend(self.tests());
        files.extend(["README.md", "fixtures/README.md"].map(|page| self.page(page)));
        for file in files {
            for id in self.ids(&file.text) {
                assert!(defects::find(self.all, &id).is_some(), "{} names {id}", file.path.display());
            }
        }
    }

    /// Panics if the code or the README has one of these misspelt words of the document, given in small letters: only
    /// the catalogue quotes them. `sent` are names that have to be sent as they are misspelt, in small letters too.
    pub fn misspelt_words_are_only_quoted(&self, words: &[&str], sent: &[&str]) {
        let in_quotes = |word: &&str| self.all.iter().any(|defect| defect.quote.to_lowercase().contains(word));
        assert!(words.iter().any(in_quotes), "the catalogue quotes none of {words:?}");
        let mut files = self.source();
        files.push(self.page("README.md"));
        for file in files {
            let text = sent.iter().fold(file.text.to_lowercase(), |text, name| text.replace(name, ""));
            let found = words.iter().find(|word| text.contains(**word));
            assert_eq!(found, None, "{}", file.path.display());
        }
    }

    /// The source of the client itself, without the catalogue.
    fn source(&self) -> Vec<SourceFile> {
        let source = self.home.join("src");
        let mut files = rust_files(&source);
        files.retain(|file| !file.path.starts_with(source.join("defects")) && !file.path.ends_with("src/defects.rs"));
        files
    }

    /// The tests, without those of the catalogue.
    fn tests(&self) -> Vec<SourceFile> {
        let mut files = rust_files(&self.home.join("tests"));
        files.retain(|file| !file.path.ends_with("defects.rs"));
        files
    }

    fn page(&self, name: &str) -> SourceFile {
        let path = self.home.join(name);
        SourceFile { text: fs::read_to_string(&path).unwrap(), path }
    }

    /// The ids that a text names.
    fn ids(&self, text: &str) -> BTreeSet<String> {
        let before = format!("{}-", self.prefix);
        let length = before.len();
        let starts = text.match_indices(&before).filter_map(|(at, _)| text[at..].get(..length + 2));
        starts.filter(|id| id[length..].bytes().all(|b| b.is_ascii_digit())).map(str::to_owned).collect()
    }

    fn assert_all_in(&self, named: &BTreeSet<String>, or_else: &str, which: impl Fn(&Defect) -> bool) {
        let missing: Vec<_> = self.all.iter().filter(|defect| which(defect) && !named.contains(defect.id)).collect();
        assert!(missing.is_empty(), "{or_else} {missing:#?}");
    }
}

/// The tests of a [`Catalogue`]: its prefix, its list, and the function that finds a defect by its id. They are all
/// that stands in `tests/it/defects.rs`.
#[macro_export]
macro_rules! defect_tests {
    ($prefix:literal, $all:expr, $find:expr) => {
        fn catalogue() -> $crate::defects::Catalogue {
            $crate::defects::Catalogue::of(env!("CARGO_MANIFEST_DIR"), $prefix, $all)
        }

        #[test]
        fn ids_are_sequential_and_found() {
            catalogue().ids_are_sequential_and_found();
            catalogue().is_searched_by($find);
        }

        #[test]
        fn entries_say_what_is_wrong_in_one_line_and_quote_two_at_most_and_no_person() {
            catalogue().entries_are_short_and_name_no_person();
        }

        #[test]
        fn the_table_in_the_docs_is_the_catalogue() {
            catalogue().table_is_the_catalogue();
        }

        #[test]
        fn every_defect_has_a_test_that_names_it() {
            catalogue().each_has_a_test_that_names_it();
        }

        #[test]
        fn lenient_code_names_its_defect() {
            catalogue().lenient_code_names_its_defect();
        }

        #[test]
        fn every_id_that_is_named_anywhere_is_in_the_catalogue() {
            catalogue().each_id_that_is_named_is_in_it();
        }
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_search_for_names_finds_tests_and_nothing_else() {
        let catalogue = Catalogue::of("", "AURA", &[]);
        let text = "// AURA-91\n#[test]\nfn a() {\n    // AURA-92\n}\n\nfn helper() {} // AURA-93\n\nmod tests {\n    \
                    #[tokio::test(start_paused = true)]\n    async fn b() {\n        if true {\n        \
                    }\n        // AURA-94\n    \
                    }\n    const X: &str = \"AURA-95\";\n}\n";
        let found: BTreeSet<_> = tests_in(text).into_iter().flat_map(|body| catalogue.ids(body)).collect();
        assert_eq!(found, BTreeSet::from(["AURA-92".to_owned(), "AURA-94".to_owned()]));
        assert_eq!(catalogue.ids("AURA-9 AURA-x1 AURA-07's AURA-"), BTreeSet::from(["AURA-07".to_owned()]));
    }
}
