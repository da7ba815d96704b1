//! Writes the documents that are sent to LEAP, exactly as documented: one line, no declaration, and no namespace unless
//! it is configured.

use crate::{requests::model::State, xml::NAMESPACE};
use care_client_core::Error;

/// The spelling of the flag that keeps updates unacknowledged when their request is acknowledged.
///
/// The vendor's only example has `acknowlegdeUpdates`, with two letters swapped, and the text beside it
/// `acknowledgeUpdates` (defect [`LEAP-10`](crate::defects)). A missing flag means that the updates are acknowledged,
/// too, so a server that doesn't know the spelling silently acknowledges them. `true` is always written as in the
/// example, since its spelling then makes no difference.
///
/// Source: Majitek, *Requests Web Services API*, "Acknowledge changes to a support request",
/// <http://docs.majitek.com/plaza/dev/Requests+Web+Services+API>.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum AckFlagSpelling {
    /// The example's: `acknowlegdeUpdates="false"`.
    Example,
    /// The text's: `acknowledgeUpdates="false"`.
    Prose,
    /// Both at once, so that every server knows one of them. A server that rejects unknown attributes answers 400, and
    /// nothing is lost.
    #[default]
    Both,
}

/// How documents are written for servers that differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Dialect {
    /// The spelling of the flag that keeps updates.
    pub(crate) ack_flag_spelling: AckFlagSpelling,
    /// Whether the root declares the API's namespace, which the documented requests don't (defect `LEAP-03`).
    pub(crate) namespace: bool,
}

/// Writes an acknowledgement.
///
/// # Errors
///
/// [`Kind::Request`](crate::Kind::Request) if an identifier contains a character that XML can't represent.
pub(crate) fn acknowledgements<'k>(
    keys: impl IntoIterator<Item = &'k str>,
    keep_updates: bool,
    dialect: &Dialect,
) -> Result<String, Error> {
    let mut document = String::with_capacity(256);
    begin(&mut document, "acknowledgements", dialect);
    document.push_str(match (keep_updates, dialect.ack_flag_spelling) {
        // Correct for either spelling: LEAP-10.
        (false, _) => r#" acknowlegdeUpdates="true""#,
        (true, AckFlagSpelling::Example) => r#" acknowlegdeUpdates="false""#,
        (true, AckFlagSpelling::Prose) => r#" acknowledgeUpdates="false""#,
        (true, AckFlagSpelling::Both) => r#" acknowlegdeUpdates="false" acknowledgeUpdates="false""#,
    });
    document.push('>');
    for key in keys {
        element(&mut document, "acknowledgement", key, "an identifier")?;
    }
    document.push_str("</acknowledgements>");
    Ok(document)
}

/// Writes an update: a state, a comment, or both.
///
/// # Errors
///
/// [`Kind::Request`](crate::Kind::Request) if the comment or the state contains a character that XML can't represent.
pub(crate) fn update(state: Option<&State>, comment: Option<&str>, dialect: &Dialect) -> Result<String, Error> {
    let mut document = String::with_capacity(256);
    begin(&mut document, "support-request-update", dialect);
    document.push('>');
    if let Some(state) = state {
        element(&mut document, "state", state.as_str(), "the state")?;
    }
    if let Some(comment) = comment {
        element(&mut document, "comment", comment, "the comment")?;
    }
    document.push_str("</support-request-update>");
    Ok(document)
}

/// Writes the name and the namespace of the root's tag.
fn begin(document: &mut String, root: &str, dialect: &Dialect) {
    document.push('<');
    document.push_str(root);
    if dialect.namespace {
        document.push_str(r#" xmlns=""#);
        document.push_str(NAMESPACE);
        document.push('"');
    }
}

fn element(document: &mut String, name: &str, text: &str, what: &str) -> Result<(), Error> {
    document.push('<');
    document.push_str(name);
    document.push('>');
    escape(document, text, what)?;
    document.push_str("</");
    document.push_str(name);
    document.push('>');
    Ok(())
}

/// Escapes text so that a reader gets it back exactly.
fn escape(document: &mut String, text: &str, what: &str) -> Result<(), Error> {
    for (index, character) in text.chars().enumerate() {
        match character {
            '&' => document.push_str("&amp;"),
            '<' => document.push_str("&lt;"),
            '>' => document.push_str("&gt;"),
            // Unescaped, it is read as a line feed.
            '\r' => document.push_str("&#13;"),
            '\u{0}'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {
                return Err(Error::request(format!(
                    "{what} contains a character that XML can't represent, U+{:04X} at index {index}: remove it",
                    u32::from(character)
                )));
            }
            other => document.push(other),
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const SPELT: [AckFlagSpelling; 3] = [AckFlagSpelling::Example, AckFlagSpelling::Prose, AckFlagSpelling::Both];

    #[test]
    fn the_flag_is_spelt_as_chosen_and_true_as_in_the_example() {
        for spelling in SPELT {
            let dialect = Dialect { ack_flag_spelling: spelling, namespace: false };
            let both = acknowledgements(["1"], false, &dialect).unwrap();
            let (root, key) =
                ("<acknowledgements acknowlegdeUpdates=\"true\">", "<acknowledgement>1</acknowledgement>");
            assert_eq!(both, format!("{root}{key}</acknowledgements>"));
        }
        let kept = SPELT.map(|ack_flag_spelling| {
            let dialect = Dialect { ack_flag_spelling, namespace: false };
            acknowledgements([], true, &dialect).unwrap().replace("></acknowledgements>", "")
        });
        assert_eq!(
            kept,
            [
                r#"<acknowledgements acknowlegdeUpdates="false""#,
                r#"<acknowledgements acknowledgeUpdates="false""#,
                r#"<acknowledgements acknowlegdeUpdates="false" acknowledgeUpdates="false""#,
            ]
        );
    }

    #[test]
    fn the_namespace_is_written_when_asked_for() {
        let dialect = Dialect { namespace: true, ..Dialect::default() };
        let xmlns = r#"xmlns="http://schema.majitek.com/leap-ws-v1.0""#;
        let update = update(Some(&State::Problem), Some("a<b"), &dialect).unwrap();
        let content = "<state>PROBLEM</state><comment>a&lt;b</comment>";
        assert_eq!(update, format!("<support-request-update {xmlns}>{content}</support-request-update>"));
        let acknowledgements = acknowledgements([], false, &dialect).unwrap();
        let expected = format!(r#"<acknowledgements {xmlns} acknowlegdeUpdates="true"></acknowledgements>"#);
        assert_eq!(acknowledgements, expected);
    }
}
