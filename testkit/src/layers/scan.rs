//! What one file says of other modules: its imports, its paths, what it defines.

use super::tokens::{Token, tokens};
use std::collections::BTreeSet;

/// What one file says.
#[derive(Debug, Default)]
pub(super) struct FileScan {
    pub(super) imports: Vec<Import>,
    /// The paths of two and more segments outside of imports.
    pub(super) paths: Vec<(Module, Vec<String>)>,
    /// All words outside of imports.
    pub(super) words: BTreeSet<String>,
    /// The modules inside of the file, in its own terms.
    pub(super) inline_modules: Vec<Module>,
    /// The macros that stand at the crate's root whatever file they are in.
    pub(super) exported_macros: Vec<String>,
}

/// A module inside of the file, from the file's own module on.
pub(super) type Module = Vec<String>;

/// One name of a `use`.
#[derive(Debug, Clone)]
pub(super) struct Import {
    pub(super) module: Module,
    /// The path as written. `*` is no segment.
    pub(super) path: Vec<String>,
    /// The name by which the module knows it; none for `*` and `_`.
    pub(super) name: Option<String>,
    /// Whether it is passed on to others.
    pub(super) is_public: bool,
}

/// Reads a source.
pub(super) fn scan(source: &str) -> FileScan {
    let mut scanner =
        Scanner { tokens: tokens(source), at: 0, found: FileScan::default(), modules: Vec::new(), depth: 0 };
    scanner.run();
    scanner.found
}

struct Scanner {
    tokens: Vec<Token>,
    at: usize,
    found: FileScan,
    /// The inline modules around the place, each with the depth of braces outside of it.
    modules: Vec<(String, usize)>,
    depth: usize,
}

impl Scanner {
    fn run(&mut self) {
        let (mut is_public, mut is_exported) = (false, false);
        while let Some(token) = self.tokens.get(self.at).cloned() {
            let was_public = std::mem::replace(&mut is_public, false);
            match token.word() {
                None if token.is('#') && (self.sign(1, '[') || self.sign(1, '!') && self.sign(2, '[')) => {
                    is_exported |= self.attribute();
                }
                Some("pub") => {
                    is_public = true;
                    self.at += 1;
                    if self.sign(0, '(') {
                        self.skip_group();
                    }
                }
                Some("use") if !self.sign(1, '<') => {
                    self.at += 1;
                    self.tree(&[], was_public);
                }
                Some("mod") if self.sign(2, '{') => self.enter(),
                Some("macro_rules") if self.sign(1, '!') => {
                    let name = self.tokens.get(self.at + 2).and_then(Token::word).unwrap_or_default().to_owned();
                    if std::mem::replace(&mut is_exported, false) {
                        self.found.exported_macros.push(name);
                    }
                    self.at += 3;
                    self.skip_group();
                }
                Some(_) => self.path(),
                None => self.step(&token),
            }
        }
    }

    fn sign(&self, ahead: usize, sign: char) -> bool {
        self.tokens.get(self.at + ahead).is_some_and(|token| token.is(sign))
    }

    fn module(&self) -> Module {
        self.modules.iter().map(|(name, _)| name.clone()).collect()
    }

    fn step(&mut self, token: &Token) {
        if token.is('{') {
            self.depth += 1;
        } else if token.is('}') {
            self.depth = self.depth.saturating_sub(1);
            if self.modules.last().is_some_and(|(_, outside)| *outside == self.depth) {
                self.modules.pop();
            }
        }
        self.at += 1;
    }

    fn enter(&mut self) {
        let name = self.tokens[self.at + 1].word().unwrap_or_default().to_owned();
        self.modules.push((name, self.depth));
        self.found.inline_modules.push(self.module());
        self.depth += 1;
        self.at += 3;
    }

    /// Passes an attribute, and the item behind it if that is for tests only. Says whether it exports a macro.
    fn attribute(&mut self) -> bool {
        self.at += 1;
        if self.sign(0, '!') {
            self.at += 1;
        }
        let begin = self.at;
        self.skip_group();
        let words: Vec<_> = self.tokens[begin..self.at].iter().filter_map(Token::word).collect();
        let is_of_tests = words.first() == Some(&"cfg") && words.contains(&"test") && !words.contains(&"not");
        let is_export = words.first() == Some(&"macro_export");
        if is_of_tests {
            self.skip_item();
        }
        is_export
    }

    /// Passes what stands in brackets of any kind.
    fn skip_group(&mut self) {
        let mut depth = 0_usize;
        while let Some(token) = self.tokens.get(self.at) {
            self.at += 1;
            if ['(', '[', '{'].iter().any(|open| token.is(*open)) {
                depth += 1;
            } else if [')', ']', '}'].iter().any(|close| token.is(*close)) {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return;
                }
            }
        }
    }

    fn skip_item(&mut self) {
        let mut ends_with_block = true;
        while let Some(token) = self.tokens.get(self.at) {
            match token.word() {
                Some("use" | "const" | "static" | "type") => ends_with_block = false,
                Some("fn") => ends_with_block = true,
                _ => {}
            }
            if token.is(';') {
                self.at += 1;
                return;
            }
            let is_block = token.is('{');
            if is_block || token.is('(') || token.is('[') {
                self.skip_group();
                if is_block && ends_with_block {
                    return;
                }
            } else {
                self.at += 1;
            }
        }
    }

    /// Reads a path in code.
    fn path(&mut self) {
        let is_start = self.at == 0 || !matches!(self.tokens[self.at - 1], Token::Sign('.' | '$') | Token::Separator);
        let mut segments = Vec::new();
        while let Some(word) = self.tokens.get(self.at).and_then(Token::word) {
            segments.push(word.to_owned());
            self.at += 1;
            if self.tokens.get(self.at) != Some(&Token::Separator)
                || self.tokens.get(self.at + 1).and_then(Token::word).is_none()
            {
                break;
            }
            self.at += 1;
        }
        if is_start {
            self.found.words.insert(segments[0].clone());
            if segments.len() > 1 {
                self.found.paths.push((self.module(), segments));
            }
        }
    }

    /// Reads the tree of a `use` up to its end.
    fn tree(&mut self, before: &[String], is_public: bool) {
        let mut path = before.to_vec();
        let mut name: Option<String> = None;
        if self.tokens.get(self.at) == Some(&Token::Separator) {
            // Another crate, whatever the modules here are called.
            path.push("::".to_owned());
            self.at += 1;
        }
        while let Some(token) = self.tokens.get(self.at).cloned() {
            match &token {
                Token::Word(word) if word == "as" => {
                    name = self.tokens.get(self.at + 1).and_then(Token::word).map(str::to_owned);
                    self.at += 2;
                }
                Token::Word(word) if word == "self" && !path.is_empty() => {
                    name = path.last().cloned();
                    self.at += 1;
                }
                Token::Word(word) => {
                    path.push(word.clone());
                    name = Some(word.clone());
                    self.at += 1;
                }
                Token::Separator => self.at += 1,
                Token::Sign('*') => {
                    name = None;
                    self.at += 1;
                }
                Token::Sign('{') => {
                    self.at += 1;
                    while !self.sign(0, '}') && self.at < self.tokens.len() {
                        self.tree(&path, is_public);
                        if self.sign(0, ',') {
                            self.at += 1;
                        }
                    }
                    self.at += 1;
                    return;
                }
                Token::Sign(_) => break,
            }
        }
        let name = name.filter(|name| name != "_");
        self.found.imports.push(Import { module: self.module(), path, name, is_public });
    }
}
