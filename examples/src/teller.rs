use crate::plain;
use indicatif::{ProgressBar, ProgressStyle};
use std::{
    fmt,
    io::{self, Write},
    time::Duration,
};

/// How wide the column of names is.
const NAMES: usize = 14;

/// Tells on stdout what happens, line by line. While something is awaited a progress line stands below, on stderr and only
/// where that is a terminal.
pub struct Teller {
    progress: ProgressBar,
}

impl Teller {
    /// A teller who has said nothing yet.
    #[must_use]
    pub fn new() -> Self {
        let style = ProgressStyle::with_template("{spinner} {elapsed} {wide_msg}");
        let progress =
            ProgressBar::new_spinner().with_style(style.unwrap_or_else(|_| ProgressStyle::default_spinner()));
        progress.enable_steady_tick(Duration::from_millis(100));
        Self { progress }
    }

    /// Says a line. Whoever started the program may have stopped listening: what was begun goes on all the same.
    pub fn say(&self, line: impl AsRef<str>) {
        let _ = self.try_say(line.as_ref());
    }

    fn try_say(&self, line: &str) -> io::Result<()> {
        let line = plain(line);
        self.progress.suspend(|| {
            let mut out = io::stdout();
            writeln!(out, "{}", line.trim_end())?;
            out.flush()
        })
    }

    /// Says the title of a part, after an empty line.
    pub fn title(&self, title: impl AsRef<str>) {
        self.say("");
        self.say(title);
    }

    /// Says what somebody does, or what is heard from them.
    pub fn tell(&self, who: &str, what: impl AsRef<str>) {
        let _ = self.try_tell(who, what);
    }

    /// The same, where it matters that it was said.
    ///
    /// # Errors
    ///
    /// As of writing to stdout.
    pub fn try_tell(&self, who: &str, what: impl AsRef<str>) -> io::Result<()> {
        self.try_say(&format!("  {who:<NAMES$}  {}", what.as_ref()))
    }

    /// Shows on the progress line what is awaited from now on.
    pub fn wait_for(&self, what: impl Into<String>) {
        self.progress.reset_elapsed();
        self.progress.set_message(plain(&what.into()));
    }
}

impl Default for Teller {
    fn default() -> Self {
        Self::new()
    }
}

impl Drop for Teller {
    fn drop(&mut self) {
        self.progress.finish_and_clear();
    }
}

impl fmt::Debug for Teller {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Teller")
    }
}
