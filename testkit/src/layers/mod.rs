//! The modules of a crate as layers, whose arrows may only point down.
//!
//! An arrow goes from the file that uses a name to the file that defines it. Re-exports are followed: who imports
//! `crate::error::Kind` depends on the file where `Kind` stands, not on the `mod.rs` that passes it on. Imports and
//! paths in code count; tests (`#[cfg(test)]`), comments and the bodies of macros don't.
//!
//! ```
//! use care_testkit::layers::Layers;
//!
//! let layers = Layers::of_files([
//!     ("lib.rs", "mod call; mod error; mod retry; pub use call::Call;"),
//!     ("error.rs", "pub struct Error;"),
//!     ("retry.rs", "use crate::{call::Call, error::Error}; pub struct Retry(Call, Error);"),
//!     ("call.rs", "use crate::retry::Retry; pub struct Call(Box<Retry>);"),
//! ]);
//! assert_eq!(layers.circles(), [["call.rs", "retry.rs"]]);
//! assert_eq!(layers.upward(&[&["error"], &["retry"], &["call"]]), ["retry.rs -> call.rs"]);
//! ```
//!
//! A crate holds itself to its order in a test of its own, as the core does in `tests/it/main.rs`:
//!
//! ```
//! # use care_testkit::layers::Layers;
//! let layers = Layers::of(concat!(env!("CARGO_MANIFEST_DIR"), "/src/layers"));
//! layers.assert_circles_at_most(0);
//! layers.assert_order(&[&["tokens", "graph"], &["scan"], &["resolve"], &["mod"]]);
//! layers.assert_no_imports_through_the_root();
//! ```

mod graph;
mod resolve;
mod scan;
mod tokens;

use crate::source::rust_files;
use resolve::Crate;
use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

/// The files of a crate and the arrows between them.
#[derive(Debug)]
pub struct Layers {
    arrows: BTreeMap<String, BTreeSet<String>>,
    through_the_root: Vec<String>,
}

impl Layers {
    /// Reads all Rust files below a crate's `src`.
    ///
    /// # Panics
    ///
    /// If they can't be read.
    #[must_use]
    pub fn of(source: impl AsRef<Path>) -> Self {
        let source = source.as_ref();
        let files = rust_files(source).into_iter().map(|file| {
            let path = file.path.strip_prefix(source).unwrap();
            (path.to_string_lossy().replace('\\', "/"), file.text)
        });
        Self::of_files(files)
    }

    /// Takes files by their paths below `src`, such as `call/mod.rs`.
    #[must_use]
    pub fn of_files<P: Into<String>, T: AsRef<str>>(files: impl IntoIterator<Item = (P, T)>) -> Self {
        let files = files.into_iter().map(|(path, text)| (path.into(), scan::scan(text.as_ref()))).collect();
        let all = Crate::new(files);
        Self { arrows: all.arrows(), through_the_root: all.through_the_root() }
    }

    /// Which files each file uses.
    #[must_use]
    pub fn arrows(&self) -> &BTreeMap<String, BTreeSet<String>> {
        &self.arrows
    }

    /// The groups of files in which each leads to every other, and so none can be understood alone.
    #[must_use]
    pub fn circles(&self) -> Vec<Vec<String>> {
        graph::circles(&self.arrows)
    }

    /// The arrows that point up, given the top-level modules of each layer from the lowest to the highest; and the
    /// modules that are in no layer.
    #[must_use]
    pub fn upward(&self, layers: &[&[&str]]) -> Vec<String> {
        let layer_of = |file: &str| layers.iter().position(|modules| modules.contains(&top(file)));
        let mut wrong = Vec::new();
        for (from, targets) in self.arrows.iter().filter(|(from, _)| !is_root(from)) {
            let Some(layer) = layer_of(from) else {
                wrong.push(format!("{from} is in no layer"));
                continue;
            };
            let higher = targets.iter().filter(|to| layer_of(to).is_some_and(|target| target > layer));
            wrong.extend(higher.map(|to| format!("{from} -> {to}")));
        }
        wrong
    }

    /// The imports of names that the crate's root re-exports, as `file: crate::Name`: they hide where the arrow goes.
    #[must_use]
    pub fn through_the_root(&self) -> &[String] {
        &self.through_the_root
    }

    /// # Panics
    ///
    /// If there are more circles; the message names their files.
    pub fn assert_circles_at_most(&self, allowed: usize) {
        let circles = self.circles();
        let shown: Vec<_> = circles.iter().map(|files| self.circle(files)).collect();
        assert!(circles.len() <= allowed, "{} circles, allowed are {allowed}:\n{}", circles.len(), shown.join("\n"));
    }

    /// # Panics
    ///
    /// If an arrow points up, or a module is in no layer; see [`upward`](Self::upward).
    pub fn assert_order(&self, layers: &[&[&str]]) {
        let wrong = self.upward(layers);
        assert!(wrong.is_empty(), "these arrows point up:\n{}", wrong.join("\n"));
    }

    /// # Panics
    ///
    /// If a module imports through the crate's root; see [`through_the_root`](Self::through_the_root).
    pub fn assert_no_imports_through_the_root(&self) {
        let wrong = &self.through_the_root;
        assert!(wrong.is_empty(), "import these from the module that defines them:\n{}", wrong.join("\n"));
    }

    /// A circle with its arrows.
    fn circle(&self, files: &[String]) -> String {
        let inside = |file: &String| {
            let targets: Vec<_> =
                self.arrows[file].iter().filter(|to| files.contains(to)).map(String::as_str).collect();
            format!("  {file} -> {}", targets.join(", "))
        };
        files.iter().map(inside).collect::<Vec<_>>().join("\n")
    }
}

fn is_root(file: &str) -> bool {
    matches!(file, "lib.rs" | "main.rs")
}

/// The top-level module that a file belongs to.
fn top(file: &str) -> &str {
    file.split('/').next().unwrap_or_default().trim_end_matches(".rs")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn arrows(files: &[(&str, &str)]) -> Vec<String> {
        let layers = Layers::of_files(files.iter().copied());
        let pairs =
            layers.arrows.iter().flat_map(|(from, targets)| targets.iter().map(move |to| format!("{from} {to}")));
        pairs.collect()
    }

    #[test]
    fn a_circle_made_on_purpose_is_found_through_re_exports_aliases_and_modules() {
        let circle = [
            ("lib.rs", "mod a; mod b; mod c; pub use b::Beta;"),
            ("a/mod.rs", "mod inner; pub use inner::Alpha as First;"),
            ("a/inner.rs", "use crate::Beta; pub struct Alpha(Option<Box<Beta>>);"),
            ("b.rs", "use crate::c as other; pub struct Beta(other::Gamma);"),
            ("c.rs", "use crate::a::First; pub struct Gamma(First);"),
        ];
        let layers = Layers::of_files(circle);
        assert_eq!(layers.circles(), [["a/inner.rs", "b.rs", "c.rs"]]);
        assert_eq!(layers.through_the_root(), ["a/inner.rs: crate::Beta"]);
        assert_eq!(layers.upward(&[&["a"], &["b"], &["c"]]), ["a/inner.rs -> b.rs", "b.rs -> c.rs"]);
        assert_eq!(layers.upward(&[&["a", "b"]]), ["c.rs is in no layer"]);
        // Without the last arrow there is none.
        let line = circle.map(|(path, text)| if path == "c.rs" { (path, "pub struct Gamma;") } else { (path, text) });
        assert!(Layers::of_files(line).circles().is_empty());
    }

    #[test]
    #[should_panic(expected = "a.rs -> b.rs")]
    fn a_circle_fails_with_its_files() {
        let files = [
            ("lib.rs", "mod a; mod b;"),
            ("a.rs", "use super::b::B; pub struct A(B);"),
            ("b.rs", "fn f(a: crate::a::A) {}"),
        ];
        Layers::of_files(files).assert_circles_at_most(0);
    }

    #[test]
    fn a_module_that_passes_names_on_depends_on_those_only_that_it_uses() {
        let files = |text| [("lib.rs", "mod a;"), ("a/mod.rs", text), ("a/b.rs", "pub struct B;")];
        assert!(arrows(&files("mod b; pub use b::B;")).is_empty());
        assert_eq!(arrows(&files("mod b; pub use b::B; pub struct A(B);")), ["a/mod.rs a/b.rs"]);
        assert_eq!(arrows(&files("mod b; use b::B;")), ["a/mod.rs a/b.rs"]);
        assert_eq!(arrows(&files("mod b; fn f() { b::g() }")), ["a/mod.rs a/b.rs"]);
    }

    #[test]
    fn tests_comments_texts_and_macros_have_no_arrows() {
        let text = r##"
            //! use crate::b::B;
            /* use crate::b::B; /* nested */ */
            const TEXT: &str = "use crate::b::B;";
            const RAW: &str = r#"" use crate::b::B; "#;
            const QUOTE: char = '"'; const ESCAPED: char = '\'';
            fn life<'a>(text: &'a str) -> impl Fn() + use<'a> { move || { let _ = text; } }
            macro_rules! own { () => { use crate::b::B; } }
            #[cfg(test)]
            use crate::b::B;
            #[cfg(test)]
            #[allow(dead_code)]
            mod tests { use crate::b::B; fn f() { if true { crate::b::g() } } }
            #[cfg(all(test, unix))]
            fn helper() -> crate::b::B { crate::b::B }
        "##;
        assert!(arrows(&[("lib.rs", "mod a; mod b;"), ("a.rs", text), ("b.rs", "pub struct B;")]).is_empty());
        let after = format!("{text} #[cfg(not(test))] use crate::b::B;");
        assert_eq!(arrows(&[("lib.rs", "mod a; mod b;"), ("a.rs", &after), ("b.rs", "pub struct B;")]), ["a.rs b.rs"]);
    }

    #[test]
    fn inline_modules_groups_globs_and_exported_macros_are_followed() {
        let lib = "mod a; mod b; mod c; pub use crate::__make as make;";
        let b = "#[macro_export] macro_rules! __make { () => {} } pub mod option { pub fn read() {} }";
        for (text, expected) in [
            ("mod inner { use super::super::c::C; }", "a.rs c.rs"),
            ("use crate::{b::{self, option}};", "a.rs b.rs"),
            ("fn f() { crate::b::option::read() }", "a.rs b.rs"),
            ("use crate::c::*;", "a.rs c.rs"),
            ("crate::make!();", "a.rs b.rs"),
            ("use crate::c; fn f(x: c::C) {}", "a.rs c.rs"),
        ] {
            let files = [("lib.rs", lib), ("a.rs", text), ("b.rs", b), ("c.rs", "pub struct C;")];
            assert_eq!(arrows(&files), [expected], "{text}");
        }
        let other =
            [("lib.rs", lib), ("a.rs", "use ::c::C; use std::fmt; fn f(x: other::c::C) {}"), ("c.rs", "pub struct C;")];
        assert!(arrows(&other).is_empty());
    }
}
