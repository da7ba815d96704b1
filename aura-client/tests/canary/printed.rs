use aura_client::Error;
use std::{error::Error as _, fmt::Debug};

/// Each secret and each personal value holds one of these.
const MARKS: [&str; 3] = ["canary", "707107", "5550177"];

/// What was printed.
#[derive(Default)]
pub(crate) struct Printed(pub(crate) Vec<String>);

impl Printed {
    pub(crate) fn debug(&mut self, value: &impl Debug) {
        self.0.extend([format!("{value:?}"), format!("{value:#?}")]);
    }

    pub(crate) fn error(&mut self, error: &Error) {
        self.debug(error);
        self.0.extend([error.to_string(), error.report()]);
        let mut source = error.source();
        while let Some(cause) = source {
            self.0.extend([cause.to_string(), format!("{cause:?}")]);
            source = cause.source();
        }
    }

    pub(crate) fn shows_nothing(&self) {
        for text in &self.0 {
            let low = text.to_lowercase();
            let found = MARKS.iter().find_map(|mark| low.find(mark));
            assert!(found.is_none(), "…{}", found.map_or("", |at| &text[at.saturating_sub(200)..]));
        }
    }
}
