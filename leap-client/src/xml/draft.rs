use super::attributes::Attribute;
use super::cursor::{Cursor, Element};
use super::flaw::Flaw;

/// A value that is pieced together from an element's attributes and children.
pub(super) trait Draft: Default {
    /// What it becomes.
    type Value;

    /// The names that it knows, those of attributes with an `@` before them: what an error may name.
    const NAMES: &'static [&'static str];

    /// Takes an attribute, or leaves it.
    fn attribute(&mut self, attribute: &Attribute<'_>) -> Result<(), Flaw>;

    /// Takes a child, or [skips](Cursor::skip) it.
    fn child<'a>(&mut self, child: &Element<'a>, cursor: &mut Cursor<'a>) -> Result<(), Flaw>;

    /// The value, if all is there. `at` is where its element begins.
    fn finish(self, at: u64) -> Result<Self::Value, Flaw>;
}

/// Reads the element that was entered last, and goes out of it.
pub(super) fn read<'a, D: Draft>(element: &Element<'a>, cursor: &mut Cursor<'a>) -> Result<D::Value, Flaw> {
    let at = cursor.at();
    let mut draft = D::default();
    for attribute in cursor.attributes(element) {
        draft
            .attribute(&attribute)
            .map_err(|flaw| within::<D>(flaw, |known| known.strip_prefix('@') == Some(attribute.name)))?;
    }
    while let Some(child) = cursor.child()? {
        draft.child(&child, cursor).map_err(|flaw| within::<D>(flaw, |known| known == child.name()))?;
    }
    draft.finish(at)
}

/// Names the part of the element, if the draft knows it: a name that it doesn't may hold anything.
#[cold]
fn within<D: Draft>(flaw: Flaw, is_it: impl Fn(&str) -> bool) -> Flaw {
    match D::NAMES.iter().find(|known| is_it(known)) {
        Some(known) => flaw.within(known),
        None => flaw,
    }
}

/// The error of an element without this part.
#[cold]
pub(super) fn missing(at: u64, part: &'static str) -> Flaw {
    Flaw::value(at, "it is missing").within(part)
}
