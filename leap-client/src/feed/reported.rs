use care_client_core::Error;
use std::collections::HashMap;

/// Requests that can't be read, with why: told already.
#[derive(Debug, Default)]
pub(super) struct Reported(HashMap<(Place, Box<str>), String>);

/// Where a request can't be read. It may be both, in different words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Place {
    /// In the list.
    List,
    /// By itself.
    Detail,
}

impl Reported {
    /// Whether this wasn't told of the request before. It counts as told from now on.
    pub(super) fn is_news(&mut self, place: Place, id: &str, error: &Error) -> bool {
        // Rows and bytes are counted in it: the same fault stands elsewhere when the list has moved.
        let text: String = error.to_string().chars().filter(|sign| !sign.is_ascii_digit()).collect();
        self.0.insert((place, id.into()), text.clone()).is_none_or(|before| before != text)
    }

    /// Forgets all but these.
    pub(super) fn retain(&mut self, keep: impl Fn(Place, &str) -> bool) {
        self.0.retain(|(place, id), _| keep(*place, id));
    }
}
