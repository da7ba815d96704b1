//! Where in a file the notifications of a time begin, found from the file's end.
//!
//! The file is read backwards, block by block. The search ends at the first block of which every line is older than the
//! time asked for: about 200 calls, so that a few lines by a clock that was set back end nothing too early.

use crate::notification::START;
use chrono::{DateTime, Utc};
use std::{
    fs::File,
    io::{self, Read, Seek, SeekFrom},
};

const BLOCK: u64 = 64 << 10;
/// As much of a line as tells its time.
const HEAD: u64 = 64;

#[derive(Debug, PartialEq, Eq)]
pub(super) struct Start {
    /// Where a line begins: no later than the first one of that time.
    pub(super) offset: u64,
    /// Whether something older was seen. If not, files that were rotated out before may have more.
    pub(super) is_certain: bool,
}

pub(super) fn start(file: &mut File, since: DateTime<Utc>) -> io::Result<Start> {
    let end = file.metadata()?.len();
    let mut begin = end;
    let mut bytes = Vec::new();
    while begin > 0 {
        let block_end = begin;
        begin = begin.saturating_sub(BLOCK);
        // Some bytes more: a line that begins at the end of the block has its time behind it.
        let wanted = (block_end + HEAD).min(end) - begin;
        file.seek(SeekFrom::Start(begin))?;
        bytes.clear();
        file.take(wanted).read_to_end(&mut bytes)?;
        let (mut has_older, mut has_wanted, mut first) = (false, false, None);
        for at in line_starts(&bytes, begin == 0).take_while(|at| begin + (*at as u64) < block_end) {
            first = first.or(Some(at as u64));
            if let Some(time) = time(&bytes[at..]) {
                has_older |= time < since;
                has_wanted |= time >= since;
            }
        }
        if has_older && (begin == 0 || !has_wanted) {
            let offset = if has_wanted { 0 } else { begin + first.unwrap_or_default() };
            return Ok(Start { offset, is_certain: true });
        }
    }
    Ok(Start { offset: 0, is_certain: false })
}

fn line_starts(bytes: &[u8], at_begin: bool) -> impl Iterator<Item = usize> {
    let behind = bytes.iter().enumerate().filter(|(_, byte)| **byte == b'\n').map(|(at, _)| at + 1);
    at_begin.then_some(0).into_iter().chain(behind)
}

/// When a line was received, if it is whole as far as its time.
fn time(line: &[u8]) -> Option<DateTime<Utc>> {
    let rest = line.strip_prefix(START)?;
    let end = rest.iter().take(HEAD as usize).position(|byte| *byte == b'"')?;
    str::from_utf8(&rest[..end]).ok()?.parse().ok()
}

/// The day a line was received on, as `2026-11-28`.
pub(super) fn day(line: &[u8]) -> Option<&str> {
    time(line)?;
    str::from_utf8(line.get(START.len()..START.len() + 10)?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use care_testkit::Folder;
    use chrono::TimeDelta;

    fn at(second: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_790_000_000 + second, 0).unwrap()
    }

    fn line(second: i64) -> String {
        let time = at(second).to_rfc3339_opts(chrono::SecondsFormat::AutoSi, true);
        format!("{{\"received_at\":\"{time}\",\"notifier\":\"desk\",\"body\":{{\"text\":\"{second}\"}}}}\n")
    }

    #[test]
    fn it_is_found_wherever_it_lies_and_little_is_read() {
        let folder = Folder::new();
        let path = folder.file("calls");
        let text: String = (0..5_000).map(line).collect();
        std::fs::write(&path, &text).unwrap();
        let mut file = File::open(&path).unwrap();
        for wanted in [0, 1, 77, 700, 2_500, 4_000, 4_999, 5_000] {
            let found = start(&mut file, at(wanted)).unwrap();
            assert_eq!(found.is_certain, wanted > 0, "{wanted}");
            let exact: usize = (0..wanted).map(|second| line(second).len()).sum();
            let offset = usize::try_from(found.offset).unwrap();
            assert!(offset <= exact && exact - offset <= 3 * BLOCK as usize, "{wanted}: {offset} of {exact}");
            assert!(offset == 0 || text.as_bytes()[offset - 1] == b'\n', "a line begins there");
        }
    }

    #[test]
    fn a_clock_that_was_set_back_for_a_moment_hides_nothing_and_damage_neither() {
        let folder = Folder::new();
        let path = folder.file("calls");
        let mut text: String = (0..1_000).map(line).collect();
        text += &line(-1_000_000);
        text += "{\"received_at\":\"torn\n\n\0\0\n";
        text.extend((1_000..1_100).map(line));
        std::fs::write(&path, &text).unwrap();
        let since = at(990);
        let found = start(&mut File::open(&path).unwrap(), since).unwrap();
        let exact = text.find(&line(990)).unwrap() as u64;
        assert!(found.offset <= exact && found.is_certain, "{found:?}");
        assert!(!start(&mut File::open(&path).unwrap(), since - TimeDelta::days(365)).unwrap().is_certain);
    }

    #[test]
    fn a_line_longer_than_a_block_is_passed_over() {
        let folder = Folder::new();
        let path = folder.file("calls");
        let long = line(5).replace("\"5\"", &format!("\"{}\"", "x".repeat(3 * BLOCK as usize)));
        std::fs::write(&path, [line(1), long, line(9)].concat()).unwrap();
        let mut file = File::open(&path).unwrap();
        assert_eq!(start(&mut file, at(3)).unwrap(), Start { offset: 0, is_certain: true });
        std::fs::write(&path, "").unwrap();
        assert_eq!(start(&mut File::open(&path).unwrap(), at(3)).unwrap(), Start { offset: 0, is_certain: false });
    }
}
