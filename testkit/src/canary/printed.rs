use super::MARKS;
use care_client_core::Error;
use std::{error::Error as _, fmt::Debug};

/// What was printed.
#[derive(Debug, Default)]
pub struct Printed(Vec<String>);

impl Printed {
    /// Adds what `Debug` prints, in both of its forms.
    pub fn debug(&mut self, value: &impl Debug) {
        self.text([format!("{value:?}"), format!("{value:#?}")]);
    }

    /// Adds all that an error prints, and that each of its causes does.
    pub fn error(&mut self, error: &Error) {
        self.debug(error);
        self.text([error.to_string(), format!("{error:#}"), error.report()]);
        let mut source = error.source();
        while let Some(cause) = source {
            self.text([cause.to_string(), format!("{cause:?}")]);
            source = cause.source();
        }
    }

    /// Adds texts, such as an observer's notes, a log or the content of a file.
    pub fn text(&mut self, texts: impl IntoIterator<Item = String>) {
        self.0.extend(texts);
    }

    /// All that was added.
    #[must_use]
    pub fn texts(&self) -> &[String] {
        &self.0
    }

    /// Panics if one of the [`MARKS`] stands in it, in any case.
    #[track_caller]
    pub fn shows_nothing(&self) {
        assert!(!self.0.is_empty(), "nothing was printed");
        for text in &self.0 {
            let low = text.to_lowercase();
            if let Some(at) = MARKS.iter().find_map(|mark| low.find(mark)) {
                let around: String = low[..at].chars().rev().take(200).collect();
                panic!(
                    "…{}{}",
                    around.chars().rev().collect::<String>(),
                    low[at..].chars().take(40).collect::<String>()
                );
            }
        }
    }
}
