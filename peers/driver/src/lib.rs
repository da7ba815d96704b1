//! What the measured programs share: their arguments, and the numbers they print.

use std::{collections::HashMap, fmt::Write, time::Duration};

/// `--name value` pairs behind a command.
#[derive(Debug)]
pub struct Arguments {
    pub command: String,
    values: HashMap<String, String>,
}

impl Arguments {
    /// Of this process.
    #[must_use]
    pub fn read() -> Self {
        let mut words = std::env::args().skip(1);
        let command = words.next().unwrap_or_default();
        let mut values = HashMap::new();
        while let Some(name) = words.next() {
            values.insert(name.trim_start_matches('-').to_owned(), words.next().unwrap_or_default());
        }
        Self { command, values }
    }

    /// A text, which must be there.
    #[must_use]
    pub fn text(&self, name: &str) -> String {
        self.values.get(name).unwrap_or_else(|| panic!("--{name} is missing")).clone()
    }

    /// A number, or what stands for it.
    #[must_use]
    pub fn number(&self, name: &str, default: u64) -> u64 {
        self.values.get(name).map_or(default, |value| value.parse().unwrap_or_else(|_| panic!("--{name} is no number")))
    }
}

/// Times, to be told by their percentiles.
#[derive(Debug, Default, Clone)]
pub struct Times(Vec<Duration>);

impl Times {
    pub fn push(&mut self, time: Duration) {
        self.0.push(time);
    }

    /// The time within which this part of them lies, in seconds.
    #[must_use]
    pub fn within(&mut self, part: f64) -> f64 {
        self.0.sort_unstable();
        let at = ((self.0.len() as f64 * part).ceil() as usize).clamp(1, self.0.len().max(1)) - 1;
        self.0.get(at).map_or(0.0, Duration::as_secs_f64)
    }

    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl FromIterator<Duration> for Times {
    fn from_iter<I: IntoIterator<Item = Duration>>(times: I) -> Self {
        Self(times.into_iter().collect())
    }
}

/// Prints one row: what was measured, and its figures.
pub fn row(what: &str, figures: &[(&str, f64)]) {
    let mut line = what.to_owned();
    for (name, value) in figures {
        let _ = write!(line, "  {name}={value:.4}");
    }
    println!("{line}");
}

/// Processor time that this process has used, in seconds, and its largest resident size, in bytes.
#[must_use]
pub fn used() -> (f64, f64) {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
    let ticks: u64 = fields.get(11..13).unwrap_or_default().iter().filter_map(|field| field.parse::<u64>().ok()).sum();
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or_default();
    let peak: f64 = peak.trim().trim_end_matches(" kB").parse().unwrap_or(0.0);
    (ticks as f64 / 100.0, peak * 1024.0)
}

/// How many threads this process has.
#[must_use]
pub fn threads() -> usize {
    std::fs::read_dir("/proc/self/task").map_or(0, Iterator::count)
}
