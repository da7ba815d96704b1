//! What people read of an error: in a log line, in a report, and by what prints it with its sources.

use care_client_core::Error;
use std::error::Error as _;

/// Panics if `{error:#}` of anyhow, which prints an error with its sources, shows a text twice.
#[track_caller]
pub fn assert_each_sentence_once(error: &Error) {
    let mut line = error.to_string();
    let mut source = error.source();
    let mut texts = vec![line.clone()];
    while let Some(cause) = source {
        let text = cause.to_string();
        assert!(!line.contains(&text), "{line:?} has the text of its source {text:?}");
        texts.push(text.clone());
        (line, source) = (text, cause.source());
    }
    let shown = format!("{:#}", anyhow::Error::new(error.clone()));
    assert_eq!(shown, texts.join(": "));
    for text in texts {
        assert_eq!(shown.matches(&text).count(), 1, "{text:?} more than once in {shown:?}");
    }
    let report = error.report();
    let mut lines: Vec<_> = report.lines().map(|line| line.split_once(": ").map_or(line, |(_, text)| text)).collect();
    lines.retain(|line| line.len() > 20);
    lines.sort_unstable();
    let twice = lines.windows(2).find(|pair| pair[0] == pair[1]);
    assert_eq!(twice, None, "a line comes twice in {report}");
}
