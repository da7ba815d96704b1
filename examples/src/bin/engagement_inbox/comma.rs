use crate::{
    columns::{NAMES, values},
    format::Writer,
};
use engagement_client::Intervention;
use std::io;

/// CSV with a line of names.
pub(crate) struct Comma {
    is_begun: bool,
}

impl Comma {
    pub(crate) fn new() -> Self {
        Self { is_begun: false }
    }
}

impl Writer for Comma {
    fn page(&mut self, interventions: &[Intervention]) -> io::Result<String> {
        let mut writer = csv::Writer::from_writer(Vec::new());
        if !std::mem::replace(&mut self.is_begun, true) {
            writer.write_record(NAMES)?;
        }
        for intervention in interventions {
            writer.write_record(values(intervention)?)?;
        }
        let text = writer.into_inner().map_err(csv::IntoInnerError::into_error)?;
        String::from_utf8(text).map_err(io::Error::other)
    }

    fn end(&mut self) -> io::Result<String> {
        // A list without rows has names, too.
        if self.is_begun { Ok(String::new()) } else { self.page(&[]) }
    }
}
