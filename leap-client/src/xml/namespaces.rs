//! Which namespace a name is in.

use crate::xml::{NAMESPACE, attributes::Value};
use std::borrow::Cow;

/// The namespaces that no document may declare for itself.
const XML_URI: &str = "http://www.w3.org/XML/1998/namespace";
const XMLNS_URI: &str = "http://www.w3.org/2000/xmlns/";

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
    /// As declared, normalized.
    uri: Box<str>,
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
    ///
    /// # Errors
    ///
    /// If it declares what *Namespaces in XML* reserves, or undeclares a prefix.
    pub(super) fn declare(&mut self, depth: u32, attribute: &str, value: Value<'_>) -> Result<(), &'static str> {
        let Some(behind) = attribute.strip_prefix("xmlns") else { return Ok(()) };
        let prefix = match behind.strip_prefix(':') {
            Some(prefix) => prefix,
            None if behind.is_empty() => "",
            None => return Ok(()),
        };
        // A value with an invalid reference is reported by whoever reads the element; it is no known namespace.
        let uri = value.text().unwrap_or(Cow::Borrowed("?"));
        if prefix == "xmlns" || uri == XMLNS_URI || (prefix == "xml") != (uri == XML_URI) {
            return Err("a namespace or prefix that XML reserves is declared");
        }
        if uri.is_empty() && !prefix.is_empty() {
            return Err("a prefix is declared without a namespace");
        }
        let space = match &*uri {
            "" => Space::None,
            NAMESPACE => Space::Leap,
            _ => Space::Other,
        };
        if prefix.is_empty() && space == self.default {
            return Ok(());
        }
        self.declared.push(Declared { depth, prefix: prefix.into(), uri: uri.into(), space, outer: self.default });
        if prefix.is_empty() {
            self.default = space;
        }
        self.update_plain();
        Ok(())
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

    /// The start of the local part of an element's name, and its namespace; `None` if its prefix isn't declared.
    pub(super) fn resolve(&self, name: &str) -> Option<(usize, Space)> {
        match name.split_once(':') {
            Some((prefix, _)) => Some((prefix.len() + 1, self.of_prefix(prefix)?.0)),
            None => Some((0, self.default)),
        }
    }

    /// An attribute's name without its prefix; `None` if it is in another namespace. The default doesn't apply to
    /// attributes.
    pub(super) fn attribute<'n>(&self, name: &'n str) -> Option<&'n str> {
        match name.split_once(':') {
            Some((prefix, local)) => (self.of_prefix(prefix)?.0 == Space::Leap).then_some(local),
            None => Some(name),
        }
    }

    /// Checks the attributes of one element.
    ///
    /// # Errors
    ///
    /// If a prefix isn't declared, or two prefixes of one namespace name the same attribute twice.
    pub(super) fn check<'n>(&self, attributes: impl Iterator<Item = &'n str>) -> Result<(), &'static str> {
        let mut seen = Vec::new();
        for (prefix, local) in
            attributes.filter_map(|name| name.split_once(':')).filter(|(prefix, _)| *prefix != "xmlns")
        {
            let (_, uri) = self.of_prefix(prefix).ok_or("an attribute has a prefix that is not declared")?;
            if seen.contains(&(uri, local)) {
                return Err("an element has the same attribute twice");
            }
            seen.push((uri, local));
        }
        Ok(())
    }

    fn of_prefix(&self, prefix: &str) -> Option<(Space, &str)> {
        if prefix == "xml" {
            return Some((Space::Other, XML_URI));
        }
        let innermost = self.declared.iter().rev().find(|declared| &*declared.prefix == prefix);
        innermost.map(|declared| (declared.space, &*declared.uri))
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
        spaces.declare(1, "xmlns", value(NAMESPACE)).unwrap();
        spaces.declare(2, "xmlns", value(NAMESPACE)).unwrap();
        assert!(spaces.is_plain() && spaces.declared.len() == 1);
        spaces.declare(3, "xmlns:l", value(NAMESPACE)).unwrap();
        spaces.declare(3, "xmlns", value("urn:other")).unwrap();
        assert_eq!(
            (spaces.resolve("l:state"), spaces.resolve("state")),
            (Some((2, Space::Leap)), Some((0, Space::Other)))
        );
        spaces.declare(4, "xmlns:l", value("urn:other")).unwrap();
        spaces.declare(4, "xmlns", value("")).unwrap();
        assert_eq!(
            (spaces.resolve("l:state"), spaces.resolve("state")),
            (Some((2, Space::Other)), Some((0, Space::None)))
        );
        spaces.leave(3);
        assert_eq!(
            (spaces.resolve("l:state"), spaces.resolve("state")),
            (Some((2, Space::Leap)), Some((0, Space::Other)))
        );
        assert_eq!((spaces.attribute("l:extid"), spaces.attribute("extid")), (Some("extid"), Some("extid")));
        assert_eq!(spaces.attribute("x:extid"), None);
        spaces.leave(2);
        assert!(spaces.is_plain());
        assert_eq!((spaces.resolve("l:state"), spaces.resolve("state")), (None, Some((0, Space::Leap))));
        spaces.leave(0);
        assert_eq!(spaces.resolve("state"), Some((0, Space::None)));
    }

    #[test]
    fn only_declarations_declare() {
        let mut spaces = Namespaces::new();
        for attribute in ["xml:lang", "xmlnsx", "ref", "x:xmlns"] {
            spaces.declare(1, attribute, value("urn:other")).unwrap();
        }
        assert!(spaces.is_plain() && spaces.declared.is_empty());
        spaces.declare(1, "xmlns", value("http://schema.majitek.com/leap-ws-v1.&#48;")).unwrap();
        assert_eq!(spaces.resolve("state"), Some((0, Space::Leap)));
    }

    #[test]
    fn what_is_reserved_is_not_declared() {
        for (attribute, uri, ok) in [
            ("xmlns:p", "urn:other", true),
            ("xmlns", "", true),
            ("xmlns:p", "", false),
            ("xmlns:xmlns", "urn:other", false),
            ("xmlns:xml", XML_URI, true),
            ("xmlns:xml", "urn:other", false),
            ("xmlns:p", XML_URI, false),
            ("xmlns", XML_URI, false),
            ("xmlns:p", XMLNS_URI, false),
            ("xmlns", XMLNS_URI, false),
        ] {
            assert_eq!(Namespaces::new().declare(1, attribute, value(uri)).is_ok(), ok, "{attribute} {uri}");
        }
    }

    #[test]
    fn attributes_have_declared_prefixes_and_differ() {
        let mut spaces = Namespaces::new();
        for (prefix, uri) in [("xmlns:a", "urn:one"), ("xmlns:b", "urn:one"), ("xmlns:c", "urn:two")] {
            spaces.declare(1, prefix, value(uri)).unwrap();
        }
        for (attributes, ok) in [
            (&["a:x", "c:x", "x", "xml:lang", "xmlns:d"][..], true),
            (&["a:x", "b:y"], true),
            (&["a:x", "b:x"], false),
            (&["d:x"], false),
        ] {
            assert_eq!(spaces.check(attributes.iter().copied()).is_ok(), ok, "{attributes:?}");
        }
    }
}
