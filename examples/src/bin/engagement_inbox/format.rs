use crate::{comma::Comma, json_lines::JsonLines, table::Table};
use clap::ValueEnum;
use engagement_client::Intervention;
use std::io;

/// In which form interventions are written.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum Format {
    Table,
    Csv,
    Jsonl,
}

/// Turns interventions into text, page by page.
pub(crate) trait Writer {
    /// The text of the next interventions.
    fn page(&mut self, interventions: &[Intervention]) -> io::Result<String>;

    /// The text that comes last.
    fn end(&mut self) -> io::Result<String> {
        Ok(String::new())
    }
}

impl Format {
    pub(crate) fn writer(self) -> Box<dyn Writer> {
        match self {
            Self::Table => Box::new(Table::new()),
            Self::Csv => Box::new(Comma::new()),
            Self::Jsonl => Box::new(JsonLines),
        }
    }
}
