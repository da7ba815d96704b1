//! Where the names of a crate are defined.

use super::scan::{FileScan, Import};
use std::collections::{BTreeMap, BTreeSet};

/// Re-exports of re-exports end somewhere, unless they lead to themselves.
const LONGEST_CHAIN: usize = 16;

/// All files of a crate.
pub(super) struct Crate {
    files: Vec<(String, FileScan)>,
    /// The file that each module stands in.
    modules: BTreeMap<Vec<String>, usize>,
    /// The imports of each module.
    imports: BTreeMap<Vec<String>, Vec<(usize, Import)>>,
    exported_macros: BTreeMap<String, usize>,
}

/// What a path leads to.
enum Target {
    Module(Vec<String>),
    /// Something that a file defines.
    Item(usize),
}

impl Crate {
    pub(super) fn new(files: Vec<(String, FileScan)>) -> Self {
        let mut all =
            Self { files, modules: BTreeMap::new(), imports: BTreeMap::new(), exported_macros: BTreeMap::new() };
        for (index, (path, file)) in all.files.iter().enumerate() {
            let own = module_of(path);
            let inline = file.inline_modules.iter().map(|inner| joined(&own, inner));
            all.modules.extend(inline.map(|module| (module, index)));
            for import in &file.imports {
                all.imports.entry(joined(&own, &import.module)).or_default().push((index, import.clone()));
            }
            all.exported_macros.extend(file.exported_macros.iter().map(|name| (name.clone(), index)));
            all.modules.insert(own, index);
        }
        all
    }

    /// Which files each file uses.
    pub(super) fn arrows(&self) -> BTreeMap<String, BTreeSet<String>> {
        let mut arrows = BTreeMap::new();
        for (index, (path, file)) in self.files.iter().enumerate() {
            let own = module_of(path);
            let mut targets = BTreeSet::new();
            for import in &file.imports {
                let is_used = import.name.as_ref().is_some_and(|name| file.words.contains(name));
                if import.is_public && !is_used {
                    continue;
                }
                match self.resolve(&joined(&own, &import.module), &import.path, LONGEST_CHAIN) {
                    Some(Target::Item(file)) => drop(targets.insert(file)),
                    // The paths that begin with it say what of it is used.
                    Some(Target::Module(_)) if is_used => {}
                    Some(Target::Module(module)) => targets.extend(self.modules.get(&module)),
                    None => {}
                }
            }
            for (inner, segments) in &file.paths {
                match self.resolve(&joined(&own, inner), segments, LONGEST_CHAIN) {
                    Some(Target::Item(file)) => drop(targets.insert(file)),
                    Some(Target::Module(module)) => targets.extend(self.modules.get(&module)),
                    None => {}
                }
            }
            targets.remove(&index);
            arrows.insert(path.clone(), targets.into_iter().map(|file| self.files[file].0.clone()).collect());
        }
        arrows
    }

    /// The imports and paths that begin with `crate` and go on with no module.
    pub(super) fn through_the_root(&self) -> Vec<String> {
        let mut found = BTreeSet::new();
        for (path, file) in self.files.iter().filter(|(path, _)| !module_of(path).is_empty()) {
            let paths = file.imports.iter().map(|import| &import.path).chain(file.paths.iter().map(|(_, path)| path));
            for name in paths.filter(|path| path[0] == "crate").filter_map(|path| path.get(1)) {
                if !self.modules.contains_key(&vec![name.clone()]) && !self.exported_macros.contains_key(name) {
                    found.insert(format!("{path}: crate::{name}"));
                }
            }
        }
        found.into_iter().collect()
    }

    fn resolve(&self, module: &[String], segments: &[String], left: usize) -> Option<Target> {
        let left = left.checked_sub(1)?;
        let (first, mut rest) = segments.split_first()?;
        let mut place = match first.as_str() {
            "crate" => Vec::new(),
            "self" => module.to_vec(),
            "super" => module[..module.len().checked_sub(1)?].to_vec(),
            _ => return self.lookup(module, segments, left, false),
        };
        while let Some((next, after)) = rest.split_first().filter(|(next, _)| *next == "super") {
            debug_assert_eq!(next, "super");
            place.pop()?;
            rest = after;
        }
        if rest.is_empty() { Some(Target::Module(place)) } else { self.lookup(&place, rest, left, true) }
    }

    /// Looks a path up in a module. `is_there` says that it must be in it, as nothing else has its first name.
    fn lookup(&self, module: &[String], segments: &[String], left: usize, is_there: bool) -> Option<Target> {
        let (first, rest) = segments.split_first()?;
        let child = joined(module, std::slice::from_ref(first));
        if self.modules.contains_key(&child) {
            return if rest.is_empty() { Some(Target::Module(child)) } else { self.lookup(&child, rest, left, true) };
        }
        let imports = self.imports.get(module).map(Vec::as_slice).unwrap_or_default();
        if let Some((_, import)) = imports.iter().find(|(_, import)| import.name.as_ref() == Some(first)) {
            return match self.resolve_import(module, import, left)? {
                Target::Module(target) if !rest.is_empty() => self.lookup(&target, rest, left, true),
                target => Some(target),
            };
        }
        if module.is_empty()
            && let Some(file) = self.exported_macros.get(first)
        {
            return Some(Target::Item(*file));
        }
        is_there.then(|| self.modules.get(module).copied().map(Target::Item))?
    }

    /// An import that names itself, as `use http::Http` in a module that has a `mod http`, is no loop: its own name is
    /// looked for among the modules first.
    fn resolve_import(&self, module: &[String], import: &Import, left: usize) -> Option<Target> {
        let names_itself = import.path.first() == import.name.as_ref() && import.path.len() == 1;
        if names_itself { None } else { self.resolve(module, &import.path, left) }
    }
}

fn joined(module: &[String], inner: &[String]) -> Vec<String> {
    [module, inner].concat()
}

/// The module that a file is.
fn module_of(path: &str) -> Vec<String> {
    let path = path.strip_suffix(".rs").unwrap_or(path);
    let mut segments: Vec<_> = path.split('/').map(str::to_owned).collect();
    let is_own = segments.len() == 1 && matches!(segments[0].as_str(), "lib" | "main");
    if is_own || segments.last().is_some_and(|last| last == "mod") {
        segments.pop();
    }
    segments
}
