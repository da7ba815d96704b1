use std::fs;

/// The memory of this process, in bytes. Needs Linux; 0 elsewhere.
#[must_use]
pub fn resident_bytes() -> u64 {
    let text = fs::read_to_string("/proc/self/statm").unwrap_or_default();
    text.split_whitespace().nth(1).and_then(|pages| pages.parse::<u64>().ok()).unwrap_or_default() * 4096
}

/// The processor time of this process, in seconds. Needs Linux; 0 elsewhere.
#[must_use]
pub fn processor_seconds() -> f64 {
    let text = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // User's and system's, in hundredths, in the 14th and 15th place; the second place can hold blanks, and ends in a
    // bracket.
    let after = text.rsplit(')').next().unwrap_or_default();
    after.split_whitespace().skip(11).take(2).filter_map(|ticks| ticks.parse::<f64>().ok()).sum::<f64>() / 100.0
}
