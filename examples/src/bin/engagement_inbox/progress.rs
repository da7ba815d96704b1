use examples::plain;
use indicatif::{ProgressBar, ProgressStyle};
use std::{
    io::{self, Write},
    time::Duration,
};

/// What isn't the list itself: notes on stderr, and below them a bar where that is a terminal.
pub(crate) struct Progress(ProgressBar);

impl Progress {
    /// Waits for the list to tell how long it is.
    pub(crate) fn new() -> Self {
        let bar = ProgressBar::no_length().with_style(style("{spinner} {elapsed} {pos} interventions listed"));
        bar.enable_steady_tick(Duration::from_millis(100));
        Self(bar)
    }

    /// Shows how much is listed of how much there is. That grows with the list.
    pub(crate) fn show(&self, listed: u64, wanted: Option<u64>) {
        if let Some(wanted) = wanted {
            if self.0.length().is_none() {
                self.0.set_style(style("{elapsed} {wide_bar} {pos} of {len} interventions listed"));
            }
            self.0.set_length(wanted.max(listed));
        }
        self.0.set_position(listed);
    }

    /// Says a line on stderr, whether or not anybody reads it.
    pub(crate) fn note(&self, line: &str) {
        self.apart(|| drop(writeln!(io::stderr(), "{}", plain(line))));
    }

    /// Does something without the bar, which could stand in the way on the same terminal.
    pub(crate) fn apart<T>(&self, act: impl FnOnce() -> T) -> T {
        self.0.suspend(act)
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}

fn style(template: &str) -> ProgressStyle {
    ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar())
}
