//! Hyperlinks as ids: read from any address, and never followed by it.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::{
    cmp::Ordering,
    fmt,
    hash::{Hash, Hasher},
    str::FromStr,
};

/// Something that links lead to.
///
/// ```
/// use care_client_core::{Link, Linked};
///
/// care_client_core::wire::id! {
///     /// The number of a note.
///     pub struct NoteId;
/// }
/// #[derive(Debug, PartialEq)]
/// struct Note;
///
/// impl Linked for Note {
///     type Id = NoteId;
///     const API: &'static str = "api";
///     const COLLECTION: &'static str = "notes";
/// }
///
/// // The host is another one than the client's, and is not so much as kept.
/// let text = r#""http://elsewhere.example.com:8000/any/api/notes/7/""#;
/// let link: Link<Note> = serde_json::from_str(text)?;
/// assert_eq!(link, Link::to(7));
/// assert_eq!((link.id(), link.path()), (NoteId::from(7), "/api/notes/7/".into()));
/// # Ok::<(), serde_json::Error>(())
/// ```
pub trait Linked: 'static {
    /// Its id, as it stands in a link.
    type Id: FromStr + fmt::Display + fmt::Debug + Clone + Eq + Hash + Ord + Send + Sync;

    /// The segment of paths below which the API lies, such as `rest-api`. More may stand before it, as behind a proxy.
    const API: &'static str;

    /// The segment below that which all of its kind lie below, such as `event`.
    const COLLECTION: &'static str;
}

/// A hyperlink in a body, reduced to what it leads to.
///
/// A link's host can be anything: an internal name of the server, a value from a database, or a host that an attacker
/// wants credentials sent to. So links are never followed. A link is read by its path alone, from an absolute address
/// or a path, with any prefix; its target is requested by [`id`](Self::id) from the client's own server. It is
/// written as a path, which means the same on any host.
///
/// Links to the same target are equal, whatever host they named.
pub struct Link<T: Linked> {
    id: T::Id,
}

/// Text that should have been a [`Link`] and isn't. It doesn't repeat the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a link here is an address or a path that ends in {collection}/ and an id")]
pub struct ParseLinkError {
    collection: &'static str,
}

impl<T: Linked> Link<T> {
    /// The link to what has this id.
    pub fn to(id: impl Into<T::Id>) -> Self {
        Self { id: id.into() }
    }

    /// The id of what it leads to.
    #[must_use]
    pub fn id(&self) -> T::Id {
        self.id.clone()
    }

    /// The path of what it leads to, as it is written: `/rest-api/event/3/`.
    #[must_use]
    pub fn path(&self) -> String {
        self.to_string()
    }

    /// The id's text in a link; `None` if the text is no such link.
    fn id_in(text: &str) -> Option<&str> {
        // First of all, for a slash behind them is none of the path's.
        let address = text.trim().split(['?', '#']).next()?;
        let path = path_of(address)?;
        // Some frameworks put the format at the end of a link.
        let path = path.strip_suffix(".json").unwrap_or(path);
        let mut segments = path.split('/').filter(|segment| !segment.is_empty()).rev();
        let id = segments.next()?;
        (segments.next()? == T::COLLECTION && segments.next()? == T::API).then_some(id)
    }

    fn parse(text: &str) -> Option<Self> {
        Self::id_in(text)?.parse().ok().map(|id| Self { id })
    }

    /// Whether the text is a link of that kind to nothing, as it comes of a server that writes Python's `None` for an
    /// id.
    fn is_none(text: &str) -> bool {
        let text = text.trim();
        text.is_empty() || text == "None" || Self::id_in(text) == Some("None")
    }
}

/// The path of an absolute address, or the path that the text is.
fn path_of(text: &str) -> Option<&str> {
    let scheme = ["http://", "https://"]
        .into_iter()
        .find(|scheme| text.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme)));
    match scheme {
        Some(scheme) => text[scheme.len()..].find('/').map(|at| &text[scheme.len() + at..]),
        // Not `//host/path`, which is an address without a scheme.
        None => Some(text).filter(|text| text.starts_with('/') && !text.starts_with("//")),
    }
}

/// So that a plain number goes where a link is asked for.
impl<T: Linked> From<u64> for Link<T>
where
    T::Id: From<u64>,
{
    fn from(id: u64) -> Self {
        Self::to(id)
    }
}

impl<T: Linked> FromStr for Link<T> {
    type Err = ParseLinkError;

    fn from_str(text: &str) -> Result<Self, ParseLinkError> {
        Self::parse(text).ok_or(ParseLinkError { collection: T::COLLECTION })
    }
}

impl<T: Linked> fmt::Display for Link<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "/{}/{}/{}/", T::API, T::COLLECTION, self.id)
    }
}

impl<T: Linked> fmt::Debug for Link<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Link({self})")
    }
}

impl<T: Linked> Clone for Link<T> {
    fn clone(&self) -> Self {
        Self { id: self.id.clone() }
    }
}

impl<T: Linked> Copy for Link<T> where T::Id: Copy {}

impl<T: Linked> PartialEq for Link<T> {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl<T: Linked> Eq for Link<T> {}

impl<T: Linked> PartialOrd for Link<T> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<T: Linked> Ord for Link<T> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.id.cmp(&other.id)
    }
}

impl<T: Linked> Hash for Link<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.id.hash(state);
    }
}

impl<T: Linked> Serialize for Link<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de, T: Linked> Deserialize<'de> for Link<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(|_| wrong::<T, D::Error>())
    }
}

fn wrong<T: Linked, E: de::Error>() -> E {
    let expected = format!("a link that ends in {}/ and an id", T::COLLECTION);
    E::invalid_value(de::Unexpected::Other("text"), &&*expected)
}

/// The same for `Option<Link<T>>`: `null`, `""`, `"None"` and a link to `None` are `None`. Use it with
/// `#[serde(default)]`.
pub mod option {
    use super::{Link, Linked, wrong};
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    /// Writes a link, or `null`.
    ///
    /// # Errors
    ///
    /// None of its own.
    pub fn serialize<T: Linked, S: Serializer>(link: &Option<Link<T>>, serializer: S) -> Result<S::Ok, S::Error> {
        link.serialize(serializer)
    }

    /// Reads a link, or one of the forms of none.
    ///
    /// # Errors
    ///
    /// Refuses everything else; the error doesn't repeat the text.
    pub fn deserialize<'de, D: Deserializer<'de>, T: Linked>(deserializer: D) -> Result<Option<Link<T>>, D::Error> {
        match Option::<String>::deserialize(deserializer)? {
            None => Ok(None),
            Some(text) => match text.parse() {
                Ok(link) => Ok(Some(link)),
                Err(_) if Link::<T>::is_none(&text) => Ok(None),
                Err(_) => Err(wrong::<T, D::Error>()),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    crate::wire::id! {
        /// The number of a door.
        pub(super) struct DoorId;
    }
    struct Door;

    impl Linked for Door {
        type Id = DoorId;
        const API: &'static str = "rest-api";
        const COLLECTION: &'static str = "door";
    }

    #[derive(Deserialize, Serialize)]
    struct Wall {
        #[serde(default, with = "option")]
        door: Option<Link<Door>>,
    }

    #[test]
    fn every_address_of_the_same_thing_is_the_same_link() {
        for text in [
            "http://127.0.0.1:8000/rest-api/door/7/",
            "https://evil.example.com/rest-api/door/7/",
            "HTTP://LOCALHOST/rest-api/door/7",
            "/rest-api/door/7/",
            "/some/prefix/rest-api/door/7/",
            "http://localhost/rest-api/door/7/.json",
            "http://localhost/rest-api/door/7.json",
            "http://localhost/rest-api/door/7/?page=2#x",
            " /rest-api/door/007/ ",
        ] {
            let link: Link<Door> = text.parse().unwrap_or_else(|error| panic!("{text}: {error}"));
            assert_eq!((link, link.id().get()), (Link::to(7), 7), "{text}");
            assert_eq!(serde_json::to_string(&link).unwrap(), r#""/rest-api/door/7/""#);
        }
    }

    #[test]
    fn what_leads_somewhere_else_is_refused_and_not_repeated() {
        for text in [
            "",
            "7",
            "http://localhost",
            "http://localhost/rest-api/door/",
            "http://localhost/rest-api/wall/7/",
            "http://localhost/door/7/",
            "http://localhost/rest-api/door/CANARY/",
            "http://localhost/rest-api/door/../7/",
            "http://localhost/rest-api/door/7/open/",
            "//localhost/rest-api/door/7/",
            "ftp://localhost/rest-api/door/7/",
            "rest-api/door/7/",
            "http://localhost?next=/rest-api/door/7/",
            "http://localhost#/rest-api/door/7/",
            "http://localhost/rest-api/door/None/",
        ] {
            assert!(text.parse::<Link<Door>>().is_err(), "{text}");
            let error = serde_json::from_value::<Link<Door>>(text.into()).unwrap_err().to_string();
            assert!(error.contains("ends in door/") && !error.contains("CANARY"), "{text}: {error}");
        }
        for json in ["7", "null", "[]"] {
            assert!(serde_json::from_str::<Link<Door>>(json).is_err(), "{json}");
        }
    }

    #[test]
    fn none_has_four_forms_and_is_written_as_null() {
        for json in [
            "{}",
            r#"{"door":null}"#,
            r#"{"door":""}"#,
            r#"{"door":"None"}"#,
            r#"{"door":"http://localhost/rest-api/door/None/"}"#,
        ] {
            let wall: Wall = serde_json::from_str(json).unwrap();
            assert_eq!(wall.door, None, "{json}");
            assert_eq!(serde_json::to_string(&wall).unwrap(), r#"{"door":null}"#);
        }
        assert!(serde_json::from_str::<Wall>(r#"{"door":"http://localhost/rest-api/wall/None/"}"#).is_err());
        assert_eq!(serde_json::from_str::<Wall>(r#"{"door":"/rest-api/door/7/"}"#).unwrap().door, Some(Link::to(7)));
    }

    #[test]
    fn links_are_keys_and_have_an_order() {
        let links: HashSet<Link<Door>> =
            ["/rest-api/door/7/", "/x/rest-api/door/7/"].map(|at| at.parse().unwrap()).into();
        assert_eq!(links.len(), 1);
        assert!(Link::<Door>::from(7) < Link::to(8));
        assert_eq!(format!("{:?}", Link::<Door>::to(7)), "Link(/rest-api/door/7/)");
    }
}
