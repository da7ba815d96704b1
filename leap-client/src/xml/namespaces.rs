//! Which namespace a name is in.

use crate::xml::{NAMESPACE, attributes::Value};

/// Which namespace a name is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Space {
    /// No namespace.
    None,
    /// The API's namespace.
    Leap,
    /// Any other namespace.
    Other,
}

/// The namespaces in scope.
///
/// Documents of this API declare the same default again on each request and no prefix, which costs nothing here.
#[derive(Debug)]
pub(super) struct Namespaces {
    default: Space,
    declared: Vec<Declared>,
    /// Whether names need no resolution: no prefix is declared, and the default isn't another namespace.
    plain: bool,
}

#[derive(Debug)]
struct Declared {
    depth: u32,
    /// Empty for the default.
    prefix: Box<str>,
    space: Space,
    /// The default before this declaration.
    outer: Space,
}

impl Namespaces {
    pub(super) fn new() -> Self {
        Self { default: Space::None, declared: Vec::new(), plain: true }
    }

    pub(super) fn is_plain(&self) -> bool {
        self.plain
    }

    /// Records what an attribute of the element at this depth declares, if anything.
    pub(super) fn declare(&mut self, depth: u32, attribute: &str, value: Value<'_>) {
        let Some(behind) = attribute.strip_prefix("xmlns") else { return };
        let prefix = match behind.strip_prefix(':') {
            Some(prefix) => prefix,
            None if behind.is_empty() => "",
            None => return,
        };
        let space = match value.text().as_deref() {
            Some("") => Space::None,
            Some(NAMESPACE) => Space::Leap,
            _ => Space::Other,
        };
        if prefix.is_empty() && space == self.default {
            return;
        }
        self.declared.push(Declared { depth, prefix: prefix.into(), space, outer: self.default });
        if prefix.is_empty() {
            self.default = space;
        }
        self.update_plain();
    }

    /// Forgets the declarations of elements below this depth.
    pub(super) fn leave(&mut self, depth: u32) {
        while let Some(last) = self.declared.pop_if(|last| last.depth > depth) {
            self.default = last.outer;
            self.update_plain();
        }
    }

    fn update_plain(&mut self) {
        self.plain = self.default != Space::Other && self.declared.iter().all(|declared| declared.prefix.is_empty());
    }

    /// The start of the local part of an element's name, and its namespace.
    pub(super) fn resolve(&self, name: &str) -> (usize, Space) {
        match name.split_once(':') {
            Some((prefix, _)) => (prefix.len() + 1, self.of_prefix(prefix)),
            None => (0, self.default),
        }
    }

    /// An attribute's name without its prefix; `None` if it is in another namespace. The default doesn't apply to
    /// attributes.
    pub(super) fn attribute<'n>(&self, name: &'n str) -> Option<&'n str> {
        match name.split_once(':') {
            Some((prefix, local)) => (self.of_prefix(prefix) == Space::Leap).then_some(local),
            None => Some(name),
        }
    }

    fn of_prefix(&self, prefix: &str) -> Space {
        let innermost = self.declared.iter().rev().find(|declared| &*declared.prefix == prefix);
        innermost.map_or(Space::Other, |declared| declared.space)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(raw: &str) -> Value<'_> {
        Value::new(raw)
    }

    #[test]
    fn the_innermost_declaration_counts_and_ends_with_its_element() {
        let mut spaces = Namespaces::new();
        spaces.declare(1, "xmlns", value(NAMESPACE));
        spaces.declare(2, "xmlns", value(NAMESPACE));
        assert!(spaces.is_plain() && spaces.declared.len() == 1);
        spaces.declare(3, "xmlns:l", value(NAMESPACE));
        spaces.declare(3, "xmlns", value("urn:other"));
        assert_eq!((spaces.resolve("l:state"), spaces.resolve("state")), ((2, Space::Leap), (0, Space::Other)));
        spaces.declare(4, "xmlns:l", value("urn:other"));
        spaces.declare(4, "xmlns", value(""));
        assert_eq!((spaces.resolve("l:state"), spaces.resolve("state")), ((2, Space::Other), (0, Space::None)));
        spaces.leave(3);
        assert_eq!((spaces.resolve("l:state"), spaces.resolve("state")), ((2, Space::Leap), (0, Space::Other)));
        assert_eq!((spaces.attribute("l:extid"), spaces.attribute("extid")), (Some("extid"), Some("extid")));
        assert_eq!(spaces.attribute("x:extid"), None);
        spaces.leave(2);
        assert!(spaces.is_plain());
        assert_eq!((spaces.resolve("l:state"), spaces.resolve("state")), ((2, Space::Other), (0, Space::Leap)));
        spaces.leave(0);
        assert_eq!(spaces.resolve("state"), (0, Space::None));
    }

    #[test]
    fn only_declarations_declare() {
        let mut spaces = Namespaces::new();
        for attribute in ["xml:lang", "xmlnsx", "ref", "x:xmlns"] {
            spaces.declare(1, attribute, value("urn:other"));
        }
        assert!(spaces.is_plain() && spaces.declared.is_empty());
        spaces.declare(1, "xmlns", value("http://schema.majitek.com/leap-ws-v1.&#48;"));
        assert_eq!(spaces.resolve("state"), (0, Space::Leap));
    }
}
