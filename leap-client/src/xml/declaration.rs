//! The XML declaration and processing instructions.

use crate::xml::characters::{is_blank, is_local_name};

/// Reads the content of an XML declaration, from `xml` on: whether the document is declared as UTF-8, or not at all.
/// `None` if the declaration is malformed.
///
/// US-ASCII is a part of UTF-8.
pub(super) fn is_utf8(declaration: &str) -> Option<bool> {
    let mut rest = declaration.strip_prefix("xml")?;
    let version = pseudo_attribute(&mut rest, "version")??;
    version.strip_prefix("1.").filter(|minor| !minor.is_empty() && minor.bytes().all(|byte| byte.is_ascii_digit()))?;
    let encoding = pseudo_attribute(&mut rest, "encoding")?;
    let standalone = pseudo_attribute(&mut rest, "standalone")?;
    let is_complete = rest.bytes().all(is_blank) && standalone.is_none_or(|said| matches!(said, "yes" | "no"));
    let known = |name: &str| ["UTF-8", "UTF8", "US-ASCII", "ASCII"].iter().any(|one| name.eq_ignore_ascii_case(one));
    is_complete.then(|| encoding.is_none_or(known))
}

/// Takes the next pair off the text if it has this name. The outer `None`: the text is malformed here.
fn pseudo_attribute<'t>(rest: &mut &'t str, name: &str) -> Option<Option<&'t str>> {
    let trim = |text: &'t str| text.trim_start_matches([' ', '\n', '\t', '\r']);
    let text = trim(rest);
    let Some(behind) = text.strip_prefix(name) else { return Some(None) };
    let has_blank = text.len() < rest.len();
    let value = trim(trim(behind).strip_prefix('=')?);
    let mark = value.chars().next().filter(|mark| has_blank && matches!(mark, '"' | '\''))?;
    let (value, behind) = value[1..].split_once(mark)?;
    *rest = behind;
    Some(Some(value))
}

/// Whether the content of a processing instruction is well-formed: it has a name, and none that XML keeps for itself.
pub(super) fn is_instruction(content: &str) -> bool {
    let name = content.split([' ', '\n', '\t', '\r']).next().unwrap_or_default();
    is_local_name(name) && !name.eq_ignore_ascii_case("xml")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_declaration_is_read_as_the_standard_writes_it() {
        for (declaration, said) in [
            ("xml version='1.0'", Some(true)),
            ("xml\tversion = \"1.1\" encoding='utf-8'\n", Some(true)),
            ("xml version='1.0' standalone='yes'", Some(true)),
            ("xml version='1.0' encoding='US-ASCII' standalone=\"no\"", Some(true)),
            ("xml version='1.0' encoding='ISO-8859-1'", Some(false)),
            ("xml version='1.0' encoding=''", Some(false)),
            ("xml", None),
            ("xml ", None),
            ("xml encoding='UTF-8'", None),
            ("xml version='1.0' standalone='yes' encoding='UTF-8'", None),
            ("xml version='1.0'encoding='UTF-8'", None),
            ("xml version='1.0\" ", None),
            ("xml version=1.0", None),
            ("xml version='1.'", None),
            ("xml version='2.0'", None),
            ("xml version='one'", None),
            ("xml version='1.0' standalone='maybe'", None),
            ("xml version='1.0' version='1.0'", None),
            ("xml version='1.0' x='1'", None),
        ] {
            assert_eq!(is_utf8(declaration), said, "{declaration:?}");
        }
    }

    #[test]
    fn an_instruction_has_a_name_of_its_own() {
        for (content, ok) in [
            ("pi", true),
            ("pi ? more", true),
            ("xml-stylesheet href='x'", true),
            ("", false),
            (" pi", false),
            ("1", false),
            ("a:b", false),
            ("xml", false),
            ("XML version='1.0'", false),
            ("pi/more", false),
        ] {
            assert_eq!(is_instruction(content), ok, "{content:?}");
        }
    }
}
