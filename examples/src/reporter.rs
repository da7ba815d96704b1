//! What an example program prints: progress as lines on stdout, and a spinner on stderr while something is awaited.
//!
//! A line has who acts and what happens. Text of a server or another person is stripped of control characters, so that
//! it can't move the terminal's cursor or start a line of its own. If nobody reads stdout any more, the program goes
//! on.

use crate::failure::Failure;
use indicatif::{ProgressBar, ProgressStyle};
use std::{
    fmt,
    io::{self, Write},
    process::ExitCode,
    time::Duration,
};

/// The width of the column that says who acts.
const NAME_WIDTH: usize = 14;

/// Prints the program's progress on stdout. While something is awaited, a progress line is shown on stderr if that is a
/// terminal.
pub struct Reporter {
    progress: ProgressBar,
}

impl Reporter {
    /// A reporter that hasn't printed anything yet.
    #[must_use]
    pub fn new() -> Self {
        let style = ProgressStyle::with_template("{spinner} {elapsed} {wide_msg}");
        let progress =
            ProgressBar::new_spinner().with_style(style.unwrap_or_else(|_| ProgressStyle::default_spinner()));
        progress.enable_steady_tick(Duration::from_millis(100));
        Self { progress }
    }

    /// Prints a line. A failure to write is ignored: the program's work goes on.
    pub fn line(&self, line: impl AsRef<str>) {
        let _ = self.try_line(line.as_ref());
    }

    fn try_line(&self, line: &str) -> io::Result<()> {
        let line = sanitize(line);
        self.progress.suspend(|| {
            let mut out = io::stdout();
            writeln!(out, "{}", line.trim_end())?;
            out.flush()
        })
    }

    /// Prints the title of a part, after an empty line.
    pub fn title(&self, title: impl AsRef<str>) {
        self.line("");
        self.line(title);
    }

    /// Prints who acts and what happens.
    pub fn step(&self, who: &str, what: impl AsRef<str>) {
        let _ = self.try_step(who, what);
    }

    /// As [`step`](Self::step), for programs that depend on the line being written.
    ///
    /// # Errors
    ///
    /// Those of writing to stdout.
    pub fn try_step(&self, who: &str, what: impl AsRef<str>) -> io::Result<()> {
        self.try_line(&format!("  {who:<NAME_WIDTH$}  {}", what.as_ref()))
    }

    /// Shows on the progress line what is awaited from now on.
    pub fn wait_for(&self, what: impl Into<String>) {
        self.progress.reset_elapsed();
        self.progress.set_message(sanitize(&what.into()));
    }
}

impl Default for Reporter {
    fn default() -> Self {
        Self::new()
    }
}

impl Drop for Reporter {
    fn drop(&mut self) {
        self.progress.finish_and_clear();
    }
}

impl fmt::Debug for Reporter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Reporter")
    }
}

/// Runs a program that reports its progress. Returns the exit code of the process.
pub async fn run_with_reporter(run: impl AsyncFnOnce(&Reporter) -> Result<ExitCode, Failure>) -> ExitCode {
    let reporter = Reporter::new();
    let result = run(&reporter).await;
    // The failure is printed after the progress line is removed.
    drop(reporter);
    result.unwrap_or_else(Failure::exit)
}

/// Whether the character controls how text is shown and is not a part of it: Unicode's control characters, line and
/// paragraph separators, direction marks, embeddings, overrides and isolates (Unicode Standard Annex #9), deprecated
/// format characters, interlinear annotations, and the byte order mark.
#[must_use]
pub fn is_unsafe_to_show(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{206f}')
        || matches!(c, '\u{feff}' | '\u{fff9}'..='\u{fffb}')
}

/// Replaces by blanks what text of a server must not do: control characters, which move a terminal's cursor or start a
/// new line, and the characters that change the direction of writing, with which a text can be made to read as another
/// one, such as a reversed name or number. Letters of every script, their joiners and emoji stay as they are.
#[must_use]
pub fn sanitize(text: &str) -> String {
    text.chars().map(|c| if is_unsafe_to_show(c) { ' ' } else { c }).collect()
}

/// A count with its noun, such as `1 webhook` or `2 webhooks`.
pub(crate) fn count_of(count: u64, one: &str, several: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { several })
}

#[cfg(test)]
mod tests {
    use super::sanitize;

    #[test]
    fn a_servers_text_can_not_overwrite_other_lines() {
        assert_eq!(sanitize("all is\u{1b}[2Awell\r\n\u{9b}2J"), "all is [2Awell   2J");
        for c in ("\u{202a}\u{202b}\u{202c}\u{202d}\u{202e}\u{2066}\u{2067}\u{2068}\u{2069}\u{200e}\u{200f}").chars() {
            assert_eq!(sanitize(&format!("a{c}b")), "a b", "{c:?}");
        }
        for c in "\u{61c}\u{2028}\u{2029}\u{206a}\u{206f}\u{feff}\u{fff9}\u{7f}\u{85}".chars() {
            assert_eq!(sanitize(&format!("a{c}b")), "a b", "{c:?}");
        }
        let kept = "Ünal, שלום, مرحبا, می\u{200c}خواهم, 👩\u{200d}🚒, e\u{301}";
        assert_eq!(sanitize(kept), kept);
    }
}
