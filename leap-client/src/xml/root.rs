//! Recognizes LEAP's answers by their root element.
//!
//! Proxies and login pages answer with status 200 and HTML. It contains no support requests, and would be read as an
//! empty list (defect `LEAP-19`). So the root's name and namespace are checked before anything else. An answer of type
//! `text/html` is accepted only if its root is in the API's namespace.

use crate::xml::{
    characters::{is_all_blank, is_blank},
    cursor::{Cursor, Element},
    declaration::is_utf8,
    validation_error::ValidationError,
};
use care_client_core::{DecodeError, RawResponse};
use http::header::{CONTENT_ENCODING, CONTENT_TYPE};
use quick_xml::events::{BytesStart, Event};

/// What is said of a body without content.
const EMPTY: &str = "an empty body";

/// The root elements of the documents of LEAP's requests service.
const ROOTS: [&str; 5] = ["support-request", "support-requests", "ref", "acknowledgements", "support-request-update"];

/// Opens a document and enters its root.
///
/// # Errors
///
/// A [foreign response](DecodeError::foreign) if the root isn't the wanted one; [unreadable](DecodeError::unreadable)
/// if it is, and what stands before it or in its tag can't be read.
pub(super) fn open<'a>(
    response: &'a RawResponse,
    wanted: &'static str,
) -> Result<(Cursor<'a>, Element<'a>), DecodeError> {
    let page = Answer { response };
    if let Some(what) = page.no_markup() {
        return Err(page.foreign(what, wanted));
    }
    let mut cursor = Cursor::new(&response.body);
    let (tag, empty, prolog) = match prolog(&mut cursor) {
        Ok(Some(found)) => found,
        Ok(None) => return Err(page.foreign("XML without an element", wanted)),
        // The name of the unreadable tag still identifies the document.
        Err((at, error)) if name_at(&response.body, at) == Some(wanted) => {
            return Err(error.within(wanted).into_error());
        }
        Err(_) => return Err(page.foreign("a text that is no XML", wanted)),
    };
    if local(tag.name().as_ref()) != wanted {
        return Err(page.foreign(&other_root(tag.name().as_ref()), wanted));
    }
    let element = cursor.enter(tag, empty).map_err(|error| error.within(wanted).into_error())?;
    if element.name() != wanted {
        return Err(page.foreign("an element of this name in another namespace", wanted));
    }
    if page.says_html() && !cursor.is_in_namespace(&element) {
        return Err(page.foreign("a page of HTML", wanted));
    }
    match prolog {
        Some(error) => Err(error.into_error()),
        None => Ok((cursor, element)),
    }
}

/// Accepts the answer to an operation whose answer isn't documented (defect `LEAP-20`): an empty body, or a document of
/// LEAP.
///
/// # Errors
///
/// A [foreign response](DecodeError::foreign) if it is anything else: LEAP speaks XML.
pub(crate) fn accept(response: &RawResponse) -> Result<(), DecodeError> {
    let page = Answer { response };
    match page.no_markup() {
        Some(EMPTY) => return Ok(()),
        Some(what) => return Err(page.foreign(what, "LEAP's answer")),
        None => {}
    }
    let mut cursor = Cursor::new(&response.body);
    let what = match prolog(&mut cursor) {
        Ok(Some((tag, empty, _))) => {
            let name = tag.name().as_ref().to_owned();
            let is_ours = cursor.enter(tag, empty).is_ok_and(|element| {
                let known = ROOTS.contains(&element.name()) && !page.says_html();
                known || cursor.is_in_namespace(&element)
            });
            if is_ours {
                return Ok(());
            }
            other_root(&name)
        }
        Ok(None) => "XML without an element".to_owned(),
        Err(_) => "markup that is no XML".to_owned(),
    };
    Err(page.foreign(&what, "LEAP's answer"))
}

/// The root's tag, whether it is empty, and why the document can't be read even if the root is the right one.
type Prolog<'a> = Option<(BytesStart<'a>, bool, Option<ValidationError>)>;

/// Reads up to the root's tag. An error has the byte at which the failing piece begins.
fn prolog<'a>(cursor: &mut Cursor<'a>) -> Result<Prolog<'a>, (u64, ValidationError)> {
    let begin = cursor.position();
    let mut error = None;
    loop {
        let at = cursor.position();
        let event = cursor.event().map_err(|error| (at, error))?;
        let found = match &event {
            Event::Start(_) | Event::Empty(_) | Event::Eof => break Ok(root(event, error)),
            Event::Decl(_) if at > begin => Some(cursor.malformed("an XML declaration that isn't at the beginning")),
            Event::Decl(declaration) => match is_utf8(declaration) {
                Some(true) => None,
                Some(false) => Some(cursor.malformed("it isn't declared as UTF-8")),
                None => Some(cursor.malformed("its XML declaration is malformed")),
            },
            Event::DocType(_) => Some(cursor.malformed("it declares a document type, which may expand to anything")),
            Event::Comment(_) | Event::PI(_) => cursor.check(&event).err(),
            Event::Text(text) if is_all_blank(text) => None,
            _ => break Err((at, cursor.malformed("text before the root element"))),
        };
        error = error.or(found);
    }
}

fn root(event: Event<'_>, error: Option<ValidationError>) -> Prolog<'_> {
    match event {
        Event::Start(tag) => Some((tag, false, error)),
        Event::Empty(tag) => Some((tag, true, error)),
        _ => None,
    }
}

/// The local name of the tag at a byte of a body.
fn name_at(body: &[u8], at: u64) -> Option<&str> {
    let tag = body.get(usize::try_from(at).ok()?..)?.strip_prefix(b"<")?;
    let name = tag.split(|byte| matches!(byte, b' ' | b'\n' | b'\r' | b'\t' | b'/' | b'>')).next()?;
    std::str::from_utf8(name).ok().map(local)
}

fn local(name: &str) -> &str {
    name.split_once(':').map_or(name, |(_, local)| local)
}

fn other_root(name: &str) -> String {
    match local(name) {
        html if html.eq_ignore_ascii_case("html") => "a page of HTML".to_owned(),
        name if is_harmless(name) => format!("a document with the root {name}"),
        _ => "a document with another root".to_owned(),
    }
}

/// Whether a name can be shown: a long one, or one with more than letters, may be data that was taken for a tag.
fn is_harmless(name: &str) -> bool {
    (1..=40).contains(&name.len()) && name.bytes().all(|byte| byte.is_ascii_alphabetic() || byte == b'-')
}

/// A response before its XML is read: what its first bytes and its media type say.
struct Answer<'a> {
    response: &'a RawResponse,
}

impl Answer<'_> {
    /// What the body is instead, if it can't be XML.
    fn no_markup(&self) -> Option<&'static str> {
        let body = &self.response.body;
        if self.is_utf16() {
            return Some("a text in UTF-16");
        }
        if self.response.headers.get(CONTENT_ENCODING).is_some_and(|said| said != "identity") {
            return Some("an encoding that nobody asked for");
        }
        let text = body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(body);
        match text.iter().find(|byte| !is_blank(**byte)) {
            None => Some(EMPTY),
            Some(b'<') => None,
            Some(b'{' | b'[') => Some("JSON"),
            Some(_) => Some("a text that is no XML"),
        }
    }

    fn is_utf16(&self) -> bool {
        matches!(*self.response.body, [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] | [b'<', 0, ..] | [0, b'<', ..])
    }

    /// The media type, if it looks like one.
    fn media_type(&self) -> Option<&str> {
        let said = self.response.headers.get(CONTENT_TYPE)?.to_str().ok()?;
        let said = said.split(';').next().map(str::trim)?;
        let token = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'+' | b'-' | b'.');
        (said.len() <= 40 && said.contains('/') && said.bytes().all(token)).then_some(said)
    }

    fn says_html(&self) -> bool {
        self.media_type().is_some_and(|said| said.eq_ignore_ascii_case("text/html"))
    }

    fn foreign(&self, what: &str, wanted: &str) -> DecodeError {
        let called = self.media_type().map(|media_type| format!(" ({media_type})")).unwrap_or_default();
        DecodeError::foreign(format!("{what}{called} instead of {wanted}"))
    }
}
