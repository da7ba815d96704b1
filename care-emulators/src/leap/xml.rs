//! XML documents in the making.

/// A document, an element a line.
#[derive(Default)]
pub(super) struct Xml {
    text: String,
    depth: usize,
}

/// An element's attributes. Those without a value are left out.
pub(super) type Attributes<'a> = &'a [(&'a str, Option<&'a str>)];

impl Xml {
    /// Begins an element that has others in it.
    pub(super) fn open(&mut self, name: &str, attributes: Attributes<'_>) {
        self.tag(name, attributes, ">\n");
        self.depth += 1;
    }

    pub(super) fn close(&mut self, name: &str) {
        self.depth -= 1;
        self.indent();
        self.push(&["</", name, ">\n"]);
    }

    /// An element without content.
    pub(super) fn empty(&mut self, name: &str, attributes: Attributes<'_>) {
        self.tag(name, attributes, "/>\n");
    }

    /// An element with a text.
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
                // Whoever reads it would take these for a line feed or a blank.
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
    use super::Xml;

    #[test]
    fn texts_and_attributes_are_escaped_and_absent_attributes_left_out() {
        let mut xml = Xml::default();
        xml.open("a", &[("x", Some("1\n\"<&>'")), ("y", None)]);
        xml.text("b", "1\n\"<&>'\r");
        xml.empty("c", &[]);
        xml.close("a");
        let expected = "<a x=\"1&#10;&quot;&lt;&amp;&gt;'\">\n  <b>1\n\"&lt;&amp;&gt;'&#13;</b>\n  <c/>\n</a>\n";
        assert_eq!(xml.finish(), expected);
    }
}
