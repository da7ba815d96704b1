//! What clients ask for in XML.

use super::ack_spelling::AckSpelling;
use super::element::Element;
use super::state::State;

/// The body of an acknowledgement.
#[derive(Debug)]
pub(super) struct Acknowledgements {
    /// Identifiers, or external ones.
    pub(super) ids: Vec<String>,
    /// Whether updates are acknowledged, too.
    pub(super) updates: bool,
}

impl Acknowledgements {
    /// Reads one; `None` if it isn't of the documented form.
    pub(super) fn read(body: &[u8], spelling: AckSpelling) -> Option<Self> {
        let root = Element::read(body)?;
        let flags = spelling.names().iter().filter_map(|name| root.attribute(name)).map(flag);
        let updates = flags.collect::<Option<Vec<bool>>>()?.into_iter().all(|flag| flag);
        let good = root.name == "acknowledgements" && root.is_blank() && !root.children.is_empty();
        let ids = root.children.into_iter().map(|child| text_of(child, "acknowledgement"));
        good.then_some(Self { ids: ids.collect::<Option<_>>()?, updates })
    }
}

/// The body of a status change or of a comment.
#[derive(Debug)]
pub(super) struct NewUpdate {
    pub(super) state: Option<State>,
    /// What is said; empty only with a state.
    pub(super) comment: String,
}

impl NewUpdate {
    /// Reads one; `None` if it isn't of the documented form or its state is none.
    pub(super) fn read(body: &[u8]) -> Option<Self> {
        let root = Element::read(body)?;
        let (mut state, mut comment) = (None, None);
        for child in root.children {
            let place = if child.name == "state" { &mut state } else { &mut comment };
            let name = if child.name == "state" { "state" } else { "comment" };
            if place.replace(text_of(child, name)?).is_some() {
                return None;
            }
        }
        let state = state.map(|state| State::read(&state).ok_or(())).transpose().ok()?;
        let comment = comment.unwrap_or_default();
        let says_something = state.is_some() || !comment.is_empty();
        (root.name == "support-request-update" && says_something).then_some(Self { state, comment })
    }
}

fn flag(text: &str) -> Option<bool> {
    match text {
        "true" => Some(true),
        "false" => Some(false),
        _ => None,
    }
}

fn text_of(element: Element, name: &str) -> Option<String> {
    (element.name == name && element.children.is_empty()).then_some(element.text)
}
