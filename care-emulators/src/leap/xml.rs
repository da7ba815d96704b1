//! XML: reading the documents that clients send, and writing responses.

use quick_xml::{
    NsReader,
    events::{BytesStart, Event},
    name::{Namespace, ResolveResult},
};

/// The namespace of all documents. Requests may omit it, as the vendor's examples do.
pub(super) const NAMESPACE: &str = "http://schema.majitek.com/leap-ws-v1.0";

/// An element and its content, as a client sent it.
#[derive(Debug, Default)]
pub(super) struct Element {
    pub(super) name: String,
    pub(super) attributes: Vec<(String, String)>,
    /// All text directly in it, entities and CDATA resolved.
    pub(super) text: String,
    pub(super) children: Vec<Element>,
}

impl Element {
    /// Reads a document. Returns `None` if it isn't well-formed, has a document type, or has an element of another
    /// namespace.
    pub(super) fn read(body: &[u8]) -> Option<Self> {
        let mut reader = NsReader::from_str(std::str::from_utf8(body).ok()?);
        // The last element is the one being read. The first stands for the document.
        let mut open = vec![Self::default()];
        loop {
            let (namespace, event) = reader.read_resolved_event().ok()?;
            let known = match namespace {
                ResolveResult::Unbound => true,
                ResolveResult::Bound(Namespace(name)) => *name == *NAMESPACE,
                ResolveResult::Unknown(_) => false,
            };
            match event {
                Event::Start(start) if known => open.push(Self::start(&start)?),
                Event::Empty(start) if known => open.last_mut()?.children.push(Self::start(&start)?),
                Event::End(_) => {
                    let done = open.pop()?;
                    open.last_mut()?.children.push(done);
                }
                Event::Text(text) => open.last_mut()?.text.push_str(&text.xml10_content()),
                Event::CData(text) => open.last_mut()?.text.push_str(&text.xml10_content()),
                Event::GeneralRef(reference) => {
                    let c = match reference.resolve_char_ref().ok()? {
                        Some(c) => c,
                        None => predefined_entity(&reference.xml10_content())?,
                    };
                    open.last_mut()?.text.push(c);
                }
                Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
                Event::DocType(_) | Event::Start(_) | Event::Empty(_) => return None,
                Event::Eof => break,
            }
        }
        let [mut document] = <[Self; 1]>::try_from(open).ok()?;
        let root = document.children.pop()?;
        (document.children.is_empty() && document.is_blank()).then_some(root)
    }

    fn start(start: &BytesStart<'_>) -> Option<Self> {
        let attributes = start.attributes().map(|attribute| {
            let attribute = attribute.ok()?;
            let value = attribute.normalized_value(quick_xml::XmlVersion::Implicit1_0).ok()?;
            Some((attribute.key.as_ref().to_owned(), value.into_owned()))
        });
        let name = start.local_name().as_ref().to_owned();
        Some(Self { name, attributes: attributes.collect::<Option<_>>()?, ..Self::default() })
    }

    /// Whether its text is only white space.
    pub(super) fn is_blank(&self) -> bool {
        self.text.chars().all(|c| " \t\r\n".contains(c))
    }

    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

/// The character of a predefined entity.
fn predefined_entity(entity: &str) -> Option<char> {
    let entities = [("amp", '&'), ("lt", '<'), ("gt", '>'), ("quot", '"'), ("apos", '\'')];
    entities.into_iter().find(|(name, _)| *name == entity).map(|(_, c)| c)
}

/// A document being written, one element a line.
#[derive(Default)]
pub(super) struct XmlWriter {
    text: String,
    depth: usize,
}

/// The attributes of an element. Those without a value are omitted.
pub(super) type Attributes<'a> = &'a [(&'a str, Option<&'a str>)];

impl XmlWriter {
    /// Opens an element with child elements.
    pub(super) fn open(&mut self, name: &str, attributes: Attributes<'_>) {
        self.tag(name, attributes, ">\n");
        self.depth += 1;
    }

    pub(super) fn close(&mut self, name: &str) {
        self.depth -= 1;
        self.indent();
        self.push(&["</", name, ">\n"]);
    }

    /// Writes an element without content.
    pub(super) fn empty(&mut self, name: &str, attributes: Attributes<'_>) {
        self.tag(name, attributes, "/>\n");
    }

    /// Writes an element with a text.
    pub(super) fn text(&mut self, name: &str, text: &str) {
        self.tag(name, &[], ">");
        self.escape(text, false);
        self.push(&["</", name, ">\n"]);
    }

    pub(super) fn finish(self) -> String {
        self.text
    }

    fn indent(&mut self) {
        (0..self.depth).for_each(|_| self.text.push_str("  "));
    }

    fn push(&mut self, parts: &[&str]) {
        parts.iter().for_each(|part| self.text.push_str(part));
    }

    fn tag(&mut self, name: &str, attributes: Attributes<'_>, end: &str) {
        self.indent();
        self.push(&["<", name]);
        for (name, value) in attributes {
            if let Some(value) = value {
                self.push(&[" ", name, "=\""]);
                self.escape(value, true);
                self.text.push('"');
            }
        }
        self.text.push_str(end);
    }

    fn escape(&mut self, text: &str, in_attribute: bool) {
        for c in text.chars() {
            match c {
                '&' => self.text.push_str("&amp;"),
                '<' => self.text.push_str("&lt;"),
                '>' => self.text.push_str("&gt;"),
                // A reader would normalize these to a line feed or a space.
                '\r' => self.text.push_str("&#13;"),
                '\n' if in_attribute => self.text.push_str("&#10;"),
                '\t' if in_attribute => self.text.push_str("&#9;"),
                '"' if in_attribute => self.text.push_str("&quot;"),
                _ => self.text.push(c),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_texts_and_attributes_are_read_exactly() {
        let body = [
            "<?xml version='1.0'?>\n<p:a xmlns:p='http://schema.majitek.com/leap-ws-v1.0' x='1 &lt; 2'><!-- c -->\n ",
            "<p:b> 1 &amp;&#13;<![CDATA[<2>]]> </p:b><c/></p:a>\n",
        ];
        let root = Element::read(body.concat().as_bytes()).unwrap();
        assert_eq!((root.name.as_str(), root.attribute("x"), root.is_blank()), ("a", Some("1 < 2"), true));
        let children: Vec<_> = root.children.iter().map(|child| (child.name.as_str(), child.text.as_str())).collect();
        assert_eq!(children, [("b", " 1 &\r<2> "), ("c", "")]);
    }

    #[test]
    fn other_documents_are_refused() {
        for wrong in [
            "",
            "text",
            "<a>",
            "<a></b>",
            "<a/><b/>",
            "<a/>text",
            "<a>&nbsp;</a>",
            "<a x=1/>",
            "<a x='1' x='2'/>",
            "<!DOCTYPE a><a/>",
            "<a xmlns='http://example.com/'/>",
            "<p:a/>",
        ] {
            assert!(Element::read(wrong.as_bytes()).is_none(), "{wrong}");
        }
        assert!(Element::read(b"<a>\xff</a>").is_none());
    }

    #[test]
    fn texts_and_attributes_are_escaped_and_absent_attributes_omitted() {
        let mut xml = XmlWriter::default();
        xml.open("a", &[("x", Some("1\n\"<&>'")), ("y", None)]);
        xml.text("b", "1\n\"<&>'\r");
        xml.empty("c", &[]);
        xml.close("a");
        let expected = "<a x=\"1&#10;&quot;&lt;&amp;&gt;'\">\n  <b>1\n\"&lt;&amp;&gt;'&#13;</b>\n  <c/>\n</a>\n";
        assert_eq!(xml.finish(), expected);
    }
}
